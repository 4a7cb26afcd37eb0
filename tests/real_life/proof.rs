//! Proving who is calling, in the middle of a wait.

use super::support::{Answer, answered, attached, gone, play, replied, task};
use super::{Asked, detaching, detaching_with, follow};
use ecs_detach_volume::core::error::ErrorKind;
use ecs_detach_volume::core::http::BodyEnd;
use serde_json::json;

fn refusals() -> [Answer; 3] {
    let text = "Incorrect IAM authentication information: token expires, expires_at 2021-12-17T06:43:03Z";
    [
        answered(401, &json!({ "error_code": "APIGW.0301", "error_msg": text })),
        replied(401, ""),
        answered(401, &json!({ "error": { "code": "401", "message": "Unauthorized" } })),
    ]
}

#[test]
fn every_refusal_of_a_token_asks_the_function_once() {
    for refusal in refusals() {
        let config = detaching_with(&json!({ "auth": { "typeof": "function" } }));
        let run = follow(&config, |asked, looks, _| match (asked, looks) {
            (Asked::Task, 1) => refusal,
            (Asked::Task, 0 | 2) => task("RUNNING"),
            (Asked::Task, _) => task("SUCCESS"),
            (Asked::Disk, 0) => refusal,
            (Asked::Disk, _) => gone(),
        });
        let renewals: Vec<usize> = run
            .requests
            .iter()
            .enumerate()
            .filter(|(_, (_, exchange))| exchange.is_renewal)
            .map(|(at, _)| at)
            .collect();
        assert_eq!(renewals.len(), 2, "{renewals:?}");
        assert!(run.done().is_seen);
    }
}

#[test]
fn a_second_refusal_in_a_row_is_the_end() {
    for refusal in refusals() {
        let config = detaching_with(&json!({ "auth": { "typeof": "function" } }));
        let run = follow(&config, |_, looks, _| if looks == 0 { task("RUNNING") } else { refusal });
        assert_eq!(run.requests.len(), 5);
        let error = run.failed(ErrorKind::Auth);
        assert_eq!(error.course.job_id.as_deref(), Some("ff8080"));
    }
}

#[test]
fn without_a_function_or_for_a_signature_a_refusal_is_the_end() {
    for refusal in refusals() {
        let run = follow(&detaching(), |_, _, _| refusal);
        assert_eq!(run.requests.len(), 3);
        run.failed(ErrorKind::Auth);
        let config = detaching_with(&json!({ "auth": { "typeof": "function" } }));
        let run = follow(&config, |_, _, _| refusal.signed());
        assert_eq!(run.requests.len(), 3, "failures in a row lock a key");
        run.failed(ErrorKind::Auth);
    }
}

#[test]
fn without_retries_a_refused_delete_is_not_sent_again_and_a_refused_question_at_its_time() {
    let config = detaching_with(&json!({ "auth": { "typeof": "function" }, "retry": false }));
    let run = play(&config, |path, _| if path == super::DISK { attached() } else { replied(401, "") });
    assert_eq!(run.deletes(), 1);
    run.failed(ErrorKind::Auth);
    let run = follow(&config, |asked, looks, _| match (asked, looks) {
        (Asked::Task, 0) => replied(401, ""),
        (Asked::Task, _) => task("SUCCESS"),
        (Asked::Disk, _) => gone(),
    });
    assert!(run.requests[3].1.is_renewal);
    assert!(run.sleeps.len() >= 2, "it comes at its interval");
    assert!(run.done().is_seen);
}

#[test]
fn a_refusal_that_was_cut_off_sends_no_delete_again_but_a_question() {
    let cut = || replied(401, "{\"error").cut(BodyEnd::BrokenOff);
    let config = detaching_with(&json!({ "auth": { "typeof": "function" }, "systemDisk": "allow" }));
    let mut looks = 0;
    let run = play(&config, |path, _| {
        looks += u32::from(path == super::DISK);
        if path == super::DISK { gone() } else { cut() }
    });
    assert_eq!((run.deletes(), looks), (1, 1), "what was cut off could have named another code");
    assert!(run.done().is_seen);
    let run = follow(&config, |asked, looks, _| match (asked, looks) {
        (Asked::Task, 0) => cut(),
        (Asked::Task, _) => task("SUCCESS"),
        (Asked::Disk, _) => gone(),
    });
    assert!(run.requests[2].1.is_renewal);
    assert!(run.done().is_seen);
}
