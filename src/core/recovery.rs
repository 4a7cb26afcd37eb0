//! What failures lead to in a detachment: the second half of `detachment`, whose head has the table.

use super::detachment::{Detachment, Look, Next, State, settling_ms};
use super::error::{Again, Effect, Error, ErrorKind};
use super::goal::{Detach, Goal};
use super::retry::Hint;
use super::sender::{Remedy, Unwaited};
use super::turn::Context;

/// How many times in a row the attachment may fail to be read where the task has succeeded and nothing says otherwise.
const MAX_UNREAD: u32 = 5;

impl Detachment {
    /// Finds a way on after a failure, or ends with it.
    pub(super) fn recover(&mut self, context: &mut Context<'_>, error: Box<Error>) -> Next {
        self.sender.failed(context, self.method(), &error);
        if self.asks_about_disk() && error.kind == ErrorKind::NotAttached {
            return self.absent(context, error);
        }
        let has_no_effect = error.effect == Effect::None || !self.is_submitting();
        if has_no_effect && self.sender.remedy(context, &error) == Remedy::NextRequest {
            return self.prove_better(context, error);
        }
        if error.kind == ErrorKind::Auth && error.answer.is_some() {
            context.shared.pace.close();
        }
        match &mut self.state {
            State::Checking => self.retry(context, self.sender.failures(), error),
            State::Submitting => self.recover_submission(context, error),
            State::Unknown { .. } if error.can_pass() => self.wait(context, Some(error)),
            State::Unknown { .. } => self.give_up(context),
            State::Following { .. } => self.recover_following(context, error),
            State::Confirming { was_seen, .. } => {
                let is_over = !*was_seen && self.sender.failures() > MAX_UNREAD;
                if error.can_pass() && !is_over {
                    return self.wait(context, Some(error));
                }
                self.end_on(context, error)
            }
        }
    }

    const fn asks_about_disk(&self) -> bool {
        !matches!(self.state, State::Submitting | State::Following { look: Look::Task, .. })
    }

    /// Sends the request again, with other credentials or at the right time. Where no request is to be sent again, a
    /// question of a wait is asked anew when its time comes.
    fn prove_better(&mut self, context: &mut Context<'_>, error: Box<Error>) -> Next {
        if !context.config.limits.retry.is_off {
            return self.ask(context);
        }
        match self.state {
            State::Checking | State::Submitting => self.fail(error),
            _ => self.wait(context, Some(error)),
        }
    }

    /// Sends the same request again after a while, if that can help.
    fn retry(&mut self, context: &Context<'_>, sent: u32, error: Box<Error>) -> Next {
        let output = if error.can_pass() { self.sender.retry(context, sent, &error) } else { None };
        match output {
            Some(output) => Next::Output(output),
            None => self.fail(error),
        }
    }

    fn recover_submission(&mut self, context: &mut Context<'_>, error: Box<Error>) -> Next {
        if error.effect == Effect::None {
            // Only what a limit turned away is sent again: anything else could be refused for good.
            if error.again == Again::WhenAllowed {
                return self.retry(context, self.attempts, error);
            }
            return self.fail(error);
        }
        if !self.is_followed {
            return self.fail(error);
        }
        // Not attached, and nothing says that it was when this call began.
        if error.kind == ErrorKind::NotAttached && !self.was_attached {
            return self.absent(context, error);
        }
        self.doubt = Some(error.failure());
        let wait = self.sender.wait(context, settling_ms(0), error.hint());
        if wait == Err(Unwaited::TooLong) {
            return self.fail(error);
        }
        self.state = State::Unknown { why: error, sightings: 0, looks: 1 };
        self.take_wait(context, wait)
    }

    fn recover_following(&mut self, context: &mut Context<'_>, error: Box<Error>) -> Next {
        let State::Following { watch, look } = &mut self.state else { return self.fail(error) };
        match *look {
            Look::Task if watch.missed(&error) => {
                *look = Look::Disk;
                self.ask(context)
            }
            Look::Task if error.can_pass() => self.wait(context, Some(error)),
            Look::Task => self.fail(error),
            // The disk cannot be read: it tells nothing, and the task may still.
            Look::Disk => {
                *look = Look::Task;
                // The one will not tell any more, and the other never will.
                if watch.is_strange() || (self.is_settled_as_gone(context) && !error.can_pass()) {
                    return self.end_hidden();
                }
                if matches!(error.hint(), Hint::RetryAfter(_)) {
                    return self.wait(context, Some(error));
                }
                self.wait(context, None)
            }
        }
    }

    /// The disk is not attached.
    fn absent(&mut self, context: &Context<'_>, error: Box<Error>) -> Next {
        let has_begun = !matches!(self.state, State::Checking | State::Submitting);
        if has_begun || matches!(context.config.goal, Goal::Detach(Detach { absent_is_done: true, .. })) {
            return self.done(context, true);
        }
        self.fail(error)
    }

    /// Ends because of a failure: what was seen last decides.
    pub(super) fn end_on(&mut self, context: &Context<'_>, error: Box<Error>) -> Next {
        match &self.state {
            State::Confirming { was_seen: false, .. } => self.done(context, false),
            _ => self.fail(error),
        }
    }

    /// The fate of the DELETE stays unknown: ends with what made it so.
    pub(super) fn give_up(&mut self, context: &Context<'_>) -> Next {
        let State::Unknown { mut why, sightings, .. } = std::mem::replace(&mut self.state, State::Checking)
        else {
            return self.fail(out_of_time(""));
        };
        if why.kind == ErrorKind::NotAttached {
            // The answer to the DELETE is what was seen last.
            if sightings == 0 {
                return self.done(context, true);
            }
            why.kind = ErrorKind::Conflict;
            why.reason = "the service says that the disk is not attached, but lists it as attached".into();
        }
        self.fail(why)
    }

    /// The service does not tell of the task, and the disk is still attached, or cannot be read.
    pub(super) fn end_hidden(&mut self) -> Next {
        let is_strange = matches!(&self.state, State::Following { watch, .. } if watch.is_strange());
        let (kind, reason) = if is_strange {
            (
                ErrorKind::Decode,
                "the replies are not about the task, and the disk was not seen to be off the server",
            )
        } else {
            (
                ErrorKind::NotFound,
                "the service no longer knows the task, and the disk was not seen to be off the server",
            )
        };
        self.fail(Error::new(kind, Effect::Possible, Again::Never, reason))
    }

    /// The time is over: what was seen last decides.
    pub(super) fn run_out(&mut self, context: &Context<'_>) -> Next {
        let reason = match &self.state {
            State::Confirming { was_seen: false, .. } => return self.done(context, false),
            State::Confirming { .. } => {
                "timeoutMs has passed; the task has succeeded, but the disk is still attached"
            }
            State::Following { watch, .. } => {
                let reason = watch.run_out();
                return self.fail(out_of_time(&reason));
            }
            // What the DELETE was answered is what was seen last.
            State::Unknown { why, sightings: 0, .. } if why.kind == ErrorKind::NotAttached => {
                return self.done(context, true);
            }
            State::Unknown { .. } => "timeoutMs passed before it was known what became of the DELETE",
            State::Checking | State::Submitting => "timeoutMs has passed",
        };
        self.fail(out_of_time(reason))
    }
}

fn out_of_time(reason: &str) -> Box<Error> {
    Error::new(ErrorKind::Timeout, Effect::None, Again::Never, reason)
}
