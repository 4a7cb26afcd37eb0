//! What the tests of calls share: options, replies, and a call played through a script in virtual time.
#![expect(dead_code, reason = "each test needs a part of it")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use ecs_detach_volume::core::config::Config;
use ecs_detach_volume::core::error::{Error, ErrorKind, Failure};
use ecs_detach_volume::core::http::{BodyEnd, HttpResponse, Method, SendError};
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::outcome::{Detached, Outcome, Progress};
use ecs_detach_volume::core::pace::Shared;
use ecs_detach_volume::core::turn::{Context, Exchange, Input, Output};
use replies::reply;
use serde_json::{Value, json};

pub(crate) mod options;
pub(crate) mod replies;

pub(crate) const DELETE: &str = "/v1/p/cloudservers/s/detachvolume/v?delete_flag=0";
pub(crate) const DISK: &str = "/v1/p/cloudservers/s/block_device/v";
pub(crate) const TASK: &str = "/v1/p/jobs/ff8080";

/// What a script answers to a request.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    /// A reply.
    Reply(HttpResponse<'static>),
    /// No reply, although the request was sent.
    Lost(SendError),
    /// Nothing was sent.
    Unsent(SendError),
    /// A request that never ends: its time runs out.
    Hangs,
    /// The computer sleeps that long, in milliseconds, while the request is under way, and the connection with it.
    Sleeps(u32),
    /// The caller gives up while the request is under way.
    Aborts,
}

impl Answer {
    /// With a wait that the server asks for.
    pub(crate) fn retry_after_ms(self, ms: u32) -> Self {
        match self {
            Self::Reply(reply) => Self::Reply(HttpResponse { retry_after_ms: Some(ms), ..reply }),
            _ => panic!("only a reply can ask for a wait"),
        }
    }

    pub(crate) fn cut(self, end: BodyEnd) -> Self {
        match self {
            Self::Reply(reply) => Self::Reply(HttpResponse { end, body: None, ..reply }),
            _ => panic!("only a reply can be cut"),
        }
    }

    pub(crate) fn request_id(self, id: &'static str) -> Self {
        match self {
            Self::Reply(reply) => Self::Reply(HttpResponse { request_id: Some(id), ..reply }),
            _ => panic!("only a reply has an id"),
        }
    }

    pub(crate) fn dated(self, date: &'static str) -> Self {
        match self {
            Self::Reply(reply) => Self::Reply(HttpResponse { date: Some(date), ..reply }),
            _ => panic!("only a reply has a date"),
        }
    }

    pub(crate) fn signed(self) -> Self {
        match self {
            Self::Reply(reply) => Self::Reply(HttpResponse { is_signed: true, ..reply }),
            _ => panic!("only a reply knows of its request"),
        }
    }
}

pub(crate) fn replied(status: u16, body: &str) -> Answer {
    Answer::Reply(reply(status, body))
}

pub(crate) fn answered(status: u16, body: &Value) -> Answer {
    replied(status, &body.to_string())
}

pub(crate) fn service_error(status: u16, code: &str) -> Answer {
    answered(status, &json!({ "error": { "message": "text", "code": code } }))
}

pub(crate) fn accepted() -> Answer {
    replied(200, r#"{"job_id":"ff8080"}"#)
}

pub(crate) fn task(status: &str) -> Answer {
    answered(200, &json!({ "status": status, "job_id": "ff8080", "job_type": "detachVolume" }))
}

pub(crate) fn attached() -> Answer {
    let disk = json!({ "volumeId": "v", "serverId": "s", "bootIndex": -1, "device": "/dev/vdb" });
    answered(200, &json!({ "volumeAttachment": disk }))
}

/// As the service says it when asked for an attachment: a failure behind the API, with another reply in its text.
pub(crate) fn gone() -> Answer {
    let inner =
        json!({ "itemNotFound": { "message": "No volume Block Device Mapping with id v.", "code": 404 } });
    answered(400, &json!({ "error": { "message": inner.to_string(), "code": "Ecs.1000" } }))
}

pub(crate) fn lost() -> Answer {
    Answer::Lost(SendError::NoReply)
}

pub(crate) fn throttled() -> Answer {
    service_error(429, "APIGW.0308")
}

/// The options of a function for the disk of all scripts, with some of them changed.
pub(crate) fn config(function: &str, changed: &Value) -> Config {
    let mut options = json!({
        "endpoint": "https://host", "iamEndpoint": "https://host", "projectId": "p", "serverId": "s", "volumeId": "v",
    });
    if function.contains("ob") {
        options["jobId"] = "ff8080".into();
    }
    for (name, value) in changed.as_object().into_iter().flatten() {
        options[name] = value.clone();
    }
    options::parse(function, &options).unwrap_or_else(|error| panic!("{}", error.reason))
}

/// A report of how far a call is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Report {
    pub(crate) at_ms: u32,
    pub(crate) phase: &'static str,
    pub(crate) status: Option<String>,
    pub(crate) polls: u32,
    pub(crate) next_in_ms: Option<u32>,
    pub(crate) last_failure: Option<Failure>,
}

/// What a call did: its requests and when, its waits and when they began, what it told, and its end.
pub(crate) struct Run {
    pub(crate) requests: Vec<(u32, Exchange)>,
    pub(crate) sleeps: Vec<(u32, u32)>,
    pub(crate) reports: Vec<Report>,
    pub(crate) ended_ms: u32,
    pub(crate) outcome: Result<Outcome, Box<Error>>,
}

impl Run {
    pub(crate) fn paths(&self) -> Vec<&str> {
        self.requests.iter().map(|(_, exchange)| exchange.call.path.as_str()).collect()
    }

    pub(crate) fn deletes(&self) -> usize {
        self.requests.iter().filter(|(_, exchange)| exchange.call.method == Method::Delete).count()
    }

    pub(crate) fn phases(&self) -> Vec<&str> {
        let mut phases: Vec<&str> = self.reports.iter().map(|report| report.phase).collect();
        phases.dedup();
        phases
    }

    /// An error knows the task that the call knew.
    fn check_error(&self, known_task: Option<&str>) {
        if let (Err(error), Some(task)) = (&self.outcome, known_task) {
            assert_eq!(error.course.job_id.as_deref(), Some(task), "{error:?}");
        }
    }

    /// How long each wait was.
    pub(crate) fn waits(&self) -> Vec<u32> {
        self.sleeps.iter().map(|(_, ms)| *ms).collect()
    }

    /// Every wait of more than a second was announced when it began.
    #[track_caller]
    pub(crate) fn assert_announced(&self) {
        for (at_ms, ms) in self.sleeps.iter().filter(|(_, ms)| *ms > 1_000) {
            let report = self.reports.iter().rfind(|report| report.at_ms <= *at_ms);
            let due_ms = report.and_then(|report| Some(report.at_ms + report.next_in_ms?));
            assert_eq!(due_ms, Some(at_ms + ms), "the wait at {at_ms} of {ms}");
        }
    }

    #[track_caller]
    pub(crate) fn done(self) -> Detached {
        match self.outcome {
            Ok(Outcome::Detached(detached)) => *detached,
            other => panic!("{other:?}"),
        }
    }

    /// The error, which must be of a kind.
    #[track_caller]
    pub(crate) fn failed(self, kind: ErrorKind) -> Box<Error> {
        let error = self.outcome.expect_err("the call has succeeded");
        assert_eq!(error.kind, kind, "{error:?}");
        error
    }
}

/// How long a scripted exchange takes, in milliseconds.
pub(crate) const LATENCY_MS: u32 = 10;

/// The clock when a call begins. Any will do, also one that wraps around in the middle.
pub(crate) const START_MS: u32 = u32::MAX - 5_000;

/// How a wait ends.
#[derive(Clone, Copy)]
pub(crate) enum Wake {
    /// At that time: later than it should, where the computer sleeps.
    At(u32),
    /// The caller gives up at that time.
    Aborted(u32),
}

/// What is around a call. Times are in milliseconds since the call began.
pub(crate) trait World {
    /// What comes of a request.
    fn answer(&mut self, path: &str, at_ms: u32) -> Answer;

    /// What comes of a wait that is to end at a time.
    fn wake(&mut self, until_ms: u32) -> Wake {
        Wake::At(until_ms)
    }

    /// How long an exchange takes that ends.
    fn latency_ms(&self) -> u32 {
        LATENCY_MS
    }

    /// What spreads the waits of many calls.
    fn seed(&self) -> u32 {
        7
    }
}

/// A world of two functions.
struct Script<A, W>(A, W);

impl<A: FnMut(&str, u32) -> Answer, W: FnMut(u32) -> Wake> World for Script<A, W> {
    fn answer(&mut self, path: &str, at_ms: u32) -> Answer {
        self.0(path, at_ms)
    }

    fn wake(&mut self, until_ms: u32) -> Wake {
        self.1(until_ms)
    }
}

/// Plays a call in a world, at a pace that it may share with others.
pub(crate) fn play_in(config: &Config, shared: &mut Shared, world: &mut impl World) -> Run {
    let mut run = Run {
        requests: vec![],
        sleeps: vec![],
        reports: vec![],
        ended_ms: 0,
        outcome: Err(Error::options(None, "")),
    };
    let mut operation = Operation::new(config, world.seed());
    let mut now = 0;
    let mut input = Input::Start;
    for _ in 0..5_000 {
        let mut context = Context { config, shared, now_ms: START_MS.wrapping_add(now) };
        let known_task = operation.facts().job_id.map(String::from);
        let output = match operation.step(&mut context, input) {
            Step::Next(next, output) => {
                operation = next;
                output
            }
            Step::Done(outcome) => {
                (run.outcome, run.ended_ms) = (outcome, now);
                run.check_error(known_task.as_deref());
                return run;
            }
        };
        if let Some(progress) = operation.progress(START_MS.wrapping_add(now)) {
            run.report(now, &progress);
        }
        (now, input) = match output {
            Output::Sleep(ms) => run.sleep(world, now, ms),
            Output::Send(exchange) => {
                let (answer, until) = run.exchange(world, now, exchange);
                if !matches!(answer, Answer::Unsent(_)) {
                    operation.sent();
                }
                (until, answer.into())
            }
        };
    }
    panic!("the call does not end: {:?}", run.requests.iter().rev().take(5).collect::<Vec<_>>())
}

impl Run {
    fn report(&mut self, now: u32, progress: &Progress<'_>) {
        assert_eq!(progress.elapsed_ms, now);
        self.reports.push(Report {
            at_ms: now,
            phase: progress.phase.as_str(),
            status: progress.status.map(String::from),
            polls: progress.polls,
            next_in_ms: progress.next_in_ms,
            last_failure: progress.last_failure.cloned(),
        });
    }

    /// Until when it lasts, and what comes of it.
    fn sleep(&mut self, world: &mut impl World, now: u32, ms: u32) -> (u32, Input<'static>) {
        assert!(ms > 0, "a wait of nothing");
        self.sleeps.push((now, ms));
        match world.wake(now + ms) {
            Wake::At(until) => (until.max(now + ms), Input::Slept),
            Wake::Aborted(at) => (at, Input::Aborted),
        }
    }

    /// What is answered, and when.
    fn exchange(&mut self, world: &mut impl World, now: u32, exchange: Exchange) -> (Answer, u32) {
        let answer = world.answer(&exchange.call.path, now);
        let timeout_ms = exchange.timeout_ms;
        assert!(timeout_ms > 0, "an exchange without time");
        self.requests.push((now, exchange));
        let ms = match answer {
            Answer::Hangs => timeout_ms,
            Answer::Sleeps(ms) => ms,
            _ => world.latency_ms().min(timeout_ms),
        };
        (answer, now + ms)
    }
}

impl From<Answer> for Input<'_> {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Reply(reply) => Self::Reply(reply),
            Answer::Lost(error) | Answer::Unsent(error) => Self::Failed(error),
            Answer::Hangs => Self::Failed(SendError::TimedOut),
            Answer::Sleeps(_) => Self::Failed(SendError::NoReply),
            Answer::Aborts => Self::Aborted,
        }
    }
}

/// Plays a call. `answer` is told the path of each request and the time, and says what comes of it; `wake` is told when a
/// wait is to end, and says when it does: later, where the computer sleeps.
pub(crate) fn play_with(
    config: &Config,
    answer: impl FnMut(&str, u32) -> Answer,
    mut wake: impl FnMut(u32) -> u32,
) -> Run {
    play_in(config, &mut { Shared::ALONE }, &mut Script(answer, |until| Wake::At(wake(until))))
}

/// Plays a call whose waits end when they should.
pub(crate) fn play(config: &Config, answer: impl FnMut(&str, u32) -> Answer) -> Run {
    play_with(config, answer, |until| until)
}

/// Plays a call whose caller gives up in the first wait after the last answer.
pub(crate) fn play_until_wait(config: &Config, answers: impl IntoIterator<Item = Answer>) -> Run {
    let mut answers: Vec<_> = answers.into_iter().collect();
    answers.reverse();
    let answers = std::cell::RefCell::new(answers);
    let answer = |path: &str, at| {
        let next = answers.borrow_mut().pop();
        next.unwrap_or_else(|| panic!("no answer to {path} at {at}"))
    };
    let wake = |until| if answers.borrow().is_empty() { Wake::Aborted(until - 1) } else { Wake::At(until) };
    play_in(config, &mut { Shared::ALONE }, &mut Script(answer, wake))
}

/// Plays a call through a list of answers, which it must use up.
pub(crate) fn play_all(config: &Config, answers: impl IntoIterator<Item = Answer>) -> Run {
    let mut answers = answers.into_iter();
    let run =
        play(config, |path, at| answers.next().unwrap_or_else(|| panic!("no answer to {path} at {at}")));
    assert!(answers.next().is_none(), "the call has ended early: {:?}", run.outcome);
    run
}
