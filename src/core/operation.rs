//! The course of a call of this package, as a machine without I/O: it says what to do next and is told what
//! happened.
//!
//! | Phase | Reply | Then |
//! |---|---|---|
//! | checking | the disk is attached, a data disk | submit |
//! | | it is the system disk, and that is not allowed | end: system disk |
//! | | it is not attached | end: done, or not attached |
//! | submitting | a task | wait for it; end, where only acceptance is asked for |
//! | | too many requests, certainly not processed | wait, submit again |
//! | | a refusal that certainly had no effect | end: the error |
//! | | anything else: its fate is unknown | settle; end, where only acceptance is asked for |
//! | settling | the disk is not attached | end: done |
//! | | it is attached, asked three times | submit again; end: the error, after the last attempt |
//! | waiting | `SUCCESS` | confirm; end, where only the task is asked for |
//! | | `FAIL` | end: the task failed |
//! | | the task is unknown | settle; end, where only the task is asked for |
//! | | any other status | wait |
//! | confirming | the disk is not attached | end: done |
//! | | it is still attached | wait |
//! | | cannot be read | end: done, as the task says |
//!
//! A DELETE is repeated only where the service certainly did not process it, or where the disk is seen to be still
//! attached. What only reads is repeated after failures that can pass. Time is an argument: milliseconds on any
//! clock. `step` takes the machine by value and gives it back with the next thing to do. There is never more than
//! one, so nothing has to be drained.

use super::api::{parse_accepted, parse_attachment, parse_attachments, parse_job, parse_projects};
use super::envelope::{reply_error, wants_renewal};
use super::error::{Error, ErrorKind};
use super::http::{HttpResponse, SendError};
use super::ids::Id;
use super::old_goal::{Goal, Phase};
use super::outcome::{Detached, Outcome, Progress};
use super::retry::{Hint, Jitter, RetryPolicy};
use super::turn::{Context, Input, Output};

/// What a step leads to.
#[derive(Debug)]
pub enum Step {
    /// There is something to do.
    Next {
        /// The machine, to be stepped with the outcome.
        operation: Box<Operation>,
        /// What to do.
        output: Output,
        /// Whether the reply is part of the result.
        keeps: bool,
    },
    /// The operation has ended.
    Done {
        /// The result, or why there is none.
        outcome: Result<Outcome, Box<Error>>,
        /// Whether the reply is part of it.
        keeps: bool,
    },
}

/// The same inside the machine.
enum Next {
    Output(Output),
    Done(Result<Outcome, Box<Error>>),
}

/// What a reply holds.
enum Found<'a> {
    /// The id of a task.
    Task(&'a str),
    /// The status of a task.
    Status(&'a str),
    /// An attachment: whether it is the system disk.
    Disk(bool),
    /// The same of many.
    Disks(Vec<bool>),
    /// Projects: whether these are the last ones.
    Page(bool),
}

/// How many failures in a row a wait survives.
const MAX_FAILURES: u32 = 5;
/// How many times in a row the disk must be seen attached before the DELETE counts as lost.
const MAX_SIGHTINGS: u32 = 3;

/// The most pages of projects that are read.
const MAX_PAGES: u32 = 100;

/// The machine.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    started_ms: u32,
    phase: Phase,
    jitter: Jitter,
    /// The place of the next request in the line, while it waits there.
    number: Option<u32>,
    /// A DELETE is on its way.
    is_under_way: bool,
    /// The last request is one of `attempts`.
    counts: bool,
    /// The disk was seen attached.
    was_attached: bool,
    /// Requests of the kind that the goal is about: DELETEs, or questions.
    attempts: u32,
    failures: u32,
    sightings: u32,
    /// Waits since the phase began.
    waits: u32,
    polls: u32,
    job_id: Option<String>,
    status: Option<String>,
    /// The reply in hand is part of the result.
    keeps: bool,
    /// The service has been given other credentials, or another time, since it last took a request.
    is_renewed: bool,
    is_clock_set: bool,
    /// For the next request: what [`Output::Send`] tells of both.
    wants_renewal: bool,
    server_time: Option<String>,
    /// How many pages of projects have been read.
    page: u32,
    /// What left the fate of a DELETE unknown.
    doubt: Option<Box<Error>>,
    /// The progress that was reported last: phase, polls and attempts.
    reported: Option<(Phase, u32, u32)>,
}

impl Operation {
    /// An operation that has not begun. The seed spreads the waits of many operations.
    pub fn new(seed: u32) -> Self {
        Self { jitter: Jitter::new(seed), ..Self::default() }
    }

    /// How far it is, if that has changed since it was asked last.
    pub fn news(&mut self, now_ms: u32) -> Option<Progress<'_>> {
        let state = Some((self.phase, self.polls, self.attempts));
        if std::mem::replace(&mut self.reported, state) == state {
            return None;
        }
        Some(Progress {
            phase: self.phase,
            job_id: self.job_id.as_deref(),
            status: self.status.as_deref(),
            polls: self.polls,
            attempts: self.attempts,
            elapsed_ms: now_ms.wrapping_sub(self.started_ms),
        })
    }

    /// Takes back the request that was asked for: it was not sent.
    pub fn unsend(&mut self) {
        self.attempts -= u32::from(self.counts);
        (self.is_under_way, self.counts) = (false, false);
    }

    /// Takes what happened and says what to do next.
    #[must_use]
    pub fn step(mut self: Box<Self>, context: &mut Context<'_, '_>, input: Input<'_>) -> Step {
        self.keeps = false;
        let next = self.advance(context, input);
        let keeps = self.keeps;
        match next {
            Next::Output(output) => Step::Next { operation: self, output, keeps },
            Next::Done(outcome) => Step::Done { outcome, keeps },
        }
    }

    fn advance(&mut self, context: &mut Context<'_, '_>, input: Input<'_>) -> Next {
        if let Input::Reply(_) = input {
            context.pace.hear(context.now_ms);
        }
        let (kind, reason) = match input {
            Input::Start => {
                self.started_ms = context.now_ms;
                self.job_id = context.goal.job_id().map(String::from);
                if let Goal::JobDone(..) = context.goal {
                    self.phase = Phase::Waiting;
                    return self.wait(context, Hint::None);
                }
                return self.enter(context, context.goal.first_phase());
            }
            Input::Slept => return self.send(context),
            Input::Reply(Ok(reply)) => return self.read(context, &reply),
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
            Input::Reply(Err(SendError::NoCredentials)) => {
                (ErrorKind::Auth, "option \"auth\" gave no credentials")
            }
            Input::Aborted => {
                let error = Error::new(ErrorKind::Aborted, "the call was aborted", self.is_under_way);
                return self.fail(context, error);
            }
        };
        let is_doubtful = kind != ErrorKind::Auth && (self.is_under_way || self.phase != Phase::Submitting);
        self.recover(context, Error::new(kind, reason, is_doubtful))
    }

    fn enter(&mut self, context: &mut Context<'_, '_>, phase: Phase) -> Next {
        self.phase = phase;
        (self.failures, self.sightings, self.waits) = (0, 0, 0);
        self.send(context)
    }

    fn elapsed_ms(&self, context: &Context<'_, '_>) -> u32 {
        context.now_ms.wrapping_sub(self.started_ms)
    }

    fn left_ms(&self, context: &Context<'_, '_>) -> u32 {
        context.limits.timeout_ms.saturating_sub(self.elapsed_ms(context))
    }

    fn send(&mut self, context: &mut Context<'_, '_>) -> Next {
        let left_ms = self.left_ms(context);
        if left_ms == 0 {
            return self.run_out(context);
        }
        if context.pace.is_closed() {
            let reason = "the service has refused the credentials of this batch";
            return self.fail(context, Error::new(ErrorKind::Auth, reason, false));
        }
        let number = *self.number.get_or_insert_with(|| context.pace.draw(context.now_ms));
        let wait_ms = context.pace.wait_ms(number, context.now_ms);
        if wait_ms > 0 {
            return Next::Output(Output::Sleep(wait_ms.min(left_ms)));
        }
        self.number = None;
        self.is_under_way = self.phase == Phase::Submitting;
        let counts_deletes = matches!(context.goal, Goal::Accepted(_) | Goal::Detached { .. });
        self.counts = self.is_under_way || !counts_deletes;
        self.attempts += u32::from(self.counts);
        let job_id = self.job_id.as_deref().and_then(|id| Id::parse(id).ok());
        Next::Output(Output::Send {
            call: context.goal.call(self.phase, job_id, self.page),
            timeout_ms: context.limits.attempt_timeout_ms.min(left_ms),
            is_renewal: std::mem::take(&mut self.wants_renewal),
            server_time: self.server_time.take(),
        })
    }

    /// Waits before the same question is asked again.
    fn wait(&mut self, context: &mut Context<'_, '_>, hint: Hint) -> Next {
        let delay_ms = context.limits.polling.delay_ms(self.waits, hint, &mut self.jitter);
        self.waits += 1;
        match self.left_ms(context) {
            0 => self.run_out(context),
            left_ms => Next::Output(Output::Sleep(delay_ms.min(left_ms))),
        }
    }

    /// Waits before a refused request is sent again, if attempts and time are left.
    fn retry(&mut self, context: &Context<'_, '_>, failures: u32, error: Box<Error>) -> Next {
        let RetryPolicy { max_attempts, .. } = context.limits.retry;
        // At a shared pace a refusal says nothing about this request: all of them went too fast.
        let is_paced = error.kind == ErrorKind::Throttled && !context.pace.is_free() && max_attempts > 1;
        if failures < max_attempts || is_paced {
            let delay_ms = context.limits.retry.delay_ms(failures, hint(&error), &mut self.jitter);
            if delay_ms < self.left_ms(context) {
                return Next::Output(Output::Sleep(delay_ms));
            }
        }
        self.fail(context, error)
    }

    fn read(&mut self, context: &mut Context<'_, '_>, reply: &HttpResponse<'_>) -> Next {
        let found = match (context.goal, self.phase) {
            (_, Phase::Submitting) => parse_accepted(reply).map(Found::Task),
            (_, Phase::Waiting) => parse_job(reply).map(Found::Status),
            (Goal::Attachments(..), _) => parse_attachments(reply).map(Found::Disks),
            (Goal::Projects(_), _) => parse_projects(reply).map(Found::Page),
            _ => parse_attachment(reply).map(Found::Disk),
        };
        let found = match found {
            Ok(found) => found,
            Err(error) => return self.recover(context, error),
        };
        context.pace.quicken(context.now_ms);
        (self.failures, self.is_renewed) = (0, false);
        match (context.goal, found) {
            (Goal::Detached { .. }, Found::Task(job_id)) => self.follow(context, reply, job_id),
            (_, Found::Task(job_id)) => Next::Done(Ok(Outcome::Accepted(job_id.into()))),
            (goal, Found::Status(status)) => self.report(context, goal, status),
            (Goal::Detached { allow_system_disk, .. }, Found::Disk(is_system_disk)) => {
                self.still_attached(context, is_system_disk && !*allow_system_disk)
            }
            (_, Found::Disk(is_system_disk)) => self.end(Outcome::Attachment(Some(is_system_disk))),
            (_, Found::Disks(are_system_disks)) => self.end(Outcome::Attachments(are_system_disks)),
            (_, Found::Page(is_last)) => self.turn_page(context, is_last),
        }
    }

    /// Ends with what the reply holds.
    fn end(&mut self, outcome: Outcome) -> Next {
        self.keeps = true;
        Next::Done(Ok(outcome))
    }

    fn turn_page(&mut self, context: &mut Context<'_, '_>, is_last: bool) -> Next {
        self.page += 1;
        if is_last || self.page >= MAX_PAGES {
            return self.end(Outcome::Projects);
        }
        self.keeps = true;
        self.enter(context, Phase::Checking)
    }

    fn follow(&mut self, context: &mut Context<'_, '_>, reply: &HttpResponse<'_>, job_id: &str) -> Next {
        self.is_under_way = false;
        if Id::parse(job_id).is_err() {
            let flaw = "the reply holds a job_id with characters that no id has";
            return self.settle(context, reply_error(&HttpResponse { body: None, ..*reply }, flaw));
        }
        self.job_id = Some(job_id.into());
        self.phase = Phase::Waiting;
        (self.failures, self.waits) = (0, 0);
        self.wait(context, Hint::None)
    }

    fn report(&mut self, context: &mut Context<'_, '_>, goal: &Goal<'_>, status: &str) -> Next {
        self.polls += 1;
        self.status = Some(status.into());
        match (goal, status) {
            (Goal::Job(..), _) | (Goal::JobDone(..), "SUCCESS") => self.end(Outcome::Job),
            (_, "SUCCESS") => {
                self.keeps = true;
                self.enter(context, Phase::Confirming)
            }
            (_, "FAIL") => {
                self.keeps = true;
                self.fail(context, Error::new(ErrorKind::JobFailed, "the task failed", true))
            }
            _ => self.wait(context, Hint::None),
        }
    }

    fn still_attached(&mut self, context: &mut Context<'_, '_>, is_forbidden: bool) -> Next {
        self.was_attached = true;
        self.sightings += 1;
        match self.phase {
            Phase::Checking if is_forbidden => {
                let reason = "the disk is the server's system disk; option \"systemDisk\" can allow that";
                self.fail(context, Error::new(ErrorKind::SystemDisk, reason, false))
            }
            Phase::Checking => self.enter(context, Phase::Submitting),
            Phase::Settling if self.sightings >= MAX_SIGHTINGS => {
                if self.attempts < context.limits.retry.max_attempts {
                    return self.enter(context, Phase::Submitting);
                }
                self.give_up(context)
            }
            _ => self.wait(context, Hint::None),
        }
    }

    /// Finds a way on after a failure, or ends with it.
    fn recover(&mut self, context: &mut Context<'_, '_>, error: Box<Error>) -> Next {
        match (error.kind, hint(&error)) {
            (ErrorKind::Throttled, Hint::RetryAfter(pause_ms)) => {
                context.pace.slow_down(context.now_ms, pause_ms);
            }
            (ErrorKind::Throttled, _) => context.pace.slow_down(context.now_ms, 0),
            _ if error.answer.is_some() => context.pace.quicken(context.now_ms),
            _ => {}
        }
        self.is_under_way = false;
        if self.can_prove_better(context, &error) {
            return self.send(context);
        }
        if error.kind == ErrorKind::Auth && error.answer.is_some() {
            context.pace.close();
        }
        if self.phase == Phase::Submitting {
            return self.recover_submission(context, error);
        }
        if error.kind == ErrorKind::NotAttached {
            return self.absent(context, error);
        }
        let is_paced = error.kind == ErrorKind::Throttled && !context.pace.is_free();
        self.failures += u32::from(!is_paced);
        let is_gone = error.kind == ErrorKind::NotFound;
        let can_pass = error.kind == ErrorKind::Throttled || (error.may_have_started && !is_gone);
        if can_pass && (self.phase == Phase::Checking || !context.goal.is_long()) {
            return self.retry(context, self.failures, error);
        }
        if can_pass && self.failures <= MAX_FAILURES {
            return self.wait(context, hint(&error));
        }
        match (self.phase, context.goal) {
            (Phase::Settling, _) => self.give_up(context),
            (Phase::Confirming, _) => self.done(context, false),
            (Phase::Waiting, Goal::Detached { .. }) if is_gone => {
                self.doubt = Some(error);
                self.enter(context, Phase::Settling)
            }
            _ => self.fail(context, error),
        }
    }

    /// Whether another attempt can do better at proving who is calling: with other credentials, or at the right time.
    /// Each once: failures in a row lock an access key.
    fn can_prove_better(&mut self, context: &Context<'_, '_>, error: &Error) -> bool {
        let Some(answer) = error.answer.as_ref().filter(|_| error.kind == ErrorKind::Auth) else {
            return false;
        };
        if answer.server_time.is_some() && !self.is_clock_set {
            self.is_clock_set = true;
            self.server_time.clone_from(&answer.server_time);
            return true;
        }
        let is_renewable = answer.error_code.as_deref().is_some_and(wants_renewal);
        if is_renewable && context.limits.can_renew && !self.is_renewed {
            (self.is_renewed, self.wants_renewal) = (true, true);
            return true;
        }
        false
    }

    fn recover_submission(&mut self, context: &mut Context<'_, '_>, error: Box<Error>) -> Next {
        if error.kind == ErrorKind::Throttled && !error.may_have_started {
            return self.retry(context, self.attempts, error);
        }
        if !matches!(context.goal, Goal::Detached { .. }) {
            return self.fail(context, error);
        }
        // Not attached, and nothing says that it was when this operation began.
        if error.kind == ErrorKind::NotAttached && !self.was_attached {
            return self.absent(context, error);
        }
        if error.may_have_started { self.settle(context, error) } else { self.fail(context, error) }
    }

    /// Looks what became of a DELETE, after a while: a disk takes time to come off.
    fn settle(&mut self, context: &mut Context<'_, '_>, error: Box<Error>) -> Next {
        let hint = hint(&error);
        self.doubt = Some(error);
        self.phase = Phase::Settling;
        (self.failures, self.sightings, self.waits) = (0, 0, 0);
        self.wait(context, hint)
    }

    /// The disk is not attached.
    fn absent(&mut self, context: &Context<'_, '_>, error: Box<Error>) -> Next {
        match context.goal {
            Goal::Attachment(..) => Next::Done(Ok(Outcome::Attachment(None))),
            Goal::Detached { absent_is_done, .. } => {
                let is_ours = matches!(self.phase, Phase::Settling | Phase::Confirming);
                if is_ours || *absent_is_done { self.done(context, true) } else { self.fail(context, error) }
            }
            _ => self.fail(context, error),
        }
    }

    fn done(&mut self, context: &Context<'_, '_>, is_seen: bool) -> Next {
        let elapsed_ms = self.elapsed_ms(context);
        let (job_id, attempts) = (self.job_id.take(), self.attempts);
        Next::Done(Ok(Outcome::Detached(Detached { job_id, is_seen, attempts, elapsed_ms })))
    }

    /// The fate of the DELETE stays unknown: ends with what made it so.
    fn give_up(&mut self, context: &Context<'_, '_>) -> Next {
        let unknown = || Error::new(ErrorKind::Timeout, "", true);
        let error = self.doubt.take().unwrap_or_else(unknown);
        self.fail(context, error)
    }

    /// The time is over.
    fn run_out(&mut self, context: &Context<'_, '_>) -> Next {
        // The task has succeeded, and nothing was seen that says otherwise.
        if self.phase == Phase::Confirming && self.sightings == 0 {
            return self.done(context, false);
        }
        let reason = match self.phase {
            Phase::Waiting => "timeoutMs has passed before the task ended",
            Phase::Confirming => "timeoutMs has passed; the task succeeded, but the disk is still attached",
            _ => "timeoutMs has passed",
        };
        self.fail(context, Error::new(ErrorKind::Timeout, reason, false))
    }

    fn fail(&mut self, context: &Context<'_, '_>, mut error: Box<Error>) -> Next {
        error.may_have_started = match context.goal {
            Goal::Accepted(_) => error.may_have_started,
            Goal::Detached { .. } => {
                let is_certain = matches!(self.phase, Phase::Checking | Phase::Submitting);
                self.doubt.is_some() || !is_certain || (self.attempts > 0 && error.may_have_started)
            }
            Goal::JobDone(..) => true,
            Goal::Job(..) | Goal::Attachments(..) | Goal::Attachment(..) | Goal::Projects(_) => false,
        };
        error.attempts = self.attempts;
        error.job_id = self.job_id.take().or_else(|| context.goal.job_id().map(String::from));
        Next::Done(Err(error))
    }
}

fn hint(error: &Error) -> Hint {
    error.answer.as_ref().map(|answer| answer.hint).unwrap_or_default()
}
