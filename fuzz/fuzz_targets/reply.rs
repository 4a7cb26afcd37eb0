//! Any reply gives a task's id or an error that keeps the status; values are read as they were written.
//!
//! An input looks like a reply: `202 complete` (or `too-long`, `broken-off`), an empty line, the body.
#![no_main]

#[path = "../../tests/support/flat.rs"]
mod flat;

use ecs_detach_volume::core::api::{parse_accepted, parse_attachment, parse_attachments, parse_job, parse_projects};
use ecs_detach_volume::core::error::{Error, ErrorKind};
use ecs_detach_volume::core::http::{BodyEnd, HttpResponse};
use ecs_detach_volume::core::flat::Json;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

fuzz_target!(|input: &[u8]| {
    let input = String::from_utf8_lossy(input);
    // Whatever the text, reading it ends.
    let raw = HttpResponse::new(Json::new(&input), BodyEnd::Complete);
    let _ = (parse_accepted(&raw), parse_attachments(&raw), parse_projects(&raw));

    let (head, body) = input.split_once("\n\n").unwrap_or((&input, ""));
    let (status, end) = head.lines().next().and_then(|line| line.split_once(' ')).unwrap_or_default();
    let end = match end {
        "too-long" => BodyEnd::TooLong,
        "broken-off" => BodyEnd::BrokenOff,
        _ => BodyEnd::Complete,
    };
    let status: u16 = status.parse().unwrap_or(200);
    let list = flat::flat(&json!([status, null, null, null, body]));
    let reply = HttpResponse::new(Json::new(&list), end);
    check_body(&reply, body);
    match parse_accepted(&reply) {
        Ok(job_id) => {
            assert!(reply.is_success() && reply.end == BodyEnd::Complete);
            assert!(job_id.bytes().any(|byte| byte > b' '), "{job_id:?}");
        }
        Err(error) => check_error(&reply, &error),
    }
    match parse_job(&reply) {
        Ok(status) => assert!(reply.is_success() && !status.is_empty()),
        Err(error) => check_error(&reply, &error),
    }
    for disks in [parse_attachments(&reply), parse_attachment(&reply).map(|disk| vec![disk])] {
        if let Err(error) = disks {
            check_error(&reply, &error);
        }
    }
});

/// What a body holds is what serde_json finds in it.
fn check_body(reply: &HttpResponse<'_>, body: &str) {
    let value = serde_json::from_str::<Value>(body).ok().filter(|_| body.starts_with('{'));
    assert_eq!(reply.body.is_some(), value.is_some() && reply.end == BodyEnd::Complete, "{body:?}");
    if let (Some(ours), Some(theirs)) = (reply.body, value) {
        assert!(same(ours, &theirs), "{body:?}");
    }
}

fn check_error(reply: &HttpResponse<'_>, error: &Error) {
    let answer = error.answer.as_ref().expect("an error of a reply says what it was");
    assert_eq!(answer.status, reply.status);
    assert_eq!((error.option.as_ref(), error.attempts), (None, 0));
    assert!(answer.details.len() <= 32);

    let is_error = answer.foreign_body.is_none();
    assert!(!is_error || reply.end == BodyEnd::Complete);
    assert_eq!(is_error, answer.error_code.is_some() || answer.error_message.is_some());
    let by_status = match reply.status {
        200..300 if !is_error => ErrorKind::Decode,
        401 => ErrorKind::Auth,
        403 => ErrorKind::Forbidden,
        404 => ErrorKind::NotFound,
        409 => ErrorKind::Conflict,
        429 => ErrorKind::Throttled,
        _ => ErrorKind::Api,
    };
    if answer.error_code.is_none() {
        let is_refusal = (400..500).contains(&reply.status) && reply.status != 408;
        let is_cut_json = reply.text.starts_with('{') && reply.body.is_none();
        let is_cut = !is_error && (reply.end != BodyEnd::Complete || is_cut_json);
        assert_eq!((error.kind, error.may_have_started), (by_status, !is_refusal || is_cut));
    }
    let without_reply = [ErrorKind::Options, ErrorKind::Network, ErrorKind::Timeout, ErrorKind::Aborted];
    assert!(!without_reply.contains(&error.kind));
}

fn same(ours: Json<'_>, theirs: &Value) -> bool {
    let plain = |text: &str| text.replace(|character| character <= '\u{6}', "\u{fffd}");
    match theirs {
        Value::String(text) => ours.string() == Some(&plain(text)),
        Value::Number(number) => ours.number() == Some(&number.to_string()),
        Value::Array(elements) => {
            ours.elements().count() == elements.len()
                && ours.elements().zip(elements).all(|(ours, theirs)| same(ours, theirs))
        }
        Value::Object(members) => {
            ours.members().count() == members.len()
                && ours.members().zip(members).all(|((name, ours), (key, theirs))| {
                    name == plain(key) && same(ours, theirs)
                })
        }
        word => ours.word() == Some(&word.to_string()),
    }
}
