//! Every way in which a call can fail, sorted by what a caller can do about it.

use super::retry::Hint;

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
    /// The task was accepted, and failed.
    JobFailed,
    /// The disk is the server's system disk, and the caller did not allow that; no DELETE was sent.
    SystemDisk,
}

impl ErrorKind {
    /// All kinds, in the order of the public types. The loader adds one of its own, `wasm`.
    pub const ALL: [Self; 14] = [
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
        Self::JobFailed,
        Self::SystemDisk,
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
            Self::JobFailed => "job-failed",
            Self::SystemDisk => "system-disk",
        }
    }
}

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What a caller can do about it.
    pub kind: ErrorKind,
    /// What is wrong, in our own words; empty where the reply says it.
    pub reason: String,
    /// The option at fault, for [`ErrorKind::Options`]; `None` where it is the options as a whole.
    pub option: Option<String>,
    /// Whether the service may have started on the request.
    pub may_have_started: bool,
    /// How many times the request was sent.
    pub attempts: u32,
    /// The task that was accepted, where there is one.
    pub job_id: Option<String>,
    /// What the reply says, where there is one.
    pub answer: Option<Box<Answer>>,
}

/// What a reply that is not a success says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The most specific code.
    pub error_code: Option<String>,
    /// The code that the reply puts above the most specific one, where it has both.
    pub general_code: Option<String>,
    /// The service's text.
    pub error_message: Option<String>,
    /// The finer codes.
    pub details: Vec<Detail>,
    /// The id of the request, for the vendor's support.
    pub request_id: Option<String>,
    /// Why the policies of the account forbid it, encoded; an administrator can decode it.
    pub encoded_authorization_message: Option<String>,
    /// A body that is not the API's, as far as it was read.
    pub foreign_body: Option<String>,
    /// When to come back.
    pub hint: Hint,
    /// The time at the service, where it says that a signature had expired.
    pub server_time: Option<String>,
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
    ///
    /// Errors travel in boxes: they are large, and moving them about would be a large part of the module.
    pub fn new(kind: ErrorKind, reason: &str, may_have_started: bool) -> Box<Self> {
        Box::new(Self {
            kind,
            reason: reason.into(),
            option: None,
            may_have_started,
            attempts: 0,
            job_id: None,
            answer: None,
        })
    }

    /// An error in the options.
    pub fn options(option: Option<&str>, reason: &str) -> Box<Self> {
        let mut error = Self::new(ErrorKind::Options, reason, false);
        error.option = option.map(String::from);
        error
    }
}
