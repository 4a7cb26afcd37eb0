//! Calls that share a limit, and what they learn from each other.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use ecs_detach_volume::core::config::Config;
use ecs_detach_volume::core::error::{Effect, Error, ErrorKind};
use ecs_detach_volume::core::http::{BodyEnd, HttpResponse};
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::outcome::Outcome;
use ecs_detach_volume::core::pace::Shared;
use ecs_detach_volume::core::turn::{Context, Input, Output};
use serde_json::json;
use support::{
    Answer, DELETE, START_MS, TASK, Wake, World, accepted, attached, config, gone, play_in, service_error,
    task, throttled,
};

/// Begins with the DELETE.
fn at_once() -> Config {
    config("detachVolumeAndWait", &json!({ "systemDisk": "allow" }))
}

/// Begins with the DELETE, and sends no request again.
fn once() -> Config {
    config("detachVolumeAndWait", &json!({ "systemDisk": "allow", "retry": false }))
}

/// A service that refuses everything for a while.
struct Busy {
    sent: u32,
    gives_up_at: u32,
}

impl World for Busy {
    fn answer(&mut self, _: &str, _: u32) -> Answer {
        self.sent += 1;
        if self.sent == self.gives_up_at { Answer::Aborts } else { throttled() }
    }

    fn wake(&mut self, until_ms: u32) -> Wake {
        Wake::At(until_ms)
    }
}

#[test]
fn at_a_shared_pace_a_refusal_costs_no_attempt() {
    for (mut shared, kind, sent) in
        [(Shared::paced(START_MS), ErrorKind::Aborted, 9), (Shared::ALONE, ErrorKind::Throttled, 4)]
    {
        let mut world = Busy { sent: 0, gives_up_at: 9 };
        let run = play_in(&at_once(), &mut shared, &mut world);
        assert_eq!((run.failed(kind).course.attempts, world.sent), (sent, sent));
    }
    // But for who wants no second attempt.
    let mut world = Busy { sent: 0, gives_up_at: 9 };
    let run = play_in(&once(), &mut Shared::paced(START_MS), &mut world);
    assert_eq!((run.failed(ErrorKind::Throttled).course.attempts, world.sent), (1, 1));
}

/// A service that works, or knows nobody.
struct Gate {
    is_open: bool,
    task_ms: u32,
    accepted_ms: u32,
}

impl World for Gate {
    fn answer(&mut self, path: &str, at_ms: u32) -> Answer {
        let is_over = at_ms >= self.accepted_ms + self.task_ms;
        match path {
            _ if !self.is_open => service_error(401, "APIGW.0301").signed(),
            DELETE => {
                self.accepted_ms = at_ms;
                accepted()
            }
            TASK if is_over => task("SUCCESS"),
            TASK => task("RUNNING"),
            _ if is_over => gone(),
            _ => attached(),
        }
    }
}

#[test]
fn refused_credentials_stop_all_who_share_them() {
    let mut shared = Shared::paced(START_MS);
    let mut gate = Gate { is_open: false, task_ms: 0, accepted_ms: 0 };
    let run = play_in(&at_once(), &mut shared, &mut gate);
    let error = run.failed(ErrorKind::Auth);
    assert_eq!((error.effect, error.course.attempts), (Effect::None, 1));
    let run = play_in(&at_once(), &mut shared, &mut gate);
    assert_eq!(run.requests, []);
    let error = run.failed(ErrorKind::Auth);
    assert_eq!((error.effect, error.course.attempts, error.answer), (Effect::None, 0, None));
}

#[test]
fn tasks_that_have_ended_teach_when_to_look_at_the_next() {
    let mut shared = Shared::ALONE;
    let mut looks = vec![];
    for _ in 0..10 {
        let mut gate = Gate { is_open: true, task_ms: 3_000, accepted_ms: 0 };
        let run = play_in(&at_once(), &mut shared, &mut gate);
        looks.push(run.paths().iter().filter(|path| **path == TASK).count());
        assert!(matches!(run.outcome, Ok(Outcome::Detached(_))));
    }
    assert!(looks[0] > 2 && looks[3..].iter().sum::<usize>() <= 14, "{looks:?}");
}

/// Steps a call of a batch through replies; the credentials of the batch are refused before the last one.
fn refused_before_the_last(replies: &[(u16, &str)]) -> Result<Outcome, Box<Error>> {
    let config = config("detachVolumeAndWait", &json!({}));
    let mut shared = Shared::paced(0);
    let (mut operation, mut input, mut now_ms) = (Operation::new(&config, 7), Input::Start, 0);
    let mut replies = replies.iter();
    loop {
        let mut context = Context { config: &config, shared: &mut shared, now_ms };
        let output = match operation.step(&mut context, input) {
            Step::Next(next, output) => {
                operation = next;
                output
            }
            Step::Done(outcome) => return outcome,
        };
        input = match output {
            Output::Sleep(ms) => {
                now_ms += ms;
                Input::Slept
            }
            Output::Send(_) => {
                operation.sent();
                if replies.len() == 1 {
                    shared.pace.close();
                }
                let (status, body) = replies.next().unwrap();
                Input::Reply(HttpResponse::new(*status, body, BodyEnd::Complete))
            }
        };
    }
}

#[test]
fn credentials_that_are_refused_for_all_change_nothing_about_a_task_that_has_succeeded() {
    let attached = r#"{"volumeAttachment":{"volumeId":"v"}}"#;
    let accepted = r#"{"job_id":"ff8080"}"#;
    let ended = |status| format!(r#"{{"job_id":"ff8080","status":"{status}"}}"#);
    let outcome = refused_before_the_last(&[(200, attached), (200, accepted), (200, &ended("SUCCESS"))]);
    assert!(matches!(outcome, Ok(Outcome::Detached(detached)) if !detached.is_seen));
    let outcome = refused_before_the_last(&[(200, attached), (200, accepted), (200, &ended("RUNNING"))]);
    let error = outcome.unwrap_err();
    assert_eq!((error.kind, error.effect, error.course.attempts), (ErrorKind::Auth, Effect::Possible, 1));
}

#[test]
fn who_waits_behind_the_first_request_of_a_batch_says_so_after_a_second() {
    let config = at_once();
    let mut shared = Shared::paced(START_MS);
    shared.pace.draw(START_MS);
    let mut operation = Operation::new(&config, 7);
    let mut input = Input::Start;
    let mut told = vec![];
    for at_ms in (0..61_000).step_by(200) {
        // The first one has had no reply within `attemptTimeoutMs`.
        if at_ms == 60_000 {
            shared.pace.hear(START_MS.wrapping_add(at_ms));
        }
        let now_ms = START_MS.wrapping_add(at_ms);
        let mut context = Context { config: &config, shared: &mut shared, now_ms };
        let (next, output) = match operation.step(&mut context, input) {
            Step::Next(next, output) => (next, output),
            Step::Done(outcome) => panic!("{outcome:?}"),
        };
        operation = next;
        if let Some(progress) = operation.progress(now_ms) {
            told.push((at_ms, progress.next_in_ms));
        }
        if matches!(output, Output::Send(_)) {
            assert!((60_000..60_500).contains(&at_ms), "{at_ms}");
            break;
        }
        input = Input::Slept;
    }
    assert_eq!(told, [(0, None), (1_000, Some(59_000))]);
}
