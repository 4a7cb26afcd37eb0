//! Proving who is calling again: other credentials, or the right time; each once, and nothing else.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/replies.rs"]
mod replies;

use ecs_detach_volume::core::error::{Error, ErrorKind};
use ecs_detach_volume::core::http::{HttpResponse, SendError};
use ecs_detach_volume::core::old_goal::Goal;
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::options::parse_options;
use ecs_detach_volume::core::outcome::Outcome;
use ecs_detach_volume::core::pace::Pace;
use ecs_detach_volume::core::turn::{Context, Input, Output};
use replies::{reply, written};
use serde_json::json;

/// What a request was to be proved with.
#[derive(Debug, PartialEq)]
struct Sent {
    is_renewal: bool,
    server_time: Option<String>,
}

const FIRST: Sent = Sent { is_renewal: false, server_time: None };
const RENEWED: Sent = Sent { is_renewal: true, server_time: None };

fn refusal(code: &str, text: &str) -> Input<'static> {
    Input::Reply(Ok(reply(401, &json!({ "error_code": code, "error_msg": text }).to_string())))
}

fn expired() -> Input<'static> {
    refusal("APIGW.0301", "signature expired, signature time:20211217T064303Z,server time:20211217T065804Z")
}

fn accepted() -> Input<'static> {
    Input::Reply(Ok(reply(200, r#"{"job_id":"1"}"#)))
}

/// Plays a detachment.
fn play(
    is_function: bool,
    inputs: impl IntoIterator<Item = Option<Input<'static>>>,
) -> (Vec<Sent>, Result<Outcome, Box<Error>>) {
    play_function("detachVolume", is_function, inputs)
}

/// Plays a function; an input that is `None` stands for a request that was not sent.
fn play_function(
    function: &str,
    is_function: bool,
    inputs: impl IntoIterator<Item = Option<Input<'static>>>,
) -> (Vec<Sent>, Result<Outcome, Box<Error>>) {
    let options = json!({
        "endpoint": "https://host",
        "iamEndpoint": "https://host",
        "projectId": "p",
        "serverId": "s",
        "volumeId": "v",
        "auth": if is_function { json!(["a function"]) } else { json!({ "token": "t" }) },
        "retry": false,
    });
    let options = parse_options(function, written(&options)).unwrap();
    let mut operation = Box::new(Operation::new(7));
    let mut pace = Pace::FREE;
    let mut sent = vec![];
    let mut inputs = [Some(Input::Start)].into_iter().chain(inputs);
    loop {
        let input = inputs.next().unwrap_or_else(|| panic!("it has not ended"));
        let input = input.unwrap_or_else(|| {
            operation.unsend();
            Input::Reply(Err(SendError::NoCredentials))
        });
        let mut context =
            Context { goal: &options.goal, limits: &options.limits, pace: &mut pace, now_ms: 0 };
        match operation.step(&mut context, input) {
            Step::Next { operation: next, output: Output::Send { is_renewal, server_time, .. }, .. } => {
                operation = next;
                sent.push(Sent { is_renewal, server_time });
            }
            Step::Next { .. } => panic!("it waits"),
            Step::Done { outcome, .. } => {
                assert!(inputs.next().is_none(), "it has ended early: {outcome:?}");
                return (sent, outcome);
            }
        }
    }
}

fn failure(outcome: Result<Outcome, Box<Error>>) -> (ErrorKind, bool, u32) {
    let error = outcome.unwrap_err();
    (error.kind, error.may_have_started, error.attempts)
}

#[test]
fn a_token_that_must_be_renewed_is_renewed_once_where_a_function_gives_it() {
    for code in ["APIGW.0307", "APIG.0307", "IAM.0066", "Common.0013"] {
        let (sent, outcome) = play(true, [Some(refusal(code, "text")), Some(accepted())]);
        assert_eq!((sent.as_slice(), outcome.is_ok()), ([FIRST, RENEWED].as_slice(), true), "{code}");
        let (sent, outcome) = play(true, [Some(refusal(code, "text")), Some(refusal(code, "text"))]);
        assert_eq!((sent.len(), failure(outcome)), (2, (ErrorKind::Auth, false, 2)), "{code}");
        let (sent, outcome) = play(false, [Some(refusal(code, "text"))]);
        assert_eq!((sent.len(), failure(outcome)), (1, (ErrorKind::Auth, false, 1)), "{code}");
    }
}

#[test]
fn only_the_next_request_is_a_renewal() {
    let page = |next: &str| {
        let body = format!(r#"{{"projects":[{{"id":"1"}}],"links":{{"next":{next}}}}}"#);
        Some(Input::Reply(Ok(reply(200, &body))))
    };
    let inputs = [Some(refusal("APIGW.0307", "text")), page("\"next\""), page("null")];
    let (sent, outcome) = play_function("findProjects", true, inputs);
    assert_eq!((sent, outcome.is_ok()), (vec![FIRST, RENEWED, FIRST], true));
}

#[test]
fn no_other_refusal_is_worth_another_attempt() {
    for code in ["APIGW.0301", "IAM.0062", "IAM.0061", "EPS.0003", "Ecs.0307"] {
        let (sent, outcome) = play(true, [Some(refusal(code, "verify aksk signature fail"))]);
        assert_eq!((sent.len(), outcome.unwrap_err().attempts), (1, 1), "{code}");
    }
}

#[test]
fn a_clock_that_is_wrong_is_set_once() {
    let set = Sent { is_renewal: false, server_time: Some("20211217T065804Z".to_owned()) };
    let (sent, outcome) = play(false, [Some(expired()), Some(accepted())]);
    assert_eq!((sent, outcome.is_ok()), (vec![FIRST, set], true));
    let (sent, outcome) = play(false, [Some(expired()), Some(expired())]);
    assert_eq!((sent.len(), failure(outcome)), (2, (ErrorKind::Auth, false, 2)));
}

#[test]
fn where_the_text_has_no_time_the_date_of_the_reply_is_taken() {
    let date = "Fri, 17 Dec 2021 06:58:04 GMT";
    let with_date = |text: &str| {
        let body = json!({ "error_code": "APIGW.0301", "error_msg": text }).to_string();
        Some(Input::Reply(Ok(HttpResponse { date: Some(date), ..reply(401, &body) })))
    };
    let (sent, _) = play(false, [with_date("signature expired"), Some(accepted())]);
    assert_eq!(sent.last().and_then(|sent| sent.server_time.as_deref()), Some(date));
    let (sent, _) = play(false, [with_date("verify aksk signature fail")]);
    assert_eq!(sent.len(), 1);
}

#[test]
fn where_there_are_no_credentials_nothing_was_sent() {
    let (sent, outcome) = play(true, [None]);
    assert_eq!((sent.len(), failure(outcome)), (1, (ErrorKind::Auth, false, 0)));
    let (_, outcome) = play(true, [Some(refusal("APIGW.0307", "text")), None]);
    assert_eq!(failure(outcome), (ErrorKind::Auth, false, 1));
}

#[test]
fn projects_are_read_page_by_page() {
    let page = |id: &str, next: &str| {
        let body = format!(r#"{{"projects":[{{"id":"{id}"}}],"links":{{"next":{next},"previous":null}}}}"#);
        Input::Reply(Ok(reply(200, &body)))
    };
    let options = written(&json!({ "iamEndpoint": "/iam", "name": "a b" }));
    let options = parse_options("findProjects", options).unwrap();
    assert_eq!(options.goal, Goal::Projects(Some("a b")));
    let mut operation = Box::new(Operation::new(7));
    let mut pace = Pace::FREE;
    let mut paths = vec![];
    for input in [Input::Start, page("1", "\"https://next\""), page("2", "null")] {
        let mut context =
            Context { goal: &options.goal, limits: &options.limits, pace: &mut pace, now_ms: 0 };
        match operation.step(&mut context, input) {
            Step::Next { operation: next, output: Output::Send { call, .. }, keeps } => {
                assert_eq!(keeps, !paths.is_empty(), "every page is part of the result");
                operation = next;
                paths.push(call.path);
            }
            Step::Next { .. } => panic!("it waits"),
            Step::Done { outcome, keeps } => {
                assert_eq!((outcome, keeps), (Ok(Outcome::Projects), true));
                break;
            }
        }
    }
    assert_eq!(
        paths,
        ["/v3/projects?name=a%20b&page=1&per_page=1000", "/v3/projects?name=a%20b&page=2&per_page=1000"]
    );
}
