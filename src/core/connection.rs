//! Where the API is and as whom it is called: turns a call of the API into a request, and keeps what is secret
//! out of everything that comes back.

use super::auth::Credentials;
use super::endpoint::Endpoint;
use super::http::{Call, Header, HttpRequest};
use super::secret::mask;

/// What every call has in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection<'a> {
    /// Where the API is.
    pub endpoint: Endpoint,
    /// How the caller proves who it is, if not by a proxy or a cookie.
    pub auth: Option<Credentials<'a>>,
    /// Further headers: the caller's, and the language.
    pub headers: Vec<Header<'a>>,
    /// When cookies are sent, in `fetch`'s words.
    pub credentials: &'static str,
}

impl<'a> Connection<'a> {
    /// The request for a call, as it is sent.
    pub fn request(&self, call: &Call) -> HttpRequest<'a> {
        let mut request = HttpRequest {
            method: call.method,
            url: self.endpoint.join(&call.path),
            headers: self.headers.clone(),
        };
        if let Some(auth) = self.auth {
            auth.authorize(&mut request);
        }
        request
    }

    /// Blacks out everything secret in a text that came from elsewhere: servers echo tokens.
    pub fn mask(&self, text: &mut String) {
        let values = self.headers.iter().map(|header| header.value);
        for secret in values.chain(self.auth.map(Credentials::secret)) {
            mask(text, secret);
        }
    }
}
