//! Every course of a call against a cloud that is small and bad, explored without gaps: each answer that the cloud can give
//! to each request, in every order, to the end of time. States that differ in nothing that matters are visited once.
//!
//! Time goes in steps: what waits wakes with the next one, and a request takes no time, or all that it may take. So a moment
//! is one of a few, and courses meet again. Jitter only moves a wait within its step.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests")]

#[path = "support/replies.rs"]
mod replies;
#[path = "support/small_cloud.rs"]
mod small_cloud;

use ecs_detach_volume::core::config::{Config, parse};
use ecs_detach_volume::core::error::{Effect, Error, ErrorKind};
use ecs_detach_volume::core::http::{Method, SendError};
use ecs_detach_volume::core::json::Json;
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::outcome::Outcome;
use ecs_detach_volume::core::pace::Shared;
use ecs_detach_volume::core::turn::{Context, Exchange, Input, Output};
use serde_json::{Value, json};
use small_cloud::{Arrival, Fate, Replies, Request, SmallCloud};
use stateright::{Checker, HasDiscoveries, Model, Property};
use std::hash::{DefaultHasher, Hash, Hasher};

const STEP_MS: u32 = 2_500;
const END_STEP: u32 = 10;
/// Any clock will do, also one that wraps around in the middle.
const CLOCK_START: u32 = u32::MAX - 7_000;

const ENDS: &str =
    "a call ends: in its time, but for two short looks, and without asking over and over in no time";
const WAITS: &str = "a wait is longer than nothing and fits into what is left";
const ONE_EFFECT: &str = "at most one DELETE takes effect";
const NONE_AFTER_ACCEPTED: &str = "no DELETE is sent once a task is known";
const NONE_IN_DOUBT: &str =
    "no DELETE is sent while the fate of one is unknown: three looks saw the disk attached";
const CHECKED: &str = "no DELETE is sent before the disk was seen attached, where that is asked for";
const ATTEMPTS: &str = "a DELETE is sent no more often than the options say";
const LAST_WORD: &str = "a disk counts as detached only if the last word about it says so";
const SEEN: &str = "a disk that was seen to be off is off";
const EFFECT: &str = "a DELETE that has taken effect is never denied";
const JOB_ID: &str = "whoever has a task's id is told it, also by errors";
const DOUBT: &str = "an error after a doubt says what the doubt was";

/// How a call begins.
struct Root {
    config: Config,
    cloud: SmallCloud,
    is_checked: bool,
    has_task: bool,
    is_long: bool,
}

struct Exploration {
    roots: Vec<Root>,
    replies: Replies,
}

/// The last word about the disk that has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Word {
    None,
    Attached,
    Off,
    Success,
}

/// What a caller with perfect memory knows from what has arrived.
#[derive(Clone, Debug, Hash)]
struct Known {
    has_task: bool,
    word: Word,
    was_seen_attached: bool,
    /// The fate of a DELETE is unknown, or was once.
    had_doubt: bool,
    /// How many times the disk was seen attached since.
    sightings: u8,
    deletes: u8,
    /// Requests in a row in no time.
    at_once: u8,
    /// Requests after the end of time.
    late: u8,
}

#[derive(Clone, Debug, Hash)]
enum Course {
    Asks(Operation, Request, u32),
    WaitsUntil(Operation, u32),
    Detached,
    Failed(ErrorKind),
    Told,
}

#[expect(clippy::derived_hash_with_manual_eq, reason = "two states are equal where their hashes are")]
#[derive(Clone, Debug, Hash)]
struct State {
    root: usize,
    step: u32,
    cloud: SmallCloud,
    known: Known,
    course: Course,
    broken: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Action {
    Fate(Fate),
    Wake,
    /// The computer sleeps for a while.
    WakeLate,
    /// The computer sleeps until the time of the call is over.
    SleepOver,
    Abort,
}

// What the hash leaves out makes no difference: jitter, and what was told.
impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        let hash = |state: &Self| {
            let mut hasher = DefaultHasher::new();
            state.hash(&mut hasher);
            hasher.finish()
        };
        hash(self) == hash(other)
    }
}

const fn clock(step: u32) -> u32 {
    CLOCK_START.wrapping_add(step * STEP_MS)
}

impl State {
    fn root<'a>(&self, model: &'a Exploration) -> &'a Root {
        &model.roots[self.root]
    }

    /// Steps the machine, and looks at what it says.
    fn feed(&mut self, model: &Exploration, operation: Operation, input: Input<'_>) {
        let config = &self.root(model).config;
        let mut shared = Shared::ALONE;
        let mut context = Context { config, shared: &mut shared, now_ms: clock(self.step) };
        match operation.step(&mut context, input) {
            Step::Next(operation, output) => {
                let facts = operation.facts();
                let (may_have_started, has_job_id) = (facts.may_have_started, facts.job_id.is_some());
                match output {
                    Output::Sleep(ms) => self.waits(operation, ms),
                    Output::Send(exchange) => self.asks(model, operation, &exchange),
                }
                self.demand(may_have_started || !self.cloud.has_begun, EFFECT);
                self.demand(has_job_id || !self.known.has_task, JOB_ID);
            }
            Step::Done(outcome) => self.ended(model, outcome),
        }
    }

    fn demand(&mut self, is_kept: bool, rule: &'static str) {
        if !is_kept && self.broken.is_none() {
            self.broken = Some(rule);
        }
    }

    fn waits(&mut self, operation: Operation, ms: u32) {
        let left_ms = (END_STEP * STEP_MS).saturating_sub(self.step * STEP_MS);
        // After the end there is one, between two looks: for a network that is not back yet.
        let is_waking = left_ms == 0 && self.known.late == 1 && ms <= 2_000;
        self.demand(ms > 0 && (ms <= left_ms || is_waking), WAITS);
        self.known.at_once = 0;
        self.course = Course::WaitsUntil(operation, self.step + ms.div_ceil(STEP_MS).clamp(1, END_STEP));
    }

    fn asks(&mut self, model: &Exploration, operation: Operation, exchange: &Exchange) {
        let path = &exchange.call.path;
        let request = match exchange.call.method {
            Method::Delete => Request::Delete,
            Method::Get if path.contains("/jobs/") => Request::Task,
            Method::Get => Request::Disk,
        };
        self.known.at_once += 1;
        self.known.late += u8::from(self.step >= END_STEP);
        self.demand(self.known.at_once <= 8 && self.known.late <= 2, ENDS);
        if request == Request::Delete {
            let root = self.root(model);
            let max_attempts = root.config.limits.retry.max_attempts;
            self.demand(!self.known.has_task, NONE_AFTER_ACCEPTED);
            self.demand(!self.known.had_doubt || self.known.sightings >= 3, NONE_IN_DOUBT);
            self.demand(!root.is_checked || self.known.was_seen_attached, CHECKED);
            // One more, with new credentials.
            self.demand(u32::from(self.known.deletes) <= max_attempts, ATTEMPTS);
        }
        self.course = Course::Asks(operation, request, exchange.timeout_ms);
    }

    fn ended(&mut self, model: &Exploration, outcome: Result<Outcome, Box<Error>>) {
        self.course = match outcome {
            Ok(Outcome::Detached(detached)) => {
                self.demand(matches!(self.known.word, Word::Off | Word::Success), LAST_WORD);
                self.demand(!detached.is_seen || !self.cloud.is_attached(), SEEN);
                self.demand(detached.job_id.is_some() || !self.known.has_task, JOB_ID);
                Course::Detached
            }
            Ok(_) => Course::Told,
            Err(error) => {
                self.demand(error.effect == Effect::Possible || !self.cloud.has_begun, EFFECT);
                self.demand(error.course.job_id.is_some() || !self.known.has_task, JOB_ID);
                let is_told = error.course.doubt.is_some() || !self.root(model).is_long;
                self.demand(is_told || !self.known.had_doubt, DOUBT);
                Course::Failed(error.kind)
            }
        };
    }

    /// A request meets its fate.
    fn meet(&mut self, model: &Exploration, fate: Fate) {
        let Course::Asks(mut operation, request, timeout_ms) = self.course.clone() else { return };
        let arrival = self.cloud.answer(request, fate, &model.replies);
        if fate != Fate::NoCredentials {
            operation.sent();
            self.known.deletes += u8::from(request == Request::Delete);
        }
        self.demand(self.cloud.effects <= 1, ONE_EFFECT);
        self.learn(request, fate);
        let input = match arrival {
            Arrival::Reply(reply) => Input::Reply(reply),
            Arrival::Nothing(error) => Input::Failed(error),
            Arrival::Abort => Input::Aborted,
            Arrival::TimeOut => {
                self.step += timeout_ms.div_ceil(STEP_MS);
                self.known.at_once = 0;
                Input::Failed(SendError::TimedOut)
            }
        };
        self.feed(model, operation, input);
    }

    /// What a caller with perfect memory takes from an answer.
    fn learn(&mut self, request: Request, fate: Fate) {
        let known = &mut self.known;
        match (request, fate) {
            (Request::Delete, Fate::Accepted) => known.has_task = true,
            (
                Request::Delete,
                Fate::Lost(_) | Fate::Hangs(_) | Fate::BadGateway(_) | Fate::Other(_) | Fate::Busy(_),
            ) => (known.had_doubt, known.sightings) = (true, 0),
            (Request::Delete, Fate::NotAttached(_)) => {
                (known.word, known.sightings) = (Word::Off, 0);
            }
            (_, Fate::Attached) | (Request::Disk, Fate::Fail) => {
                (known.word, known.was_seen_attached) = (Word::Attached, true);
                known.sightings = (known.sightings + 1).min(3);
            }
            (_, Fate::Absent) => known.word = Word::Off,
            (_, Fate::Success) => known.word = Word::Success,
            _ => {}
        }
    }
}

impl Model for Exploration {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        (0..self.roots.len()).map(|root| self.begin(root)).collect()
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        match &state.course {
            _ if state.broken.is_some() => {}
            Course::Asks(_, request, _) => {
                actions.extend(state.cloud.fates(*request).into_iter().map(Action::Fate));
            }
            Course::WaitsUntil(..) => {
                actions.extend([Action::Wake, Action::WakeLate, Action::SleepOver, Action::Abort])
            }
            _ => {}
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        if let Action::Fate(fate) = action {
            state.meet(self, fate);
            return Some(state);
        }
        let Course::WaitsUntil(operation, until) = last.course.clone() else { return None };
        let input = match action {
            Action::Abort => Input::Aborted,
            Action::SleepOver => {
                state.step = until.max(END_STEP + 1);
                Input::Slept
            }
            Action::WakeLate => {
                state.step = until + 3;
                Input::Slept
            }
            _ => {
                state.step = until;
                Input::Slept
            }
        };
        state.feed(self, operation, input);
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(ENDS, |_, state: &State| state.broken != Some(ENDS)),
            Property::always(WAITS, |_, state: &State| state.broken != Some(WAITS)),
            Property::always(ONE_EFFECT, |_, state: &State| state.broken != Some(ONE_EFFECT)),
            Property::always(NONE_AFTER_ACCEPTED, |_, state: &State| {
                state.broken != Some(NONE_AFTER_ACCEPTED)
            }),
            Property::always(NONE_IN_DOUBT, |_, state: &State| state.broken != Some(NONE_IN_DOUBT)),
            Property::always(CHECKED, |_, state: &State| state.broken != Some(CHECKED)),
            Property::always(ATTEMPTS, |_, state: &State| state.broken != Some(ATTEMPTS)),
            Property::always(LAST_WORD, |_, state: &State| state.broken != Some(LAST_WORD)),
            Property::always(SEEN, |_, state: &State| state.broken != Some(SEEN)),
            Property::always(EFFECT, |_, state: &State| state.broken != Some(EFFECT)),
            Property::always(JOB_ID, |_, state: &State| state.broken != Some(JOB_ID)),
            Property::always(DOUBT, |_, state: &State| state.broken != Some(DOUBT)),
            // The cloud can be as bad as this, and a call can come as far.
            Property::sometimes("a DELETE is sent again after a doubt", |_, state: &State| {
                state.known.had_doubt && state.known.deletes > 1
            }),
            Property::sometimes("the task's end is not known", |_, state: &State| {
                matches!(state.course, Course::Failed(ErrorKind::Timeout)) && state.known.has_task
            }),
            Property::sometimes(
                "the task has succeeded, and the disk is still attached at the end",
                |_, state: &State| {
                    matches!(state.course, Course::Failed(ErrorKind::Timeout))
                        && state.known.word == Word::Attached
                },
            ),
            Property::sometimes("a disk is off", |_, state: &State| matches!(state.course, Course::Detached)),
        ]
    }
}

impl Exploration {
    fn new() -> Self {
        let wait = "detachVolumeAndWait";
        let roots = vec![
            root(wait, &json!({}), true),
            root(wait, &json!({ "systemDisk": "allow", "ifNotAttached": "ok" }), true),
            root(wait, &json!({ "systemDisk": "allow" }), false),
            root(wait, &json!({ "retry": false }), true),
            root(wait, &json!({ "jobId": "ff8080" }), true),
            root("waitForJob", &json!({ "jobId": "ff8080" }), true),
            root("detachVolume", &json!({}), true),
        ];
        Self { roots, replies: Replies::new() }
    }

    fn begin(&self, root: usize) -> State {
        let Root { config, cloud, has_task, .. } = &self.roots[root];
        let known = Known {
            has_task: *has_task,
            word: Word::None,
            was_seen_attached: false,
            had_doubt: false,
            sightings: 0,
            deletes: 0,
            at_once: 0,
            late: 0,
        };
        let (cloud, course) = (cloud.clone(), Course::Told);
        let mut state = State { root, step: 0, cloud, known, course, broken: None };
        state.feed(self, Operation::new(config, 7), Input::Start);
        state
    }
}

fn root(function: &str, changed: &Value, is_attached: bool) -> Root {
    let mut options = json!({
        "endpoint": "https://host", "projectId": "p", "serverId": "s", "volumeId": "v", "auth": { "typeof": "function" },
        "timeoutMs": END_STEP * STEP_MS, "attemptTimeoutMs": 5_000, "pollIntervalMs": STEP_MS, "maxPollIntervalMs": 5_000,
        "initialDelayMs": 1_000, "retry": { "maxAttempts": 2, "maxDelayMs": STEP_MS },
    });
    for (name, value) in changed.as_object().into_iter().flatten() {
        options[name] = value.clone();
    }
    let config = parse(function, Json::parse(&options.to_string()).unwrap());
    let has_task = options.get("jobId").is_some();
    Root {
        config: *config.unwrap_or_else(|error| panic!("{}", error.reason)),
        cloud: SmallCloud::new(is_attached, has_task),
        is_checked: function == "detachVolumeAndWait" && options.get("systemDisk").is_none(),
        has_task,
        is_long: function == "detachVolumeAndWait",
    }
}

#[test]
fn every_course_of_a_call_keeps_its_promises() {
    let builder = Exploration::new().checker().threads(2).finish_when(HasDiscoveries::AnyFailures);
    let checker = builder.spawn_bfs().join();
    println!(
        "{} distinct states, {} steps, {} deep",
        checker.unique_state_count(),
        checker.state_count(),
        checker.max_depth()
    );
    checker.assert_properties();
    assert!(checker.unique_state_count() > 1_000_000);
}
