//! One exchange with the API after the other: when the next request goes out, whether a failed one is sent again, with
//! what credentials and what time, and what is told of all that. Both machines own one.

use super::error::{Again, Course, Error, ErrorKind, Failure, RequestIds};
use super::http::{Call, HttpResponse, Method};
use super::outcome::{Phase, Progress};
use super::pace::MAX_NAP_MS;
use super::retry::{Hint, Jitter};
use super::turn::{Context, Exchange, Output};
use std::hash::{Hash, Hasher};

/// How many questions may be asked when the time is over: what the last one tells can lead to one more.
const LAST_LOOKS: u32 = 2;
/// How long such a question may take: a tenth of the whole call, within these bounds, in milliseconds.
const LAST_LOOK_MS: (u32, u32) = (1_000, 5_000);
/// How long to wait before the second one where the first found no network: a computer that wakes up has none at first.
const WAKING_MS: u32 = 2_000;
/// A wait in the line of a batch that is longer is announced, in milliseconds.
const ANNOUNCED_MS: u32 = 1_000;

/// Why nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// The time of the call is over.
    OutOfTime,
    /// The service has refused the credentials that this call shares with others.
    Closed,
}

/// Why there is no wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwaited {
    /// The time of the call is over.
    OutOfTime,
    /// What the service asks for does not fit into what is left.
    TooLong,
}

/// What can be done at once about a refusal of the credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing.
    None,
    /// The next request can be proved better.
    NextRequest,
}

/// Decides when to send, and remembers what became of it.
#[derive(Clone, Debug)]
pub struct Sender {
    started_ms: u32,
    jitter: Jitter,
    /// The place of the next request in the line, while it waits there.
    place: Option<u32>,
    /// Failures in a row.
    failures: u32,
    is_under_way: bool,
    /// The service has been given other credentials, or another time, since it last took a request.
    is_renewed: bool,
    is_clock_set: bool,
    /// For the next request.
    wants_renewal: bool,
    server_time: Option<String>,
    looks_left: u32,
    ids: RequestIds,
    last_failure: Option<Failure>,
    /// When the next request is due, where that has been announced.
    due_ms: Option<u32>,
    /// Counts what is worth telling.
    version: u32,
    told: Option<(Phase, u32)>,
}

// What a call does next, and when, apart from jitter: what it has told is left out.
impl Hash for Sender {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { started_ms, jitter: _, place, failures, is_under_way, is_renewed, is_clock_set, .. } =
            self;
        let Self {
            wants_renewal,
            server_time,
            looks_left,
            ids: _,
            last_failure,
            due_ms: _,
            version: _,
            told: _,
            ..
        } = self;
        (started_ms, place, failures, is_under_way, is_renewed, is_clock_set).hash(state);
        let last_kind = last_failure.as_ref().map(|failure| failure.kind);
        (wants_renewal, server_time, looks_left, last_kind).hash(state);
    }
}

impl Sender {
    /// Nothing has been sent. The seed spreads the waits of many calls.
    pub const fn new(seed: u32) -> Self {
        Self {
            started_ms: 0,
            jitter: Jitter::new(seed),
            place: None,
            failures: 0,
            is_under_way: false,
            is_renewed: false,
            is_clock_set: false,
            wants_renewal: false,
            server_time: None,
            looks_left: LAST_LOOKS,
            ids: RequestIds { last: None, detach: None },
            last_failure: None,
            due_ms: None,
            version: 0,
            told: None,
        }
    }

    /// The time of the call begins.
    pub const fn start(&mut self, now_ms: u32) {
        self.started_ms = now_ms;
    }

    /// How long the call has taken, in milliseconds.
    pub const fn elapsed_ms(&self, now_ms: u32) -> u32 {
        now_ms.wrapping_sub(self.started_ms)
    }

    fn left_ms(&self, context: &Context<'_>) -> u32 {
        context.config.limits.timeout_ms.saturating_sub(self.elapsed_ms(context.now_ms))
    }

    /// The source of randomness.
    pub const fn jitter(&mut self) -> &mut Jitter {
        &mut self.jitter
    }

    /// Failures in a row.
    pub const fn failures(&self) -> u32 {
        self.failures
    }

    /// Whether a request is on its way.
    pub const fn is_under_way(&self) -> bool {
        self.is_under_way
    }

    /// Whether nothing has been asked yet since the time was over: a computer may have slept through a request.
    pub const fn owes_a_look(&self) -> bool {
        self.looks_left == LAST_LOOKS
    }

    /// The ids of requests.
    pub const fn ids(&self) -> &RequestIds {
        &self.ids
    }

    /// Asks for an exchange, or for a wait in the line of those who share the pace.
    ///
    /// # Errors
    /// Why nothing is to be sent. Where `has_last_look`, a question is asked also when the time is over, with a short time
    /// of its own: a computer may have slept over the end of a wait.
    pub fn send(
        &mut self,
        context: &mut Context<'_>,
        call: Call,
        has_last_look: bool,
    ) -> Result<Output, Unsent> {
        let limits = &context.config.limits;
        let left_ms = self.left_ms(context);
        let mut timeout_ms = limits.attempt_timeout_ms.min(left_ms);
        if context.shared.pace.is_closed() {
            return Err(Unsent::Closed);
        }
        if left_ms == 0 {
            if !has_last_look || self.looks_left == 0 {
                return Err(Unsent::OutOfTime);
            }
            self.looks_left -= 1;
            let (shortest, longest) = LAST_LOOK_MS;
            timeout_ms = limits.attempt_timeout_ms.min((limits.timeout_ms / 10).clamp(shortest, longest));
        } else {
            let place = *self.place.get_or_insert_with(|| context.shared.pace.draw(context.now_ms));
            let wait_ms = context.shared.pace.due_in_ms(place, context.now_ms);
            if wait_ms > 0 {
                // Behind the first request of a batch: until that has ended, at the latest.
                let announced_ms = if context.shared.pace.is_heard() {
                    wait_ms
                } else if self.elapsed_ms(context.now_ms) < ANNOUNCED_MS {
                    0
                } else {
                    limits.attempt_timeout_ms.saturating_sub(self.elapsed_ms(context.now_ms))
                };
                if announced_ms > ANNOUNCED_MS {
                    self.announce(context.now_ms, announced_ms);
                }
                return Ok(Output::Sleep(wait_ms.min(MAX_NAP_MS).min(left_ms)));
            }
        }
        self.place = None;
        self.due_ms = None;
        Ok(Output::Send(Exchange {
            call,
            timeout_ms,
            is_renewal: std::mem::take(&mut self.wants_renewal),
            server_time: self.server_time.take(),
        }))
    }

    /// Says when the next request is due, if that is not what was said before.
    fn announce(&mut self, now_ms: u32, wait_ms: u32) {
        let due_ms = now_ms.wrapping_add(wait_ms);
        let is_known = self
            .due_ms
            .is_some_and(|known| known.wrapping_sub(due_ms).min(due_ms.wrapping_sub(known)) <= ANNOUNCED_MS);
        if !is_known {
            self.due_ms = Some(due_ms);
            self.version += 1;
        }
    }

    /// The request has left. The ids of earlier ones are not its own.
    pub fn sent(&mut self) {
        self.is_under_way = true;
        self.ids.last = None;
    }

    /// An exchange has ended, in whatever way.
    pub fn ended(&mut self, context: &mut Context<'_>, method: Method, reply: Option<&HttpResponse<'_>>) {
        self.is_under_way = false;
        context.shared.pace.hear(context.now_ms);
        if let Some(reply) = reply {
            let id = reply.request_id.map(String::from);
            if method == Method::Delete && id.is_some() {
                self.ids.detach.clone_from(&id);
            }
            self.ids.last = id;
        }
    }

    /// It was answered, and the answer does not tell what the call waits for.
    pub fn answered(&mut self, context: &mut Context<'_>) {
        context.shared.pace.quicken(context.now_ms);
        (self.failures, self.is_renewed) = (0, false);
    }

    /// It has brought what was asked for.
    pub fn succeeded(&mut self, context: &mut Context<'_>) {
        self.answered(context);
        if self.last_failure.take().is_some() {
            self.version += 1;
        }
    }

    /// It has failed.
    pub fn failed(&mut self, context: &mut Context<'_>, method: Method, error: &Error) {
        let pace = &mut context.shared.pace;
        match (error.kind, error.hint()) {
            (ErrorKind::Throttled, Hint::RetryAfter(pause_ms)) => pace.slow_down(context.now_ms, pause_ms),
            (ErrorKind::Throttled, _) => pace.slow_down(context.now_ms, 0),
            _ if error.answer.is_some() => pace.quicken(context.now_ms),
            _ => {}
        }
        if let Some(id) = error.answer.as_ref().and_then(|answer| answer.request_id.as_ref()) {
            self.ids.last = Some(id.clone());
            if method == Method::Delete {
                self.ids.detach = Some(id.clone());
            }
        }
        // Only two refusals in a row say that other credentials do not help.
        self.is_renewed &= error.kind == ErrorKind::Auth;
        self.failures += 1;
        self.last_failure = Some(error.failure());
        self.version += 1;
    }

    /// What can be done about a refusal of the credentials: others, or the right time. Each once, because failures in a row
    /// lock an access key.
    pub fn remedy(&mut self, context: &Context<'_>, error: &Error) -> Remedy {
        match error.again {
            Again::AtTheRightTime if !self.is_clock_set => {
                self.is_clock_set = true;
                self.server_time = error.answer.as_ref().and_then(|answer| answer.server_time.clone());
                Remedy::NextRequest
            }
            Again::WithNewCredentials if context.config.connection.can_renew() && !self.is_renewed => {
                (self.is_renewed, self.wants_renewal) = (true, true);
                Remedy::NextRequest
            }
            _ => Remedy::None,
        }
    }

    /// Asks for a wait before a refused or lost request is sent again, if attempts and time are left: `sent` have been.
    pub fn retry(&mut self, context: &Context<'_>, sent: u32, error: &Error) -> Option<Output> {
        let policy = context.config.limits.retry;
        // At a shared pace a refusal says nothing about this request: all of them went too fast.
        let is_shared = policy.max_attempts > 1 && !context.shared.pace.is_free();
        let is_paced = error.again == Again::WhenAllowed && is_shared;
        if policy.is_off || (sent >= policy.max_attempts && !is_paced) {
            return None;
        }
        let delay_ms = policy.delay_ms(sent, error.hint(), &mut self.jitter);
        if delay_ms >= self.left_ms(context) {
            return None;
        }
        self.due_ms = None;
        self.announce(context.now_ms, delay_ms);
        Some(Output::Sleep(delay_ms))
    }

    /// Asks for a wait before something is asked again.
    ///
    /// # Errors
    /// Why there is none.
    pub fn wait(&mut self, context: &Context<'_>, interval_ms: u32, hint: Hint) -> Result<Output, Unwaited> {
        let left_ms = self.left_ms(context);
        if matches!(hint, Hint::RetryAfter(asked_ms) if asked_ms >= left_ms) {
            return Err(Unwaited::TooLong);
        }
        if left_ms == 0 {
            let is_offline =
                self.last_failure.as_ref().is_some_and(|failure| failure.kind == ErrorKind::Network);
            if self.owes_a_look() || self.looks_left == 0 || !is_offline {
                return Err(Unwaited::OutOfTime);
            }
            self.due_ms = None;
            self.announce(context.now_ms, WAKING_MS);
            return Ok(Output::Sleep(WAKING_MS));
        }
        let asked_ms = hint.asked_ms(context.config.limits.polling.max_interval_ms);
        let delay_ms = interval_ms.max(asked_ms).min(left_ms);
        self.due_ms = None;
        self.announce(context.now_ms, delay_ms);
        Ok(Output::Sleep(delay_ms))
    }

    /// The ids of requests, for what the call ends with.
    pub fn take_ids(&mut self) -> RequestIds {
        std::mem::take(&mut self.ids)
    }

    /// Adds what the call had come to, for its end. `task` is the one that was accepted, and its last status.
    pub fn complete(
        &mut self,
        error: &mut Error,
        attempts: u32,
        task: (Option<String>, Option<String>),
        doubt: Option<Failure>,
    ) {
        let (job_id, job_status) = task;
        error.course = Course {
            attempts: error.counted(attempts),
            job_id,
            job_status,
            job: error.course.job.take(),
            doubt,
            last_failure: self.last_failure.take(),
            ids: self.take_ids(),
        };
    }

    /// How far the call is, if there is something new to tell.
    pub fn progress<'a>(&'a mut self, now_ms: u32, seen: Seen<'a>) -> Option<Progress<'a>> {
        let state = Some((seen.phase, self.version));
        if std::mem::replace(&mut self.told, state) == state {
            return None;
        }
        let Seen { phase, job_id, status, polls, attempts } = seen;
        Some(Progress {
            phase,
            job_id,
            status,
            polls,
            attempts,
            elapsed_ms: self.elapsed_ms(now_ms),
            next_in_ms: self.due_ms.map(|due_ms| due_ms.wrapping_sub(now_ms)),
            last_failure: self.last_failure.as_ref(),
            ids: &self.ids,
        })
    }
}

/// What a machine knows itself of how far it is.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Where it stands.
    pub phase: Phase,
    /// The task, once it is known.
    pub job_id: Option<&'a str>,
    /// The last status of the task.
    pub status: Option<&'a str>,
    /// How many times the task was seen.
    pub polls: u32,
    /// How many requests of the kind that counts were sent.
    pub attempts: u32,
}
