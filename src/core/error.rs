//! Every way in which a call can fail, sorted by what a caller can do about it.

/// What a caller can do about an error. The names are part of the public contract (`types.d.ts`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The call was wrong; nothing was sent.
    Options,
    /// No reply came.
    Network,
    /// A deadline passed.
    Timeout,
    /// The caller gave up.
    Aborted,
    /// Too many requests.
    Throttled,
    /// The service does not know who is calling.
    Auth,
    /// The caller may not do it.
    Forbidden,
    /// The server, the project or the API does not exist here.
    NotFound,
    /// The disk is not attached to the server.
    NotAttached,
    /// The server or the disk is in the wrong state, busy or locked.
    Conflict,
    /// The service said no for another reason.
    Api,
    /// The reply is not the API's.
    Decode,
}

impl ErrorKind {
    /// All kinds, in the order of the public types. The loader adds one of its own, `wasm`.
    pub const ALL: [Self; 12] = [
        Self::Options,
        Self::Network,
        Self::Timeout,
        Self::Aborted,
        Self::Throttled,
        Self::Auth,
        Self::Forbidden,
        Self::NotFound,
        Self::NotAttached,
        Self::Conflict,
        Self::Api,
        Self::Decode,
    ];

    /// The name in JavaScript.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Options => "options",
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Aborted => "aborted",
            Self::Throttled => "throttled",
            Self::Auth => "auth",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::NotAttached => "not-attached",
            Self::Conflict => "conflict",
            Self::Api => "api",
            Self::Decode => "decode",
        }
    }
}

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What a caller can do about it.
    pub kind: ErrorKind,
    /// One line for people. Programs branch on the kind.
    pub message: String,
    /// The option at fault, for [`ErrorKind::Options`]; `None` where it is the options as a whole.
    pub option: Option<String>,
    /// Whether the service may have started on the request.
    pub may_have_started: bool,
    /// What the reply says, where there is one.
    pub answer: Option<Box<Answer>>,
}

/// What a reply that is not a success says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The most specific code.
    pub error_code: Option<String>,
    /// The service's text.
    pub error_message: Option<String>,
    /// The finer codes.
    pub details: Vec<Detail>,
    /// The id of the request, for the vendor's support.
    pub request_id: Option<String>,
    /// The beginning of a body that is not the API's.
    pub body_excerpt: Option<String>,
}

/// A code and a text. Either may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// The code.
    pub code: Option<String>,
    /// The text.
    pub message: Option<String>,
}

impl Error {
    /// An error without a reply.
    pub fn new(kind: ErrorKind, message: &str, may_have_started: bool) -> Self {
        Self { kind, message: message.into(), option: None, may_have_started, answer: None }
    }

    /// An error in the options.
    pub fn options(option: Option<&str>, message: String) -> Self {
        let option = option.map(String::from);
        Self { kind: ErrorKind::Options, message, option, may_have_started: false, answer: None }
    }

    /// Applies `change` to every text that may hold something of a reply.
    pub fn for_each_text(&mut self, mut change: impl FnMut(&mut String)) {
        change(&mut self.message);
        let Some(answer) = &mut self.answer else { return };
        let Answer { error_code, error_message, request_id, body_excerpt, details, status: _ } =
            &mut **answer;
        for text in [error_code, error_message, request_id, body_excerpt].into_iter().flatten() {
            change(text);
        }
        for Detail { code, message } in details {
            code.iter_mut().chain(message).for_each(&mut change);
        }
    }
}
