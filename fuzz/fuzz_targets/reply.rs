//! Any reply gives a task's id or an error that keeps the status and fits on one line; JSON is read as serde_json
//! reads it.
//!
//! An input looks like a reply: `202 complete` (or `too-long`, `broken-off`), headers, an empty line, the body.
#![no_main]

use ecs_detach_volume::core::api::{parse_accepted, parse_attachment, parse_attachments, parse_job};
use ecs_detach_volume::core::error::{Error, ErrorKind};
use ecs_detach_volume::core::http::{BodyEnd, HttpResponse, REPLY_HEADERS};
use ecs_detach_volume::core::json::Json;
use ecs_detach_volume::core::text::EXCERPT_CHARS;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use serde_json::value::RawValue;

/// How deep the core reads.
const MAX_DEPTH: usize = 64;

fuzz_target!(|input: &[u8]| {
    let reply = reply_of(&String::from_utf8_lossy(input));
    let json = check_json(&reply.body);
    match parse_accepted(&reply) {
        Ok(job_id) => {
            assert!(reply.is_success() && reply.end == BodyEnd::Complete);
            assert!(job_id.bytes().any(|byte| byte > b' '), "{job_id:?}");
            assert_eq!(json.as_ref().and_then(|json| json.get("job_id")?.text()), Some(job_id.as_str()));
        }
        Err(error) => check_error(&reply, &error),
    }
    match parse_job(&reply) {
        Ok(job) => {
            assert!(reply.is_success() && !job.status().is_empty());
            check_error_text(&Error::job_failed(job).message());
        }
        Err(error) => check_error(&reply, &error),
    }
    for disks in [parse_attachments(&reply), parse_attachment(&reply).map(|disk| vec![disk])] {
        match disks {
            Ok(disks) => assert!(reply.is_success() && disks.iter().all(|disk| disk.volume_id().is_some())),
            Err(error) => check_error(&reply, &error),
        }
    }
});

fn reply_of(input: &str) -> HttpResponse {
    let (head, body) = input.split_once("\n\n").unwrap_or((input, ""));
    let mut lines = head.lines();
    let (status, end) = lines.next().and_then(|line| line.split_once(' ')).unwrap_or_default();
    let mut headers: Vec<(&str, String)> = Vec::new();
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        let known = REPLY_HEADERS.iter().find(|known| **known == name);
        headers.extend(known.map(|known| (*known, value.to_owned())));
    }
    let end = match end {
        "too-long" => BodyEnd::TooLong,
        "broken-off" => BodyEnd::BrokenOff,
        _ => BodyEnd::Complete,
    };
    HttpResponse { status: status.parse().unwrap_or(200), headers, body: body.to_owned(), end }
}

fn check_error(reply: &HttpResponse, error: &Error) {
    let message = error.message();
    let answer = error.answer.as_ref().expect("an error of a reply says what it was");
    assert_eq!(answer.status, reply.status);
    assert_eq!((error.option.as_ref(), error.attempts), (None, 0));
    assert!(message.starts_with(&format!("HTTP {}", reply.status)), "{message}");
    check_error_text(&message);
    assert!(answer.details.len() <= 32);
    assert!(answer.body_excerpt().is_none_or(|text| text.chars().count() <= EXCERPT_CHARS));

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
        let is_cut_json = reply.body.starts_with('{') && Json::parse(&reply.body).is_none();
        let is_cut = !is_error && (reply.end != BodyEnd::Complete || is_cut_json);
        assert_eq!((error.kind, error.may_have_started), (by_status, !is_refusal || is_cut));
    }
    let without_reply = [ErrorKind::Options, ErrorKind::Network, ErrorKind::Timeout, ErrorKind::Aborted];
    assert!(!without_reply.contains(&error.kind));
}

fn check_error_text(message: &str) {
    // The status, two codes, one text, and what stands between them.
    assert!(message.chars().count() <= 3 * EXCERPT_CHARS + 32, "{message}");
    assert!(!message.contains(char::is_control), "{message:?}");
}

/// Reads a text that is JSON if, and only if, serde_json says so and it is not too deep.
fn check_json(text: &str) -> Option<Json> {
    let ours = Json::parse(text);
    // Only the grammar: serde_json refuses half a surrogate pair in a value, and `JSON.parse` does not.
    let is_json = serde_json::from_str::<&RawValue>(text).is_ok();
    assert_eq!(ours.is_some(), is_json && depth(text) <= MAX_DEPTH, "{text:?}");
    if let (Some(ours), Ok(theirs)) = (&ours, serde_json::from_str(text)) {
        assert!(same(ours, &theirs), "{text:?}");
    }
    ours
}

/// How deep a JSON text nests.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest, mut is_text, mut is_escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => is_text = !is_text,
            b'{' | b'[' if !is_text => depth += 1,
            b'}' | b']' if !is_text => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn same(ours: &Json, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Json::Word(word), Value::Null) => *word == "null",
        (Json::Word(word), Value::Bool(flag)) => *word == flag.to_string(),
        (Json::Text(ours), Value::String(theirs)) => ours == theirs,
        (Json::Number(ours), Value::Number(theirs)) => {
            written_alike(ours) == written_alike(&theirs.to_string())
        }
        (Json::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Json::Object(members), Value::Object(theirs)) => {
            members.iter().all(|(name, _)| theirs.contains_key(name))
                && theirs.iter().all(|(name, value)| ours.get(name).is_some_and(|ours| same(ours, value)))
        }
        // The names by which serde_json passes numbers and raw values to itself.
        (Json::Object(members), _) => {
            members.iter().any(|(name, _)| name.starts_with("$serde_json::private"))
        }
        _ => false,
    }
}

/// A number as it was written, but for the writing of its exponent, which serde_json does not keep.
fn written_alike(number: &str) -> String {
    number.to_ascii_lowercase().replace("e+", "e")
}
