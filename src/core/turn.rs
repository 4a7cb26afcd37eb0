//! What passes between an operation and its driver.

use super::config::Config;
use super::http::{Call, HttpResponse, SendError};
use super::pace::Shared;

/// What happened since the last step.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// The operation begins.
    Start,
    /// The wait asked for is over.
    Slept,
    /// The exchange asked for has ended with a reply.
    Reply(HttpResponse<'a>),
    /// The exchange asked for has ended without one.
    Failed(SendError),
    /// The caller gave up.
    Aborted,
}

/// The one thing to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Perform a call of the API and report what became of it.
    Send(Exchange),
    /// Wait that long, in milliseconds.
    Sleep(u32),
}

/// One exchange with the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// What to call.
    pub call: Call,
    /// How long it may take, in milliseconds.
    pub timeout_ms: u32,
    /// Whether the service wants other credentials than those of the last attempt.
    pub is_renewal: bool,
    /// The time at the service, where it has said that the caller's clock is wrong: as `20191115T033655Z` or as an HTTP
    /// date.
    pub server_time: Option<String>,
}

/// What does not change from step to step, and what operations may share.
#[derive(Debug)]
pub struct Context<'a> {
    /// The options of the call.
    pub config: &'a Config,
    /// When requests may be sent, and how long tasks take.
    pub shared: &'a mut Shared,
    /// The time, in milliseconds on any clock that does not jump back.
    pub now_ms: u32,
}
