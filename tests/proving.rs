//! Proving who is calling again: other credentials, or the right time; each once in a row, and nothing else.
#![expect(clippy::panic, reason = "helpers of tests")]

mod support;

use ecs_detach_volume::core::config::Config;
use ecs_detach_volume::core::error::{Effect, ErrorKind};
use ecs_detach_volume::core::http::SendError;
use serde_json::{Value, json};
use support::{
    Answer, Run, accepted, answered, attached, config, gone, lost, play_all, replied, task, throttled,
};

/// What a request was to be proved with.
#[derive(Debug, PartialEq)]
struct Sent {
    is_renewal: bool,
    server_time: Option<String>,
}

const FIRST: Sent = Sent { is_renewal: false, server_time: None };
const RENEWED: Sent = Sent { is_renewal: true, server_time: None };

fn sent(run: &Run) -> Vec<Sent> {
    let sent = run.requests.iter().map(|(_, exchange)| Sent {
        is_renewal: exchange.is_renewal,
        server_time: exchange.server_time.clone(),
    });
    sent.collect()
}

/// The options of a function, with credentials that a function gives, or with a token.
fn with(function: &str, is_function: bool, more: &Value) -> Config {
    let mut options = more.clone();
    let auth = if is_function { json!({ "typeof": "function" }) } else { json!({ "token": "t" }) };
    options.as_object_mut().unwrap_or_else(|| panic!("{more}")).insert("auth".into(), auth);
    config(function, &options)
}

fn detaching(is_function: bool) -> Config {
    with("detachVolume", is_function, &json!({}))
}

fn refusal(code: &str, text: &str) -> Answer {
    answered(401, &json!({ "error_code": code, "error_msg": text }))
}

fn expired() -> Answer {
    let text = "signature expired, signature time:20211217T064303Z,server time:20211217T065804Z";
    refusal("APIGW.0301", text).signed()
}

#[track_caller]
fn assert_refused(run: Run, attempts: u32) {
    let error = run.failed(ErrorKind::Auth);
    assert_eq!((error.effect, error.course.attempts), (Effect::None, attempts));
}

#[test]
fn a_token_that_is_refused_is_renewed_once_where_a_function_gives_it() {
    let text = "Incorrect IAM authentication information: token expires, expires_at 2021-12-17";
    for refused in [
        refusal("APIGW.0307", "text"),
        refusal("APIG.0307", "text"),
        refusal("IAM.0066", "text"),
        refusal("Common.0013", "text"),
        refusal("APIGW.0301", text),
        replied(401, ""),
        replied(401, "<html>"),
        answered(401, &json!({ "error": { "code": "401", "message": "Unauthorized" } })),
    ] {
        let run = play_all(&detaching(true), [refused, accepted()]);
        assert_eq!((sent(&run), run.outcome.is_ok()), (vec![FIRST, RENEWED], true));
        assert_eq!(run.sleeps, []);
        assert_refused(play_all(&detaching(true), [refused, refused]), 2);
        assert_refused(play_all(&detaching(false), [refused]), 1);
        assert_refused(play_all(&config("detachVolume", &json!({})), [refused]), 1);
    }
}

#[test]
fn a_signature_is_made_anew_only_where_the_service_asks_for_other_keys() {
    for code in ["APIGW.0307", "APIC.0307", "IAM.0066", "Common.0013"] {
        let run = play_all(&detaching(true), [refusal(code, "text").signed(), accepted()]);
        assert_eq!(sent(&run), [FIRST, RENEWED], "{code}");
    }
    for code in ["APIGW.0301", "IAM.0062", "IAM.0061", "Ecs.0307"] {
        assert_refused(play_all(&detaching(true), [refusal(code, "verify aksk signature fail").signed()]), 1);
    }
    assert_refused(play_all(&detaching(true), [replied(401, "").signed()]), 1);
}

#[test]
fn no_other_refusal_asks_for_credentials() {
    for answer in
        [refusal("EPS.0003", "text"), replied(403, ""), answered(403, &json!({ "code": "IAM.0002" }))]
    {
        let run = play_all(&detaching(true), [answer]);
        assert_eq!(sent(&run), [FIRST]);
        run.failed(ErrorKind::Forbidden);
    }
}

#[test]
fn only_the_next_request_is_a_renewal_and_a_success_allows_another() {
    let page =
        |next: &str| replied(200, &format!(r#"{{"projects":[{{"id":"1"}}],"links":{{"next":{next}}}}}"#));
    let refused = refusal("APIGW.0307", "text");
    let asking = with("findProjects", true, &json!({}));
    let run = play_all(&asking, [refused, page("\"next\""), page("null")]);
    assert_eq!((sent(&run), run.outcome.is_ok()), (vec![FIRST, RENEWED, FIRST], true));
    let run = play_all(&asking, [refused, page("\"next\""), refused, page("null")]);
    assert_eq!((sent(&run), run.outcome.is_ok()), (vec![FIRST, RENEWED, FIRST, RENEWED], true));
    // Only a second refusal in a row is the end.
    let run = play_all(&asking, [refused, lost(), refused, page("null")]);
    assert_eq!((sent(&run), run.outcome.is_ok()), (vec![FIRST, RENEWED, FIRST, RENEWED], true));
    assert_refused(play_all(&asking, [refused, lost(), refused, refused]), 4);
}

#[test]
fn a_wait_goes_on_with_other_credentials() {
    let refused = refusal("APIGW.0301", "token expires");
    let script = [
        refused,
        attached(),
        refused,
        accepted(),
        refused,
        task("RUNNING"),
        refused,
        task("SUCCESS"),
        refused,
        gone(),
    ];
    let run = play_all(&with("detachVolumeAndWait", true, &json!({})), script);
    let renewals = run.requests.iter().filter(|(_, exchange)| exchange.is_renewal).count();
    assert_eq!(renewals, 5);
    assert_eq!(run.done().attempts, 2);
    let run = play_all(&with("waitForJob", true, &json!({})), [task("INIT"), refused, task("SUCCESS")]);
    assert_eq!(sent(&run), [FIRST, FIRST, RENEWED]);
}

#[test]
fn without_retry_a_refused_request_is_not_sent_again_but_a_wait_asks_anew() {
    let refused = refusal("APIGW.0307", "text");
    let once = json!({ "retry": false });
    assert_refused(play_all(&with("detachVolume", true, &once), [refused]), 1);
    assert_refused(play_all(&with("getJob", true, &once), [refused]), 1);
    assert_refused(play_all(&with("detachVolume", true, &once), [expired()]), 1);
    let run = play_all(&with("waitForJob", true, &once), [task("INIT"), refused, task("SUCCESS")]);
    assert_eq!((sent(&run), run.sleeps.len()), (vec![FIRST, FIRST, RENEWED], 2));
    let script = [attached(), accepted(), refused, task("SUCCESS"), gone()];
    let run = play_all(&with("detachVolumeAndWait", true, &once), script);
    assert_eq!((sent(&run), run.sleeps.len()), (vec![FIRST, FIRST, FIRST, RENEWED, FIRST], 2));
}

#[test]
fn a_clock_that_is_wrong_is_set_once() {
    let set = || Sent { is_renewal: false, server_time: Some("20211217T065804Z".to_owned()) };
    let run = play_all(&detaching(false), [expired(), accepted()]);
    assert_eq!((sent(&run), run.outcome.is_ok()), (vec![FIRST, set()], true));
    let run = play_all(&detaching(false), [expired(), expired()]);
    assert_eq!(sent(&run), [FIRST, set()]);
    assert_refused(run, 2);
    let run = play_all(&detaching(false), [expired(), throttled(), expired()]);
    assert_eq!(sent(&run), [FIRST, set(), FIRST]);
    assert_refused(run, 3);
    // A token has no time.
    let text = "signature expired,server time:20211217T065804Z";
    assert_refused(play_all(&detaching(false), [refusal("APIGW.0301", text)]), 1);
}

#[test]
fn where_the_text_has_no_time_the_date_of_the_reply_is_taken() {
    let date = "Fri, 17 Dec 2021 06:58:04 GMT";
    let run = play_all(
        &detaching(false),
        [refusal("APIGW.0301", "signature expired").signed().dated(date), accepted()],
    );
    assert_eq!(sent(&run).last().and_then(|sent| sent.server_time.as_deref()), Some(date));
    let refused = refusal("APIGW.0301", "verify aksk signature fail").signed().dated(date);
    assert_refused(play_all(&detaching(false), [refused]), 1);
}

#[test]
fn where_there_are_no_credentials_nothing_was_sent() {
    let unsent = Answer::Unsent(SendError::NoCredentials);
    assert_refused(play_all(&detaching(true), [unsent]), 0);
    assert_refused(play_all(&detaching(true), [refusal("APIGW.0307", "text"), unsent]), 1);
}
