//! What the tests of operations share: replies, and an operation played through a list of inputs.

use ecs_detach_volume::core::api::DetachTarget;
use ecs_detach_volume::core::error::Error;
use ecs_detach_volume::core::http::Call;
use ecs_detach_volume::core::ids::Id;
use ecs_detach_volume::core::old_goal::Goal;
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::outcome::Outcome;
use ecs_detach_volume::core::pace::Pace;
use ecs_detach_volume::core::retry::{Limits, Polling, RetryPolicy};
use ecs_detach_volume::core::turn::{Context, Input, Output};
pub(crate) use replies::reply;
use serde_json::json;

pub(crate) mod replies;

pub(crate) fn id(text: &str) -> Id<'_> {
    Id::parse(text).unwrap()
}

pub(crate) fn target(force: bool) -> DetachTarget<'static> {
    DetachTarget { project_id: id("p"), server_id: id("s"), volume_id: id("v"), force }
}

pub(crate) fn replied(status: u16, body: &str) -> Input<'static> {
    Input::Reply(Ok(reply(status, body)))
}

pub(crate) fn service_error(status: u16, code: &str) -> Input<'static> {
    replied(status, &json!({ "error": { "message": "text", "code": code } }).to_string())
}

pub(crate) fn limits() -> Limits {
    Limits {
        can_renew: false,
        attempt_timeout_ms: 60_000,
        timeout_ms: 120_000,
        retry: RetryPolicy { is_off: false, max_attempts: 4, base_delay_ms: 500, max_delay_ms: 20_000 },
        polling: Polling { initial_delay_ms: 2_000, interval_ms: 3_000, max_interval_ms: 10_000 },
    }
}

pub(crate) fn once() -> Limits {
    let retry = RetryPolicy { max_attempts: 1, ..limits().retry };
    Limits { retry, ..limits() }
}

/// What an operation did: the calls that it asked for and when, its waits, and its end.
pub(crate) struct Run {
    pub(crate) calls: Vec<(u32, Call)>,
    pub(crate) timeouts: Vec<u32>,
    pub(crate) sleeps: Vec<u32>,
    pub(crate) phases: Vec<&'static str>,
    /// How many replies its result is made of.
    pub(crate) kept: usize,
    pub(crate) outcome: Result<Outcome, Box<Error>>,
}

/// Steps an operation through all inputs, each so many milliseconds after what was asked for; a `Slept` comes when the
/// wait is over. An input beyond the end, and an end that does not come, fail the test.
pub(crate) fn play<'a>(
    goal: Goal<'_>,
    limits: &Limits,
    inputs: impl IntoIterator<Item = (u32, Input<'a>)>,
) -> Run {
    let outcome = Err(Error::options(None, ""));
    let mut run = Run { calls: vec![], timeouts: vec![], sleeps: vec![], phases: vec![], kept: 0, outcome };
    let mut operation = Box::new(Operation::new(7));
    let mut pace = Pace::FREE;
    let mut inputs = inputs.into_iter();
    // Any clock will do, also one that wraps around in the middle.
    let start = u32::MAX - 5_000;
    let mut now = 0;
    while let Some((latency, input)) = inputs.next() {
        now += latency;
        let mut context = Context { goal: &goal, limits, pace: &mut pace, now_ms: start.wrapping_add(now) };
        match operation.step(&mut context, input) {
            Step::Next { operation: mut next, output, keeps } => {
                run.kept += usize::from(keeps);
                run.phases.extend(next.news(start.wrapping_add(now)).map(|news| {
                    assert_eq!(news.elapsed_ms, now);
                    news.phase.as_str()
                }));
                operation = next;
                match output {
                    Output::Send { call, timeout_ms, .. } => {
                        run.calls.push((now, call));
                        run.timeouts.push(timeout_ms);
                    }
                    Output::Sleep(delay) => {
                        run.sleeps.push(delay);
                        now += delay;
                    }
                }
            }
            Step::Done { outcome, keeps } => {
                run.kept += usize::from(keeps);
                assert!(inputs.next().is_none(), "the operation has ended early: {outcome:?}");
                run.outcome = outcome;
                return run;
            }
        }
    }
    panic!("the operation has not ended; it asked for {:?} and slept {:?}", run.calls, run.sleeps)
}
