//! The browser shell in a browser: an operation, driven as the loader drives it, against stand-ins for `fetch`.
#![cfg(all(target_arch = "wasm32", feature = "web"))]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests")]

#[path = "support/vectors.rs"]
mod vectors;

use ecs_detach_volume::{Event, Operation};
use js_sys::{JSON, Object, Promise, Reflect};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::AbortSignal;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/pkg/loader/exchange.js")]
extern "C" {
    fn exchange(send: &JsValue, timeout_ms: u32, signal: &JsValue) -> Promise;
    fn sleep(ms: u32, signal: &JsValue) -> Promise;
}

#[wasm_bindgen(inline_js = "export const js = (source) => (0, eval)(`(${source})`);")]
extern "C" {
    /// The value of an expression.
    fn js(source: &str) -> JsValue;
}

const TYPES: &str = include_str!("../src/web/types.d.ts");
const ACCEPTED: &str = r#"() => Promise.resolve(new Response('{"job_id":"ff8080"}'))"#;
const NEVER: &str = "() => new Promise(() => {})";

/// The member at the end of a path such as `error.kind`; `undefined` where there is none.
fn get(object: &JsValue, path: &str) -> JsValue {
    let step =
        |object: JsValue, name: &str| Reflect::get(&object, &name.into()).unwrap_or(JsValue::UNDEFINED);
    path.split('.').fold(object.clone(), step)
}

fn text(object: &JsValue, path: &str) -> String {
    get(object, path).as_string().unwrap_or_else(|| panic!("{path} is no text in {object:?}"))
}

fn keys(object: &JsValue) -> Vec<String> {
    let mut keys: Vec<_> =
        Object::keys(object.unchecked_ref::<Object>()).iter().filter_map(|key| key.as_string()).collect();
    keys.sort();
    keys
}

fn options() -> Value {
    json!({ "endpoint": "https://ecs.example.com", "projectId": "p", "serverId": "s", "volumeId": "v" })
}

fn options_with(name: &str, value: Value) -> Value {
    let mut options = options();
    options[name] = value;
    options
}

fn event(name: &str) -> Event {
    match name {
        "Reply" => Event::Reply,
        "LongReply" => Event::LongReply,
        "BrokenReply" => Event::BrokenReply,
        "NoReply" => Event::NoReply,
        "NotAResponse" => Event::NotAResponse,
        "TimedOut" => Event::TimedOut,
        "Slept" => Event::Slept,
        "Aborted" => Event::Aborted,
        _ => panic!("{name} is no event"),
    }
}

/// Runs an operation to its end, as `pkg/loader/instance.js` does.
async fn run(options: &Value, signal: &JsValue, fetch: &JsValue) -> Result<JsValue, JsValue> {
    let operation = Rc::new(RefCell::new(Operation::new("detachVolume", options.to_string(), 7)));
    let is_aborted = get(signal, "aborted").is_truthy();
    let mut last = if is_aborted { Event::Aborted } else { Event::Start };
    let mut outcome = Object::new().into();
    if is_aborted {
        Reflect::set(&outcome, &"cause".into(), &get(signal, "reason")).unwrap();
    }
    loop {
        let body = get(&outcome, "body").as_string().unwrap_or_default();
        let next = operation.borrow_mut().step(last, 0, &get(&outcome, "reply"), body);
        if let Some(sleep_ms) = get(&next, "sleepMs").as_f64() {
            outcome = sleep(sleep_ms as u32, signal).await.unwrap();
            last = event(&text(&outcome, "event"));
            continue;
        }
        let Some(timeout_ms) = get(&next, "timeoutMs").as_f64() else {
            let error = get(&next, "error");
            if error.is_undefined() {
                return Ok(get(&next, "value"));
            }
            Reflect::set(&error, &"cause".into(), &get(&outcome, "cause")).unwrap();
            return Err(error);
        };
        let (sender, fetch) = (Rc::clone(&operation), fetch.clone());
        let send = Closure::<dyn FnMut(AbortSignal) -> Result<JsValue, JsValue>>::new(move |end| {
            sender.borrow_mut().send(fetch.unchecked_ref(), &end, "20191115T033655Z")
        });
        outcome = exchange(send.as_ref(), timeout_ms as u32, signal).await.unwrap();
        last = event(&text(&outcome, "event"));
    }
}

async fn failure_of(options: &Value, signal: &JsValue, fetch: &str) -> JsValue {
    run(options, signal, &js(fetch)).await.unwrap_err()
}

async fn failure(fetch: &str) -> JsValue {
    failure_of(&options(), &JsValue::UNDEFINED, fetch).await
}

#[track_caller]
fn assert_kind(error: &JsValue, kind: &str, may_have_started: bool) {
    let found = (text(error, "kind"), get(error, "mayHaveStarted").as_bool());
    assert_eq!(found, (kind.to_owned(), Some(may_have_started)), "{error:?}");
}

/// Looks at what `fetch` was called with, through an expression over `url`, `init` and `self`.
async fn sent(options: &Value, expression: &str) -> String {
    let seen = js(&format!(
        "(() => {{
            const fetch = function (url, init) {{
                'use strict';
                const self = this;
                fetch.seen = JSON.stringify({expression});
                return Promise.resolve(new Response('{{\"job_id\":\"1\"}}'));
            }};
            return fetch;
        }})()"
    ));
    run(options, &JsValue::UNDEFINED, &seen).await.unwrap();
    text(&seen, "seen")
}

/// The members that the public types give an error, without its `name`: that is the loader's.
fn error_members(interface: &str) -> Vec<String> {
    let mut members = vec!["message".to_owned()];
    for interface in ["interface EcsErrorBase<", interface] {
        let (_, body) = TYPES.split_once(interface).unwrap();
        let lines = body.split("\n}").take(usize::from(!interface.is_empty())).flat_map(str::lines);
        let names = lines.filter_map(|line| line.trim().strip_prefix("readonly ")?.split_once(':'));
        members.extend(names.map(|(name, _)| name.trim_end_matches('?').to_owned()));
    }
    members.retain(|name| name != "name");
    members.sort();
    members
}

#[wasm_bindgen_test]
async fn an_accepted_task_is_a_plain_object_with_its_id() {
    let task = run(&options(), &JsValue::UNDEFINED, &js(ACCEPTED)).await.unwrap();
    assert_eq!(JSON::stringify(&task).unwrap(), r#"{"jobId":"ff8080"}"#);
}

#[wasm_bindgen_test]
async fn fetch_is_called_bare_with_the_documented_members_and_no_body() {
    let found = sent(&options(), "[self === undefined, url, Object.keys(init).sort()]").await;
    let url = "https://ecs.example.com/v1/p/cloudservers/s/detachvolume/v?delete_flag=0";
    let members = ["cache", "credentials", "headers", "method", "redirect", "referrerPolicy", "signal"];
    assert_eq!(found, json!([true, url, members]).to_string());
}

#[wasm_bindgen_test]
async fn the_members_are_safe_and_a_browser_takes_them_as_they_are() {
    let names = "['method', 'redirect', 'cache', 'referrerPolicy', 'body', 'credentials']";
    let expression = format!(
        "[new Request(url, init).url === url, ...{names}.map((name) => new Request(url, init)[name])]"
    );
    for mode in [None, Some("omit"), Some("same-origin"), Some("include")] {
        let options = mode.map_or_else(options, |mode| options_with("credentials", json!(mode)));
        let found = sent(&options, &expression).await;
        let mode = mode.unwrap_or("same-origin");
        assert_eq!(
            found,
            json!([true, "DELETE", "error", "no-store", "no-referrer", null, mode]).to_string()
        );
    }
}

#[wasm_bindgen_test]
async fn headers_are_the_caller_s_the_language_and_the_token() {
    let mut options = options_with("headers", json!({ "X-Csrf": "c", "X-Latin": "é" }));
    options["language"] = json!("zh-cn");
    options["auth"] = json!({ "token": "t" });
    let found = sent(&options, "Object.fromEntries(init.headers)").await;
    let found: Value = serde_json::from_str(&found).unwrap();
    let expected = json!({ "x-csrf": "c", "x-latin": "é", "x-language": "zh-cn", "x-auth-token": "t" });
    assert_eq!(found, expected);
}

#[wasm_bindgen_test]
fn the_published_signatures_agree_in_a_browser() {
    vectors::check_vectors();
}

#[wasm_bindgen_test]
async fn a_browser_sends_all_that_was_signed() {
    let mut options =
        options_with("auth", json!({ "accessKey": "a", "secretKey": "s", "securityToken": "t" }));
    options["headers"] = json!({ "X-Csrf": "c" });
    // What a browser drops from a request is not in its headers.
    let found = sent(&options, "Object.fromEntries(new Request(url, init).headers)").await;
    let found: Value = serde_json::from_str(&found).unwrap();
    let authorization = found["authorization"].as_str().unwrap();
    let (head, signature) = authorization.split_once(", Signature=").unwrap();
    assert_eq!(head, "SDK-HMAC-SHA256 Access=a, SignedHeaders=host;x-project-id;x-sdk-date;x-security-token");
    assert_eq!(signature.len(), 64);
    for (name, value) in [
        ("x-project-id", "p"),
        ("x-sdk-date", "20191115T033655Z"),
        ("x-security-token", "t"),
        ("x-csrf", "c"),
    ] {
        assert_eq!(found[name], value);
    }
    assert_eq!(found.as_object().unwrap().len(), 5);
}

#[wasm_bindgen_test]
async fn errors_have_the_fields_of_the_public_types() {
    let service = |code: &str| {
        format!(
            r#"async () => new Response('{{"error":{{"code":"{code}","message":"m"}}}}', {{ status: 400 }})"#
        )
    };
    let refused = "async () => Promise.reject(new TypeError())".to_owned();
    let cases = [
        ("network", refused, false),
        ("throttled", service("Common.0024"), true),
        ("auth", service("Common.0013"), true),
        ("forbidden", service("Ecs.0110"), true),
        ("not-found", service("Ecs.0114"), true),
        ("not-attached", service("Ecs.0111"), true),
        ("conflict", service("Ecs.0100"), true),
        ("api", service("Ecs.0005"), true),
        ("decode", "async () => new Response('<html>')".to_owned(), true),
    ];
    for (kind, fetch, has_reply) in cases {
        let error = failure(&fetch).await;
        let expected = error_members(if has_reply { "interface FromReply<" } else { "" });
        assert_eq!((text(&error, "kind"), keys(&error)), (kind.to_owned(), expected));
    }
}

#[wasm_bindgen_test]
async fn an_error_in_the_options_sends_nothing_and_names_the_option() {
    let error =
        failure_of(&options_with("force", json!("yes")), &JsValue::UNDEFINED, "() => { throw 1 }").await;
    assert_eq!(keys(&error), error_members("interface OptionsError "));
    assert_eq!((text(&error, "kind"), text(&error, "option")), ("options".to_owned(), "force".to_owned()));
    let error = failure_of(&json!(["nothing"]), &JsValue::UNDEFINED, "() => { throw 1 }").await;
    assert_eq!((text(&error, "kind"), get(&error, "option")), ("options".to_owned(), JsValue::NULL));
}

#[wasm_bindgen_test]
async fn what_a_reply_holds_reaches_the_error() {
    let error = failure(
        r#"async () => new Response(
            '{"error":{"code":"Ecs.0005","message":"m","details":[{"code":"Ecs.0057"}]}}',
            { status: 400, headers: { "X-Request-Id": "r" } })"#,
    )
    .await;
    let found = JSON::stringify(&get(&error, "details")).unwrap();
    assert_eq!(found, r#"[{"code":"Ecs.0057","message":null}]"#);
    assert_eq!(get(&error, "status"), 400);
    for (name, value) in [("errorCode", "Ecs.0057"), ("errorMessage", "m"), ("requestId", "r")] {
        assert_eq!(text(&error, name), value);
    }
    assert!(get(&error, "bodyExcerpt").is_null());
}

#[wasm_bindgen_test]
async fn an_abort_before_the_call_sends_nothing_and_keeps_its_reason() {
    for reason in ["new Error('bye')", "'bye'", "undefined", "({ bye: 1 })", "null", "0"] {
        let signal = js(&format!("AbortSignal.abort({reason})"));
        let error = failure_of(&options(), &signal, "() => { throw 1 }").await;
        assert_kind(&error, "aborted", false);
        assert!(Object::is(&get(&error, "cause"), &get(&signal, "reason")), "{reason}");
    }
}

#[wasm_bindgen_test]
async fn an_abort_during_the_call_ends_it_and_keeps_its_reason() {
    for reason in ["new Error('bye')", "'bye'", "undefined", "({ bye: 1 })", "null", "0"] {
        let controller = js("globalThis.controller = new AbortController()");
        let fetch = format!(
            "() => {{ queueMicrotask(() => controller.abort({reason})); return new Promise(() => {{}}) }}"
        );
        let error = failure_of(&options(), &get(&controller, "signal"), &fetch).await;
        assert_kind(&error, "aborted", true);
        assert!(Object::is(&get(&error, "cause"), &get(&controller, "signal.reason")), "{reason}");
    }
}

#[wasm_bindgen_test]
async fn an_abort_reaches_the_browser_s_own_request() {
    let controller = js("globalThis.controller = new AbortController()");
    let fetch = "(url, init) => { globalThis.end = init.signal; queueMicrotask(() => controller.abort()); \
                 return globalThis.fetch('data:,x', init).catch(() => new Promise(() => {})) }";
    let error = failure_of(&options(), &get(&controller, "signal"), fetch).await;
    assert_kind(&error, "aborted", true);
    assert!(get(&js("end"), "aborted").is_truthy());
}

#[wasm_bindgen_test]
async fn a_fetch_that_never_answers_runs_into_the_deadline() {
    let error = failure_of(&options_with("attemptTimeoutMs", json!(1)), &JsValue::UNDEFINED, NEVER).await;
    assert_kind(&error, "timeout", true);
    assert!(text(&error, "message").contains("attemptTimeoutMs"));
}

#[wasm_bindgen_test]
async fn a_body_that_stalls_runs_into_the_deadline() {
    let fetch = r#"async () => new Response(new ReadableStream({
        start: (stream) => stream.enqueue(new TextEncoder().encode('{"job_id":')),
    }))"#;
    let options = options_with("attemptTimeoutMs", json!(5));
    assert_kind(&failure_of(&options, &JsValue::UNDEFINED, fetch).await, "timeout", true);
}

#[wasm_bindgen_test]
async fn a_fetch_that_fails_is_a_network_error_with_what_it_threw() {
    for fetch in [
        "() => { throw 'thrown' }",
        "() => Promise.reject('thrown')",
        "() => ({ then: (_, reject) => reject('thrown') })",
    ] {
        let error = failure(fetch).await;
        assert_kind(&error, "network", true);
        assert_eq!(text(&error, "cause"), "thrown");
    }
}

#[wasm_bindgen_test]
async fn a_request_that_the_browser_cannot_send_is_a_network_error() {
    // Browsers refuse port 1 before they connect.
    let error = failure("(url, init) => globalThis.fetch('http://127.0.0.1:1/', init)").await;
    assert_kind(&error, "network", true);
    assert!(get(&error, "cause").is_instance_of::<js_sys::TypeError>());
}

#[wasm_bindgen_test]
async fn what_is_no_response_is_told_apart_from_no_reply() {
    for value in ["undefined", "null", "'text'", "5", "({})", "({ headers: {} })", "[]"] {
        let error = failure(&format!("async () => ({value})")).await;
        assert_kind(&error, "network", true);
        assert!(text(&error, "message").contains("no Response"), "{value}");
    }
}

#[wasm_bindgen_test]
async fn a_body_over_one_mebibyte_is_cut_and_the_request_ended() {
    let fetch = r#"async (url, init) => {
        const cancelled = globalThis.cancelled = { pulls: 0, signal: init.signal };
        const part = new Uint8Array(100_000).fill(120);
        return new Response(new ReadableStream({
            start: (stream) => init.signal.addEventListener("abort", () => stream.error(init.signal.reason)),
            pull: (stream) => { cancelled.pulls += 1; stream.enqueue(part) },
        }));
    }"#;
    let error = failure(fetch).await;
    assert_kind(&error, "decode", true);
    assert!(text(&error, "message").contains("longer than 1 MiB"));
    assert_eq!(text(&error, "bodyExcerpt").len(), 512);
    assert!(js("cancelled.signal.aborted").is_truthy());
    // Eleven parts, and what the stream fetches ahead.
    assert!(js("cancelled.pulls").as_f64().unwrap() <= 13.0);
}

#[wasm_bindgen_test]
async fn without_a_whole_body_the_status_is_judged() {
    let broken = "new ReadableStream({ pull: (stream) => stream.error(1) })";
    for (body, status, kind, may_have_started) in
        [("null", 204, "decode", true), (broken, 200, "decode", true), (broken, 403, "forbidden", true)]
    {
        let fetch = format!("async () => new Response({body}, {{ status: {status} }})");
        assert_kind(&failure(&fetch).await, kind, may_have_started);
    }
}

#[wasm_bindgen_test]
async fn a_thousand_calls_on_one_signal_leave_no_listener() {
    let signal = js(r"(() => {
        const { signal } = new AbortController();
        signal.count = 0;
        for (const [name, step] of [['addEventListener', 1], ['removeEventListener', -1]]) {
            const original = signal[name];
            signal[name] = function (...args) { signal.count += step; return original.apply(this, args) };
        }
        return signal;
    })()");
    let fetches =
        [js(ACCEPTED), js("() => { throw 1 }"), js("async () => null"), js("async () => new Response('<')")];
    for fetch in fetches.iter().cycle().take(1_000) {
        let _ = run(&options(), &signal, fetch).await;
    }
    assert_eq!(get(&signal, "count"), 0);
}

#[wasm_bindgen_test]
async fn a_token_that_a_server_echoes_is_blacked_out_whole_and_in_part() {
    let token: String = (0..500).map(|number| format!("{number:04}")).collect();
    let mut options = options_with("auth", json!({ "token": token }));
    options["headers"] = json!({ "X-Csrf": "two  spaces\tand a tab" });
    let fetch = r#"async (url, init) => new Response(
        `<p>${init.headers.get("x-csrf")}</p> ${init.headers.get("x-auth-token")}`, { status: 502 })"#;
    let error = failure_of(&options, &JsValue::UNDEFINED, fetch).await;
    for shown in [text(&error, "message"), text(&error, "bodyExcerpt")] {
        assert!(!shown.contains("0000") && !shown.contains("spaces"), "{shown}");
        assert!(shown.contains("<p>***</p> ***"), "{shown}");
    }
}

#[wasm_bindgen_test]
fn an_operation_that_has_not_begun_sends_nothing() {
    let fetch = js("() => { throw 1 }");
    let signal = js("new AbortController().signal");
    let sent = Operation::new("detachVolume", options().to_string(), 7).send(
        fetch.unchecked_ref(),
        signal.unchecked_ref(),
        "",
    );
    assert_eq!(sent, Ok(JsValue::UNDEFINED));
}

#[wasm_bindgen_test]
fn the_deadline_is_the_caller_s_or_a_minute() {
    for (options, timeout_ms) in [(options(), 60_000), (options_with("attemptTimeoutMs", json!(7)), 7)] {
        let next = Operation::new("detachVolume", options.to_string(), 7).step(
            Event::Start,
            0,
            &JsValue::UNDEFINED,
            String::new(),
        );
        assert_eq!(JSON::stringify(&next).unwrap(), json!({ "timeoutMs": timeout_ms }).to_string());
    }
}
