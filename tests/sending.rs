//! What a call tells of its requests while it goes on, and when it sends the next one at a pace that it shares.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

mod support;

use ecs_detach_volume::core::config::Config;
use ecs_detach_volume::core::envelope::{reply_error, send_error};
use ecs_detach_volume::core::error::{Effect, Error, ErrorKind};
use ecs_detach_volume::core::http::{HttpResponse, Method, SendError};
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::pace::Shared;
use ecs_detach_volume::core::sender::Sender;
use ecs_detach_volume::core::turn::{Context, Input, Output};
use serde_json::{Value, json};
use support::replies::reply;
use support::{
    Answer, DELETE, LATENCY_MS, START_MS, TASK, World, accepted, attached, config, gone, lost, play,
    play_all, play_in, replied, service_error, task, throttled,
};

/// Begins with the DELETE.
fn at_once(options: &Value) -> Config {
    let mut all = options.clone();
    all["systemDisk"] = "allow".into();
    config("detachVolumeAndWait", &all)
}

/// A shared pace at which others have drawn so many numbers since the first answer.
fn crowded(others: u32) -> Shared {
    let mut shared = Shared::paced(START_MS);
    shared.pace.hear(START_MS);
    (0..others).for_each(|_| _ = shared.pace.draw(START_MS));
    shared
}

/// A service that always gives the same answer, until the caller gives up.
struct Always {
    answer: Answer,
    sent: u32,
    most: u32,
}

impl World for Always {
    fn answer(&mut self, _: &str, _: u32) -> Answer {
        self.sent += 1;
        if self.sent > self.most { Answer::Aborts } else { self.answer }
    }
}

/// How many requests a call sends to such a service at a shared pace, and what it ends with.
fn sent_at_a_shared_pace(config: &Config, answer: Answer) -> (u32, ErrorKind) {
    let mut world = Always { answer, sent: 0, most: 9 };
    let run = play_in(config, &mut Shared::paced(START_MS), &mut world);
    (world.sent, run.outcome.unwrap_err().kind)
}

#[test]
fn only_what_a_limit_turns_away_costs_no_attempt_at_a_shared_pace() {
    let many = config("getJob", &json!({}));
    assert_eq!(sent_at_a_shared_pace(&many, throttled()), (10, ErrorKind::Aborted));
    assert_eq!(sent_at_a_shared_pace(&many, lost()), (4, ErrorKind::Network));
    assert_eq!(sent_at_a_shared_pace(&many, replied(503, "")), (4, ErrorKind::Api));
    // Who wants one attempt gets one.
    let one = config("getJob", &json!({ "retry": { "maxAttempts": 1 } }));
    assert_eq!(sent_at_a_shared_pace(&one, throttled()), (1, ErrorKind::Throttled));
    let two = config("getJob", &json!({ "retry": { "maxAttempts": 2 } }));
    assert_eq!(sent_at_a_shared_pace(&two, throttled()), (10, ErrorKind::Aborted));
}

#[test]
fn what_comes_of_a_request_sets_the_pace_of_all() {
    let config = config("getJob", &json!({}));
    // How much sooner, or later, a request far behind in the line comes to its turn.
    let change = |error: &Error| {
        let mut shared = crowded(30);
        let due_ms = |shared: &mut Shared| i64::from(shared.pace.due_in_ms(1_000, START_MS));
        let before_ms = due_ms(&mut shared);
        let mut context = Context { config: &config, shared: &mut shared, now_ms: START_MS };
        Sender::new(7).failed(&mut context, Method::Get, error);
        due_ms(&mut shared) - before_ms
    };
    let refused =
        |status, retry_after_ms| reply_error(&HttpResponse { retry_after_ms, ..reply(status, "") }, "");
    assert!(change(&refused(404, None)) < 0, "it was taken");
    assert_eq!(change(&send_error(SendError::NoReply, Effect::None, "endpoint")), 0, "nobody has answered");
    let slower_ms = change(&refused(429, None));
    assert!(slower_ms > 0);
    assert_eq!(change(&refused(429, Some(5_000))), slower_ms + 5_000);
}

#[test]
fn a_wait_in_the_line_is_announced_if_it_is_longer_than_a_second() {
    for (others, announced) in [(19, None), (20, None), (21, Some(1_050)), (60, Some(3_000))] {
        let run = play_in(&at_once(&json!({})), &mut crowded(others), &mut Following { tasks: 0 });
        let reports: Vec<_> = run.reports.iter().filter(|report| report.phase == "submitting").collect();
        // Once: the naps of the wait are not told.
        assert_eq!(
            reports.iter().map(|report| report.next_in_ms).collect::<Vec<_>>(),
            [announced],
            "{others}"
        );
        assert!(run.waits().iter().all(|ms| *ms <= 1_000), "{:?}", run.sleeps);
        assert_eq!(run.requests[0].0, others * 50);
    }
}

/// A service that accepts, and has the disk off at the second look at the task.
struct Following {
    tasks: u32,
}

impl World for Following {
    fn answer(&mut self, path: &str, _: u32) -> Answer {
        match path {
            DELETE => accepted(),
            TASK => {
                self.tasks += 1;
                task(if self.tasks < 2 { "RUNNING" } else { "SUCCESS" })
            }
            _ => gone(),
        }
    }
}

#[test]
fn a_wait_in_the_line_that_gets_much_longer_is_announced_anew() {
    let config = at_once(&json!({}));
    let mut shared = crowded(30);
    let mut operation = Operation::new(&config, 7);
    let mut input = Input::Start;
    let mut told = vec![];
    for now_ms in (0..4_000).step_by(200) {
        let now_ms = START_MS.wrapping_add(now_ms);
        // Another call is turned away, and told to wait.
        if told.len() == 2 {
            shared.pace.slow_down(now_ms, 10_000);
        }
        let mut context = Context { config: &config, shared: &mut shared, now_ms };
        operation = match operation.step(&mut context, input) {
            Step::Next(next, Output::Sleep(200)) => next,
            other => panic!("{other:?}"),
        };
        told.push(operation.progress(now_ms).map(|progress| progress.next_in_ms));
        input = Input::Slept;
    }
    // The pause, and what was left of the line, 1.1 seconds, at half the rate.
    assert_eq!(told[..3], [Some(Some(1_500)), None, Some(Some(12_200))]);
    assert!(told[3..].iter().all(Option::is_none), "{told:?}");
}

#[test]
fn a_failure_is_told_also_where_the_next_request_follows_at_once() {
    let script = [accepted(), service_error(400, "Common.0011"), attached(), task("SUCCESS"), gone()];
    let run = play_all(&at_once(&json!({})), script);
    // When the disk is asked for, the failure is known, and nothing is waited for.
    let at_ms = run.requests[2].0;
    let told = run.reports.iter().find(|report| report.at_ms == at_ms).map(|report| {
        (report.phase, report.next_in_ms, report.last_failure.as_ref().map(|failure| failure.kind))
    });
    assert_eq!(told, Some(("waiting", None, Some(ErrorKind::NotFound))));
}

#[test]
fn what_works_again_is_told_also_where_the_next_request_follows_at_once() {
    let run = play_all(&at_once(&json!({})), [accepted(), lost(), task("ODD"), gone()]);
    let at_ms = run.requests[3].0;
    let told = run.reports.iter().find(|report| report.at_ms == at_ms);
    let told = told.map(|report| (report.phase, report.status.as_deref(), report.last_failure.is_none()));
    assert_eq!(told, Some(("waiting", Some("ODD"), true)));
}

#[test]
fn nothing_is_told_twice() {
    let run =
        play(&config("waitForJob", &json!({})), |_, at| task(if at < 9_000 { "INIT" } else { "SUCCESS" }));
    assert!(run.reports.windows(2).all(|pair| pair[0].at_ms < pair[1].at_ms), "{:?}", run.reports);
    // One when it begins, and one for each wait.
    assert_eq!(run.reports.len(), 1 + run.sleeps.len());
}

#[test]
fn a_last_look_may_take_a_tenth_of_the_whole_within_bounds() {
    for (timeout_ms, look_ms) in
        [(2_000, 1_000), (10_010, 1_001), (30_000, 3_000), (50_010, 5_000), (600_000, 5_000)]
    {
        let short = config("waitForJob", &json!({ "timeoutMs": timeout_ms }));
        let run = play(&short, |_, _| task("RUNNING"));
        let last = run.requests.last().map(|(at_ms, exchange)| (*at_ms, exchange.timeout_ms));
        assert_eq!(last, Some((timeout_ms, look_ms)));
        assert_eq!(run.ended_ms, timeout_ms + LATENCY_MS);
    }
    let impatient = config("waitForJob", &json!({ "timeoutMs": 30_000, "attemptTimeoutMs": 700 }));
    let run = play(&impatient, |_, _| task("RUNNING"));
    assert_eq!(run.requests.last().map(|(_, exchange)| exchange.timeout_ms), Some(700));
}

#[test]
fn a_failure_in_short_has_the_beginning_of_a_text() {
    let message = |answer| {
        let run = play_all(&config("getJob", &json!({ "retry": false })), [answer]);
        run.outcome.unwrap_err().failure().message
    };
    assert_eq!(message(replied(503, "<html>busy")), "<html>busy");
    assert_eq!(message(service_error(503, "Common.1503")), "text");
    assert!(message(lost()).starts_with("no reply: "));
    let long = |text: &str| text.repeat(5_000);
    assert_eq!(message(replied(503, &long("a"))), "a".repeat(4_096));
    // Whole characters.
    assert_eq!(message(replied(503, &long("磁"))), "磁".repeat(1_365));
}
