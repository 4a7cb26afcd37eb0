//! A disk detached to the end, against a model of the service that fails at random: what is said at the end is true.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "support/replies.rs"]
mod replies;

use ecs_detach_volume::core::api::DetachTarget;
use ecs_detach_volume::core::error::{Error, ErrorKind};
use ecs_detach_volume::core::http::{Call, HttpResponse, Method, SendError};
use ecs_detach_volume::core::ids::Id;
use ecs_detach_volume::core::old_goal::Goal;
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::outcome::Outcome;
use ecs_detach_volume::core::pace::Pace;
use ecs_detach_volume::core::retry::{Limits, Polling, RetryPolicy};
use ecs_detach_volume::core::turn::{Context, Input, Output};
use proptest::prelude::*;
use replies::reply;

/// What happens to one request on its way.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Arrives,
    DroppedBefore,
    DroppedAfter,
    Throttled,
    /// A server on the way fails, before or behind the service.
    Broken {
        is_taken: bool,
    },
    Forbidden,
}

/// How the task goes, once it is accepted.
#[derive(Clone, Copy, Debug)]
struct Plan {
    duration_ms: u32,
    fails: bool,
    vanishes: bool,
    lingers_ms: u32,
}

/// A server with one disk.
struct Service {
    plan: Plan,
    is_system_disk: bool,
    was_attached: bool,
    /// When the task began, for each that was accepted.
    tasks: Vec<u32>,
    /// Sightings of the attachment, and DELETEs whose fate the caller cannot know, in their order.
    trace: Vec<Event>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Event {
    SeenAttached,
    Delete { is_settled: bool },
}

impl Service {
    fn is_attached(&self, now: u32) -> bool {
        let removes =
            |began: &u32| !self.plan.fails && now >= began + self.plan.duration_ms + self.plan.lingers_ms;
        self.was_attached && !self.tasks.iter().any(removes)
    }

    fn answer(&mut self, call: &Call, now: u32) -> HttpResponse<'static> {
        let is_busy = self.tasks.last().is_some_and(|began| now < began + self.plan.duration_ms);
        match (call.method, call.path.contains("/jobs/")) {
            (Method::Delete, _) if is_busy => error(501, "Ecs.0603"),
            (Method::Delete, _) if !self.is_attached(now) => error(400, "Ecs.0111"),
            (Method::Delete, _) => {
                self.tasks.push(now);
                reply(200, r#"{"job_id":"ff8080"}"#)
            }
            (Method::Get, true) if self.plan.vanishes => error(400, "Common.0011"),
            (Method::Get, true) => {
                let status = match (is_busy, self.plan.fails) {
                    (true, _) => "RUNNING",
                    (false, true) => "FAIL",
                    (false, false) => "SUCCESS",
                };
                reply(200, &format!(r#"{{"status":"{status}","error_code":null}}"#))
            }
            (Method::Get, false) if self.is_attached(now) => {
                let index = if self.is_system_disk { 0 } else { -1 };
                reply(200, &format!(r#"{{"volumeAttachment":{{"volumeId":"v","bootIndex":{index}}}}}"#))
            }
            (Method::Get, false) => {
                let inner = r#"{\"itemNotFound\":{\"message\":\"No volume\",\"code\":404}}"#;
                reply(400, &format!(r#"{{"error":{{"code":"Ecs.1000","message":"{inner}"}}}}"#))
            }
        }
    }

    /// What comes back to the caller, and a note of what the caller can know.
    fn meet(&mut self, fate: Fate, call: &Call, now: u32) -> Input<'static> {
        let is_taken = matches!(fate, Fate::Arrives | Fate::DroppedAfter | Fate::Broken { is_taken: true });
        let answer = is_taken.then(|| self.answer(call, now));
        let input = match (fate, answer) {
            (Fate::Arrives, Some(answer)) => Input::Reply(Ok(answer)),
            (Fate::Throttled, _) => Input::Reply(Ok(error(429, "APIGW.0308"))),
            (Fate::Forbidden, _) => Input::Reply(Ok(error(403, "Pdp.0001"))),
            (Fate::Broken { .. }, _) => Input::Reply(Ok(reply(504, ""))),
            _ => Input::Reply(Err(SendError::NoReply)),
        };
        let is_refused = matches!(fate, Fate::Throttled | Fate::Forbidden);
        if call.method == Method::Delete {
            self.trace.push(Event::Delete { is_settled: is_refused });
        } else if call.path.contains("block_device")
            && matches!(&input, Input::Reply(Ok(reply)) if reply.status == 200)
        {
            self.trace.push(Event::SeenAttached);
        }
        input
    }
}

fn error(status: u16, code: &str) -> HttpResponse<'static> {
    reply(status, &format!(r#"{{"error":{{"code":"{code}","message":"text"}}}}"#))
}

fn any_fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        8 => Just(Fate::Arrives),
        1 => Just(Fate::DroppedBefore),
        1 => Just(Fate::DroppedAfter),
        1 => Just(Fate::Throttled),
        1 => any::<bool>().prop_map(|is_taken| Fate::Broken { is_taken }),
    ]
}

fn any_plan() -> impl Strategy<Value = Plan> {
    (0_u32..60_000, prop::bool::weighted(0.2), prop::bool::weighted(0.2), prop_oneof![Just(0), 0_u32..30_000])
        .prop_map(|(duration_ms, fails, vanishes, lingers_ms)| Plan {
            duration_ms,
            fails,
            vanishes,
            lingers_ms,
        })
}

fn limits(timeout_ms: u32, max_attempts: u32) -> Limits {
    Limits {
        can_renew: false,
        attempt_timeout_ms: 60_000,
        timeout_ms,
        retry: RetryPolicy { is_off: false, max_attempts, base_delay_ms: 500, max_delay_ms: 20_000 },
        polling: Polling { initial_delay_ms: 2_000, interval_ms: 3_000, max_interval_ms: 10_000 },
    }
}

struct Run {
    ended_ms: u32,
    requests: u32,
    outcome: Result<Outcome, Box<Error>>,
}

/// Plays an operation to its end; `abort_at` is the step at which the caller gives up.
fn play(
    service: &mut Service,
    goal: &Goal<'_>,
    limits: &Limits,
    fates: &[Fate],
    seed: u32,
    abort_at: u32,
) -> Run {
    let mut operation = Box::new(Operation::new(seed));
    let mut pace = Pace::FREE;
    let (mut now, mut input, mut requests, mut steps) = (0, Input::Start, 0, 0);
    let mut fates = fates.iter().copied().cycle();
    loop {
        let mut context = Context { goal, limits, pace: &mut pace, now_ms: now };
        match operation.step(&mut context, input) {
            Step::Next { operation: next, output, .. } => {
                operation = next;
                steps += 1;
                input = match output {
                    Output::Send { call, timeout_ms, .. } => {
                        requests += 1;
                        let input = service.meet(fates.next().unwrap(), &call, now);
                        now += 40.min(timeout_ms);
                        input
                    }
                    Output::Sleep(delay_ms) => {
                        now += delay_ms;
                        Input::Slept
                    }
                };
                if steps == abort_at {
                    input = Input::Aborted;
                }
            }
            Step::Done { outcome, .. } => return Run { ended_ms: now, requests, outcome },
        }
    }
}

/// No DELETE follows another whose fate was unknown, unless the disk was seen attached in between.
fn is_careful(trace: &[Event]) -> bool {
    let mut sightings = 3;
    for event in trace {
        match event {
            Event::SeenAttached => sightings += 1,
            Event::Delete { .. } if sightings < 3 => return false,
            Event::Delete { is_settled } => sightings = if *is_settled { 3 } else { 0 },
        }
    }
    true
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_at_the_end_is_true(
        fates in prop::collection::vec(any_fate(), 1..40),
        plan in any_plan(),
        (is_system_disk, was_attached) in (prop::bool::weighted(0.1), prop::bool::weighted(0.9)),
        (absent_is_done, allow_system_disk) in any::<(bool, bool)>(),
        timeout_ms in prop_oneof![1_u32..20_000, Just(600_000)],
        max_attempts in 1_u32..=10,
        seed: u32,
        abort_at in prop_oneof![3 => Just(0), 1 => 1_u32..30],
    ) {
        let id = Id::parse("x").unwrap();
        let target = DetachTarget { project_id: id, server_id: id, volume_id: id, force: false };
        let goal = Goal::Detached { target, absent_is_done, allow_system_disk };
        let limits = limits(timeout_ms, max_attempts);
        let mut service = Service { plan, is_system_disk, was_attached, tasks: vec![], trace: vec![] };
        let run = play(&mut service, &goal, &limits, &fates, seed, abort_at);

        prop_assert!(is_careful(&service.trace), "{:?}", service.trace);
        let deletes = service.trace.iter().filter(|event| matches!(event, Event::Delete { .. })).count();
        prop_assert!(deletes <= max_attempts as usize);
        prop_assert!(run.ended_ms <= timeout_ms);
        prop_assert!(run.requests < 700);
        if is_system_disk && !allow_system_disk {
            prop_assert_eq!(deletes, 0);
        }
        match run.outcome {
            Ok(Outcome::Detached(found)) => {
                prop_assert_eq!(found.attempts as usize, deletes);
                let is_over = service.tasks.iter().any(|began| run.ended_ms >= began + plan.duration_ms);
                prop_assert!(!service.is_attached(run.ended_ms) || (!found.is_seen && is_over && !plan.fails));
                prop_assert!(was_attached || absent_is_done || deletes > 0);
            }
            Ok(other) => prop_assert!(false, "{:?}", other),
            Err(error) => {
                prop_assert!(error.may_have_started || service.tasks.is_empty(), "{:?}", error);
                prop_assert_eq!(error.attempts as usize, deletes);
                match error.kind {
                    ErrorKind::JobFailed => prop_assert!(plan.fails && !service.tasks.is_empty()),
                    ErrorKind::NotAttached => prop_assert!(!absent_is_done && !service.is_attached(run.ended_ms)),
                    ErrorKind::SystemDisk => prop_assert!(is_system_disk && !allow_system_disk),
                    ErrorKind::Aborted => prop_assert!(abort_at > 0),
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn a_service_that_works_is_asked_no_more_than_needed(plan in any_plan(), seed: u32) {
        let id = Id::parse("x").unwrap();
        let target = DetachTarget { project_id: id, server_id: id, volume_id: id, force: false };
        let goal = Goal::Detached { target, absent_is_done: false, allow_system_disk: false };
        let plan = Plan { fails: false, vanishes: false, lingers_ms: 0, ..plan };
        let mut service =
            Service { plan, is_system_disk: false, was_attached: true, tasks: vec![], trace: vec![] };
        let run = play(&mut service, &goal, &limits(600_000, 4), &[Fate::Arrives], seed, 0);
        prop_assert!(run.outcome.is_ok());
        // One look, one DELETE, one look, and questions at growing intervals.
        prop_assert!(run.requests <= 3 + 2 + plan.duration_ms / 7_500 + 3, "{}", run.requests);
        prop_assert!(run.ended_ms <= plan.duration_ms + 12_000);
    }

    #[test]
    fn what_is_forbidden_stays_forbidden(at in 0_usize..6, plan in any_plan(), seed: u32) {
        let id = Id::parse("x").unwrap();
        let target = DetachTarget { project_id: id, server_id: id, volume_id: id, force: false };
        let goal = Goal::Detached { target, absent_is_done: false, allow_system_disk: false };
        let mut fates = vec![Fate::Arrives; 60];
        fates.splice(at..=at, [Fate::Forbidden]);
        let mut service =
            Service { plan, is_system_disk: false, was_attached: true, tasks: vec![], trace: vec![] };
        let run = play(&mut service, &goal, &limits(600_000, 4), &fates, seed, 0);
        if let Err(error) = run.outcome {
            prop_assert_eq!(error.may_have_started, !service.tasks.is_empty(), "{:?}", error);
        }
    }
}
