//! What the tests of calls share: options, replies, and a call played through a script in virtual time.

use ecs_detach_volume::core::config::{Config, parse};
use ecs_detach_volume::core::error::{Error, ErrorKind, Failure};
use ecs_detach_volume::core::http::{BodyEnd, HttpResponse, Method, SendError};
use ecs_detach_volume::core::json::Json;
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::outcome::{Detached, Outcome};
use ecs_detach_volume::core::pace::Shared;
use ecs_detach_volume::core::turn::{Context, Exchange, Input, Output};
pub(crate) use replies::{kept, reply};
use serde_json::{Value, json};

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
    let inner = json!({ "itemNotFound": { "message": "No volume Block Device Mapping with id v.", "code": 404 } });
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
    let text = options.to_string();
    parse(function, Json::parse(&text).unwrap()).unwrap_or_else(|error| panic!("{}", error.reason))
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

/// Plays a call. `answer` is told the path of each request and the time, and says what comes of it; `wake` is told when a
/// wait is to end, and says when it does: later, where the computer sleeps.
pub(crate) fn play_with(
    config: &Config,
    mut answer: impl FnMut(&str, u32) -> Answer,
    mut wake: impl FnMut(u32) -> u32,
) -> Run {
    let mut run =
        Run { requests: vec![], sleeps: vec![], reports: vec![], ended_ms: 0, outcome: Err(Error::options(None, "")) };
    let mut operation = Operation::new(config, 7);
    let mut shared = Shared::ALONE;
    // Any clock will do, also one that wraps around in the middle.
    let start = u32::MAX - 5_000;
    let mut now = 0;
    let mut input = Input::Start;
    for _ in 0..5_000 {
        let mut context = Context { config, shared: &mut shared, now_ms: start.wrapping_add(now) };
        let output = match operation.step(&mut context, input) {
            Step::Next(next, output) => {
                operation = next;
                output
            }
            Step::Done(outcome) => {
                (run.outcome, run.ended_ms) = (outcome, now);
                return run;
            }
        };
        if let Some(progress) = operation.progress(start.wrapping_add(now)) {
            assert_eq!(progress.elapsed_ms, now);
            run.reports.push(Report {
                at_ms: now,
                phase: progress.phase.as_str(),
                status: progress.status.map(String::from),
                polls: progress.polls,
                next_in_ms: progress.next_in_ms,
                last_failure: progress.last_failure.cloned(),
            });
        }
        input = match output {
            Output::Sleep(ms) => {
                assert!(ms > 0, "a wait of nothing");
                run.sleeps.push((now, ms));
                now = wake(now + ms).max(now + ms);
                Input::Slept
            }
            Output::Send(exchange) => {
                let answer = answer(&exchange.call.path, now);
                let timeout_ms = exchange.timeout_ms;
                run.requests.push((now, exchange));
                if !matches!(answer, Answer::Unsent(_)) {
                    operation.sent();
                }
                now += LATENCY_MS;
                match answer {
                    Answer::Reply(reply) => Input::Reply(reply),
                    Answer::Lost(error) | Answer::Unsent(error) => Input::Failed(error),
                    Answer::Hangs => {
                        now += timeout_ms - LATENCY_MS.min(timeout_ms);
                        Input::Failed(SendError::TimedOut)
                    }
                    Answer::Aborts => Input::Aborted,
                }
            }
        };
    }
    panic!("the call does not end: {:?}", run.requests.iter().rev().take(5).collect::<Vec<_>>())
}

/// Plays a call whose waits end when they should.
pub(crate) fn play(config: &Config, answer: impl FnMut(&str, u32) -> Answer) -> Run {
    play_with(config, answer, |until| until)
}

/// Plays a call through a list of answers, which it must use up.
pub(crate) fn play_all(config: &Config, answers: impl IntoIterator<Item = Answer>) -> Run {
    let mut answers = answers.into_iter();
    let run = play(config, |path, at| answers.next().unwrap_or_else(|| panic!("no answer to {path} at {at}")));
    assert!(answers.next().is_none(), "the call has ended early: {:?}", run.outcome);
    run
}
