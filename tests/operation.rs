//! What the detachment does next, whatever happens; and that nothing secret shows in anything it says.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod support;

use ecs_detach_volume::core::api::detach_call;
use ecs_detach_volume::core::error::{Error, ErrorKind};
use ecs_detach_volume::core::flat::Json;
use ecs_detach_volume::core::http::{Call, HttpResponse, Method, SendError};
use ecs_detach_volume::core::old_goal::Goal;
use ecs_detach_volume::core::options::{parse_connection, parse_options};
use ecs_detach_volume::core::outcome::Outcome;
use ecs_detach_volume::core::retry::Limits;
use ecs_detach_volume::core::turn::Input;
use serde_json::json;
use support::replies::written;
use support::{Run, limits, once, replied, reply, service_error, target};

/// Plays a detachment that ends with its acceptance.
fn play(limits: &Limits, inputs: impl IntoIterator<Item = (u32, Input<'static>)>) -> Run {
    support::play(Goal::Accepted(target(false)), limits, inputs)
}

fn accepted_task(job_id: &str) -> Result<Outcome, Box<Error>> {
    Ok(Outcome::Accepted(job_id.to_owned()))
}

fn run(inputs: impl IntoIterator<Item = Input<'static>>) -> (Vec<Call>, Result<Outcome, Box<Error>>) {
    let run = play(&once(), inputs.into_iter().map(|input| (0, input)));
    (run.calls.into_iter().map(|(_, call)| call).collect(), run.outcome)
}

fn throttled() -> Input<'static> {
    service_error(429, "APIGW.0308")
}

fn throttled_for(retry_after_ms: u32) -> Input<'static> {
    Input::Reply(Ok(HttpResponse { retry_after_ms: Some(retry_after_ms), ..reply(429, "") }))
}

fn accepted() -> Input<'static> {
    replied(200, r#"{"job_id":"ff8080"}"#)
}

const SECRETS: [&str; 3] = ["marker-of-the-token", "marker-of-the-cookie", "marker of the header"];

fn options_with_secrets() -> Json<'static> {
    let options = json!({
        "endpoint": "https://ecs.example.com",
        "projectId": "p",
        "serverId": "s",
        "volumeId": "v",
        "auth": { "token": SECRETS[0] },
        "headers": { "X-Csrf": SECRETS[1], "X-Session": SECRETS[2] },
        "language": "zh-cn",
    });
    written(&options)
}

#[track_caller]
fn assert_clean(shown: &str) {
    assert!(!shown.contains("marker"), "{shown}");
}

#[test]
fn an_operation_begins_with_one_delete() {
    let (calls, outcome) = run([Input::Start, replied(200, r#"{"job_id":"ff8080"}"#)]);
    let path = "/v1/p/cloudservers/s/detachvolume/v?delete_flag=0".to_owned();
    assert_eq!(calls, [Call { method: Method::Delete, path }]);
    assert_eq!(outcome, accepted_task("ff8080"));
}

#[test]
fn force_is_sent_under_its_name_on_the_wire() {
    let path = "/v1/p/cloudservers/s/detachvolume/v?delete_flag=1".to_owned();
    assert_eq!(detach_call(&target(true)), Call { method: Method::Delete, path });
}

#[test]
fn every_end_after_sending_says_whether_the_detachment_may_have_started() {
    let table = [
        ("no reply", Input::Reply(Err(SendError::NoReply)), ErrorKind::Network, true),
        ("a reply that is none", Input::Reply(Err(SendError::NotAResponse)), ErrorKind::Network, true),
        ("a deadline", Input::Reply(Err(SendError::TimedOut)), ErrorKind::Timeout, true),
        ("an abort", Input::Aborted, ErrorKind::Aborted, true),
        ("a blank job id", replied(200, r#"{"job_id":""}"#), ErrorKind::Decode, true),
        ("an empty body", replied(202, ""), ErrorKind::Decode, true),
        ("a proxy's HTML", replied(502, "<html>"), ErrorKind::Api, true),
        ("a gateway that gave up", replied(504, ""), ErrorKind::Api, true),
        ("a request that took too long", replied(408, ""), ErrorKind::Api, true),
        ("a failure behind the API", service_error(400, "Ecs.1002"), ErrorKind::Api, true),
        ("no attachment", service_error(400, "Ecs.0111"), ErrorKind::NotAttached, true),
        ("a busy server", service_error(501, "Ecs.0603"), ErrorKind::Conflict, true),
        ("a wrong state", service_error(400, "Ecs.0100"), ErrorKind::Conflict, false),
        ("no server", service_error(404, "Ecs.0114"), ErrorKind::NotFound, false),
        ("an old token", service_error(401, "Common.0013"), ErrorKind::Auth, false),
        ("no permission", service_error(401, "EPS.0003"), ErrorKind::Forbidden, false),
        ("throttling", service_error(202, "Common.0024"), ErrorKind::Throttled, false),
        ("a bad request", service_error(400, "Ecs.0005"), ErrorKind::Api, false),
    ];
    for (name, input, kind, may_have_started) in table {
        let (calls, outcome) = run([Input::Start, input]);
        let error = outcome.unwrap_err();
        assert_eq!(
            (error.kind, error.may_have_started),
            (kind, may_have_started),
            "{name}: {}",
            error.reason
        );
        assert_eq!(calls.len(), 1, "{name}");
    }
}

#[test]
fn a_throttled_request_is_sent_again_after_a_wait() {
    for refusal in
        [throttled(), service_error(202, "Common.0024"), service_error(503, "Common.1503"), replied(429, "")]
    {
        let run = play(&limits(), [(0, Input::Start), (30, refusal), (0, Input::Slept), (30, accepted())]);
        assert_eq!(run.outcome, accepted_task("ff8080"));
        assert_eq!(run.calls.len(), 2);
        assert!((1..=500).contains(&run.sleeps[0]), "{:?}", run.sleeps);
    }
}

#[test]
fn a_wait_is_as_long_as_the_server_asks() {
    let inputs = [(0, Input::Start), (30, throttled_for(9_000)), (0, Input::Slept), (0, accepted())];
    assert_eq!(play(&limits(), inputs).sleeps, [9000]);
}

#[test]
fn a_wait_that_would_not_end_in_time_is_not_begun() {
    let run = play(&limits(), [(0, Input::Start), (30, throttled_for(120_000))]);
    let error = run.outcome.unwrap_err();
    assert_eq!((error.kind, error.may_have_started, error.attempts), (ErrorKind::Throttled, false, 1));
    assert_eq!(error.answer.unwrap().hint.ms(), Some(120_000));
}

#[test]
fn attempts_are_counted_and_bounded() {
    let again = [(0, throttled()), (0, Input::Slept)];
    let inputs =
        [(0, Input::Start)].into_iter().chain(again.into_iter().cycle().take(6)).chain([(0, throttled())]);
    let run = play(&limits(), inputs);
    let error = run.outcome.unwrap_err();
    assert_eq!((error.kind, error.attempts, run.calls.len()), (ErrorKind::Throttled, 4, 4));
    assert_eq!(run.sleeps.len(), 3);
}

#[test]
fn without_retry_a_throttled_request_is_sent_once() {
    let run = play(&once(), [(0, Input::Start), (0, throttled())]);
    assert_eq!(run.outcome.unwrap_err().attempts, 1);
}

#[test]
fn nothing_else_is_repeated() {
    for input in [
        Input::Reply(Err(SendError::NoReply)),
        Input::Reply(Err(SendError::TimedOut)),
        Input::Reply(Err(SendError::NotAResponse)),
        replied(500, ""),
        replied(502, "<html>"),
        replied(503, ""),
        replied(504, ""),
        replied(200, ""),
        service_error(401, "APIGW.0301"),
        service_error(501, "Ecs.0603"),
    ] {
        let run = play(&limits(), [(0, Input::Start), (30, input)]);
        assert_eq!((run.calls.len(), run.outcome.unwrap_err().attempts), (1, 1));
    }
}

#[test]
fn an_exchange_gets_no_more_time_than_is_left() {
    let inputs = [(0, Input::Start), (59_000, throttled_for(50_000)), (0, Input::Slept), (0, accepted())];
    assert_eq!(play(&limits(), inputs).timeouts, [60_000, 11_000]);
}

#[test]
fn a_wait_that_ends_too_late_ends_the_operation_before_sending() {
    let inputs = [(0, Input::Start), (0, throttled_for(9_000)), (200_000, Input::Slept)];
    let run = play(&limits(), inputs);
    let error = run.outcome.unwrap_err();
    assert_eq!((error.kind, error.may_have_started, run.calls.len()), (ErrorKind::Timeout, false, 1));
}

#[test]
fn an_abort_while_waiting_has_no_effect() {
    let run = play(&limits(), [(0, Input::Start), (0, throttled()), (0, Input::Aborted)]);
    let error = run.outcome.unwrap_err();
    assert_eq!((error.kind, error.may_have_started, error.attempts), (ErrorKind::Aborted, false, 1));
}

#[test]
fn an_abort_before_sending_has_no_effect() {
    let (calls, outcome) = run([Input::Aborted]);
    let error = outcome.unwrap_err();
    assert_eq!((error.kind, error.may_have_started), (ErrorKind::Aborted, false));
    assert_eq!(calls, []);
}

#[test]
fn an_error_without_a_reply_carries_no_answer() {
    for input in [
        Input::Reply(Err(SendError::NoReply)),
        Input::Reply(Err(SendError::NotAResponse)),
        Input::Reply(Err(SendError::TimedOut)),
        Input::Aborted,
    ] {
        let error = run([Input::Start, input]).1.unwrap_err();
        assert_eq!((&error.answer, &error.option), (&None, &None));
        assert!(!error.reason.is_empty());
    }
}

#[test]
fn debug_output_shows_no_secret() {
    let connection = parse_connection("detachVolume", options_with_secrets()).unwrap();
    let request = connection.request(&detach_call(&target(false)), "");
    assert_clean(&format!("{connection:?} {request:?} {:?}", connection.auth));
    let sent: Vec<_> = request.headers.iter().map(|header| header.value.expose()).collect();
    assert_eq!(sent, [SECRETS[1], SECRETS[2], "zh-cn", SECRETS[0]]);
}

#[test]
fn wrong_options_are_described_without_repeating_them() {
    for (name, value) in [
        ("auth", json!("marker")),
        ("auth", json!({ "token": "marker with spaces" })),
        ("auth", json!({ "token": { "marker": "marker" } })),
        ("headers", json!("marker")),
        ("headers", json!({ "X-Csrf": "marker\n" })),
        ("headers", json!({ "X-Csrf": ("marker".repeat(9_000)) })),
        ("headers", json!({ "X-Auth-Token": "marker" })),
        ("headers", json!({ "Cookie": "marker" })),
        ("headers", json!({ "X-A": "marker", "x-a": "marker" })),
        ("endpoint", json!("https://marker:marker@host")),
        ("endpoint", json!("https://host/?marker")),
        ("projectId", json!("marker/marker")),
        ("language", json!("marker")),
        ("credentials", json!("marker")),
        ("force", json!("marker")),
        ("attemptTimeoutMs", json!("marker")),
    ] {
        let mut options = json!({ "endpoint": "/api", "projectId": "p", "serverId": "s", "volumeId": "v" });
        options[name] = value;
        let error = parse_options("detachVolume", written(&options)).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Options, "{name}");
        assert_clean(&format!("{error:?}"));
    }
}
