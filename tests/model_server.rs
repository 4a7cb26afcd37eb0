//! A disk detached to the end, against a model of the service that fails at random: what is done on the way is careful, and
//! what is said at the end is true.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use ecs_detach_volume::core::error::{Effect, ErrorKind};
use ecs_detach_volume::core::outcome::Outcome;
use ecs_detach_volume::core::pace::Shared;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{
    Answer, DELETE, Run, TASK, Wake, World, accepted, answered, config, gone, lost, play_in, replied,
    service_error, task, throttled,
};

/// What happens to one request on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Arrives,
    /// It arrives, and what is read is some seconds old.
    ReadsOldState,
    Lost {
        is_taken: bool,
    },
    Hangs {
        is_taken: bool,
    },
    /// The computer sleeps while it is on its way.
    SleptThrough {
        ms: u32,
        is_taken: bool,
    },
    Throttled {
        retry_after: Option<u32>,
    },
    /// A server on the way fails, before or behind the service.
    Broken {
        is_taken: bool,
    },
    /// The reply is about something else.
    Strange {
        is_taken: bool,
    },
    /// A server on the way knows no such address.
    NoRoute,
    /// The token has ended.
    Unproved,
    Forbidden,
}

impl Fate {
    const fn is_taken(self) -> bool {
        match self {
            Self::Arrives | Self::ReadsOldState => true,
            Self::Lost { is_taken }
            | Self::Hangs { is_taken }
            | Self::SleptThrough { is_taken, .. }
            | Self::Broken { is_taken }
            | Self::Strange { is_taken } => is_taken,
            Self::Throttled { .. } | Self::NoRoute | Self::Unproved | Self::Forbidden => false,
        }
    }
}

/// How the task goes, once it is accepted.
#[derive(Clone, Copy, Debug)]
struct Plan {
    duration_ms: u32,
    fails: bool,
    /// The service tells of it from then on.
    hidden_ms: u32,
    /// The service never tells of it.
    vanishes: bool,
    /// The words for its ends are other ones.
    has_odd_words: bool,
    lingers_ms: u32,
}

/// How old what is read can be, in milliseconds.
const AGE_MS: u32 = 4_000;

/// What the caller has been told, as far as it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Word {
    Attached,
    Absent,
    Succeeded,
}

/// A server with one disk, and what is around the call.
struct Service<'a> {
    plan: Plan,
    is_system_disk: bool,
    was_attached: bool,
    fates: &'a [Fate],
    seed: u32,
    /// The request or wait in which the caller gives up.
    aborted_at: Option<u32>,
    /// The wait over which the computer sleeps, and for how long.
    slept_wait: Option<(u32, u32)>,
    events: u32,
    waits: u32,
    requests: usize,
    /// When the tasks began.
    tasks: Vec<u32>,
    deletes: u32,
    unproved_deletes: u32,
    /// Requests whose token was refused.
    unproved: usize,
    /// Sightings since the fate of the last DELETE became unknown; `None` where no fate is.
    sightings: Option<u32>,
    is_task_known: bool,
    last_word: Option<Word>,
    /// When the computer woke up last.
    woke_ms: u32,
    /// What was done that must not be.
    faults: Vec<&'static str>,
}

impl<'a> Service<'a> {
    fn new(plan: Plan, fates: &'a [Fate], seed: u32) -> Self {
        Self {
            plan,
            is_system_disk: false,
            was_attached: true,
            fates,
            seed,
            aborted_at: None,
            slept_wait: None,
            events: 0,
            waits: 0,
            requests: 0,
            tasks: vec![],
            deletes: 0,
            unproved_deletes: 0,
            unproved: 0,
            sightings: None,
            is_task_known: false,
            last_word: None,
            woke_ms: 0,
            faults: vec![],
        }
    }

    fn is_attached(&self, now: u32) -> bool {
        let Plan { duration_ms, lingers_ms, fails, .. } = self.plan;
        let removes = |began: &u32| !fails && now >= began + duration_ms + lingers_ms;
        self.was_attached && !self.tasks.iter().any(removes)
    }

    fn is_succeeded(&self, now: u32) -> bool {
        !self.plan.fails && self.tasks.iter().any(|began| now >= began + self.plan.duration_ms)
    }

    /// What the service does.
    fn serve(&mut self, path: &str, now: u32, fate: Fate) -> Answer {
        let seen_ms = if fate == Fate::ReadsOldState { now.saturating_sub(AGE_MS) } else { now };
        let is_busy = self.tasks.last().is_some_and(|began| now < began + self.plan.duration_ms);
        match path {
            DELETE if is_busy => service_error(501, "Ecs.0603"),
            DELETE if !self.is_attached(now) => service_error(400, "Ecs.0111"),
            DELETE if self.is_succeeded(now) => service_error(400, "Ecs.0605"),
            DELETE => {
                self.tasks.push(now);
                accepted()
            }
            TASK => self.tell_of_task(seen_ms),
            _ if self.is_attached(seen_ms) => {
                let index = if self.is_system_disk { 0 } else { -1 };
                answered(200, &json!({ "volumeAttachment": { "volumeId": "v", "bootIndex": index } }))
            }
            _ => gone(),
        }
    }

    fn tell_of_task(&self, now: u32) -> Answer {
        let Plan { duration_ms, fails, hidden_ms, vanishes, has_odd_words, .. } = self.plan;
        let began = self.tasks.last().copied().filter(|began| !vanishes && now >= began + hidden_ms);
        let Some(began) = began else { return service_error(400, "Common.0011") };
        task(match (now < began + duration_ms, fails, has_odd_words) {
            (true, ..) => "RUNNING",
            (_, true, false) => "FAIL",
            (_, false, false) => "SUCCESS",
            (_, true, true) => "CANCELED",
            (_, false, true) => "FINISHED",
        })
    }

    /// What comes back.
    fn meet(&mut self, path: &str, now: u32, fate: Fate) -> Answer {
        self.unproved += usize::from(fate == Fate::Unproved);
        let answer = fate.is_taken().then(|| self.serve(path, now, fate));
        match (fate, answer) {
            (Fate::Arrives | Fate::ReadsOldState, Some(answer)) => answer,
            (Fate::Hangs { .. }, _) => Answer::Hangs,
            (Fate::SleptThrough { ms, .. }, _) => {
                self.woke_ms = now + ms;
                Answer::Sleeps(ms)
            }
            (Fate::Throttled { retry_after: Some(seconds) }, _) => throttled().retry_after_ms(seconds * 1000),
            (Fate::Throttled { .. }, _) => throttled(),
            (Fate::Broken { .. }, _) => replied(504, ""),
            (Fate::Strange { .. }, _) if path == DELETE => replied(200, "{}"),
            (Fate::Strange { .. }, _) => replied(200, r#"{"status":"SUCCESS","job_id":"other"}"#),
            (Fate::NoRoute, _) => replied(404, "<html>"),
            (Fate::Unproved, _) => service_error(401, "APIGW.0301"),
            (Fate::Forbidden, _) => service_error(403, "Pdp.0001"),
            _ => lost(),
        }
    }

    /// Notes what the caller can know, and whether it was careful.
    fn note(&mut self, path: &str, fate: Fate, answer: Answer) {
        let body = match answer {
            Answer::Reply(reply) => reply.text,
            _ => "",
        };
        if path == DELETE {
            self.deletes += 1;
            self.unproved_deletes += u32::from(fate == Fate::Unproved);
            if self.is_task_known {
                self.faults.push("a DELETE although the task is known");
            }
            if self.sightings.is_some_and(|sightings| sightings < 3) {
                self.faults.push("a DELETE while the fate of another is unknown");
            }
            self.is_task_known = body.contains("ff8080");
            let is_refused = !fate.is_taken()
                && matches!(answer, Answer::Reply(reply) if reply.status != 504 && reply.status != 200);
            self.sightings = if is_refused || body.contains("Ecs.0605") { None } else { Some(0) };
            if body.contains("Ecs.0111") {
                self.last_word = Some(Word::Absent);
            }
        } else if body.contains("volumeAttachment") {
            self.sightings = self.sightings.map(|sightings| sightings + 1);
            self.last_word = Some(Word::Attached);
        } else if body.contains("itemNotFound") {
            self.last_word = Some(Word::Absent);
        } else if path == TASK && body.contains("SUCCESS") && !body.contains("other") {
            self.last_word = Some(Word::Succeeded);
        }
    }

    fn is_aborted_now(&mut self) -> bool {
        self.events += 1;
        self.aborted_at == Some(self.events)
    }
}

impl World for Service<'_> {
    fn answer(&mut self, path: &str, now: u32) -> Answer {
        let fate = self.fates.iter().copied().cycle().nth(self.requests).unwrap();
        self.requests += 1;
        let answer = self.meet(path, now, fate);
        let answer = if self.is_aborted_now() { Answer::Aborts } else { answer };
        self.note(path, fate, answer);
        answer
    }

    fn wake(&mut self, until_ms: u32) -> Wake {
        self.waits += 1;
        if self.is_aborted_now() {
            return Wake::Aborted(until_ms);
        }
        match self.slept_wait {
            Some((wait, ms)) if wait == self.waits => {
                self.woke_ms = until_ms + ms;
                Wake::At(self.woke_ms)
            }
            _ => Wake::At(until_ms),
        }
    }

    fn seed(&self) -> u32 {
        self.seed
    }
}

fn any_fate() -> impl Strategy<Value = Fate> {
    let taken = || any::<bool>();
    prop_oneof![
        24 => Just(Fate::Arrives),
        3 => Just(Fate::ReadsOldState),
        3 => taken().prop_map(|is_taken| Fate::Lost { is_taken }),
        1 => taken().prop_map(|is_taken| Fate::Hangs { is_taken }),
        1 => (1_u32..900_000, taken()).prop_map(|(ms, is_taken)| Fate::SleptThrough { ms, is_taken }),
        2 => prop::option::of(prop_oneof![1_u32..60, Just(3_600)])
            .prop_map(|retry_after| Fate::Throttled { retry_after }),
        2 => taken().prop_map(|is_taken| Fate::Broken { is_taken }),
        1 => taken().prop_map(|is_taken| Fate::Strange { is_taken }),
        1 => Just(Fate::NoRoute),
        1 => Just(Fate::Unproved),
    ]
}

fn any_plan() -> impl Strategy<Value = Plan> {
    let rarely = || prop::bool::weighted(0.2);
    let at_times = |most: u32| prop_oneof![Just(0), 0..most];
    (0_u32..60_000, rarely(), at_times(20_000), rarely(), rarely(), at_times(30_000)).prop_map(
        |(duration_ms, fails, hidden_ms, vanishes, has_odd_words, lingers_ms)| Plan {
            duration_ms,
            fails,
            hidden_ms,
            vanishes,
            has_odd_words,
            lingers_ms,
        },
    )
}

fn play(service: &mut Service<'_>, options: &Value) -> Run {
    let run = play_in(&config("detachVolumeAndWait", options), &mut { Shared::ALONE }, service);
    run.assert_announced();
    run
}

/// What the caller asked for.
struct Asked {
    absent_is_done: bool,
    allow_system_disk: bool,
    is_resumed: bool,
    timeout_ms: u32,
}

fn check_outcome(service: &Service<'_>, run: &Run, asked: &Asked) -> Result<(), TestCaseError> {
    let ended_ms = run.ended_ms;
    match &run.outcome {
        Ok(Outcome::Detached(found)) => {
            prop_assert_eq!(found.attempts, service.deletes);
            let word = if found.is_seen { Word::Absent } else { Word::Succeeded };
            prop_assert_eq!(service.last_word, Some(word));
            prop_assert!(
                !service.is_attached(ended_ms) || (!found.is_seen && service.is_succeeded(ended_ms))
            );
            prop_assert!(
                service.was_attached || asked.absent_is_done || service.deletes > 0 || asked.is_resumed
            );
        }
        Ok(other) => prop_assert!(false, "{:?}", other),
        Err(error) => {
            prop_assert!(error.effect == Effect::Possible || service.tasks.is_empty(), "{:?}", error);
            prop_assert_eq!(error.course.attempts, service.deletes);
            if service.is_task_known {
                prop_assert_eq!(error.course.job_id.as_deref(), Some("ff8080"));
            }
            match error.kind {
                ErrorKind::JobFailed => prop_assert!(service.plan.fails && !service.tasks.is_empty()),
                ErrorKind::NotAttached => {
                    prop_assert!(!service.is_attached(ended_ms));
                    prop_assert!(!asked.absent_is_done || error.course.doubt.is_some());
                }
                ErrorKind::SystemDisk => prop_assert!(service.is_system_disk && !asked.allow_system_disk),
                ErrorKind::Aborted => prop_assert!(service.aborted_at.is_some()),
                ErrorKind::Timeout => prop_assert!(ended_ms >= asked.timeout_ms.min(60_000)),
                _ => {}
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_done_is_careful_and_what_is_said_at_the_end_is_true(
        fates in prop::collection::vec(any_fate(), 1..40),
        plan in any_plan(),
        (is_system_disk, was_attached, is_resumed) in
            (prop::bool::weighted(0.1), prop::bool::weighted(0.9), prop::bool::weighted(0.2)),
        (absent_is_done, allow_system_disk) in any::<(bool, bool)>(),
        timeout_ms in prop_oneof![1_u32..20_000, Just(600_000)],
        max_attempts in 1_u32..=10,
        (retry_is_off, can_renew) in (prop::bool::weighted(0.2), any::<bool>()),
        seed: u32,
        aborted_at in prop_oneof![3 => Just(None), 1 => (1_u32..30).prop_map(Some)],
        slept_wait in prop::option::of((1_u32..8, 1_u32..1_200_000)),
    ) {
        let mut options = json!({
            "ifNotAttached": if absent_is_done { "ok" } else { "error" },
            "systemDisk": if allow_system_disk { "allow" } else { "refuse" },
            "timeoutMs": timeout_ms,
            "retry": if retry_is_off { json!(false) } else { json!({ "maxAttempts": max_attempts }) },
        });
        if can_renew {
            options["auth"] = json!({ "typeof": "function" });
        }
        let mut service = Service { is_system_disk, was_attached, aborted_at, slept_wait, ..Service::new(plan, &fates, seed) };
        if is_resumed {
            options["jobId"] = "ff8080".into();
            service.tasks.push(0);
            service.is_task_known = true;
        }
        let run = play(&mut service, &options);

        prop_assert!(service.faults.is_empty(), "{:?}", service.faults);
        prop_assert!(service.tasks.len() <= 1 || plan.fails, "{} DELETEs took effect", service.tasks.len());
        let most_deletes = if retry_is_off { 1 } else { max_attempts };
        // A request whose token is refused is sent once more with another.
        prop_assert!(service.deletes <= most_deletes + service.unproved_deletes);
        let look_ms = (timeout_ms / 10).clamp(1_000, 5_000);
        prop_assert!(run.ended_ms <= timeout_ms.max(service.woke_ms) + 2 * look_ms + 2_000, "it ends at {}", run.ended_ms);
        // Each look may cost a second request, for which the token is renewed.
        prop_assert!(run.requests.len() - service.unproved < 200, "{} requests", run.requests.len());
        if is_system_disk && !allow_system_disk {
            prop_assert_eq!(service.deletes, 0);
        }
        check_outcome(&service, &run, &Asked { absent_is_done, allow_system_disk, is_resumed, timeout_ms })?;
    }

    #[test]
    fn a_service_that_works_is_asked_no_more_than_needed(plan in any_plan(), seed: u32) {
        let plan = Plan { fails: false, vanishes: false, has_odd_words: false, hidden_ms: 0, lingers_ms: 0, ..plan };
        let mut service = Service::new(plan, &[Fate::Arrives], seed);
        let run = play(&mut service, &json!({}));
        prop_assert!(run.outcome.is_ok());
        prop_assert!(run.requests.len() <= 18, "{}", run.requests.len());
        prop_assert!(run.ended_ms <= plan.duration_ms / 100 * 155 + 1_200, "{}", run.ended_ms);
    }

    #[test]
    fn what_is_forbidden_stays_forbidden(at in 0_usize..6, plan in any_plan(), seed: u32) {
        let mut fates = vec![Fate::Arrives; 60];
        fates.splice(at..=at, [Fate::Forbidden]);
        let mut service = Service::new(plan, &fates, seed);
        let run = play(&mut service, &json!({}));
        if let Err(error) = run.outcome {
            let is_begun = error.effect == Effect::Possible;
            prop_assert_eq!(is_begun, !service.tasks.is_empty(), "{:?}", error);
        }
    }
}
