//! What the core makes of options: which are accepted, what is said of the others, and that nothing secret shows.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests")]

#[path = "support/snapshot.rs"]
mod snapshot;

use ecs_detach_volume::core::config::{self, Config};
use ecs_detach_volume::core::connection::Auth;
use ecs_detach_volume::core::error::{Effect, ErrorKind};
use ecs_detach_volume::core::goal::{Detach, Disk, Goal};
use ecs_detach_volume::core::http::{Call, Method};
use ecs_detach_volume::core::ids::{JobId, ProjectId, ServerId, VolumeId};
use ecs_detach_volume::core::json::Json;
use ecs_detach_volume::core::retry::{Limits, Polling, RetryPolicy};
use serde_json::{Value, json};
use snapshot::parse;

const FUNCTIONS: [&str; 7] = [
    "detachVolume",
    "detachVolumeAndWait",
    "getJob",
    "waitForJob",
    "listAttachments",
    "getAttachment",
    "findProjects",
];

/// Options that are right for every function, with some of them changed; those that are changed to nothing are missing.
fn options(change: Value) -> Value {
    let mut options = json!({ "endpoint": "https://ecs.example.com", "iamEndpoint": "/iam", "projectId": "p", "serverId": "s", "volumeId": "v", "jobId": "j" });
    for (name, value) in change.as_object().unwrap() {
        options[name] = value.clone();
    }
    options
}

fn without(name: &str) -> Value {
    let mut options = options(json!({}));
    options.as_object_mut().unwrap().remove(name);
    options
}

fn foreign(word: &str) -> Value {
    json!({ "typeof": word })
}

#[track_caller]
fn accepted(function: &str, change: Value) -> Config {
    parse(function, &options(change)).unwrap_or_else(|error| panic!("{}", error.reason))
}

fn project() -> ProjectId {
    ProjectId::parse("p").unwrap()
}

fn disk(force: bool) -> Disk {
    let (server, volume) = (ServerId::parse("s").unwrap(), VolumeId::parse("v").unwrap());
    Disk { project: project(), server, volume, force }
}

fn job() -> JobId {
    JobId::parse("j").unwrap()
}

fn assert_refused(change: Value, option: &str, rule: &str, found: &str) {
    let error = parse("detachVolumeAndWait", &options(change)).unwrap_err();
    assert_eq!((error.kind, error.course.attempts), (ErrorKind::Options, 0));
    assert_eq!(error.option.as_deref(), Some(option));
    assert_eq!(error.reason, format!("option \"{option}\" must be {rule}, got {found}"));
}

#[test]
fn a_wrong_id_or_address_is_refused_by_name_with_what_was_found() {
    let id = "1 to 128 characters of A-Z a-z 0-9 - _ . ~";
    let url = "an https URL or a path that begins with a slash (http for loopback hosts only)";
    for (change, option, rule, found) in [
        (json!({ "serverId": "" }), "serverId", id, "an empty string"),
        (json!({ "serverId": 7 }), "serverId", id, "7"),
        (json!({ "serverId": null }), "serverId", id, "null"),
        (json!({ "serverId": foreign("function") }), "serverId", id, "a function"),
        (json!({ "serverId": foreign("array") }), "serverId", id, "an array"),
        (json!({ "serverId": foreign("object") }), "serverId", id, "another kind of object"),
        (json!({ "projectId": "a".repeat(129) }), "projectId", id, "more"),
        (json!({ "volumeId": "../../.." }), "volumeId", id, "/ at position 3"),
        (json!({ "volumeId": "v?delete_flag=1#" }), "volumeId", id, "? at position 2"),
        (json!({ "volumeId": "\u{fffd}" }), "volumeId", id, "a character outside ASCII at position 1"),
        (json!({ "volumeId": "v\n" }), "volumeId", id, "a control character at position 2"),
        (json!({ "endpoint": "https://u:p@host" }), "endpoint", url, "user info"),
        (
            json!({ "endpoint": "http://host" }),
            "endpoint",
            url,
            "plain http for a host that is not a loopback address",
        ),
        (json!({ "endpoint": 1 }), "endpoint", url, "1"),
    ] {
        assert_refused(change, option, rule, found);
    }
}

#[test]
fn wrong_credentials_are_refused_by_name_with_what_was_found() {
    let auth = "an object with a token, or with an accessKey and a secretKey";
    for (change, option, rule, found) in [
        (json!({ "auth": { "token": 1 } }), "auth.token", "1 to 16384 visible ASCII characters", "a number"),
        (
            json!({ "auth": { "token": "" } }),
            "auth.token",
            "1 to 16384 visible ASCII characters",
            "an empty string",
        ),
        (
            json!({ "auth": { "accessKey": "a" } }),
            "auth.secretKey",
            "1 to 128 visible ASCII characters",
            "nothing",
        ),
        (json!({ "auth": { "accessKey": "a", "token": "t" } }), "auth", auth, "both"),
        (json!({ "auth": {} }), "auth", auth, "an object"),
        (json!({ "auth": null }), "auth", auth, "null"),
        (json!({ "auth": 12_345 }), "auth", auth, "a number"),
        (json!({ "auth": "token" }), "auth", auth, "another string"),
        (json!({ "auth": foreign("symbol") }), "auth", auth, "a symbol"),
    ] {
        assert_refused(change, option, rule, found);
    }
}

#[test]
fn a_wrong_header_is_refused_by_name_with_what_was_found() {
    let header = "a string of 1 to 8192 Latin-1 characters without line breaks or white space at its ends";
    let headers = "a record, pairs or Headers of at most 64 strings";
    for (change, option, rule, found) in [
        (json!({ "headers": foreign("object") }), "headers", headers, "another kind of object"),
        (json!({ "headers": foreign("array") }), "headers", headers, "an array"),
        (json!({ "headers": "text" }), "headers", headers, "another string"),
        (json!({ "headers": { "X-A": "1\r\nX-B: 2" } }), "headers.X-A", header, "another string"),
        (json!({ "headers": { "X-A": 1 } }), "headers.X-A", header, "a number"),
        (json!({ "headers": { "X-A": foreign("function") } }), "headers.X-A", header, "a function"),
        (json!({ "headers": { "X-A": "磁盘" } }), "headers.X-A", header, "another string"),
        (json!({ "headers": { "X-A": " a" } }), "headers.X-A", header, "another string"),
        (json!({ "headers": { "X A": "1" } }), "headers.X A", "a valid header name", "another"),
        (json!({ "headers": { "": "1" } }), "headers.", "a valid header name", "another"),
        (
            json!({ "headers": { "x-auth-token": "t" } }),
            "headers.x-auth-token",
            "left out: this package sets it",
            "a value",
        ),
        (
            json!({ "headers": { "Cookie": "a=b" } }),
            "headers.Cookie",
            "a header that browsers send",
            "one that they drop",
        ),
        (
            json!({ "headers": { "Sec-A": "b" } }),
            "headers.Sec-A",
            "a header that browsers send",
            "one that they drop",
        ),
        (json!({ "headers": { "X-A": "1", "x-a": "2" } }), "headers.x-a", "given once", "it twice"),
    ] {
        assert_refused(change, option, rule, found);
    }
}

#[test]
fn a_wrong_number_or_choice_is_refused_by_name_with_what_was_found() {
    let id = "1 to 128 characters of A-Z a-z 0-9 - _ . ~";
    let time = "a whole number from 1 to 3600000";
    for (change, option, rule, found) in [
        (
            json!({ "credentials": "always" }),
            "credentials",
            r#""omit", "same-origin" or "include""#,
            "another string",
        ),
        (json!({ "language": "de-de" }), "language", r#""en-us" or "zh-cn""#, "another string"),
        (json!({ "attemptTimeoutMs": 0 }), "attemptTimeoutMs", time, "0"),
        (json!({ "attemptTimeoutMs": 1.5 }), "attemptTimeoutMs", time, "1.5"),
        (json!({ "attemptTimeoutMs": 3_600_001 }), "attemptTimeoutMs", time, "3600001"),
        (json!({ "attemptTimeoutMs": foreign("number") }), "attemptTimeoutMs", time, "a number"),
        (json!({ "attemptTimeoutMs": foreign("bigint") }), "attemptTimeoutMs", time, "a bigint"),
        (json!({ "force": "true" }), "force", "true or false", "another string"),
        (json!({ "retry": true }), "retry", "false or an object", "true"),
        (json!({ "retry": foreign("array") }), "retry", "false or an object", "an array"),
        (json!({ "retry": { "maxAttempts": 11 } }), "retry.maxAttempts", "a whole number from 1 to 10", "11"),
        (
            json!({ "initialDelayMs": "1" }),
            "initialDelayMs",
            "a whole number from 1 to 600000",
            "another string",
        ),
        (json!({ "jobId": "a b" }), "jobId", id, "a space at position 2"),
        (json!({ "jobId": null }), "jobId", id, "null"),
        (json!({ "ifNotAttached": "okay" }), "ifNotAttached", r#""error" or "ok""#, "another string"),
        (json!({ "systemDisk": true }), "systemDisk", r#""refuse" or "allow""#, "true"),
    ] {
        assert_refused(change, option, rule, found);
    }
}

#[test]
fn a_missing_option_is_refused_where_it_is_needed() {
    let missing = |function: &str| {
        let names = ["endpoint", "iamEndpoint", "projectId", "serverId", "volumeId", "jobId"];
        let refused = names.into_iter().filter_map(|name| parse(function, &without(name)).err());
        refused
            .map(|error| {
                assert!(error.reason.ends_with(", got nothing"), "{}", error.reason);
                error.option.unwrap()
            })
            .collect::<Vec<_>>()
    };
    let disk = ["endpoint", "projectId", "serverId", "volumeId"];
    for function in ["detachVolume", "detachVolumeAndWait", "getAttachment"] {
        assert_eq!(missing(function), disk, "{function}");
    }
    assert_eq!(missing("listAttachments"), disk[..3]);
    assert_eq!(missing("getJob"), ["endpoint", "projectId", "jobId"]);
    assert_eq!(missing("waitForJob"), ["endpoint", "projectId", "jobId"]);
    assert_eq!(missing("findProjects"), ["iamEndpoint"]);
}

#[test]
fn options_that_are_no_object_are_refused_as_a_whole() {
    for (options, found) in [
        (json!(null), "nothing"),
        (json!("text"), "another string"),
        (json!(1), "1"),
        (json!([]), "an array"),
        (foreign("function"), "a function"),
        (foreign("number"), "a number"),
        (foreign("object"), "another kind of object"),
    ] {
        for function in FUNCTIONS {
            let error = parse(function, &options).unwrap_err();
            assert_eq!((error.kind, &error.option), (ErrorKind::Options, &None));
            assert_eq!(error.reason, format!("the options must be an object, got {found}"));
        }
    }
}

#[test]
fn the_name_on_the_wire_is_answered_with_the_option_to_use() {
    for name in ["deleteFlag", "delete_flag"] {
        let mut options = options(json!({}));
        options[name] = json!("1");
        let error = parse("detachVolume", &options).unwrap_err();
        assert_eq!(error.option.as_deref(), Some(name));
        assert_eq!(error.reason, format!("option \"{name}\" is unknown; use \"force\""));
    }
}

#[test]
fn each_function_has_its_goal() {
    let (force, name) = (json!({ "force": true }), json!({ "name": "cn-north-4" }));
    let detach = Detach { disk: disk(false), job: None, absent_is_done: false, allow_system_disk: false };
    for (function, options, goal) in [
        ("detachVolume", options(json!({})), Goal::Accept(disk(false))),
        ("detachVolume", options(force), Goal::Accept(disk(true))),
        ("detachVolumeAndWait", without("jobId"), Goal::Detach(detach.clone())),
        ("getJob", without("serverId"), Goal::Job(project(), job())),
        ("waitForJob", without("serverId"), Goal::JobDone(project(), job())),
        ("listAttachments", without("volumeId"), Goal::Attachments(project(), disk(false).server)),
        (
            "getAttachment",
            without("jobId"),
            Goal::Attachment(project(), disk(false).server, disk(false).volume),
        ),
        ("findProjects", without("projectId"), Goal::Projects(None)),
        ("findProjects", options(name), Goal::Projects(Some("cn-north-4".into()))),
    ] {
        assert_eq!(parse(function, &options).unwrap().goal, goal, "{function}");
    }
    let more = json!({ "ifNotAttached": "ok", "systemDisk": "allow", "force": false });
    let resumed = Detach { job: Some(job()), absent_is_done: true, allow_system_disk: true, ..detach };
    assert_eq!(accepted("detachVolumeAndWait", more).goal, Goal::Detach(resumed));
}

#[test]
fn the_project_is_part_of_the_connection_where_the_call_is_about_one() {
    for function in FUNCTIONS {
        let expected = (function != "findProjects").then(project);
        assert_eq!(accepted(function, json!({})).connection.project, expected, "{function}");
    }
}

#[test]
fn what_is_left_out_has_its_default() {
    for function in FUNCTIONS {
        let is_long = matches!(function, "detachVolumeAndWait" | "waitForJob");
        let expected = Limits {
            attempt_timeout_ms: 60_000,
            timeout_ms: if is_long { 600_000 } else { 120_000 },
            retry: RetryPolicy { is_off: false, max_attempts: 4, base_delay_ms: 500, max_delay_ms: 20_000 },
            polling: Polling { initial_delay_ms: 1_000, interval_ms: 400, max_interval_ms: 15_000 },
        };
        let config = accepted(function, json!({}));
        assert_eq!(config.limits, expected, "{function}");
        assert_eq!((config.connection.auth, config.connection.headers.len()), (Auth::None, 0));
    }
}

#[test]
fn numbers_are_taken_as_they_are() {
    let config = accepted(
        "waitForJob",
        json!({
            "attemptTimeoutMs": 1, "timeoutMs": 3_600_000, "initialDelayMs": 2, "pollIntervalMs": 3,
            "maxPollIntervalMs": 600_000, "retry": { "maxAttempts": 10, "baseDelayMs": 60_000, "maxDelayMs": 4 },
        }),
    );
    let expected = Limits {
        attempt_timeout_ms: 1,
        timeout_ms: 3_600_000,
        retry: RetryPolicy { is_off: false, max_attempts: 10, base_delay_ms: 60_000, max_delay_ms: 4 },
        polling: Polling { initial_delay_ms: 2, interval_ms: 3, max_interval_ms: 600_000 },
    };
    assert_eq!(config.limits, expected);
}

#[test]
fn retry_that_is_off_is_not_one_attempt() {
    let retry = |retry: Value| {
        let RetryPolicy { is_off, max_attempts, .. } =
            accepted("getJob", json!({ "retry": retry })).limits.retry;
        (is_off, max_attempts)
    };
    assert_eq!(retry(json!(false)), (true, 1));
    assert_eq!(retry(json!({ "maxAttempts": 1 })), (false, 1));
    assert_eq!(retry(json!({})), (false, 4));
}

#[test]
fn what_belongs_to_another_function_is_left_alone() {
    for (function, name) in
        [("getJob", "serverId"), ("detachVolume", "jobId"), ("detachVolume", "pollIntervalMs")]
    {
        let mut options = options(json!({}));
        options[name] = foreign("symbol");
        assert!(parse(function, &options).is_ok(), "{function}: {name}");
    }
}

#[test]
fn what_is_wrong_with_the_connection_is_said_before_what_is_wrong_with_the_goal() {
    let both = json!({ "headers": { "X A": "1" }, "serverId": "", "language": "xx" });
    assert_eq!(parse("detachVolume", &options(both)).unwrap_err().option.as_deref(), Some("headers.X A"));
}

#[test]
fn of_options_written_twice_the_last_counts() {
    let text = r#"{"endpoint":"/api","projectId":"","serverId":"s","projectId":"p","jobId":"j"}"#;
    assert_eq!(
        config::parse("getJob", Json::parse(text).unwrap()).unwrap().connection.project,
        Some(project())
    );
}

#[test]
fn up_to_64_headers_are_taken() {
    let headers = |count: usize| -> Value {
        let headers: serde_json::Map<_, _> =
            (0..count).map(|index| (format!("X-{index}"), json!("v"))).collect();
        json!({ "headers": headers })
    };
    assert_eq!(accepted("getJob", headers(64)).connection.headers.len(), 64);
    let error = parse("getJob", &options(headers(65))).unwrap_err();
    assert_eq!(
        error.reason,
        "option \"headers\" must be a record, pairs or Headers of at most 64 strings, got more"
    );
    assert_eq!(accepted("getJob", json!({ "headers": [] })).connection.headers, []);
}

#[test]
fn pairs_that_are_none_are_no_headers() {
    for pairs in [json!([[]]), json!([7]), json!([["X-A"]]), json!([[{}, "v"]])] {
        let error = parse("getJob", &options(json!({ "headers": pairs }))).unwrap_err();
        assert!(error.option.unwrap().starts_with("headers."), "{pairs}");
    }
}

const SECRETS: [&str; 3] = ["marker-of-the-token", "marker-of-the-cookie", "marker of the header"];

#[test]
fn debug_output_shows_no_secret() {
    let config = accepted(
        "detachVolume",
        json!({
            "auth": { "token": SECRETS[0] },
            "headers": { "X-Csrf": SECRETS[1], "X-Session": SECRETS[2] },
            "language": "zh-cn",
        }),
    );
    let request = config.connection.request(&Call { method: Method::Delete, path: "/v1".into() }, None, "");
    let shown = format!("{config:?} {request:?}");
    assert!(!shown.contains("marker"), "{shown}");
    let sent: Vec<_> = request.headers.iter().map(|header| (header.name, header.value.expose())).collect();
    let expected = [
        ("X-Csrf", SECRETS[1]),
        ("X-Session", SECRETS[2]),
        ("X-Language", "zh-cn"),
        ("X-Auth-Token", SECRETS[0]),
    ];
    assert_eq!(sent, expected);
}

#[test]
fn wrong_options_are_described_without_repeating_them() {
    for (name, value) in [
        ("auth", json!("marker")),
        ("auth", json!({ "token": "marker with spaces" })),
        ("auth", json!({ "token": { "marker": "marker" } })),
        ("auth", json!({ "token": { "typeof": "marker" } })),
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
        ("retry", json!("marker")),
    ] {
        let mut options = options(json!({}));
        options[name] = value;
        let error = parse("detachVolume", &options).unwrap_err();
        assert_eq!((error.kind, error.effect), (ErrorKind::Options, Effect::None), "{name}");
        assert!(error.option.as_deref().unwrap().starts_with(name), "{name}");
        let shown = format!("{error:?}");
        assert!(!shown.contains("marker"), "{shown}");
    }
}
