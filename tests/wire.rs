//! What the package makes of every reply that is documented or was seen: `tests/fixtures`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/replies.rs"]
mod replies;

use ecs_detach_volume::core::api::parse_accepted;
use ecs_detach_volume::core::error::{Answer, Detail, Effect, Error};
use ecs_detach_volume::core::http::{BodyEnd, HttpResponse};
use ecs_detach_volume::core::ids::JobId;
use replies::{kept, reply};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The shapes of errors; a fixture's name begins with one of these or with `ok` or `no-job`.
const ENVELOPES: &str = "abcdefghijklm";

fn fixtures_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn read_json(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All fixtures, by the name of the file.
fn fixtures() -> BTreeMap<String, Value> {
    let entries = fs::read_dir(fixtures_folder().join("wire")).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), read_json(&path))).collect()
}

/// A fixture is a plain record; anything that is not known here is a mistake in it. Headers are the loader's.
fn reply_of(fixture: &Value) -> HttpResponse<'static> {
    for (name, value) in fixture.as_object().unwrap() {
        let is_known = ["status", "body", "headers", "end", "expect"].contains(&name.as_str());
        assert!(is_known || (name == "source" && !value.as_str().unwrap().is_empty()), "{name}: {value}");
    }
    let end = match fixture["end"].as_str() {
        None => BodyEnd::Complete,
        Some("too-long") => BodyEnd::TooLong,
        Some("broken-off") => BodyEnd::BrokenOff,
        Some(end) => panic!("{end}"),
    };
    let status = fixture["status"].as_u64().unwrap().try_into().unwrap();
    HttpResponse::new(status, kept(fixture["body"].as_str().unwrap()), end)
}

/// The outcome with the names of the public types.
fn record(outcome: Result<JobId, Box<Error>>) -> Value {
    let error = match outcome {
        Ok(job) => return json!({ "jobId": job.as_str() }),
        Err(error) => error,
    };
    let Answer { error_code, error_message, details, encoded_authorization_message, .. } =
        *error.answer.unwrap();
    let details: Vec<_> = details
        .into_iter()
        .map(|Detail { code, message }| json!({ "code": code, "message": message }))
        .collect();
    json!({
        "kind": error.kind.as_str(),
        "mayHaveStarted": error.effect == Effect::Possible,
        "errorCode": error_code,
        "errorMessage": error_message,
        "details": details,
        "encodedAuthorizationMessage": encoded_authorization_message,
    })
}

#[test]
fn every_fixture_means_what_it_says() {
    let mut wrong = Vec::new();
    for (name, fixture) in fixtures() {
        let found = record(parse_accepted(&reply_of(&fixture)));
        let mut expected = fixture["expect"].clone();
        // What the loader tells: tests/loader/fixtures.test.ts.
        for name in ["requestId", "bodyExcerpt"] {
            expected.as_object_mut().unwrap().remove(name);
        }
        if found != expected {
            wrong.push(format!("{name}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_success_has_a_status_from_200_to_299() {
    let means_success = |status| parse_accepted(&reply(status, r#"{"job_id":"ff8080"}"#)).is_ok();
    assert_eq!([199, 200, 299, 300].map(means_success), [false, true, true, false]);
}

#[test]
fn every_error_keeps_the_status() {
    for (name, fixture) in fixtures() {
        let reply = reply_of(&fixture);
        let Err(error) = parse_accepted(&reply) else { continue };
        assert_eq!(error.answer.as_ref().map(|answer| answer.status), Some(reply.status), "{name}");
        assert_eq!(error.option, None, "{name}");
    }
}

#[test]
fn every_shape_of_error_has_a_fixture() {
    let known = |name: &str| {
        let (start, rest) = name.split_once('-').unwrap();
        match start {
            "no" => rest.starts_with("job-"),
            "ok" => true,
            _ => ENVELOPES.contains(start.trim_end_matches(char::is_numeric)),
        }
    };
    let names: Vec<_> = fixtures().into_keys().collect();
    assert!(names.iter().all(|name| known(name)), "{names:?}");
    for letter in ENVELOPES.chars() {
        assert!(names.iter().any(|name| name.starts_with(&format!("{letter}-"))), "no fixture for {letter}");
    }
}

#[test]
fn every_fixture_is_listed_with_its_source_and_nothing_else_is() {
    let readme = fs::read_to_string(fixtures_folder().join("README.md")).unwrap();
    let rows = readme.lines().filter(|line| line.starts_with("| `"));
    let rows: BTreeMap<_, _> = rows
        .map(|row| {
            let cells: Vec<_> = row.trim_matches('|').split(" | ").map(str::trim).collect();
            let [file, what, source] = cells[..] else { panic!("{row}") };
            assert!(!what.is_empty());
            (file.trim_matches('`').to_owned(), source.to_owned())
        })
        .collect();
    let sources =
        fixtures().into_iter().map(|(name, fixture)| (name, fixture["source"].as_str().unwrap().to_owned()));
    assert_eq!(rows, sources.collect());
}

#[test]
fn every_documented_code_means_what_the_table_says() {
    let rows = read_json(&fixtures_folder().join("codes.json"));
    let mut wrong = BTreeSet::new();
    for row in rows.as_array().unwrap() {
        let (code, status) = (&row["code"], row["http"].as_u64().unwrap().try_into().unwrap());
        let wrapped = json!({ "error": { "message": "text", "code": code } });
        let flat = json!({ "error_msg": "text", "error_code": code, "request_id": "8080d377" });
        let under_another =
            json!({ "error": { "code": "Xyz.1", "message": "text", "details": [{ "code": code }] } });
        let name = code.as_str().unwrap();
        let is_gateway = name.starts_with("APIGW.") || name.starts_with("IAM.");
        let mut bodies = vec![wrapped, under_another];
        bodies.extend(is_gateway.then_some(flat));
        for body in bodies {
            let found = record(parse_accepted(&reply(status, &body.to_string())));
            let same = ["kind", "mayHaveStarted"].into_iter().all(|member| found[member] == row[member]);
            if !same || found["errorCode"] != *code {
                wrong.insert(format!("{row}\n  found {} {}", found["kind"], found["mayHaveStarted"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_gateway_under_another_name_is_judged_like_the_public_one() {
    let rows = read_json(&fixtures_folder().join("codes.json"));
    for row in rows.as_array().unwrap() {
        let Some(number) = row["code"].as_str().unwrap().strip_prefix("APIGW.") else { continue };
        let status = row["http"].as_u64().unwrap().try_into().unwrap();
        for prefix in ["APIG", "APIC"] {
            let body = json!({ "error_msg": "text", "error_code": format!("{prefix}.{number}") });
            let found = record(parse_accepted(&reply(status, &body.to_string())));
            assert_eq!(found["kind"], row["kind"], "{body}");
            assert_eq!(found["mayHaveStarted"], row["mayHaveStarted"], "{body}");
        }
    }
}
