//! A task that is being watched: when to look at it again, and for how long a service may know nothing of it.

use super::error::{Again, Error, ErrorKind};
use super::ids::JobId;
use super::job::{Job, JobState};
use super::retry::Jitter;
use super::turn::Context;
use std::hash::{Hash, Hasher};

/// How long a task may be unknown: it becomes visible a moment after it was accepted, in milliseconds.
const VISIBLE_AFTER_MS: u32 = 15_000;
/// At how many looks in a row it must be missing before it counts as gone.
const MIN_MISSING: u32 = 3;
/// How many replies in a row may be about something else.
const MAX_STRANGE: u32 = 3;

/// A task, and what was seen of it.
#[derive(Clone, Debug)]
pub struct Watch {
    /// The task.
    pub job: JobId,
    /// How many times it was seen.
    pub polls: u32,
    /// Its last status, in the service's words.
    pub status: Option<String>,
    /// Since when it has been watched.
    since_ms: u32,
    /// When it was last seen under way, in milliseconds since then.
    under_way_ms: u32,
    /// When to look for the first time, where other tasks have taught it.
    taught_ms: Option<u32>,
    /// For when the first look was planned; 0 where it is not known when the task was accepted.
    planned_ms: u32,
    /// Looks in a row at which it was not there, as far as they count.
    missing: u32,
    /// The same at which the reply was about something else.
    strange: u32,
}

// What a call does next, and when: how often the task was seen is only told.
impl Hash for Watch {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self {
            job,
            polls: _,
            status,
            since_ms,
            under_way_ms,
            taught_ms,
            planned_ms: _,
            missing,
            strange,
        } = self;
        (job, status, since_ms, under_way_ms, taught_ms, missing, strange).hash(state);
    }
}

impl Watch {
    /// A task that nobody has watched yet.
    pub const fn new(job: JobId) -> Self {
        Self {
            job,
            polls: 0,
            status: None,
            since_ms: 0,
            under_way_ms: 0,
            taught_ms: None,
            planned_ms: 0,
            missing: 0,
            strange: 0,
        }
    }

    /// It is watched from now on.
    pub const fn start(&mut self, context: &Context<'_>) {
        self.since_ms = context.now_ms;
        self.taught_ms = context.shared.times.first_look_ms();
    }

    const fn age_ms(&self, context: &Context<'_>) -> u32 {
        context.now_ms.wrapping_sub(self.since_ms)
    }

    /// How long to wait after the acceptance.
    pub fn first_wait_ms(&mut self, context: &Context<'_>) -> u32 {
        let polling = context.config.limits.polling;
        let taught_ms = self.taught_ms.map(|ms| ms.max(polling.interval_ms).min(polling.max_interval_ms));
        self.planned_ms = taught_ms.unwrap_or(polling.initial_delay_ms);
        self.planned_ms
    }

    /// How long to wait before the next look.
    pub fn next_wait_ms(&self, context: &Context<'_>, jitter: &mut Jitter) -> u32 {
        let age_ms = self.age_ms(context);
        // What was looked at when others had ended will end soon.
        let age_ms = if self.taught_ms.is_some() { age_ms / 3 } else { age_ms };
        context.config.limits.polling.interval_ms(age_ms, jitter)
    }

    /// Takes what the service says of it.
    pub fn saw(&mut self, context: &mut Context<'_>, job: &Job) -> JobState {
        self.polls += 1;
        (self.missing, self.strange) = (0, 0);
        self.status = Some(job.status.clone());
        let state = job.state();
        match state {
            JobState::UnderWay | JobState::Unknown => self.under_way_ms = self.age_ms(context),
            JobState::Succeeded | JobState::Failed => {
                let age_ms = self.age_ms(context);
                if self.planned_ms > 0 {
                    context.shared.times.learn(self.planned_ms, self.under_way_ms, age_ms);
                }
            }
        }
        state
    }

    /// Takes a failure, and says whether it is one of those at which the service does not tell of the task.
    pub fn missed(&mut self, error: &Error) -> bool {
        match error.kind {
            _ if error.is_final => return false,
            // A reply about a task has no disk in it that could be off.
            ErrorKind::NotFound | ErrorKind::NotAttached => {
                self.missing = (self.missing + 1).min(MIN_MISSING);
            }
            ErrorKind::Decode => self.strange += u32::from(error.again == Again::Never),
            _ => return false,
        }
        true
    }

    /// Whether the task has not been shown for so long that it is not only late, nor missing only once.
    pub fn is_gone(&self, context: &Context<'_>) -> bool {
        self.missing == MIN_MISSING && self.age_ms(context) - self.under_way_ms >= VISIBLE_AFTER_MS
    }

    /// Whether the last replies were about something else, one time too many.
    pub const fn is_strange(&self) -> bool {
        self.strange >= MAX_STRANGE
    }

    /// The task's id and last status, for the end of the call.
    pub fn into_task(self) -> (Option<String>, Option<String>) {
        (Some(self.job.into_text()), self.status)
    }

    /// Why the time is over, in words, with the last status.
    pub fn run_out(&self) -> String {
        let reason = if self.missing > 0 {
            "timeoutMs has passed, and the service does not show the task"
        } else {
            "timeoutMs passed before the task ended"
        };
        let (lead, status, end) = match &self.status {
            Some(status) => ("; its last status was \"", status.trim_ascii(), "\""),
            None => ("", "", ""),
        };
        [reason, lead, status, end].concat()
    }
}
