//! The browser shell in a browser: an operation, driven as the loader drives it, against stand-ins for `fetch`.
#![cfg(all(target_arch = "wasm32", feature = "web"))]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests")]

#[path = "support/flat.rs"]
mod flat;
#[path = "support/vectors.rs"]
mod vectors;

use ecs_detach_volume::{Event, Operation, Turn};
use flat::flat;
use js_sys::{Function, JSON, Reflect};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::RequestInit;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = "export const js = (source) => (0, eval)(`(${source})`);")]
extern "C" {
    /// The value of an expression.
    fn js(source: &str) -> JsValue;
}

const DATE: &str = "20191115T033655Z";
const SEND: u32 = Turn::Send as u32;
const SLEEP: u32 = Turn::Sleep as u32;
const END: u32 = Turn::End as u32;
const FAIL: u32 = Turn::Fail as u32;

fn options() -> Value {
    json!({ "endpoint": "https://ecs.example.com", "projectId": "p", "serverId": "s", "volumeId": "v" })
}

fn options_with(name: &str, value: Value) -> Value {
    let mut options = options();
    options[name] = value;
    options
}

fn operation(function: &str, options: &Value) -> Operation {
    Operation::new(function, flat(options), 7)
}

/// What a step tells the loader.
fn step(operation: &mut Operation, event: Event, reply: &Value) -> Value {
    let told = operation.step(event, 0, &flat(reply));
    let text: String = JSON::stringify(&told).unwrap().into();
    serde_json::from_str(&text).unwrap()
}

fn begin(operation: &mut Operation) -> Value {
    step(operation, Event::Start, &json!(null))
}

fn reply(status: u16, body: &str) -> Value {
    json!([status, null, null, null, body])
}

/// What the first request of a function leads to, with a certain reply.
fn outcome(function: &str, options: &Value, reply: &Value) -> Value {
    let mut operation = operation(function, options);
    assert_eq!(begin(&mut operation)[0], json!(SEND));
    step(&mut operation, Event::Reply, reply)
}

/// Looks at what `fetch` was called with, through an expression over `url`, `init` and `self`.
fn sent(options: &Value, expression: &str) -> Value {
    let fetch = js(&format!(
        "function (url, init) {{ 'use strict'; const self = this; return JSON.stringify({expression}); }}"
    ));
    let mut operation = operation("detachVolume", options);
    begin(&mut operation);
    let init: RequestInit = js("{ cache: 'no-store' }").unchecked_into();
    let found = operation.send(fetch.unchecked_ref::<Function>(), &init, DATE, None).unwrap();
    serde_json::from_str(&found.as_string().unwrap()).unwrap()
}

#[wasm_bindgen_test]
fn an_accepted_task_ends_the_call_with_its_id() {
    assert_eq!(
        outcome("detachVolume", &options(), &reply(200, r#"{"job_id":"ff8080"}"#)),
        json!([END, "ff8080", false])
    );
}

#[wasm_bindgen_test]
fn the_deadline_is_the_caller_s_or_a_minute() {
    for (options, timeout_ms) in [(options(), 60_000), (options_with("attemptTimeoutMs", json!(7)), 7)] {
        let told = begin(&mut operation("detachVolume", &options));
        assert_eq!(told, json!([SEND, timeout_ms, false, null, false, null]));
    }
}

#[wasm_bindgen_test]
fn fetch_is_called_bare_with_what_the_loader_prepared_and_no_body() {
    let found = sent(&options(), "[self === undefined, url, Object.keys(init).sort(), init.method]");
    let url = "https://ecs.example.com/v1/p/cloudservers/s/detachvolume/v?delete_flag=0";
    assert_eq!(found, json!([true, url, ["cache", "headers", "method"], "DELETE"]));
}

#[wasm_bindgen_test]
fn headers_are_the_caller_s_the_language_and_the_token() {
    let mut options = options_with("headers", json!({ "X-Csrf": "c", "X-Latin": "é" }));
    options["language"] = json!("zh-cn");
    options["auth"] = json!({ "token": "t" });
    let expected = json!({ "x-csrf": "c", "x-latin": "é", "x-language": "zh-cn", "x-auth-token": "t" });
    assert_eq!(sent(&options, "Object.fromEntries(init.headers)"), expected);
}

#[wasm_bindgen_test]
fn the_published_signatures_agree_in_a_browser() {
    vectors::check_vectors();
}

#[wasm_bindgen_test]
fn a_browser_sends_all_that_was_signed() {
    let mut options =
        options_with("auth", json!({ "accessKey": "a", "secretKey": "s", "securityToken": "t" }));
    options["headers"] = json!({ "X-Csrf": "c" });
    // What a browser drops from a request is not in its headers.
    let found = sent(&options, "Object.fromEntries(new Request(url, init).headers)");
    let authorization = found["authorization"].as_str().unwrap();
    let (head, signature) = authorization.split_once(", Signature=").unwrap();
    assert_eq!(head, "SDK-HMAC-SHA256 Access=a, SignedHeaders=host;x-project-id;x-sdk-date;x-security-token");
    assert_eq!(signature.len(), 64);
    for (name, value) in
        [("x-project-id", "p"), ("x-sdk-date", DATE), ("x-security-token", "t"), ("x-csrf", "c")]
    {
        assert_eq!(found[name], value);
    }
    assert_eq!(found.as_object().unwrap().len(), 5);
}

#[wasm_bindgen_test]
fn credentials_of_a_function_are_taken_for_the_next_request_or_refused() {
    let mut operation = operation("detachVolume", &options_with("auth", json!(["a function"])));
    begin(&mut operation);
    let fetch = js("(url, { headers }) => headers.get('x-auth-token')");
    let init: RequestInit = js("{}").unchecked_into();
    let mut send =
        |auth: Value| operation.send(fetch.unchecked_ref::<Function>(), &init, DATE, Some(flat(&auth)));
    let flaw = send(json!({ "token": "two words" })).unwrap_err().as_string().unwrap();
    assert!(flaw.starts_with("option \"auth.token\" must be"), "{flaw}");
    assert_eq!(Reflect::own_keys(&init).unwrap().length(), 0, "nothing was sent");
    assert_eq!(send(json!({ "token": "t" })), Ok("t".into()));
}

#[wasm_bindgen_test]
fn what_fetch_throws_passes_through() {
    let mut operation = operation("detachVolume", &options());
    begin(&mut operation);
    let init: RequestInit = js("{}").unchecked_into();
    let thrown =
        operation.send(js("() => { throw 'thrown' }").unchecked_ref::<Function>(), &init, DATE, None);
    assert_eq!(thrown, Err("thrown".into()));
}

#[wasm_bindgen_test]
fn an_operation_that_has_not_begun_sends_nothing() {
    let init: RequestInit = js("{}").unchecked_into();
    let fetch = js("() => { throw 1 }");
    let sent =
        operation("detachVolume", &options()).send(fetch.unchecked_ref::<Function>(), &init, DATE, None);
    assert_eq!(sent, Ok(JsValue::UNDEFINED));
    assert!(Reflect::own_keys(&init).unwrap().length() == 0);
}

#[wasm_bindgen_test]
fn what_happened_is_told_apart() {
    for (event, kind) in [
        (Event::NoReply, "network"),
        (Event::NotAResponse, "network"),
        (Event::NoCredentials, "auth"),
        (Event::TimedOut, "timeout"),
        (Event::Aborted, "aborted"),
    ] {
        let mut operation = operation("detachVolume", &options());
        begin(&mut operation);
        let told = step(&mut operation, event, &json!(null));
        assert_eq!((&told[0], &told[1][0]), (&json!(FAIL), &json!(kind)));
        assert_eq!(told[1][2], json!(kind != "auth"), "{told}");
    }
}

#[wasm_bindgen_test]
fn an_error_in_the_options_comes_first_and_names_the_option() {
    for event in [Event::Start, Event::Aborted] {
        let mut operation = operation("detachVolume", &options_with("force", json!("yes")));
        let told = step(&mut operation, event, &json!(null));
        let reason = "option \"force\" must be true or false, got another string";
        assert_eq!(told, json!([FAIL, ["options", reason, false, 0, null, "force", null], false]));
    }
}

#[wasm_bindgen_test]
fn what_a_reply_holds_reaches_the_loader() {
    let body = r#"{"error":{"code":"Ecs.0005","message":"m","details":[{"code":"Ecs.0057"}]}}"#;
    let mut answered = reply(400, body);
    answered[1] = json!("r");
    answered[2] = json!(5000);
    let told = outcome("detachVolume", &options_with("retry", json!(false)), &answered);
    let answer = json!([400, 5000, [["Ecs.0057", null]], "Ecs.0057", "Ecs.0005", "m", "r", null, null]);
    assert_eq!(told, json!([FAIL, ["api", "", false, 1, null, null, answer], false]));
}

#[wasm_bindgen_test]
fn a_reply_without_its_end_is_judged_by_its_status() {
    for (event, status, kind) in [
        (Event::LongReply, 200, "decode"),
        (Event::BrokenReply, 200, "decode"),
        (Event::BrokenReply, 403, "forbidden"),
    ] {
        let mut operation = operation("detachVolume", &options());
        begin(&mut operation);
        let told = step(&mut operation, event, &reply(status, r#"{"job_id":"1"}"#));
        assert_eq!((&told[1][0], &told[1][2]), (&json!(kind), &json!(true)), "{told}");
    }
}

#[wasm_bindgen_test]
fn a_call_that_waits_tells_how_far_it_is_and_which_reply_to_keep() {
    let mut operation = operation("waitForJob", &options_with("jobId", json!("j")));
    assert_eq!(begin(&mut operation)[0], json!(SLEEP));
    assert_eq!(step(&mut operation, Event::Slept, &json!(null))[3], json!(["waiting", "j", null, 0, 1, 0]));
    let told = step(&mut operation, Event::Reply, &reply(200, r#"{"status":"RUNNING"}"#));
    assert_eq!((&told[0], &told[2]), (&json!(SLEEP), &json!(false)));
    assert_eq!(told[3], json!(["waiting", "j", "RUNNING", 1, 1, 0]));
    step(&mut operation, Event::Slept, &json!(null));
    let told = step(&mut operation, Event::Reply, &reply(200, r#"{"status":"SUCCESS"}"#));
    assert_eq!(told, json!([END, null, true]));
}

#[wasm_bindgen_test]
fn the_disks_of_a_server_are_told_as_flags() {
    let disks = r#"{"volumeAttachments":[{"id":"a","bootIndex":0},{"id":"b","bootIndex":-1}]}"#;
    assert_eq!(outcome("listAttachments", &options(), &reply(200, disks)), json!([END, [true, false], true]));
    let disk = r#"{"volumeAttachment":{"id":"a","bootIndex":0}}"#;
    assert_eq!(outcome("getAttachment", &options(), &reply(200, disk)), json!([END, true, true]));
}
