//! `detachVolume` against a model of the service that fails at random: what the call says of its effect is true.
#![expect(clippy::panic, reason = "helpers of tests")]

mod support;

use ecs_detach_volume::core::error::{Effect, ErrorKind};
use ecs_detach_volume::core::http::BodyEnd;
use ecs_detach_volume::core::outcome::Outcome;
use ecs_detach_volume::core::pace::Shared;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{Answer, Run, Wake, World, accepted, config, lost, play_in, replied, service_error};

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
    /// The computer sleeps while it is on its way.
    SleptThrough { ms: u32, is_taken: bool },
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
            Self::Broken { is_taken, .. }
            | Self::Aborted { is_taken }
            | Self::SleptThrough { is_taken, .. } => *is_taken,
            Self::DroppedBefore | Self::Stalled | Self::Throttled { .. } | Self::Refused { .. } => false,
        }
    }

    fn answer(&self) -> Answer {
        match *self {
            Self::Accepted { status: 200 } => accepted(),
            Self::Accepted { status } => replied(status, r#"{"job_id":"ff8080"}"#),
            Self::DroppedBefore | Self::DroppedAfter => lost(),
            Self::Slow | Self::Stalled => Answer::Hangs,
            Self::SleptThrough { ms, .. } => Answer::Sleeps(ms),
            Self::Throttled { status, code, retry_after } => {
                let answer = code.map_or_else(|| replied(status, ""), |code| service_error(status, code));
                retry_after.map_or(answer, |seconds| answer.retry_after_ms(seconds * 1000))
            }
            Self::Broken { status, body, .. } => replied(status, body),
            Self::Garbled { body, end: BodyEnd::Complete } => replied(200, body),
            Self::Garbled { body, end } => replied(200, body).cut(end),
            Self::Refused { status, code } => service_error(status, code),
            Self::Aborted { .. } => Answer::Aborts,
        }
    }
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
        (r#"{"job_id":"../x"}"#, BodyEnd::Complete),
        (r#"{"job_id":"#, BodyEnd::BrokenOff),
        (r#"{"job_id":"ff8080"}"#, BodyEnd::TooLong),
        (r#"{"job_id":"ff8080"}"#, BodyEnd::AlreadyRead),
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
        1 => (1_u32..2_000_000, any::<bool>()).prop_map(|(ms, is_taken)| Fate::SleptThrough { ms, is_taken }),
        6 => (throttled, prop::option::of(0_u32..40)).prop_map(|((status, code), retry_after)| {
            Fate::Throttled { status, code, retry_after }
        }),
        2 => broken.prop_map(|(status, is_taken)| Fate::Broken { status, body: "<html></html>", is_taken }),
        1 => garbled.prop_map(|(body, end)| Fate::Garbled { body, end }),
        1 => refused.prop_map(|(status, code)| Fate::Refused { status, code }),
        1 => any::<bool>().prop_map(|is_taken| Fate::Aborted { is_taken }),
    ]
}

fn any_options() -> impl Strategy<Value = Value> {
    let numbers = (1_u32..120_000, 1_u32..200_000, 1_u32..=10, 1_u32..5_000, 1_u32..60_000);
    numbers.prop_map(|(attempt_timeout_ms, timeout_ms, max_attempts, base_delay_ms, max_delay_ms)| {
        let retry =
            json!({ "maxAttempts": max_attempts, "baseDelayMs": base_delay_ms, "maxDelayMs": max_delay_ms });
        json!({ "attemptTimeoutMs": attempt_timeout_ms, "timeoutMs": timeout_ms, "retry": retry })
    })
}

/// What is around the call, and what the service saw of it.
struct Model<'a> {
    fates: &'a [Fate],
    seed: u32,
    latency_ms: u32,
    /// In which wait the caller gives up.
    aborted_wait: Option<u32>,
    waits: u32,
    sent: usize,
    taken: u32,
    slept_ms: u32,
}

impl World for Model<'_> {
    fn answer(&mut self, _: &str, _: u32) -> Answer {
        let fate = self.fates.get(self.sent).unwrap_or_else(|| panic!("more requests than attempts"));
        self.sent += 1;
        self.taken += u32::from(fate.is_taken());
        if let Fate::SleptThrough { ms, .. } = fate {
            self.slept_ms += ms;
        }
        fate.answer()
    }

    fn wake(&mut self, until_ms: u32) -> Wake {
        self.waits += 1;
        if self.aborted_wait == Some(self.waits - 1) { Wake::Aborted(until_ms) } else { Wake::At(until_ms) }
    }

    fn latency_ms(&self) -> u32 {
        self.latency_ms
    }

    fn seed(&self) -> u32 {
        self.seed
    }
}

fn play<'a>(
    fates: &'a [Fate],
    options: &Value,
    seed: u32,
    latency_ms: u32,
    aborted_wait: Option<u32>,
) -> (Model<'a>, Run) {
    let mut model = Model { fates, seed, latency_ms, aborted_wait, waits: 0, sent: 0, taken: 0, slept_ms: 0 };
    let run = play_in(&config("detachVolume", options), &mut { Shared::ALONE }, &mut model);
    (model, run)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_of_the_effect_is_true(
        fates in prop::collection::vec(any_fate(), 10),
        options in any_options(),
        seed: u32,
        latency_ms in 0_u32..3_000,
        aborted_wait in prop::option::of(0_u32..4),
    ) {
        let (model, run) = play(&fates, &options, seed, latency_ms, aborted_wait);
        // At most one request took effect, and after one that may have, no other was sent.
        prop_assert!(model.taken <= 1);
        let doubtful = fates.iter().take(model.sent).position(Fate::is_taken);
        prop_assert!(doubtful.is_none_or(|at| at + 1 == model.sent));
        // It ends in time, and with no more attempts than allowed.
        let timeout_ms = options["timeoutMs"].as_u64().unwrap();
        prop_assert!(u64::from(run.ended_ms) <= timeout_ms + u64::from(model.slept_ms));
        prop_assert!(model.sent as u64 <= options["retry"]["maxAttempts"].as_u64().unwrap());
        prop_assert!(run.requests.iter().all(|(at, exchange)| u64::from(at + exchange.timeout_ms) <= timeout_ms));
        match run.outcome {
            Ok(Outcome::Accepted(accepted)) => {
                prop_assert_eq!((accepted.job_id.as_str(), model.taken), ("ff8080", 1));
            }
            Ok(other) => prop_assert!(false, "{other:?}"),
            Err(error) => {
                prop_assert!(error.effect == Effect::Possible || model.taken == 0, "an effect was denied: {:?}", error);
                prop_assert_eq!(error.course.attempts as usize, model.sent);
                prop_assert!(error.kind != ErrorKind::Options);
                if error.kind == ErrorKind::Throttled {
                    prop_assert!(error.effect == Effect::None, "doubt about a refusal: {:?}", error);
                }
            }
        }
    }

    #[test]
    fn a_refusal_is_never_reported_as_doubt(
        refusals in prop::collection::vec(any_fate(), 10),
        options in any_options(),
        seed: u32,
    ) {
        let certain: Vec<_> = refusals
            .into_iter()
            .filter(|fate| matches!(fate, Fate::Throttled { .. } | Fate::Refused { .. }))
            .chain(std::iter::repeat_n(Fate::Refused { status: 403, code: "Pdp.0001" }, 10))
            .collect();
        let (_, run) = play(&certain, &options, seed, 10, None);
        prop_assert_eq!(run.outcome.unwrap_err().effect, Effect::None);
    }
}
