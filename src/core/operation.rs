//! Detaching a disk, as a machine without I/O: it says what to do next and is told what happened.
//!
//! | State | Input | Then |
//! |---|---|---|
//! | ready | `Start` | send the DELETE |
//! | sent | `Reply` with a task | end: the task's id |
//! | sent | `Reply` with anything else | end: the error, with what it says of the effect |
//! | sent | `Reply` that never came | end: the error; the effect is unknown unless nothing was sent |
//! | any | `Aborted` | end: aborted; the effect is unknown once the DELETE was sent |
//!
//! `step` takes the machine by value and gives it back with the next thing to do. There is never more than one, so
//! nothing has to be drained.

use super::api::{DetachTarget, detach_call, parse_accepted};
use super::error::{Error, ErrorKind};
use super::http::{Call, HttpResponse, SendError};

/// What happened since the last step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The operation begins.
    Start,
    /// The exchange asked for has ended.
    Reply(Result<HttpResponse, SendError>),
    /// The caller gave up.
    Aborted,
}

/// The one thing to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Perform a call of the API, within the connection's timeout, and report what became of it.
    Send(Call),
}

/// What a step leads to.
#[derive(Debug)]
pub enum Step {
    /// There is something to do.
    Next {
        /// The machine, to be stepped with the outcome.
        operation: DetachOperation,
        /// What to do.
        output: Output,
    },
    /// The operation has ended, with the id of the accepted task or an error.
    Done(Result<String, Error>),
}

/// The detachment of one disk. It holds what changes; what does not change is passed to each step.
#[derive(Clone, Copy, Debug, Default)]
pub struct DetachOperation {
    is_sent: bool,
}

impl DetachOperation {
    /// Takes what happened and says what to do next.
    #[must_use]
    pub fn step(mut self, target: &DetachTarget<'_>, input: Input) -> Step {
        let (kind, message) = match input {
            Input::Start => {
                self.is_sent = true;
                let output = Output::Send(detach_call(target));
                return Step::Next { operation: self, output };
            }
            Input::Reply(Ok(reply)) => return Step::Done(parse_accepted(&reply)),
            Input::Reply(Err(SendError::TimedOut)) => {
                (ErrorKind::Timeout, "no complete reply within attemptTimeoutMs")
            }
            Input::Reply(Err(SendError::NoReply)) => (
                ErrorKind::Network,
                "no reply: the connection failed, or the browser blocked the request (CORS looks the same)",
            ),
            Input::Reply(Err(SendError::NotAResponse)) => {
                (ErrorKind::Network, "option \"fetch\" gave something that is no Response")
            }
            Input::Aborted => (ErrorKind::Aborted, "the call was aborted"),
        };
        Step::Done(Err(Error::new(kind, message, self.is_sent)))
    }
}
