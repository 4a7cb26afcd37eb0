//! The browser shell in a browser: the exported functions with the loader's own host, against stand-ins for `fetch`.
#![cfg(all(target_arch = "wasm32", feature = "web"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

#[path = "support/vectors.rs"]
mod vectors;

use ecs_detach_volume::{
    Batch, Caller, check, detach_volume, find_projects, get_attachment, get_job, list_attachments,
    wait_for_job,
};
use js_sys::{JSON, Promise};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
    import { prepare, snapshot } from "/pkg/loader/options.js";

    export const js = (source) => (0, eval)(`(${source})`);

    export function caller(options, change) {
        const own = (0, eval)(`(${change})`);
        const caller = prepare(snapshot({ ...JSON.parse(options), ...own }));
        caller.promise = new Promise((resolve, reject) =>
            Object.assign(caller, { resolve, reject, giveUp: reject }));
        return caller;
    }

    /** What comes of a promise: a value, or an error as a plain object with its cause. */
    export const settled = (promise) => promise.then(
        (value) => ({ value }),
        (error) => ({ error: { ...error.toJSON?.(), cause: String(error.cause) } }),
    );
"#)]
extern "C" {
    /// The value of an expression.
    fn js(source: &str) -> JsValue;
    /// What the loader makes of options: as JSON, and what JSON cannot hold, as an expression.
    fn caller(options: &str, change: &str) -> Caller;
    fn settled(promise: Promise) -> Promise;
}

fn options() -> Value {
    json!({
        "endpoint": "https://ecs.example.com", "projectId": "p", "serverId": "s", "volumeId": "v", "jobId": "j",
        "retry": false, "initialDelayMs": 1, "pollIntervalMs": 1,
    })
}

fn options_with(name: &str, value: Value) -> Value {
    let mut options = options();
    options[name] = value;
    options
}

fn to_json(value: &JsValue) -> Value {
    let text: String = JSON::stringify(value).unwrap().into();
    serde_json::from_str(&text).unwrap()
}

/// What comes of a call: `{ value }` or `{ error }`.
async fn end(promise: Promise) -> Value {
    to_json(&settled(promise).await.unwrap())
}

/// What comes of a call whose request is answered with a body.
async fn answered(call: fn(Caller) -> Promise, options: &Value, init: &str, body: &str) -> Value {
    let body = JSON::stringify(&body.into()).unwrap();
    let change = format!("{{ fetch: async () => new Response({body}, {init}) }}");
    end(call(caller(&options.to_string(), &change))).await
}

/// Looks at what `fetch` was called with, through an expression over `url`, `init` and `self`.
async fn sent(options: &Value, expression: &str) -> Value {
    let change = format!(
        "{{ fetch: async function (url, init) {{
            'use strict'; const self = this; throw JSON.stringify({expression});
        }} }}"
    );
    let ended = end(detach_volume(caller(&options.to_string(), &change))).await;
    serde_json::from_str(ended["error"]["cause"].as_str().unwrap()).unwrap()
}

#[wasm_bindgen_test]
async fn an_accepted_task_is_an_object_with_the_public_names() {
    let init = "{ headers: { 'x-request-id': 'r' } }";
    let ended = answered(detach_volume, &options(), init, r#"{"job_id":"ff8080"}"#).await;
    assert_eq!(ended, json!({ "value": { "jobId": "ff8080", "requestId": "r", "detachRequestId": "r" } }));
}

#[wasm_bindgen_test]
async fn the_caller_s_fetch_is_called_bare_with_what_never_changes_and_no_body() {
    let found = sent(&options(), "[self === undefined, url, Object.keys(init).sort(), init.method]").await;
    let url = "https://ecs.example.com/v1/p/cloudservers/s/detachvolume/v?delete_flag=0";
    let keys = ["cache", "credentials", "headers", "method", "redirect", "referrerPolicy", "signal"];
    assert_eq!(found, json!([true, url, keys, "DELETE"]));
    let found = sent(&options(), "[init.cache, init.credentials, init.redirect, init.referrerPolicy]").await;
    assert_eq!(found, json!(["no-store", "same-origin", "error", "no-referrer"]));
}

#[wasm_bindgen_test]
async fn without_one_the_global_fetch_is_called_as_it_is_at_that_moment() {
    js("globalThis.original = fetch");
    for (stand_in, expected) in [
        ("async (url, { method }) => Response.json({ job_id: method })", json!({ "jobId": "DELETE" })),
        ("async () => Response.json({ job_id: '2' })", json!({ "jobId": "2" })),
        ("() => { throw 'at once' }", json!({ "kind": "network", "cause": "at once" })),
    ] {
        let call = caller(&options().to_string(), "{}");
        js(&format!("globalThis.fetch = {stand_in}"));
        let ended = end(detach_volume(call)).await;
        js("globalThis.fetch = original");
        for (name, value) in expected.as_object().unwrap() {
            let part = if ended["value"].is_null() { &ended["error"] } else { &ended["value"] };
            assert_eq!(&part[name], value, "{ended}");
        }
    }
}

#[wasm_bindgen_test]
async fn headers_are_the_caller_s_the_language_and_the_token() {
    let mut options = options_with("headers", json!({ "X-Csrf": "c", "X-Latin": "é" }));
    options["language"] = json!("zh-cn");
    options["auth"] = json!({ "token": "t" });
    let expected = json!({ "x-csrf": "c", "x-latin": "é", "x-language": "zh-cn", "x-auth-token": "t" });
    assert_eq!(sent(&options, "Object.fromEntries(init.headers)").await, expected);
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
    let authorization = found["authorization"].as_str().unwrap();
    let (head, signature) = authorization.split_once(", Signature=").unwrap();
    assert_eq!(head, "SDK-HMAC-SHA256 Access=a, SignedHeaders=host;x-project-id;x-sdk-date;x-security-token");
    assert_eq!(signature.len(), 64);
    for (name, value) in [("x-project-id", "p"), ("x-security-token", "t"), ("x-csrf", "c")] {
        assert_eq!(found[name], value);
    }
    assert_eq!(found["x-sdk-date"].as_str().unwrap().len(), 16);
    assert_eq!(found.as_object().unwrap().len(), 5);
}

#[wasm_bindgen_test]
async fn credentials_of_a_function_are_taken_for_the_next_request_or_refused() {
    let fetch = "fetch: async (url, { headers }) => Response.json({ job_id: headers.get('x-auth-token') })";
    let with = |auth: &str| caller(&options().to_string(), &format!("{{ auth: {auth}, {fetch} }}"));
    assert_eq!(end(detach_volume(with("async () => ({ token: 't' })"))).await["value"]["jobId"], "t");
    for (auth, cause) in [
        ("() => ({ token: 'two words' })", "option \"auth.token\" must be"),
        ("() => null", "option \"auth\" must be"),
        ("() => { throw new Error('locked') }", "Error: locked"),
    ] {
        let ended = end(detach_volume(with(auth))).await;
        let error = &ended["error"];
        assert_eq!((&error["kind"], &error["attempts"]), (&json!("auth"), &json!(0)), "{error}");
        assert!(error["cause"].as_str().unwrap().contains(cause), "{error}");
    }
}

#[wasm_bindgen_test]
async fn what_happened_is_told_apart() {
    for (change, kind, cause) in [
        ("fetch: () => { throw 'thrown' }", "network", "thrown"),
        ("fetch: async () => ({})", "network", "undefined"),
        ("fetch: () => new Promise(() => {}), attemptTimeoutMs: 1", "timeout", "undefined"),
        ("fetch: () => {}, signal: AbortSignal.abort('enough')", "aborted", "enough"),
    ] {
        let ended = end(detach_volume(caller(&options().to_string(), &format!("{{ {change} }}")))).await;
        let error = &ended["error"];
        assert_eq!((&error["kind"], &error["cause"]), (&json!(kind), &json!(cause)), "{error}");
        assert_eq!(error["mayHaveStarted"], json!(kind != "aborted"), "{error}");
    }
}

#[wasm_bindgen_test]
async fn an_error_in_the_options_comes_first_and_names_the_option() {
    let wrong = options_with("force", json!("yes")).to_string();
    let message = "option \"force\" must be true or false, got another string";
    let found = end(detach_volume(caller(&wrong, "{ signal: AbortSignal.abort() }"))).await;
    assert_eq!((&found["error"]["message"], &found["error"]["option"]), (&json!(message), &json!("force")));
    assert_eq!(to_json(&check("detachVolume", caller(&wrong, "{}")))["message"], message);
    assert!(check("detachVolume", caller(&options().to_string(), "{}")).is_null());
}

#[wasm_bindgen_test]
async fn what_a_reply_says_is_told_under_the_public_names() {
    let body = r#"{"error":{"code":"Ecs.0005","message":"m","details":[{"code":"Ecs.0057"}]}}"#;
    let init = "{ status: 400, headers: { 'x-request-id': 'r', 'retry-after': '5' } }";
    let failure = json!({ "kind": "api", "status": 400, "code": "Ecs.0057", "message": "m" });
    let expected = json!({
        "name": "EcsError", "kind": "api", "message": "HTTP 400, Ecs.0057 under Ecs.0005: m", "cause": "undefined",
        "mayHaveStarted": false, "attempts": 1, "jobId": null, "jobStatus": null,
        "doubt": null, "lastFailure": failure, "requestId": "r", "detachRequestId": "r",
        "status": 400, "errorCode": "Ecs.0057", "errorMessage": "m", "retryAfterMs": 5000,
        "details": [{ "code": "Ecs.0057", "message": null }],
        "encodedAuthorizationMessage": null, "bodyExcerpt": null,
    });
    assert_eq!(answered(detach_volume, &options(), init, body).await, json!({ "error": expected }));
}

#[wasm_bindgen_test]
async fn a_failed_task_is_told_with_its_reason() {
    let body = r#"{"job_id":"j","status":"FAIL","error_code":"Ecs.1","entities":{"sub_jobs":[{"fail_reason":"why"}]}}"#;
    let ended = answered(wait_for_job, &options(), "{}", body).await;
    let error = &ended["error"];
    assert_eq!(error["kind"], "job-failed");
    assert_eq!((&error["errorCode"], &error["failReason"]), (&json!("Ecs.1"), &json!("why")));
    assert_eq!(error["job"]["subJobs"][0]["failReason"], "why");
    assert_eq!(error["jobStatus"], "FAIL");
}

#[wasm_bindgen_test]
async fn a_task_is_an_object_with_the_public_names() {
    let body = r#"{"job_id":"j","status":"INIT","entities":{"a":[1.5,{"b":null}]}}"#;
    let ended = answered(get_job, &options(), "{ headers: { 'x-request-id': 'r' } }", body).await;
    let expected = json!({
        "jobId": "j", "jobType": null, "status": "INIT", "beginTime": null, "endTime": null, "errorCode": null,
        "failReason": null, "requestId": "r", "subJobs": [], "entities": { "a": [1.5, { "b": null }] },
    });
    assert_eq!(ended, json!({ "value": expected }));
}

#[wasm_bindgen_test]
async fn disks_and_projects_are_objects_with_the_public_names() {
    let disks =
        r#"{"volumeAttachments":[{"volumeId":"v","serverId":"s","bootIndex":0,"size":40,"bus":"virtio"}]}"#;
    let disk = json!({
        "serverId": "s", "volumeId": "v", "device": null, "sizeGiB": 40, "bootIndex": 0, "isSystemDisk": true,
        "bus": "virtio", "pciAddress": null,
    });
    assert_eq!(answered(list_attachments, &options(), "{}", disks).await, json!({ "value": [disk] }));
    let one = disks.replace("volumeAttachments\":[", "volumeAttachment\":").replace(']', "");
    assert_eq!(answered(get_attachment, &options(), "{}", &one).await, json!({ "value": disk }));
    let projects =
        r#"{"projects":[{"id":"p","name":"n","domain_id":"d","enabled":false}],"links":{"next":null}}"#;
    let project = json!({ "id": "p", "name": "n", "domainId": "d", "enabled": false });
    let options = json!({ "iamEndpoint": "https://iam.example.com" });
    assert_eq!(answered(find_projects, &options, "{}", projects).await, json!({ "value": [project] }));
}

#[wasm_bindgen_test]
async fn a_call_that_waits_tells_how_far_it_is() {
    let change = "{
        fetch: async () => (globalThis.asked++ ? Response.json({ job_id: 'j', status: 'SUCCESS' }) : new Response('', { status: 502 })),
        onProgress: (progress) => seen.push(progress),
    }";
    js("(globalThis.seen = [], globalThis.asked = 0)");
    let ended = end(wait_for_job(caller(&options().to_string(), change))).await;
    assert_eq!(ended["value"]["status"], "SUCCESS");
    let seen = to_json(&js("seen"));
    let names: Vec<_> = seen[0].as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "attempts",
        "detachRequestId",
        "elapsedMs",
        "jobId",
        "lastFailure",
        "nextInMs",
        "phase",
        "polls",
        "requestId",
        "status",
    ];
    assert_eq!(names, expected);
    let failures = seen.as_array().unwrap().iter().map(|progress| &progress["lastFailure"]["status"]);
    assert!(failures.into_iter().any(|status| status == 502), "{seen}");
}

#[wasm_bindgen_test]
async fn calls_of_a_batch_share_a_pace_and_end_each_by_itself() {
    let batch = Batch::new();
    let fetch = "{ fetch: async () => new Response('', { status: 403 }) }";
    let calls = [(); 3].map(|()| batch.detach_volume_and_wait(caller(&options().to_string(), fetch)));
    for call in calls {
        assert_eq!(end(call).await["error"]["kind"], "forbidden");
    }
}

#[wasm_bindgen_test]
async fn what_a_call_holds_is_given_back_at_its_end() {
    let size = || core::arch::wasm32::memory_size(0);
    let change =
        "{ fetch: async () => new Response('', { status: 403 }), auth: async () => ({ token: 't' }) }";
    let call = || detach_volume(caller(&options().to_string(), change));
    for _ in 0..200 {
        end(call()).await;
    }
    let before = size();
    for _ in 0..3000 {
        call().await.unwrap_err();
    }
    assert_eq!(size(), before);
}
