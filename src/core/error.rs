//! Every way in which a call can fail, sorted by what a caller can do about it.

use super::http::SendError;
use super::text::decimal;

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
    /// The WebAssembly module could not be loaded, or stopped. Made by the loader, never by this crate.
    Wasm,
}

impl ErrorKind {
    /// All kinds, in the order of the public types.
    pub const ALL: [Self; 13] = [
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
        Self::Wasm,
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
            Self::Wasm => "wasm",
        }
    }
}

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The call was wrong; nothing was sent.
    Options {
        /// The option at fault; `None` where it is the options as a whole.
        option: Option<String>,
        /// What was expected and what was found.
        message: String,
    },
    /// No complete reply.
    Transport {
        /// What ended the exchange.
        failure: TransportFailure,
        /// Whether the request may have taken effect.
        may_have_started: bool,
    },
    /// The service, or a gateway in front of it, said no.
    Service(Box<ServiceError>),
    /// A reply that is not the API's.
    Decode(Box<DecodeError>),
}

/// What ended an exchange without a complete reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportFailure {
    /// The shell could not send, or got no reply.
    Send(SendError),
    /// The caller's signal fired.
    Aborted,
}

/// An answer of the service that says no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceError {
    /// What a caller can do about it.
    pub kind: ErrorKind,
    /// The HTTP status.
    pub status: u16,
    /// The most specific code of the reply.
    pub error_code: Option<String>,
    /// The code that the reply puts above the most specific one, where it has both.
    pub general_code: Option<String>,
    /// The service's text.
    pub error_message: Option<String>,
    /// The finer codes of the reply.
    pub details: Vec<Detail>,
    /// The id of the request, for the vendor's support.
    pub request_id: Option<String>,
    /// The beginning of a body that is not the API's.
    pub body_excerpt: Option<String>,
    /// Whether the request may have taken effect.
    pub may_have_started: bool,
}

/// A finer code and message. Either may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The code.
    pub code: Option<String>,
    /// The text.
    pub message: Option<String>,
}

/// A reply that is not the API's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// What is wrong with it.
    pub reason: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The id of the request, for the vendor's support.
    pub request_id: Option<String>,
    /// The beginning of the body.
    pub body_excerpt: String,
    /// Whether the request may have taken effect.
    pub may_have_started: bool,
}

impl Error {
    /// What a caller can do about it.
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::Options { .. } => ErrorKind::Options,
            Self::Transport { failure, .. } => match failure {
                TransportFailure::Aborted => ErrorKind::Aborted,
                TransportFailure::Send(SendError::TimedOut) => ErrorKind::Timeout,
                TransportFailure::Send(_) => ErrorKind::Network,
            },
            Self::Service(error) => error.kind,
            Self::Decode(_) => ErrorKind::Decode,
        }
    }

    /// Whether the request may have taken effect. `None` where the question makes no sense.
    pub const fn may_have_started(&self) -> Option<bool> {
        match self {
            Self::Options { .. } => None,
            Self::Transport { may_have_started, .. } => Some(*may_have_started),
            Self::Service(error) => Some(error.may_have_started),
            Self::Decode(error) => Some(error.may_have_started),
        }
    }

    /// One line for people. Programs branch on the kind.
    pub fn message(&self) -> String {
        match self {
            Self::Options { message, .. } => message.clone(),
            Self::Transport { failure, .. } => failure.message().into(),
            Self::Service(error) => error.message(),
            Self::Decode(error) => [&http_status(error.status), ": ", error.reason].concat(),
        }
    }

    /// Applies `change` to every text that came from the service.
    #[must_use]
    pub fn map_texts(mut self, change: impl Fn(&mut String)) -> Self {
        match &mut self {
            Self::Options { .. } | Self::Transport { .. } => {}
            Self::Service(error) => error.texts().for_each(change),
            Self::Decode(error) => {
                error.request_id.iter_mut().for_each(&change);
                change(&mut error.body_excerpt);
            }
        }
        self
    }
}

impl TransportFailure {
    const fn message(self) -> &'static str {
        match self {
            Self::Aborted => "the call was aborted",
            Self::Send(SendError::TimedOut) => "no complete reply within attemptTimeoutMs",
            Self::Send(SendError::NotSent) => "the request could not be sent",
            Self::Send(SendError::NotAResponse) => {
                "option \"fetch\" resolved to something that is no Response"
            }
            Self::Send(SendError::NoReply) => {
                "no reply: the connection failed, or the browser blocked the request (CORS looks the same)"
            }
        }
    }
}

impl ServiceError {
    fn message(&self) -> String {
        let mut message = http_status(self.status);
        if let Some(code) = &self.error_code {
            message.extend([", ", code]);
        }
        if let Some(code) = &self.general_code {
            message.extend([" (under ", code, ")"]);
        }
        if let Some(text) = self.error_message.as_ref().or(self.body_excerpt.as_ref()) {
            message.extend([": ", text]);
        }
        message
    }

    fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let details = self.details.iter_mut().flat_map(|detail| [&mut detail.code, &mut detail.message]);
        [
            &mut self.error_code,
            &mut self.general_code,
            &mut self.error_message,
            &mut self.request_id,
            &mut self.body_excerpt,
        ]
        .into_iter()
        .chain(details)
        .flatten()
    }
}

fn http_status(status: u16) -> String {
    ["HTTP ", &decimal(status.into())].concat()
}
