//! The public types (`src/web/types.d.ts`) say what the code does: kinds of error, options, defaults and limits.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests")]

#[path = "support/replies.rs"]
mod replies;
#[path = "support/snapshot.rs"]
mod snapshot;
#[path = "support/types.rs"]
mod types;

use ecs_detach_volume::core::api::parse_accepted;
use ecs_detach_volume::core::error::{Error, ErrorKind};
use ecs_detach_volume::core::retry::Limits;
use replies::reply;
use serde_json::{Value, json};
use snapshot::parse;
use std::collections::BTreeSet;
use types::{Member, TYPES, between, interface, literals_behind};

const CORE_OPTIONS: &str = include_str!("../src/core/config.rs");
const CORE_AUTH: &str = include_str!("../src/core/auth.rs");
const LOADER_OPTIONS: &str = include_str!("../pkg/loader/options.js");
const LOADER_BATCH: &str = include_str!("../pkg/loader/batch.js");

/// The functions of the core, and the interfaces of their options. `detachVolumes` is the loader's, over
/// `detachVolumeAndWait`.
const FUNCTIONS: [(&str, &str); 7] = [
    ("detachVolume", "DetachVolumeOptions"),
    ("detachVolumeAndWait", "DetachVolumeAndWaitOptions"),
    ("getJob", "GetJobOptions"),
    ("waitForJob", "WaitForJobOptions"),
    ("listAttachments", "ListAttachmentsOptions"),
    ("getAttachment", "GetAttachmentOptions"),
    ("findProjects", "FindProjectsOptions"),
];

fn union(name: &str) -> Vec<&str> {
    between(TYPES, &format!("export type {name} =\n"), ";").split('"').skip(1).step_by(2).collect()
}

/// Options that are right for every function, with one of them changed. A dot in the name leads into an object.
fn options_with(name: &str, value: Value) -> Value {
    let mut options = json!({ "endpoint": "/api", "projectId": "p", "serverId": "s", "volumeId": "v", "jobId": "j", "iamEndpoint": "/iam" });
    match name.split_once('.') {
        Some((outer, inner)) => options[outer][inner] = value,
        None => options[name] = value,
    }
    options
}

fn refusal(function: &str, options: &Value) -> Option<Box<Error>> {
    parse(function, options).err()
}

/// The function with the most options.
const LONG: &str = "detachVolumeAndWait";

fn refused_option(function: &str, name: &str, value: Value) -> Option<String> {
    let error = refusal(function, &options_with(name, value))?;
    assert_eq!(error.kind, ErrorKind::Options);
    error.option
}

#[track_caller]
fn assert_limit(option: &str, allowed: impl Into<Value>, too_much: impl Into<Value>) {
    let allowed = allowed.into();
    assert_eq!(refused_option(LONG, option, allowed), None, "{option} at the limit");
    assert_eq!(
        refused_option(LONG, option, too_much.into()).as_deref(),
        Some(option),
        "{option} beyond the limit"
    );
}

#[track_caller]
fn assert_says(member: &Member, number: &str) {
    let is_said = member.doc.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == number);
    assert!(is_said, "{number} is not in: {}", member.doc);
}

#[test]
fn the_kinds_of_error_are_those_of_the_public_types() {
    let names: Vec<_> = ErrorKind::ALL.map(ErrorKind::as_str).into_iter().chain(["wasm"]).collect();
    assert_eq!(union("EcsErrorKind"), names);
    let loader = include_str!("../pkg/loader/client.js");
    assert!(loader.contains("kind: \"wasm\""));
}

#[test]
fn every_kind_is_explained_once() {
    for kind in union("EcsErrorKind") {
        assert_eq!(TYPES.matches(&format!("\n * - `{kind}`: ")).count(), 1, "{kind}");
    }
}

#[test]
fn each_kind_belongs_to_one_type_of_error() {
    let of_types =
        ["options", "network", "timeout", "aborted", "decode", "job-failed", "system-disk", "wasm"];
    for (name, kinds) in [
        ("Transport", r#""network" | "timeout" | "aborted""#),
        ("NotFound", r#""not-found""#),
        ("Auth", r#""auth""#),
        ("Decode", r#""decode""#),
        ("SystemDisk", r#""system-disk""#),
        ("Wasm", r#""wasm""#),
    ] {
        assert!(TYPES.contains(&format!("export type {name}Error = OfKind<{kinds}, ")), "{name}");
    }
    assert!(TYPES.contains(r#"OfKind<Exclude<ServiceErrorKind, "auth" | "not-found">, FromReply>"#));
    for (name, kind) in [("Options", "options"), ("JobFailed", "job-failed")] {
        assert!(TYPES.contains(&format!("export interface {name}Error extends EcsErrorBase<\"{kind}\"> {{")));
    }
    let services: Vec<_> =
        union("EcsErrorKind").into_iter().filter(|kind| !of_types.contains(kind)).collect();
    assert_eq!(union("ServiceErrorKind"), services);
}

#[test]
fn the_options_that_the_code_reads_are_those_of_the_public_types() {
    let starts = [".get(\"", ".id(\"", ".flag(\"", ".choice(\"", ".number(\"", "wait(\""];
    let core = literals_behind(CORE_OPTIONS, &starts);
    let core = core.into_iter().chain(literals_behind(CORE_AUTH, &[".get(\"", "secret(&mut fields, \""]));
    // The two names of one option.
    let core = core.chain(literals_behind(CORE_OPTIONS, &["{ \""]));
    let loader = literals_behind(LOADER_OPTIONS, &["check(\""]);
    let batch = literals_behind(LOADER_BATCH, &["refusal(\""]);
    let read: BTreeSet<_> = core.into_iter().chain(loader).chain(batch).collect();
    let nested = ["TokenAuth", "AccessKeyAuth", "RetryOptions"];
    let typed = names(nested).into_iter().chain(names(FUNCTIONS.map(|(_, options)| options)));
    assert_eq!(read, typed.chain(names(["DetachVolumesOptions"])).collect());
}

fn names(interfaces: impl IntoIterator<Item = &'static str>) -> BTreeSet<String> {
    interfaces.into_iter().flat_map(interface).map(|(name, _)| name).collect()
}

/// The words of a list in the loader, without the names of `force` on the wire.
fn listed(name: &str) -> BTreeSet<String> {
    let texts = between(LOADER_OPTIONS, &format!("const {name} = "), ";").split('"').skip(1).step_by(2);
    let words =
        texts.flat_map(str::split_whitespace).filter(|word| !word.to_lowercase().starts_with("delete"));
    words.map(String::from).collect()
}

#[test]
fn the_loader_copies_the_options_of_the_public_types_and_no_others() {
    let all = names(FUNCTIONS.map(|(_, options)| options).into_iter().chain(["DetachVolumesOptions"]));
    let composed =
        between(LOADER_OPTIONS, "targets] = [", "]").split('"').skip(1).step_by(2).map(String::from);
    assert_eq!(listed("SIMPLE").into_iter().chain(composed).collect::<BTreeSet<_>>(), all);
    assert_eq!(listed("AUTH"), names(["TokenAuth", "AccessKeyAuth"]));
    assert_eq!(listed("RETRY"), names(["RetryOptions"]));
    assert_eq!(listed("TARGET"), names(["DetachTarget"]));
}

#[test]
fn the_members_of_a_target_are_options_of_one_detachment() {
    let (target, detach) = (interface("DetachTarget"), interface("DetachVolumeAndWaitOptions"));
    for (name, member) in &target {
        assert_eq!(member.is_optional, detach[name].is_optional, "{name}");
        if name.ends_with("Id") && !member.is_optional {
            assert_says(member, "128");
        }
    }
    let batch = interface("DetachVolumesOptions");
    let rest = detach.keys().filter(|name| !target.contains_key(*name));
    assert_eq!(
        rest.chain([&"targets".to_owned(), &"concurrency".to_owned()]).collect::<BTreeSet<_>>(),
        batch.keys().collect()
    );
    for (constant, text) in
        [("DEFAULT_CONCURRENCY = 20;", "@default 20\n"), ("MAX_CONCURRENCY = 1000;", "from 1 to 1000.")]
    {
        assert!(LOADER_BATCH.contains(constant) && batch["concurrency"].doc.contains(text), "{constant}");
    }
}

#[test]
fn the_functions_of_the_types_are_those_of_the_code() {
    let typed: BTreeSet<_> = TYPES
        .split("export function ")
        .skip(1)
        .filter_map(|rest| Some(rest.split(['(', '<']).next()?.to_owned()))
        .collect();
    let of_the_loader = ["detachVolumes", "preload", "checkOptions", "isEcsError"];
    let known = FUNCTIONS.iter().map(|(name, _)| *name).chain(of_the_loader);
    assert_eq!(typed, known.map(String::from).collect());
    for (name, options) in FUNCTIONS {
        assert!(TYPES.contains(&format!("export function {name}(options: {options}): ")), "{name}");
    }
    let checked = between(TYPES, "export interface OptionsOf {\n", "\n}").lines().map(str::trim);
    let checked = checked.filter(|line| !line.starts_with("/**"));
    let all = FUNCTIONS.iter().chain(&[("detachVolumes", "DetachVolumesOptions")]);
    let all = all.map(|(name, options)| format!("{name}: {options};"));
    assert_eq!(checked.map(String::from).collect::<BTreeSet<_>>(), all.collect());
}

#[test]
fn a_wrong_value_is_refused_under_the_name_of_its_option() {
    let of_the_loader = ["signal", "fetch", "onProgress"];
    for (function, options) in FUNCTIONS {
        for name in interface(options).into_keys().filter(|name| !of_the_loader.contains(&name.as_str())) {
            for value in [json!(null), json!({ "typeof": "object" }), json!(-1)] {
                assert_eq!(refused_option(function, &name, value.clone()), Some(name.clone()), "{value}");
            }
        }
    }
    for name in ["auth.token", "headers.X-Csrf"] {
        assert_eq!(refused_option(LONG, name, json!(null)).as_deref(), Some(name));
    }
}

#[test]
fn what_is_not_optional_in_the_types_cannot_be_left_out() {
    for (function, interface_name) in FUNCTIONS {
        for (name, member) in interface(interface_name) {
            let mut options = options_with("force", json!(false));
            options.as_object_mut().unwrap().remove(&name);
            let missing = refusal(function, &options).and_then(|error| error.option);
            assert_eq!(missing, (!member.is_optional).then_some(name), "{function}");
        }
    }
}

#[test]
fn options_that_are_no_object_are_refused_as_a_whole() {
    for value in [json!(null), json!("text"), json!(5), json!({ "typeof": "function" })] {
        let error = refusal(LONG, &value).unwrap();
        assert_eq!((error.kind, &error.option), (ErrorKind::Options, &None), "{}", error.reason);
    }
}

#[test]
fn the_name_on_the_wire_is_answered_with_the_option_to_use() {
    for name in ["deleteFlag", "delete_flag"] {
        let error = refusal(LONG, &options_with(name, json!(1))).unwrap();
        assert_eq!(error.option.as_deref(), Some(name));
        assert!(error.reason.contains("\"force\""), "{}", error.reason);
    }
}

#[test]
fn unknown_members_are_left_alone() {
    let strangers = [("getJob", "serverId"), ("detachVolume", "pollIntervalMs"), (LONG, "onProgress")];
    for (function, name) in strangers {
        assert_eq!(refused_option(function, name, json!({ "typeof": "object" })), None);
    }
}

#[test]
fn choices_have_the_documented_default() {
    let goal = |options: Value| format!("{:?}", parse(LONG, &options).unwrap().goal);
    let members = interface("DetachVolumeAndWaitOptions");
    for (name, default, other) in [("ifNotAttached", "error", "ok"), ("systemDisk", "refuse", "allow")] {
        assert!(members[name].doc.contains(&format!("@default \"{default}\"\n")), "{name}");
        let absent = goal(options_with("force", json!(false)));
        assert_eq!(goal(options_with(name, json!(default))), absent);
        assert_ne!(goal(options_with(name, json!(other))), absent);
    }
}

fn limits_of(function: &str, options: &Value) -> Result<Limits, Option<String>> {
    parse(function, options).map(|options| options.limits).map_err(|error| error.option)
}

#[test]
fn numbers_have_the_documented_defaults_and_limits() {
    let limits = limits_of(LONG, &options_with("force", json!(true))).unwrap();
    let (options, retry) = (interface("DetachVolumeAndWaitOptions"), interface("RetryOptions"));
    for (option, member, default, most) in [
        ("attemptTimeoutMs", &options["attemptTimeoutMs"], limits.attempt_timeout_ms, 3_600_000),
        ("timeoutMs", &options["timeoutMs"], limits.timeout_ms, 3_600_000),
        ("retry.maxAttempts", &retry["maxAttempts"], limits.retry.max_attempts, 10),
        ("retry.baseDelayMs", &retry["baseDelayMs"], limits.retry.base_delay_ms, 60_000),
        ("retry.maxDelayMs", &retry["maxDelayMs"], limits.retry.max_delay_ms, 600_000),
        ("initialDelayMs", &options["initialDelayMs"], limits.polling.initial_delay_ms, 600_000),
        ("pollIntervalMs", &options["pollIntervalMs"], limits.polling.interval_ms, 600_000),
        ("maxPollIntervalMs", &options["maxPollIntervalMs"], limits.polling.max_interval_ms, 600_000),
    ] {
        if option != "timeoutMs" {
            assert!(member.doc.contains(&format!("@default {default}\n")), "{option}: {default}");
        }
        assert_says(member, "1");
        assert_says(member, &default.to_string());
        assert_says(member, &most.to_string());
        assert_limit(option, most, most + 1);
        assert_limit(option, 1, 0);
        for value in [json!(1.5), json!("2"), json!(-2), json!(1e21)] {
            assert_limit(option, 2, value);
        }
    }
}

#[test]
fn only_the_functions_that_wait_take_long() {
    let doc = &interface("Connection")["timeoutMs"].doc;
    assert!(doc.contains("@default 120000, and 600000 for the functions that wait"), "{doc}");
    for (function, options) in FUNCTIONS {
        let waits = interface(options).contains_key("pollIntervalMs");
        let limits = limits_of(function, &options_with("force", json!(true))).unwrap();
        assert_eq!(limits.timeout_ms, if waits { 600_000 } else { 120_000 }, "{function}");
    }
}

#[test]
fn retry_can_be_switched_off_and_not_on() {
    let attempts =
        |retry: Value| limits_of(LONG, &options_with("retry", retry)).map(|limits| limits.retry.max_attempts);
    assert_eq!(attempts(json!(false)), Ok(1));
    assert_eq!(attempts(json!({})), Ok(4));
    assert_eq!(attempts(json!(true)), Err(Some("retry".to_owned())));
}

#[test]
fn ids_have_the_documented_length_and_characters() {
    for (function, options) in FUNCTIONS {
        for (name, member) in interface(options).into_iter().filter(|(name, _)| name.ends_with("Id")) {
            assert_says(&member, "128");
            assert!(member.doc.contains("`A-Z a-z 0-9 - _ . ~`"), "{function}: {name}");
            for (value, refused) in [
                ("~".repeat(128), None),
                ("a".repeat(129), Some(name.clone())),
                ("AZaz09-_.~".to_owned(), None),
                (String::new(), Some(name.clone())),
            ] {
                assert_eq!(refused_option(function, &name, json!(value)), refused, "{function}");
            }
        }
    }
}

#[test]
fn tokens_have_the_documented_length() {
    assert_says(&interface("TokenAuth")["token"], "16384");
    assert_says(&interface("AccessKeyAuth")["securityToken"], "16384");
    assert_says(&interface("AccessKeyAuth")["accessKey"], "128");
    assert_says(&interface("AccessKeyAuth")["secretKey"], "128");
    assert_limit("auth.token", "~".repeat(16_384), "t".repeat(16_385));
    for token in ["", "two words", "tab\t", "é"] {
        assert_limit("auth.token", "!", token);
    }
}

#[test]
fn names_of_projects_have_the_documented_length() {
    assert_says(&interface("FindProjectsOptions")["name"], "255");
    for (name, refused) in
        [("é".repeat(255), None), ("é".repeat(256), Some("name")), (String::new(), Some("name"))]
    {
        assert_eq!(refused_option("findProjects", "name", json!(name)).as_deref(), refused);
    }
}

#[test]
fn endpoints_have_the_documented_length() {
    assert_says(&interface("Connection")["endpoint"], "2048");
    let path = |length: usize| "/".to_owned() + &"a".repeat(length - 1);
    assert_limit("endpoint", path(2048), path(2049));
    let url = |length: usize| ["https://host", &path(length - 12)].concat();
    assert_limit("endpoint", url(2048), url(2049));
}

#[test]
fn headers_have_the_documented_number() {
    assert_says(&interface("Connection")["headers"], "64");
    let headers = |count: usize| -> Value {
        (0..count)
            .map(|index| (format!("X-{index}"), json!("value")))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    assert_limit("headers", headers(64), headers(65));
}

#[test]
fn header_values_have_the_documented_length_in_characters() {
    assert_says(&interface("Connection")["headers"], "8192");
    assert_limit("headers.X-Csrf", "a".repeat(8192), "a".repeat(8193));
    assert_limit("headers.X-Csrf", "é".repeat(8192), "é".repeat(8193));
    for value in ["two\nlines", "two\r\nlines", "nul\0", "日本"] {
        assert_limit("headers.X-Csrf", "one line", value);
    }
}

#[test]
fn details_have_the_documented_number() {
    assert_says(&interface("FromReply")["details"], "32");
    let inner = json!({ "itemNotFound": { "message": "gone", "code": 404 } }).to_string();
    for message in ["plain", &inner] {
        let error = json!({ "message": message, "code": "Ecs.1000", "details": vec![json!({ "code": "Ecs.0057" }); 99] });
        let body = json!({ "error": error }).to_string();
        let answer = parse_accepted(&reply(400, &body)).unwrap_err().answer.unwrap();
        assert_eq!(answer.details.len(), 32, "{message}");
    }
}
