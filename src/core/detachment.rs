//! The detachment of a disk, as a machine without I/O: it says what to do next and is told what happened.
//!
//! | State | Reply | Then |
//! |---|---|---|
//! | checking | the disk is attached, a data disk | submit |
//! | | it is the system disk, and that is not allowed | end: system disk |
//! | | it is not attached | end: done, or not attached |
//! | submitting | a task | follow it; end, where only acceptance is asked for |
//! | | a refusal without effect that another try can mend | wait, submit again |
//! | | any other refusal without effect | end: the error |
//! | | anything else: its fate is unknown | look at the disk; end, where only acceptance is asked for |
//! | unknown | the disk is not attached | end: done |
//! | | it is attached, asked three times | submit again; end: the error, after the last attempt |
//! | | the question is refused | end: what made the fate unknown |
//! | following | the task has succeeded | confirm |
//! | | it has failed | end: the task failed |
//! | | it is under way | wait |
//! | | its word is not known, or it is not there | look at the disk, too, until one of the two tells |
//! | | the question is refused | end: the error |
//! | confirming | the disk is not attached | end: done |
//! | | it is still attached | wait |
//! | | cannot be read, and was not seen attached | end: done, as the task says |
//! | | cannot be read, and was seen attached | wait; end: the error, where the question is refused |
//!
//! From following there is no way back: once a task is known, no further DELETE is sent. What was seen last decides, also
//! when the time is over. This file has what replies lead to, `recovery` what failures lead to.

use super::api::{attachment_call, detach_call, job_call, parse_accepted, parse_attachment, parse_job};
use super::attachment::Attachment;
use super::envelope::send_error;
use super::error::{Again, Effect, Error, ErrorKind, Failure};
use super::goal::{Detach, Disk, Goal};
use super::http::{Call, HttpResponse, Method};
use super::ids::JobId;
use super::job::{Job, JobState};
use super::outcome::{Accepted, Detached, Facts, Outcome, Phase};
use super::retry::Hint;
use super::sender::{Seen, Sender, Unsent, Unwaited};
use super::turn::{Context, Input, Output};
use super::watch::Watch;

/// What is asked about a task that is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Look {
    /// The task itself.
    Task,
    /// The disk: the service does not tell of the task.
    Disk,
}

/// Where the detachment stands, with what is known there.
#[derive(Clone, Debug, Hash)]
pub(super) enum State {
    /// Is the disk attached, and a data disk?
    Checking,
    /// The DELETE.
    Submitting,
    /// What became of the DELETE?
    Unknown {
        /// What made its fate unknown.
        why: Box<Error>,
        /// How many times in a row the disk was seen attached.
        sightings: u32,
        /// How many times it was asked for.
        looks: u32,
    },
    /// The task is under way.
    Following { watch: Watch, look: Look },
    /// The task has succeeded: is the disk off the server?
    Confirming {
        watch: Watch,
        job: Box<Job>,
        since_ms: u32,
        /// The disk was seen attached since.
        was_seen: bool,
    },
}

/// The machine.
#[derive(Clone, Debug, Hash)]
pub struct Detachment {
    disk: Disk,
    /// Whether it ends when the disk is off, and not when the service has accepted that.
    pub(super) is_followed: bool,
    pub(super) sender: Sender,
    pub(super) state: State,
    /// How many DELETEs were sent.
    pub(super) attempts: u32,
    /// The disk was seen attached before the next DELETE.
    pub(super) was_attached: bool,
    /// What left the fate of a DELETE unknown.
    pub(super) doubt: Option<Failure>,
}

/// What a step leads to.
#[derive(Debug)]
pub enum Next {
    /// There is something to do.
    Output(Output),
    /// The call has ended.
    Done(Result<Outcome, Box<Error>>),
}

/// How many times in a row the disk must be seen attached before the DELETE counts as lost.
const MAX_SIGHTINGS: u32 = 3;
/// How long to wait before each of these looks, in milliseconds: a disk takes time to come off. No option shortens that:
/// it is what keeps a second DELETE away from the first.
const SETTLING_MS: [u32; 3] = [2_000, 3_000, 5_000];

impl Detachment {
    /// A detachment that has not begun: as far as the service accepts it, or in that way until the disk is off.
    pub fn new(disk: &Disk, way: Option<&Detach>, seed: u32) -> Self {
        let is_checked = way.is_some_and(|detach| !detach.allow_system_disk);
        Self {
            disk: disk.clone(),
            is_followed: way.is_some(),
            sender: Sender::new(seed),
            state: match way.and_then(|detach| detach.job.clone()) {
                Some(job) => State::Following { watch: Watch::new(job), look: Look::Task },
                None if is_checked => State::Checking,
                None => State::Submitting,
            },
            attempts: 0,
            was_attached: false,
            doubt: None,
        }
    }

    /// Takes what happened and says what to do next.
    pub fn step(&mut self, context: &mut Context<'_>, input: Input<'_>) -> Next {
        match input {
            Input::Start => self.begin(context),
            Input::Slept => self.ask(context),
            Input::Reply(reply) => {
                self.sender.ended(context, self.method(), Some(&reply));
                self.read(context, &reply)
            }
            Input::Failed(error) => {
                let effect = self.open_effect();
                self.sender.ended(context, self.method(), None);
                self.recover(context, send_error(error, effect, "endpoint"))
            }
            Input::Aborted => {
                let effect = self.open_effect();
                self.fail(Error::new(ErrorKind::Aborted, effect, Again::Never, "the call was aborted"))
            }
        }
    }

    /// What the request that is under way may do. Nothing, where it has not left: its credentials are being waited for.
    fn open_effect(&self) -> Effect {
        if self.is_submitting() && self.sender.is_under_way() { Effect::Possible } else { Effect::None }
    }

    /// The request has left.
    pub fn sent(&mut self) {
        self.attempts += u32::from(self.is_submitting());
        self.sender.sent();
    }

    fn begin(&mut self, context: &mut Context<'_>) -> Next {
        self.sender.start(context.now_ms);
        if let State::Following { watch, .. } = &mut self.state {
            watch.start(context);
        }
        self.ask(context)
    }

    pub(super) const fn is_submitting(&self) -> bool {
        matches!(self.state, State::Submitting)
    }

    pub(super) const fn method(&self) -> Method {
        if self.is_submitting() { Method::Delete } else { Method::Get }
    }

    /// Whether a task is known: then no DELETE is sent.
    const fn task(&self) -> Option<&Watch> {
        match &self.state {
            State::Following { watch, .. } | State::Confirming { watch, .. } => Some(watch),
            _ => None,
        }
    }

    fn call(&self) -> Call {
        let disk = &self.disk;
        match &self.state {
            State::Submitting => detach_call(disk),
            State::Following { watch, look: Look::Task } => job_call(&disk.project, &watch.job),
            _ => attachment_call(&disk.project, &disk.server, &disk.volume),
        }
    }

    /// Asks what the state is about.
    pub(super) fn ask(&mut self, context: &mut Context<'_>) -> Next {
        let has_last_look = !matches!(self.state, State::Checking | State::Submitting);
        match self.sender.send(context, self.call(), has_last_look) {
            Ok(output) => Next::Output(output),
            Err(Unsent::OutOfTime) => self.run_out(context),
            Err(Unsent::Closed) => {
                let reason = "the service has refused the credentials of this batch";
                self.end_on(context, Error::new(ErrorKind::Auth, Effect::None, Again::Never, reason))
            }
        }
    }

    /// Goes on to another question.
    pub(super) fn turn_to(&mut self, context: &mut Context<'_>, state: State) -> Next {
        self.state = state;
        self.ask(context)
    }

    /// Waits before the next question. `error` is what asks for the wait, if anything does.
    pub(super) fn wait(&mut self, context: &mut Context<'_>, error: Option<Box<Error>>) -> Next {
        let hint = error.as_ref().map_or(Hint::None, |error| error.hint());
        let interval_ms = self.interval_ms(context);
        match (self.sender.wait(context, interval_ms, hint), error) {
            (Err(Unwaited::TooLong), Some(error)) => self.end_on(context, error),
            (wait, _) => self.take_wait(context, wait),
        }
    }

    /// Waits, or looks once more where the time is over.
    pub(super) fn take_wait(&mut self, context: &mut Context<'_>, wait: Result<Output, Unwaited>) -> Next {
        match wait {
            Ok(output) => Next::Output(output),
            Err(_) if self.sender.owes_a_look() => self.ask(context),
            Err(_) => self.run_out(context),
        }
    }

    /// How long to wait before the next question of a state.
    fn interval_ms(&mut self, context: &Context<'_>) -> u32 {
        let polling = context.config.limits.polling;
        let jitter = self.sender.jitter();
        match &mut self.state {
            State::Following { watch, .. } => watch.next_wait_ms(context, jitter),
            State::Confirming { since_ms, .. } => {
                polling.interval_ms(context.now_ms.wrapping_sub(*since_ms), jitter)
            }
            State::Unknown { looks, .. } => {
                *looks += 1;
                settling_ms(*looks - 1)
            }
            State::Checking | State::Submitting => polling.initial_delay_ms,
        }
    }

    fn read(&mut self, context: &mut Context<'_>, reply: &HttpResponse<'_>) -> Next {
        match &self.state {
            State::Submitting => match parse_accepted(reply) {
                Ok(job) => self.accepted(context, job),
                Err(error) => self.recover(context, error),
            },
            State::Following { watch, look: Look::Task } => match parse_job(reply, &watch.job) {
                Ok(job) => self.told(context, job),
                Err(error) => self.recover(context, error),
            },
            _ => match parse_attachment(reply, &self.disk.server, &self.disk.volume) {
                Ok(disk) => self.still_attached(context, &disk),
                Err(error) => self.recover(context, error),
            },
        }
    }

    fn accepted(&mut self, context: &mut Context<'_>, job: JobId) -> Next {
        self.sender.succeeded(context);
        if !self.is_followed {
            let accepted = Accepted { job_id: job.into_text(), ids: self.sender.take_ids() };
            return Next::Done(Ok(Outcome::Accepted(accepted)));
        }
        let mut watch = Watch::new(job);
        watch.start(context);
        let first_wait_ms = watch.first_wait_ms(context);
        self.state = State::Following { watch, look: Look::Task };
        let wait = self.sender.wait(context, first_wait_ms, Hint::None);
        self.take_wait(context, wait)
    }

    /// The service tells of the task.
    fn told(&mut self, context: &mut Context<'_>, job: Box<Job>) -> Next {
        self.sender.succeeded(context);
        let State::Following { watch, look } = &mut self.state else { return self.ask(context) };
        match watch.saw(context, &job) {
            JobState::Succeeded => {
                let (Some(watch), _) = self.leave() else { return self.ask(context) };
                let since_ms = context.now_ms;
                self.turn_to(context, State::Confirming { watch, job, since_ms, was_seen: false })
            }
            JobState::Failed => self.fail(Error::job_failed(job)),
            JobState::UnderWay => self.wait(context, None),
            JobState::Unknown => {
                *look = Look::Disk;
                self.ask(context)
            }
        }
    }

    fn still_attached(&mut self, context: &mut Context<'_>, disk: &Attachment) -> Next {
        // What is wrong with the task is still wrong.
        if matches!(self.state, State::Following { .. }) {
            self.sender.answered(context);
        } else {
            self.sender.succeeded(context);
        }
        match &mut self.state {
            State::Checking => self.checked(context, disk),
            State::Unknown { why, sightings, .. } => {
                self.was_attached = true;
                *sightings += 1;
                if *sightings < MAX_SIGHTINGS {
                    return self.wait(context, None);
                }
                if self.attempts < context.config.limits.retry.max_attempts && !why.is_final {
                    return self.turn_to(context, State::Submitting);
                }
                self.give_up(context)
            }
            State::Following { watch, look } => {
                *look = Look::Task;
                if watch.is_strange() || self.is_settled_as_gone(context) {
                    return self.end_hidden();
                }
                self.wait(context, None)
            }
            State::Confirming { was_seen, .. } => {
                *was_seen = true;
                self.wait(context, None)
            }
            State::Submitting => self.ask(context),
        }
    }

    fn checked(&mut self, context: &mut Context<'_>, disk: &Attachment) -> Next {
        self.was_attached = true;
        // Where that is allowed, nobody looks.
        if disk.is_system_disk {
            let reason = "the disk is the server's system disk; option \"systemDisk\" can allow that";
            return self.fail(Error::new(ErrorKind::SystemDisk, Effect::None, Again::Never, reason));
        }
        self.turn_to(context, State::Submitting)
    }

    /// Whether a task that was accepted before this call is not known any more.
    pub(super) fn is_settled_as_gone(&self, context: &Context<'_>) -> bool {
        let is_resumed = matches!(context.config.goal, Goal::Detach(Detach { job: Some(_), .. }));
        is_resumed && self.task().is_some_and(|watch| watch.is_gone(context))
    }

    /// Takes what is known of the task out of the state, for the next one or for the end.
    fn leave(&mut self) -> (Option<Watch>, Option<Box<Job>>) {
        match std::mem::replace(&mut self.state, State::Checking) {
            State::Following { watch, .. } => (Some(watch), None),
            State::Confirming { watch, job, .. } => (Some(watch), Some(job)),
            _ => (None, None),
        }
    }

    /// The disk is off the server.
    pub(super) fn done(&mut self, context: &Context<'_>, is_seen: bool) -> Next {
        let (task, job) = self.leave();
        Next::Done(Ok(Outcome::Detached(Box::new(Detached {
            job_id: task.map(|watch| watch.job.into_text()),
            job,
            is_seen,
            attempts: self.attempts,
            elapsed_ms: self.sender.elapsed_ms(context.now_ms),
            ids: self.sender.take_ids(),
        }))))
    }

    /// Whether the service may have begun: a DELETE took effect, or may have.
    pub(super) const fn may_have_started(&self) -> bool {
        self.task().is_some() || self.doubt.is_some()
    }

    pub(super) fn fail(&mut self, mut error: Box<Error>) -> Next {
        if self.may_have_started() {
            error.effect = Effect::Possible;
        } else if self.attempts == 0 {
            error.effect = Effect::None;
        }
        let task = self.leave().0.map(Watch::into_task).unwrap_or_default();
        self.sender.complete(&mut error, self.attempts, task, self.doubt.take());
        Next::Done(Err(error))
    }

    /// What is certain of it.
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            attempts: self.attempts,
            may_have_started: self.may_have_started() || self.open_effect() == Effect::Possible,
            job_id: self.task().map(|watch| watch.job.as_str()),
            ids: self.sender.ids(),
        }
    }

    /// What is known of how far it is; `None` where the call ends with its first request.
    pub fn seen(&mut self) -> Option<(&mut Sender, Seen<'_>)> {
        if !self.is_followed {
            return None;
        }
        let phase = match &self.state {
            State::Checking => Phase::Checking,
            State::Submitting => Phase::Submitting,
            State::Unknown { .. } => Phase::Settling,
            State::Following { .. } => Phase::Waiting,
            State::Confirming { .. } => Phase::Confirming,
        };
        let watch = match &self.state {
            State::Following { watch, .. } | State::Confirming { watch, .. } => Some(watch),
            _ => None,
        };
        let seen = Seen {
            phase,
            job_id: watch.map(|watch| watch.job.as_str()),
            status: watch.and_then(|watch| watch.status.as_deref()),
            polls: watch.map_or(0, |watch| watch.polls),
            attempts: self.attempts,
        };
        Some((&mut self.sender, seen))
    }
}

/// How long to wait before such a look at a disk, counted from 0, of which it is not known whether it comes off.
pub(super) fn settling_ms(look: u32) -> u32 {
    SETTLING_MS.get(look as usize).or(SETTLING_MS.last()).copied().unwrap_or_default()
}
