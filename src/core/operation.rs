//! Detaching a disk, as a machine without I/O: it says what to do next and is told what happened.
//!
//! | State | Input | Then |
//! |---|---|---|
//! | ready | `Start` | send the DELETE |
//! | sent | `Reply` with a task | end: the task's id |
//! | sent | `Reply` that the service was asked too much, attempts and time left | wait, then send again |
//! | sent | `Reply` with anything else | end: the error, with what it says of the effect |
//! | sent | `Reply` that never came | end: the error; the effect is unknown |
//! | waiting | `Slept` | send the DELETE; end: timeout, where no time is left |
//! | any | `Aborted` | end: aborted; the effect is unknown while the DELETE is on its way |
//!
//! A request is repeated only where the service certainly did not process it. Time is an argument: milliseconds
//! since `Start`. `step` takes the machine by value and gives it back with the next thing to do. There is never
//! more than one, so nothing has to be drained.

use super::api::{DetachTarget, detach_call, parse_accepted};
use super::error::{Error, ErrorKind};
use super::http::{Call, HttpResponse, SendError};
use super::retry::{Jitter, Limits};

/// What happened since the last step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The operation begins.
    Start,
    /// The exchange asked for has ended.
    Reply(Result<HttpResponse, SendError>),
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
    },
    /// Wait that long, in milliseconds.
    Sleep(u32),
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
#[derive(Clone, Copy, Debug)]
pub struct DetachOperation {
    attempts: u32,
    is_under_way: bool,
    jitter: Jitter,
}

impl DetachOperation {
    /// An operation that has not begun. The seed spreads the waits of many operations.
    pub const fn new(seed: u32) -> Self {
        Self { attempts: 0, is_under_way: false, jitter: Jitter::new(seed) }
    }

    /// Takes what happened, `now_ms` after the start, and says what to do next.
    #[must_use]
    pub fn step(self, target: &DetachTarget<'_>, limits: &Limits, now_ms: u32, input: Input) -> Step {
        let (kind, reason) = match input {
            Input::Start | Input::Slept if now_ms < limits.timeout_ms => {
                return self.send(target, limits, now_ms);
            }
            Input::Start | Input::Slept => (ErrorKind::Timeout, "timeoutMs has passed"),
            Input::Reply(Ok(reply)) => {
                return match parse_accepted(&reply) {
                    Ok(job_id) => Step::Done(Ok(job_id)),
                    Err(error) => self.retry(limits, now_ms, error),
                };
            }
            Input::Reply(Err(SendError::TimedOut)) => {
                (ErrorKind::Timeout, "no complete reply within attemptTimeoutMs or timeoutMs")
            }
            Input::Reply(Err(SendError::NoReply)) => (
                ErrorKind::Network,
                "no reply: the connection failed, the server redirected, or the browser blocked the request (CORS looks the same)",
            ),
            Input::Reply(Err(SendError::NotAResponse)) => {
                (ErrorKind::Network, "option \"fetch\" gave something that is no Response")
            }
            Input::Aborted => (ErrorKind::Aborted, "the call was aborted"),
        };
        self.fail(Error::new(kind, reason, self.is_under_way))
    }

    fn send(mut self, target: &DetachTarget<'_>, limits: &Limits, now_ms: u32) -> Step {
        self.attempts += 1;
        self.is_under_way = true;
        let timeout_ms = limits.attempt_timeout_ms.min(limits.timeout_ms - now_ms);
        Step::Next { operation: self, output: Output::Send { call: detach_call(target), timeout_ms } }
    }

    /// Waits for another attempt, if the service certainly did not process this one and there is time.
    fn retry(mut self, limits: &Limits, now_ms: u32, error: Error) -> Step {
        self.is_under_way = false;
        let is_unprocessed = error.kind == ErrorKind::Throttled && !error.may_have_started;
        if is_unprocessed && self.attempts < limits.retry.max_attempts {
            let hint = error.answer.as_ref().map(|answer| answer.hint).unwrap_or_default();
            let delay_ms = limits.retry.delay_ms(self.attempts, hint, &mut self.jitter);
            if delay_ms < limits.timeout_ms.saturating_sub(now_ms) {
                return Step::Next { operation: self, output: Output::Sleep(delay_ms) };
            }
        }
        self.fail(error)
    }

    fn fail(self, error: Error) -> Step {
        Step::Done(Err(Error { attempts: self.attempts, ..error }))
    }
}
