//! What `detachVolume` does, whatever happens: it ends when the service has accepted the task, or with an error that says
//! whether the service may have. And that nothing secret shows in anything that is said.
#![expect(clippy::panic, reason = "helpers of tests")]

mod support;

use ecs_detach_volume::core::config::Config;
use ecs_detach_volume::core::error::{Effect, Error, ErrorKind, RequestIds};
use ecs_detach_volume::core::http::{Method, SendError};
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::outcome::{Accepted, Outcome};
use ecs_detach_volume::core::pace::Shared;
use ecs_detach_volume::core::turn::{Context, Input};
use serde_json::json;
use support::options::first_call;
use support::{
    Answer, DELETE, Run, accepted, config, lost, play_all, play_until_wait, play_with, replied,
    service_error, throttled,
};

fn detaching() -> Config {
    config("detachVolume", &json!({}))
}

/// No request is sent again.
fn once() -> Config {
    config("detachVolume", &json!({ "retry": false }))
}

#[track_caller]
fn assert_accepted(run: &Run) {
    match &run.outcome {
        Ok(Outcome::Accepted(accepted)) => assert_eq!(accepted.job_id, "ff8080"),
        other => panic!("{other:?}"),
    }
}

fn said(error: &Error) -> (ErrorKind, Effect, u32) {
    (error.kind, error.effect, error.course.attempts)
}

#[test]
fn a_call_is_one_delete() {
    let run = play_all(&detaching(), [accepted()]);
    assert_accepted(&run);
    assert_eq!((run.paths(), run.deletes()), (vec![DELETE], 1));
    assert_eq!(run.requests[0].1.call.method, Method::Delete);
    assert!(run.reports.is_empty(), "it ends with its first request");
}

#[test]
fn force_is_sent_under_its_name_on_the_wire() {
    let call = first_call(&config("detachVolume", &json!({ "force": true })));
    assert_eq!((call.method, call.path), (Method::Delete, DELETE.replace("flag=0", "flag=1")));
}

#[test]
fn the_ids_that_support_asks_for_are_told() {
    let ids = |id: &str| RequestIds { last: Some(id.into()), detach: Some(id.into()) };
    let run = play_all(&detaching(), [throttled().request_id("one"), accepted().request_id("two")]);
    let expected = Accepted { job_id: "ff8080".into(), ids: ids("two") };
    assert_eq!(run.outcome, Ok(Outcome::Accepted(expected)));

    let refused = service_error(400, "Ecs.0100").request_id("three");
    let error = play_all(&detaching(), [throttled().request_id("one"), refused]).failed(ErrorKind::Conflict);
    assert_eq!(error.course.ids, ids("three"));
    assert_eq!(error.course.last_failure, Some(error.failure()));
    assert_eq!(error.answer.unwrap().request_id.as_deref(), Some("three"));

    // The body tells it, where no header does.
    let body = r#"{"error_code":"APIGW.0106","error_msg":"text","request_id":"four"}"#;
    let error = play_all(&once(), [replied(400, body)]).failed(ErrorKind::Api);
    assert_eq!(error.course.ids, ids("four"));
}

#[test]
fn every_end_after_sending_says_whether_the_detachment_may_have_started() {
    use Effect::{None, Possible};
    let table = [
        ("no reply", lost(), ErrorKind::Network, Possible),
        ("a reply that is none", Answer::Lost(SendError::NotAResponse), ErrorKind::Network, Possible),
        ("a deadline", Answer::Hangs, ErrorKind::Timeout, Possible),
        ("an abort", Answer::Aborts, ErrorKind::Aborted, Possible),
        ("a blank job id", replied(200, r#"{"job_id":""}"#), ErrorKind::Decode, Possible),
        ("a job id that is a path", replied(200, r#"{"job_id":"../../x"}"#), ErrorKind::Decode, Possible),
        ("an empty body", replied(202, ""), ErrorKind::Decode, Possible),
        ("a proxy's HTML", replied(502, "<html>"), ErrorKind::Api, Possible),
        ("a gateway that gave up", replied(504, ""), ErrorKind::Api, Possible),
        ("a request that took too long", replied(408, ""), ErrorKind::Api, Possible),
        ("a failure behind the API", service_error(400, "Ecs.1002"), ErrorKind::Api, Possible),
        ("no attachment", service_error(400, "Ecs.0111"), ErrorKind::NotAttached, Possible),
        ("a busy server", service_error(501, "Ecs.0603"), ErrorKind::Conflict, Possible),
        ("a wrong state", service_error(400, "Ecs.0100"), ErrorKind::Conflict, None),
        ("no server", service_error(404, "Ecs.0114"), ErrorKind::NotFound, None),
        ("an old token", service_error(401, "Common.0013"), ErrorKind::Auth, None),
        ("no permission", service_error(401, "EPS.0003"), ErrorKind::Forbidden, None),
        ("throttling", service_error(202, "Common.0024"), ErrorKind::Throttled, None),
        ("a bad request", service_error(400, "Ecs.0005"), ErrorKind::Api, None),
    ];
    for (name, answer, kind, effect) in table {
        let run = play_all(&once(), [answer]);
        assert_eq!(run.deletes(), 1, "{name}");
        let error = run.failed(kind);
        assert_eq!((error.effect, error.course.attempts), (effect, 1), "{name}: {}", error.reason);
    }
}

#[test]
fn what_never_left_has_no_effect() {
    let table = [
        (SendError::NoCredentials, ErrorKind::Auth, None),
        (SendError::NoPage, ErrorKind::Options, Some("endpoint")),
    ];
    for (reason, kind, option) in table {
        let error = play_all(&detaching(), [Answer::Unsent(reason)]).failed(kind);
        assert_eq!((error.effect, error.course.attempts), (Effect::None, 0));
        assert_eq!(error.option.as_deref(), option);
    }
}

#[test]
fn a_throttled_request_is_sent_again_after_a_wait() {
    let refusals =
        [throttled(), service_error(202, "Common.0024"), service_error(503, "Common.1503"), replied(429, "")];
    for refusal in refusals {
        let run = play_all(&detaching(), [refusal, accepted()]);
        assert_accepted(&run);
        assert!((1..=500).contains(&run.sleeps[0].1), "{:?}", run.sleeps);
    }
}

#[test]
fn a_wait_is_as_long_as_the_server_asks() {
    let run = play_all(&detaching(), [throttled().retry_after_ms(9_000), accepted()]);
    assert_eq!(run.waits(), [9_000]);
}

#[test]
fn a_wait_that_would_not_end_in_time_is_not_begun() {
    for asked_ms in [120_000, 3_600_000, u32::MAX] {
        let run = play_all(&detaching(), [throttled().retry_after_ms(asked_ms)]);
        assert_eq!(run.sleeps, []);
        let error = run.failed(ErrorKind::Throttled);
        assert_eq!(said(&error), (ErrorKind::Throttled, Effect::None, 1));
        assert_eq!(error.hint().ms(), Some(asked_ms));
    }
}

#[test]
fn attempts_are_counted_and_bounded() {
    let run = play_all(&detaching(), [throttled(); 4]);
    assert_eq!(run.sleeps.len(), 3);
    assert_eq!(said(&run.failed(ErrorKind::Throttled)), (ErrorKind::Throttled, Effect::None, 4));
    let error = play_all(&once(), [throttled()]).failed(ErrorKind::Throttled);
    assert_eq!(error.course.attempts, 1);
}

#[test]
fn nothing_else_is_repeated() {
    for answer in [
        lost(),
        Answer::Hangs,
        Answer::Lost(SendError::NotAResponse),
        replied(500, ""),
        replied(502, "<html>"),
        replied(503, ""),
        replied(504, ""),
        replied(200, ""),
        service_error(401, "APIGW.0301"),
        service_error(501, "Ecs.0603"),
    ] {
        let error = play_all(&detaching(), [answer]).outcome.unwrap_err();
        assert_eq!(error.course.attempts, 1, "{error:?}");
    }
}

#[test]
fn an_exchange_gets_no_more_time_than_is_left() {
    let short = config("detachVolume", &json!({ "timeoutMs": 60_000 }));
    let run = play_all(&short, [throttled().retry_after_ms(50_000), accepted()]);
    let timeouts: Vec<_> = run.requests.iter().map(|(_, exchange)| exchange.timeout_ms).collect();
    assert_eq!(timeouts, [60_000, 60_000 - 50_000 - support::LATENCY_MS]);
    let shorter = config("detachVolume", &json!({ "attemptTimeoutMs": 700 }));
    assert_eq!(play_all(&shorter, [accepted()]).requests[0].1.timeout_ms, 700);
}

#[test]
fn a_wait_that_ends_too_late_ends_the_call_before_sending() {
    let run = play_with(&detaching(), |_, _| throttled().retry_after_ms(9_000), |_| 200_000);
    let error = run.failed(ErrorKind::Timeout);
    assert_eq!(said(&error), (ErrorKind::Timeout, Effect::None, 1));
    // What kept it waiting is not lost.
    assert_eq!(error.course.last_failure.unwrap().kind, ErrorKind::Throttled);
}

#[test]
fn an_abort_while_nothing_is_under_way_has_no_effect() {
    let error = play_until_wait(&detaching(), [throttled()]).failed(ErrorKind::Aborted);
    assert_eq!(said(&error), (ErrorKind::Aborted, Effect::None, 1));

    let config = detaching();
    let mut context = Context { config: &config, shared: &mut { Shared::ALONE }, now_ms: 0 };
    let Step::Done(Err(error)) = Operation::new(&config, 7).step(&mut context, Input::Aborted) else {
        panic!("it goes on")
    };
    assert_eq!(said(&error), (ErrorKind::Aborted, Effect::None, 0));
}

#[test]
fn a_call_that_goes_on_with_a_task_knows_it_before_it_begins() {
    let config = config("detachVolumeAndWait", &json!({ "jobId": "ff8080" }));
    let mut context = Context { config: &config, shared: &mut { Shared::ALONE }, now_ms: 0 };
    let Step::Done(Err(error)) = Operation::new(&config, 7).step(&mut context, Input::Aborted) else {
        panic!("it goes on")
    };
    assert_eq!(said(&error), (ErrorKind::Aborted, Effect::Possible, 0));
    assert_eq!(error.course.job_id.as_deref(), Some("ff8080"));
}

#[test]
fn an_error_without_a_reply_carries_no_answer() {
    for answer in [lost(), Answer::Lost(SendError::NotAResponse), Answer::Hangs, Answer::Aborts] {
        let error = play_all(&once(), [answer]).outcome.unwrap_err();
        assert_eq!((&error.answer, &error.option), (&None, &None));
        assert!(!error.reason.is_empty());
    }
}

const SECRETS: [&str; 3] = ["marker-of-the-token", "marker-of-the-cookie", "marker of the header"];

#[track_caller]
fn assert_clean(shown: &str) {
    assert!(!shown.contains("marker"), "{shown}");
}

#[test]
fn debug_output_shows_no_secret() {
    let options = json!({
        "auth": { "token": SECRETS[0] },
        "headers": { "X-Csrf": SECRETS[1], "X-Session": SECRETS[2] },
        "language": "zh-cn",
    });
    let config = config("detachVolume", &options);
    let call = first_call(&config);
    let request = config.connection.request(&call, None, "");
    assert_clean(&format!("{config:?} {request:?} {call:?} {:?}", Operation::new(&config, 7)));
    let sent: Vec<_> = request.headers.iter().map(|header| header.value.expose()).collect();
    assert_eq!(sent, [SECRETS[1], SECRETS[2], "zh-cn", SECRETS[0]]);
}
