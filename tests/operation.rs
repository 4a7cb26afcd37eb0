//! What the detachment does next, whatever happens; and that nothing secret shows in anything it says.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use ecs_detach_volume::core::api::{DetachTarget, detach_call, parse_accepted};
use ecs_detach_volume::core::connection::Connection;
use ecs_detach_volume::core::error::{Error, ErrorKind};
use ecs_detach_volume::core::http::{BodyEnd, Call, HttpResponse, Method, SendError};
use ecs_detach_volume::core::ids::Id;
use ecs_detach_volume::core::json::Json;
use ecs_detach_volume::core::operation::{DetachOperation, Input, Output, Step};
use ecs_detach_volume::core::options::{DetachOptions, parse_detach};
use ecs_detach_volume::core::retry::{Limits, RetryPolicy};
use serde_json::{Value, json};

fn target(force: bool) -> DetachTarget<'static> {
    let id = |text| Id::parse(text).unwrap();
    DetachTarget { project_id: id("p"), server_id: id("s"), volume_id: id("v"), force }
}

fn reply(status: u16, body: &str) -> HttpResponse {
    HttpResponse { status, headers: Vec::new(), body: body.to_owned(), end: BodyEnd::Complete }
}

fn replied(status: u16, body: &str) -> Input {
    Input::Reply(Ok(reply(status, body)))
}

fn service_error(status: u16, code: &str) -> Input {
    replied(status, &json!({ "error": { "message": "text", "code": code } }).to_string())
}

fn limits() -> Limits {
    let retry = RetryPolicy { max_attempts: 4, base_delay_ms: 500, max_delay_ms: 20_000 };
    Limits { attempt_timeout_ms: 60_000, timeout_ms: 120_000, retry }
}

fn once() -> Limits {
    let retry = RetryPolicy { max_attempts: 1, ..limits().retry };
    Limits { retry, ..limits() }
}

/// What an operation did: the calls that it asked for and when, its waits, and its end.
struct Run {
    calls: Vec<(u32, Call)>,
    timeouts: Vec<u32>,
    sleeps: Vec<u32>,
    outcome: Result<String, Error>,
}

/// Steps an operation through all inputs, each so many milliseconds after what was asked for; a `Slept` comes when the
/// wait is over. An input beyond the end, and an end that does not come, fail the test.
fn play(limits: &Limits, inputs: impl IntoIterator<Item = (u32, Input)>) -> Run {
    let mut run = Run { calls: vec![], timeouts: vec![], sleeps: vec![], outcome: Ok(String::new()) };
    let mut operation = DetachOperation::new(7);
    let mut inputs = inputs.into_iter();
    let mut now = 0;
    while let Some((latency, input)) = inputs.next() {
        now += latency;
        match operation.step(&target(false), limits, now, input) {
            Step::Next { operation: next, output } => {
                operation = next;
                match output {
                    Output::Send { call, timeout_ms } => {
                        run.calls.push((now, call));
                        run.timeouts.push(timeout_ms);
                    }
                    Output::Sleep(delay) => {
                        run.sleeps.push(delay);
                        now += delay;
                    }
                }
            }
            Step::Done(outcome) => {
                assert!(inputs.next().is_none(), "the operation has ended early: {outcome:?}");
                run.outcome = outcome;
                return run;
            }
        }
    }
    panic!("the operation has not ended")
}

fn run(inputs: impl IntoIterator<Item = Input>) -> (Vec<Call>, Result<String, Error>) {
    let run = play(&once(), inputs.into_iter().map(|input| (0, input)));
    (run.calls.into_iter().map(|(_, call)| call).collect(), run.outcome)
}

fn throttled() -> Input {
    service_error(429, "APIGW.0308")
}

fn throttled_until(header: &'static str, value: &str) -> Input {
    let headers = vec![(header, value.to_owned())];
    Input::Reply(Ok(HttpResponse { headers, ..reply(429, "") }))
}

fn accepted() -> Input {
    replied(200, r#"{"job_id":"ff8080"}"#)
}

const SECRETS: [&str; 3] = ["marker-of-the-token", "marker-of-the-cookie", "marker of the header"];

fn options_with_secrets() -> Json {
    let options = json!({
        "endpoint": "https://ecs.example.com",
        "projectId": "p",
        "serverId": "s",
        "volumeId": "v",
        "auth": { "token": SECRETS[0] },
        "headers": { "X-Csrf": SECRETS[1], "X-Session": SECRETS[2] },
        "language": "zh-cn",
    });
    Json::parse(&options.to_string()).unwrap()
}

fn error_behind_mask(connection: &Connection<'_>, reply: &HttpResponse) -> Error {
    let mut error = parse_accepted(reply).unwrap_err();
    error.for_each_text(|text| connection.mask(text));
    error
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
    assert_eq!(outcome, Ok("ff8080".to_owned()));
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
            error.message()
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
        assert_eq!(run.outcome, Ok("ff8080".to_owned()));
        assert_eq!(run.calls.len(), 2);
        assert!((1..=500).contains(&run.sleeps[0]), "{:?}", run.sleeps);
    }
}

#[test]
fn a_wait_is_as_long_as_the_server_asks() {
    let inputs =
        [(0, Input::Start), (30, throttled_until("retry-after", "9")), (0, Input::Slept), (0, accepted())];
    assert_eq!(play(&limits(), inputs).sleeps, [9000]);
}

#[test]
fn a_wait_that_would_not_end_in_time_is_not_begun() {
    let run = play(&limits(), [(0, Input::Start), (30, throttled_until("retry-after", "120"))]);
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
    let inputs = [
        (0, Input::Start),
        (59_000, throttled_until("retry-after", "50")),
        (0, Input::Slept),
        (0, accepted()),
    ];
    assert_eq!(play(&limits(), inputs).timeouts, [60_000, 11_000]);
}

#[test]
fn a_wait_that_ends_too_late_ends_the_operation_before_sending() {
    let inputs = [(0, Input::Start), (0, throttled_until("retry-after", "9")), (200_000, Input::Slept)];
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
        assert!(!error.message().is_empty());
    }
}

#[test]
fn debug_output_shows_no_secret() {
    let options = options_with_secrets();
    let DetachOptions { connection, target, .. } = parse_detach(&options).unwrap();
    let request = connection.request(&detach_call(&target));
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
        let json = Json::parse(&options.to_string()).unwrap();
        let error = parse_detach(&json).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Options, "{name}");
        assert_clean(&format!("{error:?}"));
    }
}

#[test]
fn what_a_server_echoes_is_blacked_out_wherever_an_error_shows_it() {
    let echo = SECRETS.join(" ");
    let text = |value: Value| reply(400, &value.to_string());
    let echoes = [
        text(
            json!({ "error": { "message": echo, "code": echo, "details": [{ "code": echo, "message": echo }] } }),
        ),
        text(json!({ "error_msg": echo, "error_code": "APIGW.0301", "request_id": echo })),
        text(json!({ "error": { "message": json!({ "itemNotFound": { "message": echo } }).to_string() } })),
        text(json!({ "itemNotFound": { "message": echo } })),
        text(json!({ echo.clone(): { "message": "fault" } })),
        reply(502, &format!("<html>{echo}</html>")),
        reply(200, &format!("<html>{echo}</html>")),
        HttpResponse { headers: vec![("x-request-id", echo)], ..reply(500, "") },
    ];
    let options = options_with_secrets();
    let DetachOptions { connection, .. } = parse_detach(&options).unwrap();
    for echo in echoes {
        let error = error_behind_mask(&connection, &echo);
        assert_clean(&format!("{error:?}"));
        assert!(format!("{error:?}").contains("*** *** ***"), "{error:?}");
    }
}

#[test]
fn a_mask_leaves_everything_else_alone() {
    let options = options_with_secrets();
    let DetachOptions { connection, .. } = parse_detach(&options).unwrap();
    let mut text = "the language zh-cn is fine; the token is marker-of-the-tok".to_owned();
    let before = text.clone();
    connection.mask(&mut text);
    assert_eq!(text, before);
}
