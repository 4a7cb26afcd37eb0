//! A detachment against a model of the service that fails at random: what the operation says of its effect is true.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/written.rs"]
mod written;

use ecs_detach_volume::core::api::DetachTarget;
use ecs_detach_volume::core::error::{Error, ErrorKind};
use ecs_detach_volume::core::http::{BodyEnd, HttpResponse, SendError};
use ecs_detach_volume::core::ids::Id;
use ecs_detach_volume::core::old_goal::Goal;
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::outcome::Outcome;
use ecs_detach_volume::core::pace::Pace;
use ecs_detach_volume::core::retry::{Limits, Polling, RetryPolicy};
use ecs_detach_volume::core::turn::{Context, Input, Output};
use proptest::prelude::*;
use serde_json::json;
use written::written;

/// What happens to one request, in the service and on the way.
#[derive(Clone, Debug)]
enum Fate {
    /// It is taken, and the answer arrives.
    Accepted { status: u16 },
    /// It is lost on the way there.
    DroppedBefore,
    /// It is taken; the answer is lost.
    DroppedAfter,
    /// It is taken; the answer is too late.
    Slow,
    /// It never arrives, and neither does an answer.
    Stalled,
    /// It is turned away by a limit.
    Throttled { status: u16, code: Option<&'static str>, retry_after: Option<u32> },
    /// A server on the way fails, before or behind the service.
    Broken { status: u16, body: &'static str, is_taken: bool },
    /// It is taken; the answer is cut off, or is none.
    Garbled { body: &'static str, end: BodyEnd },
    /// It is refused for good.
    Refused { status: u16, code: &'static str },
    /// The caller gives up while it is on its way.
    Aborted { is_taken: bool },
}

impl Fate {
    const fn is_taken(&self) -> bool {
        match self {
            Self::Accepted { .. } | Self::DroppedAfter | Self::Slow | Self::Garbled { .. } => true,
            Self::Broken { is_taken, .. } | Self::Aborted { is_taken } => *is_taken,
            Self::DroppedBefore | Self::Stalled | Self::Throttled { .. } | Self::Refused { .. } => false,
        }
    }

    fn input(&self) -> Input<'static> {
        let error = |code: &str| format!(r#"{{"error":{{"code":"{code}","message":"text"}}}}"#);
        match self {
            Self::Accepted { status } => reply(*status, r#"{"job_id":"ff8080"}"#, BodyEnd::Complete, None),
            Self::DroppedBefore | Self::DroppedAfter => Input::Reply(Err(SendError::NoReply)),
            Self::Slow | Self::Stalled => Input::Reply(Err(SendError::TimedOut)),
            Self::Throttled { status, code, retry_after } => {
                reply(*status, &code.map(error).unwrap_or_default(), BodyEnd::Complete, *retry_after)
            }
            Self::Broken { status, body, .. } => reply(*status, body, BodyEnd::Complete, None),
            Self::Garbled { body, end } => reply(200, body, *end, None),
            Self::Refused { status, code } => reply(*status, &error(code), BodyEnd::Complete, None),
            Self::Aborted { .. } => Input::Aborted,
        }
    }
}

fn reply(status: u16, body: &str, end: BodyEnd, retry_after: Option<u32>) -> Input<'static> {
    let retry_after_ms = retry_after.map(|seconds| seconds * 1000);
    let list = written(&json!([status, null, retry_after_ms, null, body]));
    Input::Reply(Ok(HttpResponse::new(list, end)))
}

fn any_fate() -> impl Strategy<Value = Fate> {
    let throttled = prop_oneof![
        Just((429, None)),
        Just((429, Some("APIGW.0308"))),
        Just((202, Some("Common.0024"))),
        Just((503, Some("Common.1503"))),
    ];
    let broken = (prop::sample::select(vec![408, 500, 502, 503, 504]), any::<bool>());
    let garbled = prop::sample::select(vec![
        ("", BodyEnd::Complete),
        ("{}", BodyEnd::Complete),
        ("<html></html>", BodyEnd::Complete),
        (r#"{"job_id":"#, BodyEnd::BrokenOff),
        (r#"{"job_id":"ff8080"}"#, BodyEnd::TooLong),
    ]);
    let refused = prop::sample::select(vec![
        (400, "Ecs.0100"),
        (400, "Ecs.0605"),
        (401, "APIGW.0301"),
        (403, "Pdp.0001"),
        (404, "Ecs.0114"),
    ]);
    prop_oneof![
        1 => prop::sample::select(vec![200, 201, 202, 204]).prop_map(|status| Fate::Accepted { status }),
        1 => Just(Fate::DroppedBefore),
        1 => Just(Fate::DroppedAfter),
        1 => Just(Fate::Slow),
        1 => Just(Fate::Stalled),
        6 => (throttled, prop::option::of(0_u32..40)).prop_map(|((status, code), retry_after)| {
            Fate::Throttled { status, code, retry_after }
        }),
        2 => broken.prop_map(|(status, is_taken)| Fate::Broken { status, body: "<html></html>", is_taken }),
        1 => garbled.prop_map(|(body, end)| Fate::Garbled { body, end }),
        1 => refused.prop_map(|(status, code)| Fate::Refused { status, code }),
        1 => any::<bool>().prop_map(|is_taken| Fate::Aborted { is_taken }),
    ]
}

fn any_limits() -> impl Strategy<Value = Limits> {
    (1_u32..120_000, 1_u32..200_000, 1_u32..=10, 1_u32..5_000, 1_u32..60_000).prop_map(
        |(attempt_timeout_ms, timeout_ms, max_attempts, base_delay_ms, max_delay_ms)| Limits {
            can_renew: false,
            attempt_timeout_ms,
            timeout_ms,
            retry: RetryPolicy { is_off: false, max_attempts, base_delay_ms, max_delay_ms },
            polling: Polling { initial_delay_ms: 1, interval_ms: 1, max_interval_ms: 1 },
        },
    )
}

/// What happened, as the service and the clock saw it.
struct History {
    sent: u32,
    taken: u32,
    ended_at_ms: u32,
    /// The longest time that one step of waiting was allowed to take beyond the deadline: none.
    overtime_ms: u32,
    outcome: Result<Outcome, Box<Error>>,
}

/// Plays a schedule of fates; where a wait is aborted, `abort_in_wait` says in which.
fn play(
    fates: &[Fate],
    limits: &Limits,
    seed: u32,
    latency_ms: u32,
    abort_in_wait: Option<usize>,
) -> History {
    let id = Id::parse("x").unwrap();
    let target = DetachTarget { project_id: id, server_id: id, volume_id: id, force: false };
    let goal = Goal::Accepted(target);
    let mut operation = Box::new(Operation::new(seed));
    let mut pace = Pace::FREE;
    let (mut now, mut waits, mut input) = (0, 0, Input::Start);
    let mut history =
        History { sent: 0, taken: 0, ended_at_ms: 0, overtime_ms: 0, outcome: Ok(Outcome::Attachment(None)) };
    let mut fates = fates.iter();
    loop {
        let mut context = Context { goal: &goal, limits, pace: &mut pace, now_ms: now };
        match operation.step(&mut context, input) {
            Step::Next { operation: next, output: Output::Send { timeout_ms, .. }, .. } => {
                operation = next;
                let fate = fates.next().unwrap_or_else(|| panic!("more requests than attempts"));
                history.sent += 1;
                history.taken += u32::from(fate.is_taken());
                input = fate.input();
                let is_late = matches!(fate, Fate::Slow | Fate::Stalled);
                now += if is_late { timeout_ms } else { latency_ms.min(timeout_ms) };
                history.overtime_ms = now.saturating_sub(limits.timeout_ms);
            }
            Step::Next { operation: next, output: Output::Sleep(delay_ms), .. } => {
                operation = next;
                assert!(delay_ms > 0, "a wait of no time");
                input = if abort_in_wait == Some(waits) { Input::Aborted } else { Input::Slept };
                waits += 1;
                now += delay_ms;
                history.overtime_ms = now.saturating_sub(limits.timeout_ms);
            }
            Step::Done { outcome, .. } => {
                history.ended_at_ms = now;
                history.outcome = outcome;
                return history;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_of_the_effect_is_true(
        fates in prop::collection::vec(any_fate(), 10),
        limits in any_limits(),
        seed: u32,
        latency_ms in 0_u32..3_000,
        abort_in_wait in prop::option::of(0_usize..4),
    ) {
        let history = play(&fates, &limits, seed, latency_ms, abort_in_wait);
        // At most one request took effect, and after one that may have, no other was sent.
        prop_assert!(history.taken <= 1);
        let doubtful = fates.iter().take(history.sent as usize).position(Fate::is_taken);
        prop_assert!(doubtful.is_none_or(|at| at + 1 == history.sent as usize));
        // It ends in time, and with no more attempts than allowed.
        prop_assert_eq!(history.overtime_ms, 0);
        prop_assert!(history.ended_at_ms <= limits.timeout_ms);
        prop_assert!(history.sent <= limits.retry.max_attempts);
        match history.outcome {
            Ok(outcome) => {
                prop_assert_eq!(outcome, Outcome::Accepted("ff8080".to_owned()));
                prop_assert_eq!(history.taken, 1);
            }
            Err(error) => {
                prop_assert!(error.may_have_started || history.taken == 0, "an effect was denied: {:?}", error);
                prop_assert_eq!(error.attempts, history.sent);
                prop_assert!(error.kind != ErrorKind::Options);
                if error.kind == ErrorKind::Throttled {
                    prop_assert!(!error.may_have_started, "doubt about a refusal: {:?}", error);
                }
            }
        }
    }

    #[test]
    fn a_refusal_is_never_reported_as_doubt(
        refusals in prop::collection::vec(any_fate(), 10),
        limits in any_limits(),
        seed: u32,
    ) {
        let certain: Vec<_> = refusals
            .into_iter()
            .filter(|fate| matches!(fate, Fate::Throttled { .. } | Fate::Refused { .. }))
            .chain(std::iter::repeat_n(Fate::Refused { status: 403, code: "Pdp.0001" }, 10))
            .collect();
        let history = play(&certain, &limits, seed, 10.min(limits.timeout_ms), None);
        prop_assert!(!history.outcome.unwrap_err().may_have_started);
    }
}
