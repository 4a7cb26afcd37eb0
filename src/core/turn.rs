//! What passes between an operation and its driver.

use super::http::{Call, HttpResponse, SendError};
use super::old_goal::Goal;
use super::pace::Pace;
use super::retry::Limits;

/// What happened since the last step.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// The operation begins.
    Start,
    /// The exchange asked for has ended.
    Reply(Result<HttpResponse<'a>, SendError>),
    /// The wait asked for is over.
    Slept,
    /// The caller gave up.
    Aborted,
}

/// The one thing to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Perform a call of the API and report what became of it.
    Send {
        /// What to call.
        call: Call,
        /// How long the exchange may take, in milliseconds.
        timeout_ms: u32,
        /// Whether the service wants other credentials than those of the last attempt.
        is_renewal: bool,
        /// The time at the service, where it has said that the caller's clock is wrong: as `20191115T033655Z` or as an
        /// HTTP date.
        server_time: Option<String>,
    },
    /// Wait that long, in milliseconds.
    Sleep(u32),
}

/// What does not change from step to step, and the pace, which operations may share.
#[derive(Debug)]
pub struct Context<'a, 'p> {
    /// What is to be brought about.
    pub goal: &'a Goal<'a>,
    /// How long it may take.
    pub limits: &'a Limits,
    /// When requests may be sent.
    pub pace: &'p mut Pace,
    /// The time, in milliseconds on any clock that does not jump.
    pub now_ms: u32,
}
