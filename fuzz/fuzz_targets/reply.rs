//! Any reply gives what was asked about, or an error that keeps the status.
//!
//! An input looks like a reply: `202 complete` (or `too-long`, `broken-off`, `already-read`), an empty line, the body.
#![no_main]

use ecs_detach_volume::core::api::{
    parse_accepted, parse_attachment, parse_attachments, parse_job, parse_projects,
};
use ecs_detach_volume::core::error::{Again, Effect, Error, ErrorKind};
use ecs_detach_volume::core::http::{BodyEnd, HttpResponse};
use ecs_detach_volume::core::ids::{JobId, ServerId, VolumeId};
use ecs_detach_volume::core::json::Json;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|input: &[u8]| {
    let input = String::from_utf8_lossy(input);
    let (head, body) = input.split_once("\n\n").unwrap_or((&input, ""));
    let (status, end) = head.lines().next().and_then(|line| line.split_once(' ')).unwrap_or_default();
    let end = match end {
        "too-long" => BodyEnd::TooLong,
        "broken-off" => BodyEnd::BrokenOff,
        "already-read" => BodyEnd::AlreadyRead,
        _ => BodyEnd::Complete,
    };
    let reply = HttpResponse::new(status.parse().unwrap_or(200), body, end);
    let is_object = serde_json::from_str::<Value>(body).is_ok_and(|body| body.is_object());
    assert_eq!(reply.body.is_some(), is_object && end == BodyEnd::Complete, "{body:?}");
    for is_signed in [false, true] {
        check(&HttpResponse { is_signed, ..reply });
    }
});

fn check(reply: &HttpResponse<'_>) {
    let text = |name: &str| reply.body?.get(name)?.text();
    let is_whole = reply.is_success() && reply.end == BodyEnd::Complete;
    match parse_accepted(reply) {
        Ok(job) => assert!(is_whole && text("job_id").as_deref().map(str::trim_ascii) == Some(job.as_str())),
        Err(error) => check_error(reply, &error),
    }
    let job = text("job_id").and_then(|id| JobId::parse(&id).ok());
    let other = JobId::parse("another-task").expect("an id");
    match parse_job(reply, job.as_ref().unwrap_or(&other)) {
        Ok(found) => assert!(is_whole && job.is_some() && !found.status.trim_ascii().is_empty()),
        Err(error) => check_error(reply, &error),
    }
    if job.is_some_and(|job| !job.names(other.as_str())) {
        parse_job(reply, &other).expect_err("another task");
    }
    let (server, volume) = (ServerId::parse("s").expect("an id"), VolumeId::parse("v").expect("an id"));
    match parse_attachment(reply, &server, &volume) {
        Ok(disk) => assert!(is_whole && volume.names(&disk.volume_id)),
        Err(error) if says_null(reply) => assert_eq!(error.kind, ErrorKind::NotAttached),
        Err(error) => check_error(reply, &error),
    }
    match parse_attachments(reply, &server) {
        Ok(disks) => assert!(is_whole && disks.iter().all(|disk| !disk.volume_id.is_empty())),
        Err(error) => check_error(reply, &error),
    }
    match parse_projects(reply) {
        Ok((projects, _)) => assert!(is_whole && projects.iter().all(|project| !project.id.is_empty())),
        Err(error) => check_error(reply, &error),
    }
}

/// Whether the reply says that there is no such attachment.
fn says_null(reply: &HttpResponse<'_>) -> bool {
    let attachment = reply.body.and_then(|body| body.get("volumeAttachment"));
    reply.is_success() && attachment.is_some_and(Json::is_null)
}

fn check_error(reply: &HttpResponse<'_>, error: &Error) {
    let answer = error.answer.as_ref().expect("an error of a reply says what it was");
    assert_eq!(answer.status, reply.status);
    assert_eq!((error.option.as_ref(), error.course.attempts), (None, 0));
    assert!(answer.details.len() <= 32);

    let is_error = answer.foreign_body.is_none();
    assert!(!is_error || reply.end == BodyEnd::Complete);
    assert_eq!(is_error, answer.error_code.is_some() || answer.error_message.is_some());
    let by_status = match reply.status {
        200..300 if !is_error => ErrorKind::Decode,
        401 => ErrorKind::Auth,
        403 => ErrorKind::Forbidden,
        404 | 410 => ErrorKind::NotFound,
        409 | 423 => ErrorKind::Conflict,
        429 => ErrorKind::Throttled,
        _ => ErrorKind::Api,
    };
    // What has no code, wraps nothing, and names no other status in words, is judged by its status.
    let names_status = answer.error_message.as_deref().is_some_and(|text| text.contains("(HTTP "));
    if answer.error_code.is_none() && answer.details.is_empty() && !names_status {
        let is_refusal = matches!(reply.status, 400..=407 | 409..=498);
        let is_cut_json = reply.text.starts_with('{') && reply.body.is_none();
        let is_cut = !is_error && (reply.end != BodyEnd::Complete || is_cut_json);
        assert_eq!((error.kind, error.effect == Effect::Possible), (by_status, !is_refusal || is_cut));
    }
    match error.again {
        Again::WhenAllowed => assert_eq!(
            (error.kind, is_cut(reply) || error.effect == Effect::None),
            (ErrorKind::Throttled, true)
        ),
        Again::WithNewCredentials => assert_eq!(error.kind, ErrorKind::Auth),
        Again::AtTheRightTime => assert!(error.kind == ErrorKind::Auth && reply.is_signed),
        Again::Never | Again::Later => {}
    }
    let without_reply = [ErrorKind::Options, ErrorKind::Network, ErrorKind::Timeout, ErrorKind::Aborted];
    assert!(!without_reply.contains(&error.kind));
}

/// Whether a part of the reply is missing.
fn is_cut(reply: &HttpResponse<'_>) -> bool {
    reply.end != BodyEnd::Complete || reply.body.is_none()
}
