//! HTTP as plain data: what the core asks for and what the shell brings back.

use super::json::Json;
use super::secret::SecretRef;
use super::sign::Signed;
use super::text::{cut, find};

/// The methods that the core uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Asks for a change: not repeated while it may have taken effect.
    Delete,
    /// Only reads: repeated after any failure that can pass.
    Get,
}

impl Method {
    /// The method as it is sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "DELETE",
            Self::Get => "GET",
        }
    }
}

/// A request header. Values are secrets as a whole, because tokens travel in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header<'a> {
    /// The name, in the writing in which it is sent.
    pub name: &'a str,
    /// The value.
    pub value: SecretRef<'a>,
}

/// A call of the API: what the core wants done, without where and as whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// The path, with its query, from the root of the API.
    pub path: String,
}

/// A request without a body, as it is sent.
#[derive(Debug)]
pub struct HttpRequest<'a> {
    /// The method.
    pub method: Method,
    /// The URL, byte for byte as it is sent: absolute, or from the root of the page's origin.
    pub url: String,
    /// The project that it is about, if it is about one.
    pub project_id: Option<&'a str>,
    /// The headers, each name once.
    pub headers: Vec<Header<'a>>,
    /// Its signature, if it is signed.
    pub signed: Option<Signed>,
}

impl HttpRequest<'_> {
    /// Host (with its port, where that is not the scheme's own), path and query of the URL. No host where the URL is
    /// not absolute.
    pub fn parts(&self) -> (&str, &str, &str) {
        let (_, rest) = cut(&self.url, "://").unwrap_or(("", &self.url));
        let (url, query) = cut(rest, "?").unwrap_or((rest, ""));
        let (host, path) = url.split_at_checked(find(url, "/").unwrap_or(url.len())).unwrap_or((url, ""));
        (host, path, query)
    }
}

/// How the body of a reply ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyEnd {
    /// It was read to its end.
    Complete,
    /// It is longer than 1 MiB; the rest was not read.
    TooLong,
    /// The connection broke off before its end.
    BrokenOff,
    /// Somebody else had read it before.
    AlreadyRead,
}

/// A reply, as the loader has read it.
#[derive(Clone, Copy, Debug)]
pub struct HttpResponse<'a> {
    /// The status code.
    pub status: u16,
    /// The id of the request, where a header tells it.
    pub request_id: Option<&'a str>,
    /// How long the server asks to wait before the next request, in milliseconds.
    pub retry_after_ms: Option<u32>,
    /// When the server wrote the reply, as an HTTP date.
    pub date: Option<&'a str>,
    /// The body, or its beginning, as text.
    pub text: &'a str,
    /// The body, where it is whole and a JSON object.
    pub body: Option<Json<'a>>,
    /// Whether `text` is all of it.
    pub end: BodyEnd,
    /// Whether the request was signed.
    pub is_signed: bool,
}

impl<'a> HttpResponse<'a> {
    /// A reply with none of the headers that are read, to a request that was not signed.
    pub fn new(status: u16, text: &'a str, end: BodyEnd) -> Self {
        let body =
            if end == BodyEnd::Complete { Json::parse(text).filter(|body| body.is_object()) } else { None };
        Self { status, request_id: None, retry_after_ms: None, date: None, text, body, end, is_signed: false }
    }

    /// Whether the status is one of success (2xx).
    pub const fn is_success(&self) -> bool {
        self.status >= 200 && self.status < 300
    }
}

/// Why there is no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendError {
    /// The request may have left; no reply came.
    NoReply,
    /// What `fetch` gave back is not a `Response`.
    NotAResponse,
    /// The attempt took longer than allowed.
    TimedOut,
    /// Nothing was sent: the function in option `auth` failed, or gave no credentials.
    NoCredentials,
    /// Nothing was sent: the endpoint is a path, and there is no page on whose origin it could be.
    NoPage,
}
