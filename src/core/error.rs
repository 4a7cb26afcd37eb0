//! Every way in which a call can fail, sorted by what a caller can do about it.

use super::job::Job;
use super::retry::Hint;

/// What a caller can do about an error. The names are part of the public contract (`types.d.ts`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// Whether a request may have changed something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It certainly has not.
    None,
    /// It may have: the service may have begun.
    Possible,
}

/// Whether the same request can do better another time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Again {
    /// The answer would be the same.
    Never,
    /// After a pause: a limit turned it away.
    WhenAllowed,
    /// After a pause: what failed can pass.
    Later,
    /// With other credentials.
    WithNewCredentials,
    /// With the time at the service in place of the caller's: it says that a signature had expired.
    AtTheRightTime,
}

/// The ids by which the vendor's support finds requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct RequestIds {
    /// Of the last reply.
    pub last: Option<String>,
    /// Of the reply to the last DELETE.
    pub detach: Option<String>,
}

/// A request that failed, in short.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Failure {
    /// What a caller can do about it.
    pub kind: ErrorKind,
    /// The HTTP status, where a reply came.
    pub status: Option<u16>,
    /// The most specific code of the reply.
    pub code: Option<String>,
    /// What is wrong: the service's text, or ours.
    pub message: String,
}

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Error {
    /// What a caller can do about it.
    pub kind: ErrorKind,
    /// Whether the request may have changed something; at the end of a call, whether the call may have.
    pub effect: Effect,
    /// Whether the same request can do better another time.
    pub again: Again,
    /// Whether it must not be sent again, even where it seems to have had no effect.
    pub is_final: bool,
    /// What is wrong, in our own words; empty where the reply says it.
    pub reason: String,
    /// The option at fault, for [`ErrorKind::Options`]; `None` where it is the options as a whole.
    pub option: Option<String>,
    /// What the reply says, where there is one.
    pub answer: Option<Box<Answer>>,
    /// What the call had come to.
    pub course: Course,
}

/// What a call had come to when it failed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Course {
    /// How many times the request was sent: DELETEs, or questions.
    pub attempts: u32,
    /// The task that was accepted, where there is one.
    pub job_id: Option<String>,
    /// The last status of the task, in the service's words.
    pub job_status: Option<String>,
    /// The task, where it has failed.
    pub job: Option<Box<Job>>,
    /// What left the fate of a DELETE unknown.
    pub doubt: Option<Failure>,
    /// The last request that failed, where none has worked since.
    pub last_failure: Option<Failure>,
    /// The ids of requests.
    pub ids: RequestIds,
}

/// What a reply that is not a success says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
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
    pub fn new(kind: ErrorKind, effect: Effect, again: Again, reason: &str) -> Box<Self> {
        Box::new(Self {
            kind,
            effect,
            again,
            is_final: false,
            reason: reason.into(),
            option: None,
            answer: None,
            course: Course::default(),
        })
    }

    /// An error in the options.
    pub fn options(option: Option<&str>, reason: &str) -> Box<Self> {
        let mut error = Self::new(ErrorKind::Options, Effect::None, Again::Never, reason);
        error.option = option.map(String::from);
        error
    }

    /// The task has failed.
    pub fn job_failed(job: Box<Job>) -> Box<Self> {
        let mut error = Self::new(ErrorKind::JobFailed, Effect::Possible, Again::Never, "the task failed");
        error.course.job = Some(job);
        error
    }

    /// When the service wants to be asked again.
    pub fn hint(&self) -> Hint {
        self.answer.as_ref().map(|answer| answer.hint).unwrap_or_default()
    }

    /// How many of the requests that were handed over have left: none, where what is wrong with the options shows only then.
    pub fn counted(&self, attempts: u32) -> u32 {
        if self.kind == ErrorKind::Options { 0 } else { attempts }
    }

    /// Whether the same request can do better after a while.
    pub const fn can_pass(&self) -> bool {
        matches!(self.again, Again::WhenAllowed | Again::Later)
    }

    /// The error in short.
    pub fn failure(&self) -> Failure {
        let answer = self.answer.as_deref();
        let said = answer.and_then(|answer| answer.error_message.as_ref().or(answer.foreign_body.as_ref()));
        Failure {
            kind: self.kind,
            status: answer.map(|answer| answer.status),
            code: answer.and_then(|answer| answer.error_code.clone()),
            message: beginning(said.filter(|_| self.reason.is_empty()).unwrap_or(&self.reason)).into(),
        }
    }
}

/// The most of a text that a failure in short keeps, in bytes. The loader cuts it further, by characters.
const MAX_SHORT_BYTES: usize = 4096;

/// The beginning of a text.
fn beginning(text: &str) -> &str {
    let mut end = text.len().min(MAX_SHORT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
