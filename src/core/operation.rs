//! A call of this package, as a machine without I/O: a detachment, or a question.
//!
//! Time is an argument: milliseconds on any clock that does not jump back. `step` takes the machine by value and gives it
//! back with the next thing to do. There is never more than one, so nothing has to be drained.

use super::config::Config;
use super::detachment::{Detachment, Next};
use super::error::Error;
use super::goal::Goal;
use super::outcome::{Facts, Outcome, Progress};
use super::question::Question;
use super::turn::{Context, Input, Output};

/// A call. Machines are large, and are not moved about.
#[derive(Clone, Debug, Hash)]
pub enum Operation {
    /// It asks the service to detach a disk.
    Detachment(Box<Detachment>),
    /// It only reads.
    Question(Box<Question>),
}

/// What a step leads to.
#[derive(Debug)]
pub enum Step {
    /// There is something to do; then the call is to be stepped with what came of it.
    Next(Operation, Output),
    /// The call has ended.
    Done(Result<Outcome, Box<Error>>),
}

impl Operation {
    /// A call that has not begun. The seed spreads the waits of many calls.
    pub fn new(config: &Config, seed: u32) -> Self {
        let (disk, way) = match &config.goal {
            Goal::Accept(disk) => (disk, None),
            Goal::Detach(detach) => (&detach.disk, Some(detach)),
            goal => return Self::Question(Box::new(Question::new(goal, seed))),
        };
        Self::Detachment(Box::new(Detachment::new(disk, way, seed)))
    }

    /// Takes what happened and says what to do next.
    #[must_use]
    pub fn step(mut self, context: &mut Context<'_>, input: Input<'_>) -> Step {
        let next = match &mut self {
            Self::Detachment(detachment) => detachment.step(context, input),
            Self::Question(question) => question.step(context, input),
        };
        match next {
            Next::Output(output) => Step::Next(self, output),
            Next::Done(outcome) => Step::Done(outcome),
        }
    }

    /// The request that was asked for has left. What never leaves is not counted.
    pub fn sent(&mut self) {
        match self {
            Self::Detachment(detachment) => detachment.sent(),
            Self::Question(question) => question.sent(),
        }
    }

    /// How far it is, if there is something new to tell.
    pub fn progress(&mut self, now_ms: u32) -> Option<Progress<'_>> {
        let (sender, seen) = match self {
            Self::Detachment(detachment) => detachment.seen()?,
            Self::Question(question) => question.seen()?,
        };
        sender.progress(now_ms, seen)
    }

    /// What is certain of it.
    pub fn facts(&self) -> Facts<'_> {
        match self {
            Self::Detachment(detachment) => detachment.facts(),
            Self::Question(question) => question.facts(),
        }
    }
}
