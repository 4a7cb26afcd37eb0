//! What only reads: one question, asked again after failures that can pass; and the wait for the end of a task.
#![expect(clippy::panic, reason = "helpers of tests")]

mod support;

use ecs_detach_volume::core::config::Config;
use ecs_detach_volume::core::error::{Effect, ErrorKind};
use ecs_detach_volume::core::http::SendError;
use ecs_detach_volume::core::job::Job;
use ecs_detach_volume::core::outcome::Outcome;
use serde_json::{Value, json};
use support::{
    Answer, DISK, LATENCY_MS, Run, TASK, answered, attached, config, gone, lost, play, play_all,
    play_until_wait, play_with, replied, service_error, task, throttled,
};

const DISKS: &str = "/v1/p/cloudservers/s/block_device";

fn waiting() -> Config {
    waiting_with(&json!({}))
}

fn waiting_with(options: &Value) -> Config {
    config("waitForJob", options)
}

#[track_caller]
fn job(run: Run) -> Job {
    match run.outcome {
        Ok(Outcome::Job(job)) => *job,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_only_reads_is_repeated_and_never_says_that_something_started() {
    for (function, path, job_id) in
        [("getJob", TASK, Some("ff8080")), ("getAttachment", DISK, None), ("listAttachments", DISKS, None)]
    {
        let config = config(function, &json!({}));
        let run = play_all(&config, [lost(), replied(503, ""), throttled(), replied(200, "")]);
        assert_eq!(run.paths(), [path; 4]);
        assert!(run.waits().iter().all(|ms| (1..=2_000).contains(ms)), "{:?}", run.sleeps);
        assert!(run.reports.is_empty(), "it is short");
        let error = run.failed(ErrorKind::Decode);
        assert_eq!((error.effect, error.course.attempts), (Effect::None, 4));
        assert_eq!(error.course.job_id.as_deref(), job_id);

        for (answer, kind) in [
            (service_error(404, "Ecs.0114"), ErrorKind::NotFound),
            (service_error(403, "Pdp.0001"), ErrorKind::Forbidden),
            (Answer::Lost(SendError::NotAResponse), ErrorKind::Network),
            (Answer::Aborts, ErrorKind::Aborted),
        ] {
            let error = play_all(&config, [answer]).failed(kind);
            assert_eq!((error.effect, error.course.attempts), (Effect::None, 1));
        }
        let once = support::config(function, &json!({ "retry": false }));
        assert_eq!(play_all(&once, [lost()]).failed(ErrorKind::Network).course.attempts, 1);
        let error = play_until_wait(&config, [lost()]).failed(ErrorKind::Aborted);
        assert_eq!((error.effect, error.course.attempts), (Effect::None, 1));
        let too_long = throttled().retry_after_ms(3_600_000);
        let error = play_all(&config, [lost(), too_long]).failed(ErrorKind::Throttled);
        assert_eq!((error.hint().ms(), error.course.attempts), (Some(3_600_000), 2));
    }
}

#[test]
fn a_question_without_credentials_was_not_asked() {
    let error = play_all(&config("getJob", &json!({})), [Answer::Unsent(SendError::NoCredentials)]);
    let error = error.failed(ErrorKind::Auth);
    assert_eq!((error.effect, error.course.attempts), (Effect::None, 0));
}

#[test]
fn a_task_is_told_whatever_its_state() {
    let asking = config("getJob", &json!({}));
    for status in ["INIT", "RUNNING", "SUCCESS", "FAIL", "CANCELED"] {
        let run = play_all(&asking, [task(status).request_id("r")]);
        let Ok(Outcome::Job(job)) = run.outcome else { panic!("{:?}", run.outcome) };
        assert_eq!((job.status.as_str(), job.job_type.as_deref()), (status, Some("detachVolume")));
        assert_eq!(job.request_id.as_deref(), Some("r"));
    }
}

#[test]
fn a_reply_must_be_about_the_task_that_was_asked_about() {
    let asking = config("getJob", &json!({ "jobId": "FF-8080" }));
    assert!(play_all(&asking, [task("INIT")]).outcome.is_ok(), "another writing of the same id");
    for body in [
        json!({ "status": "SUCCESS", "job_id": "other" }),
        json!({ "status": "SUCCESS" }),
        json!({ "status": "SUCCESS", "data": {} }),
        json!({ "code": 0, "status": "SUCCESS", "job_id": "other" }),
        json!({ "job_id": "ff8080" }),
        json!({ "status": "", "job_id": "ff8080" }),
    ] {
        let error = play_all(&asking, [answered(200, &body)]).failed(ErrorKind::Decode);
        assert_eq!(error.course.attempts, 1, "the answer would be the same: {body}");
        // The wait for its end hears it three times before it believes that.
        let run = play_all(&waiting(), [answered(200, &body); 3]);
        assert_eq!(run.failed(ErrorKind::Decode).course.job_id.as_deref(), Some("ff8080"));
        let run = play_all(&waiting(), [answered(200, &body), answered(200, &body), task("SUCCESS")]);
        assert_eq!(job(run).status, "SUCCESS");
    }
}

#[test]
fn a_disk_is_found_or_not_attached() {
    let asking = config("getAttachment", &json!({}));
    let found = |answer| match play_all(&asking, [answer]).outcome {
        Ok(Outcome::Attachment(disk)) => disk.map(|disk| (disk.is_system_disk, disk.device)),
        other => panic!("{other:?}"),
    };
    let system_disk = json!({ "volumeAttachment": { "id": "v", "device": "/dev/vda" } });
    assert_eq!(found(gone()), None);
    assert_eq!(found(service_error(400, "Ecs.0111")), None);
    assert_eq!(found(replied(200, r#"{"volumeAttachment":null}"#)), None);
    assert_eq!(found(attached()), Some((false, Some("/dev/vdb".into()))));
    assert_eq!(found(answered(200, &system_disk)), Some((true, Some("/dev/vda".into()))));
    for disk in [json!({ "volumeId": "w" }), json!({ "volumeId": "v", "serverId": "t" })] {
        let body = json!({ "volumeAttachment": disk });
        play_all(&asking, [answered(200, &body)]).failed(ErrorKind::Decode);
    }
}

#[test]
fn the_disks_of_a_server_are_listed() {
    let asking = config("listAttachments", &json!({ "retry": false }));
    let disks = [json!({ "id": "v", "device": "/dev/vda" }), json!({ "volumeId": "w", "serverId": "s" })];
    let run = play_all(&asking, [answered(200, &json!({ "volumeAttachments": disks }))]);
    let Ok(Outcome::Attachments(found)) = run.outcome else { panic!("{:?}", run.outcome) };
    let found: Vec<_> = found.iter().map(|disk| (disk.volume_id.as_str(), disk.is_system_disk)).collect();
    assert_eq!(found, [("v", true), ("w", false)]);
    let none = play_all(&asking, [replied(200, r#"{"volumeAttachments":[]}"#)]);
    assert_eq!(none.outcome, Ok(Outcome::Attachments(vec![])));
    for body in [
        r#"{"volumeAttachments":null}"#,
        r#"{"volumeAttachments":[{}]}"#,
        r#"{"volumeAttachments":[{"id":"v","serverId":"t"}]}"#,
        "[]",
    ] {
        let error = play_all(&asking, [replied(200, body)]).failed(ErrorKind::Decode);
        assert_eq!(error.effect, Effect::None, "{body}");
    }
}

fn page(id: &str, next: &str) -> Answer {
    let links = format!(r#"{{"next":{next},"previous":null}}"#);
    replied(200, &format!(r#"{{"projects":[{{"id":"{id}"}}],"links":{links}}}"#))
}

#[test]
fn projects_are_read_page_by_page() {
    let asking = config("findProjects", &json!({ "name": "a b" }));
    let script = [page("1", "\"https://next\""), lost(), page("2", "\"https://next\""), page("3", "null")];
    let run = play_all(&asking, script);
    let path = |page: u32| format!("/v3/projects?name=a%20b&page={page}&per_page=1000");
    assert_eq!(run.paths(), [path(1), path(2), path(2), path(3)]);
    let Ok(Outcome::Projects(found)) = run.outcome else { panic!("{:?}", run.outcome) };
    assert_eq!(found.iter().map(|project| project.id.as_str()).collect::<Vec<_>>(), ["1", "2", "3"]);

    let run = play(&config("findProjects", &json!({})), |_, _| page("1", "\"https://next\""));
    assert_eq!(run.requests.len(), 100, "a list without end");
    assert_eq!(run.paths()[99], "/v3/projects?page=100&per_page=1000");
    for body in [r#"{"projects":{}}"#, r#"{"projects":[{}]}"#, "{}"] {
        let once = config("findProjects", &json!({ "retry": false }));
        play_all(&once, [replied(200, body)]).failed(ErrorKind::Decode);
    }
}

#[test]
fn the_end_of_a_task_is_waited_for_at_intervals_that_grow_up_to_their_limit() {
    let run = play(&waiting(), |_, at| task(if at < 120_000 { "RUNNING" } else { "SUCCESS" }));
    assert_eq!(run.requests[0].0, 0, "the first look is not put off");
    let waits = run.waits();
    assert!((360..=400).contains(&waits[0]), "{waits:?}");
    assert!(waits.iter().rev().take(4).all(|ms| (13_500..=15_000).contains(ms)), "{waits:?}");
    assert!(run.requests.len() <= 20, "{}", run.requests.len());
    assert!(run.ended_ms < 120_000 + 15_000 + LATENCY_MS);
    run.assert_announced();
    assert_eq!(run.phases(), ["waiting"]);
    assert_eq!(job(run).status, "SUCCESS");

    let even = waiting_with(&json!({ "pollIntervalMs": 2_000, "maxPollIntervalMs": 2_000 }));
    let run = play(&even, |_, at| task(if at < 60_000 { "RUNNING" } else { "SUCCESS" }));
    assert!(run.waits().iter().all(|ms| (1_800..=2_000).contains(ms)), "{:?}", run.sleeps);
}

#[test]
fn a_word_that_is_not_known_is_no_end() {
    for word in ["PENDING_PAYMENT", "CANCELED", "FAILED", "SUCCESSFUL"] {
        let run = play_all(&waiting(), [task(word), task("success ")]);
        assert_eq!(job(run).status, "success ", "{word}");
    }
    let short = waiting_with(&json!({ "timeoutMs": 3_000 }));
    let error = play(&short, |_, _| task("CANCELED")).failed(ErrorKind::Timeout);
    assert_eq!(error.course.job_status.as_deref(), Some("CANCELED"));
    assert!(error.reason.contains("\"CANCELED\""), "{}", error.reason);
}

#[test]
fn a_task_that_fails_says_why() {
    let body = json!({ "status": "fail", "job_id": "ff8080", "error_code": "Ecs.1", "fail_reason": "text" });
    let error = play_all(&waiting(), [answered(200, &body)]).failed(ErrorKind::JobFailed);
    assert_eq!((error.effect, error.course.attempts), (Effect::Possible, 1));
    assert_eq!(error.course.job_id.as_deref(), Some("ff8080"));
    assert_eq!(error.course.job.as_ref().map(|job| job.failure()), Some((Some("Ecs.1"), Some("text"))));
}

#[test]
fn a_task_may_be_unknown_in_its_first_seconds_and_no_longer() {
    for missing in [service_error(400, "Common.0011"), replied(404, ""), replied(404, "<html>")] {
        let run = play_all(&waiting(), [missing, missing, task("RUNNING"), task("SUCCESS")]);
        assert_eq!(job(run).status, "SUCCESS");
        let run = play(&waiting(), |_, _| missing);
        assert!((15_000..25_000).contains(&run.ended_ms), "{}", run.ended_ms);
        let error = run.failed(ErrorKind::NotFound);
        assert_eq!((error.effect, error.course.job_id.as_deref()), (Effect::Possible, Some("ff8080")));
    }
}

#[test]
fn a_wait_survives_failures_that_can_pass_for_as_long_as_it_lasts() {
    let failures =
        [lost(), Answer::Hangs, service_error(503, "Common.1503"), replied(502, "<html>"), throttled()];
    let script = failures.into_iter().chain(failures).chain([task("RUNNING"), lost(), task("SUCCESS")]);
    let run = play_all(&waiting_with(&json!({ "retry": false })), script);
    run.assert_announced();
    let kinds: Vec<_> =
        run.reports.iter().filter_map(|report| Some(report.last_failure.as_ref()?.kind)).collect();
    assert!(kinds.contains(&ErrorKind::Throttled) && kinds.contains(&ErrorKind::Timeout), "{kinds:?}");
    assert_eq!(job(run).status, "SUCCESS");

    let run = play(&waiting(), |_, _| lost());
    assert!(run.ended_ms >= 600_000);
    let error = run.failed(ErrorKind::Timeout);
    assert_eq!(error.course.last_failure.as_ref().map(|failure| failure.kind), Some(ErrorKind::Network));
    assert_eq!((error.effect, error.course.job_status), (Effect::Possible, None));
}

#[test]
fn a_wait_ends_at_once_where_asking_again_cannot_help() {
    for (answer, kind) in [
        (service_error(401, "Common.0013"), ErrorKind::Auth),
        (service_error(403, "Pdp.0001"), ErrorKind::Forbidden),
        (service_error(400, "Ecs.0005"), ErrorKind::Api),
        (throttled().retry_after_ms(600_000), ErrorKind::Throttled),
    ] {
        let error = play_all(&waiting(), [task("RUNNING"), answer]).failed(kind);
        assert_eq!((error.effect, error.course.job_id.as_deref()), (Effect::Possible, Some("ff8080")));
        assert_eq!(error.course.job_status.as_deref(), Some("RUNNING"));
    }
}

#[test]
fn a_wait_is_as_long_as_the_service_asks() {
    let run = play_all(&waiting(), [throttled().retry_after_ms(30_000), task("SUCCESS")]);
    assert_eq!(run.waits(), [30_000]);
    run.assert_announced();
}

#[test]
fn the_time_of_a_wait_ends_with_a_last_look() {
    let short = waiting_with(&json!({ "timeoutMs": 5_000 }));
    let run = play(&short, |_, _| task("RUNNING"));
    assert_eq!(run.requests.last().map(|(at, exchange)| (*at, exchange.timeout_ms)), Some((5_000, 1_000)));
    let error = run.failed(ErrorKind::Timeout);
    assert!(error.reason.contains("before the task ended"), "{}", error.reason);
    assert_eq!((error.effect, error.course.job_id.as_deref()), (Effect::Possible, Some("ff8080")));

    // Also where the computer sleeps, in a wait or through a request.
    let run = play_with(&waiting(), |_, at| task(if at < 1_000 { "INIT" } else { "SUCCESS" }), |_| 3_000_000);
    assert_eq!((run.requests.len(), run.ended_ms), (2, 3_000_000 + LATENCY_MS));
    assert_eq!(job(run).status, "SUCCESS");
    let run = play(&short, |_, at| if at < 5_000 { Answer::Hangs } else { task("SUCCESS") });
    assert_eq!(job(run).status, "SUCCESS");
}
