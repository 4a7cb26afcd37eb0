//! A whole detachment: the look before it, the DELETE, what becomes of a DELETE whose fate is unknown, the task, and the look
//! after it.

mod support;

use ecs_detach_volume::core::config::Config;
use ecs_detach_volume::core::error::{Effect, Error, ErrorKind};
use ecs_detach_volume::core::http::SendError;
use serde_json::{Value, json};
use support::{
    Answer, DELETE, DISK, LATENCY_MS, Run, TASK, accepted, answered, attached, config, gone, lost, play,
    play_all, play_until_wait, replied, service_error, task, throttled,
};

/// Begins with a look at the disk.
fn detaching() -> Config {
    detaching_with(&json!({}))
}

fn detaching_with(options: &Value) -> Config {
    config("detachVolumeAndWait", options)
}

/// Begins with the DELETE.
fn at_once() -> Config {
    detaching_with(&json!({ "systemDisk": "allow" }))
}

/// Begins with the DELETE, and sends no request again.
fn once() -> Config {
    detaching_with(&json!({ "systemDisk": "allow", "retry": false }))
}

fn system_disk() -> Answer {
    let disk = json!({ "volumeId": "v", "serverId": "s", "bootIndex": "0", "device": "/dev/vda" });
    answered(200, &json!({ "volumeAttachment": disk }))
}

fn sightings() -> [Answer; 3] {
    [attached(); 3]
}

#[track_caller]
fn failed(run: Run, kind: ErrorKind, effect: Effect) -> Box<Error> {
    let error = run.failed(kind);
    assert_eq!(error.effect, effect, "{error:?}");
    error
}

/// What makes the fate of a DELETE unknown.
fn doubts() -> Vec<Answer> {
    vec![
        lost(),
        Answer::Hangs,
        Answer::Lost(SendError::NotAResponse),
        replied(502, "<html>"),
        replied(200, "{}"),
        replied(200, r#"{"job_id":"../x"}"#),
        service_error(501, "Ecs.0603"),
    ]
}

#[test]
fn a_disk_is_looked_at_detached_followed_and_looked_at_again() {
    let script = [
        attached(),
        accepted().request_id("delete"),
        task("INIT"),
        task("RUNNING"),
        task("SUCCESS"),
        gone().request_id("look"),
    ];
    let run = play_all(&detaching(), script);
    assert_eq!(run.paths(), [DISK, DELETE, TASK, TASK, TASK, DISK]);
    assert_eq!(run.phases(), ["checking", "submitting", "waiting", "confirming"]);
    let waits = run.waits();
    assert_eq!(waits[0], 1_000);
    assert!((450..=510).contains(&waits[1]) && (640..=770).contains(&waits[2]), "{waits:?}");
    let ended_ms = run.ended_ms;
    let found = run.done();
    assert_eq!((found.job_id.as_deref(), found.is_seen, found.attempts), (Some("ff8080"), true, 1));
    assert_eq!(found.job.map(|job| job.status).as_deref(), Some("SUCCESS"));
    assert_eq!(found.elapsed_ms, ended_ms);
    assert_eq!((found.ids.last.as_deref(), found.ids.detach.as_deref()), (Some("look"), Some("delete")));
}

#[test]
fn what_is_going_on_is_told() {
    let script =
        [attached(), accepted(), task("INIT"), throttled().retry_after_ms(20_000), task("SUCCESS"), gone()];
    let run = play_all(&detaching(), script);
    let told: Vec<_> = run
        .reports
        .iter()
        .map(|report| {
            let failure = report.last_failure.as_ref().map(|failure| failure.kind);
            (report.phase, report.status.as_deref(), report.polls, failure)
        })
        .collect();
    let busy = Some(ErrorKind::Throttled);
    assert_eq!(
        told,
        [
            ("checking", None, 0, None),
            ("submitting", None, 0, None),
            ("waiting", None, 0, None),
            ("waiting", Some("INIT"), 1, None),
            ("waiting", Some("INIT"), 1, busy),
            ("confirming", Some("SUCCESS"), 2, None),
        ]
    );
    let dues: Vec<_> = run.reports.iter().map(|report| report.next_in_ms).collect();
    assert_eq!((dues[0], dues[1], dues[2], dues[4], dues[5]), (None, None, Some(1_000), Some(20_000), None));
    run.assert_announced();
}

#[test]
fn a_task_that_fails_says_why() {
    let sub = json!({ "status": "FAIL", "error_code": "Ecs.1002", "fail_reason": "timed out" });
    let entities = json!({ "sub_jobs": [sub] });
    let body = json!({ "status": "FAIL", "job_id": "ff8080", "entities": entities, "error_code": null });
    let run = play_all(&at_once(), [accepted(), answered(200, &body)]);
    let error = failed(run, ErrorKind::JobFailed, Effect::Possible);
    assert_eq!(error.reason, "the task failed");
    assert_eq!(error.course.job_id.as_deref(), Some("ff8080"));
    assert_eq!(error.course.job_status.as_deref(), Some("FAIL"));
    let job = error.course.job.as_ref();
    assert_eq!(job.map(|job| job.failure()), Some((Some("Ecs.1002"), Some("timed out"))));
}

#[test]
fn where_the_task_is_not_there_task_and_disk_are_both_looked_at() {
    let vanished = || service_error(400, "Common.0011");
    let run = play_all(&at_once(), [accepted(), vanished(), attached(), vanished(), gone()]);
    assert_eq!(run.paths(), [DELETE, TASK, DISK, TASK, DISK]);
    let found = run.done();
    assert_eq!((found.job_id.as_deref(), found.is_seen, found.attempts), (Some("ff8080"), true, 1));
    assert_eq!(found.job, None, "no task was seen to end");

    // It becomes visible, and is followed as any other.
    let script = [accepted(), vanished(), attached(), task("RUNNING"), task("SUCCESS"), gone()];
    let run = play_all(&at_once(), script);
    assert_eq!(run.paths(), [DELETE, TASK, DISK, TASK, TASK, DISK]);
    assert!(run.done().job.is_some());
}

#[test]
fn a_word_that_is_not_known_has_the_disk_looked_at_too() {
    for word in ["FAILED", "CANCELED", "SUCCESSFUL"] {
        let run = play_all(&at_once(), [accepted(), task(word), attached(), task(word), gone()]);
        assert_eq!(run.paths(), [DELETE, TASK, DISK, TASK, DISK], "{word}");
        assert!(run.done().is_seen);
    }
    let run = play_all(&at_once(), [accepted(), task("PENDING_PAYMENT"), task("success"), gone()]);
    assert_eq!(run.paths(), [DELETE, TASK, TASK, DISK]);
    assert!(run.done().is_seen);
}

#[test]
fn a_wait_survives_failures_that_can_pass_for_as_long_as_it_lasts() {
    let failures = [
        lost(),
        Answer::Hangs,
        service_error(503, "Common.1503"),
        throttled(),
        replied(502, "<html>"),
        replied(500, ""),
    ];
    let script = [accepted()].into_iter().chain(failures).chain(failures).chain([task("SUCCESS")]);
    let run = play_all(&at_once(), script.chain([lost(), lost(), gone()]));
    run.assert_announced();
    assert!(run.done().is_seen);

    let run = play(&at_once(), |path, _| if path == DELETE { accepted() } else { lost() });
    assert!(run.requests.len() > 30, "{}", run.requests.len());
    let error = failed(run, ErrorKind::Timeout, Effect::Possible);
    assert_eq!(error.course.last_failure.map(|failure| failure.kind), Some(ErrorKind::Network));
    assert_eq!(error.course.doubt, None);
}

#[test]
fn a_wait_ends_at_once_where_asking_again_cannot_help() {
    for (answer, kind) in [
        (service_error(401, "Common.0013"), ErrorKind::Auth),
        (service_error(403, "Pdp.0001"), ErrorKind::Forbidden),
        (service_error(400, "Ecs.0005"), ErrorKind::Api),
    ] {
        let run = play_all(&at_once(), [accepted(), answer]);
        let error = failed(run, kind, Effect::Possible);
        assert_eq!((error.course.job_id.as_deref(), error.course.attempts), (Some("ff8080"), 1));
    }
}

#[test]
fn a_wait_is_as_long_as_the_service_asks_or_not_begun() {
    let run = play_all(&at_once(), [accepted(), throttled().retry_after_ms(30_000), task("SUCCESS"), gone()]);
    assert_eq!(run.waits(), [1_000, 30_000]);

    let run = play_all(&at_once(), [accepted(), task("INIT"), throttled().retry_after_ms(3_600_000)]);
    assert!(run.ended_ms < 2_000);
    let error = failed(run, ErrorKind::Throttled, Effect::Possible);
    assert_eq!((error.hint().ms(), error.course.job_status.as_deref()), (Some(3_600_000), Some("INIT")));
}

#[test]
fn the_deadline_ends_a_wait_after_a_last_look_and_keeps_the_task() {
    let short = detaching_with(&json!({ "systemDisk": "allow", "timeoutMs": 5_000 }));
    let run = play(&short, |path, _| if path == DELETE { accepted() } else { task("RUNNING") });
    assert_eq!(run.ended_ms, 5_000 + LATENCY_MS);
    assert_eq!(run.requests.last().map(|(at, exchange)| (*at, exchange.timeout_ms)), Some((5_000, 1_000)));
    let error = failed(run, ErrorKind::Timeout, Effect::Possible);
    assert_eq!(error.course.job_id.as_deref(), Some("ff8080"));
    assert!(
        error.reason.contains("before the task ended; its last status was \"RUNNING\""),
        "{}",
        error.reason
    );

    // What the last look tells, counts.
    let run = play(&short, |path, at| match path {
        DELETE => accepted(),
        TASK if at < 5_000 => task("RUNNING"),
        TASK => task("SUCCESS"),
        _ => gone(),
    });
    assert_eq!(run.ended_ms, 5_000 + 2 * LATENCY_MS);
    assert!(run.done().is_seen);
}

#[test]
fn a_request_that_reaches_over_the_deadline_is_followed_by_a_last_look() {
    let short = detaching_with(&json!({ "systemDisk": "allow", "timeoutMs": 5_000 }));
    let run = play(&short, |path, at| match path {
        DELETE => accepted(),
        TASK if at < 5_000 => Answer::Hangs,
        TASK => task("SUCCESS"),
        _ => gone(),
    });
    assert_eq!(run.paths(), [DELETE, TASK, TASK, DISK]);
    assert!(run.done().is_seen);
    let run = play(&short, |path, _| if path == DELETE { accepted() } else { Answer::Hangs });
    assert!(run.ended_ms <= 5_000 + 2 * 1_000, "{}", run.ended_ms);
    assert_eq!(failed(run, ErrorKind::Timeout, Effect::Possible).course.attempts, 1);
}

#[test]
fn a_disk_that_lingers_is_waited_for() {
    let script = [accepted(), task("SUCCESS"), attached(), attached(), gone()];
    assert!(play_all(&at_once(), script).done().is_seen);

    let short = detaching_with(&json!({ "systemDisk": "allow", "timeoutMs": 4_000 }));
    let run = play(&short, |path, _| match path {
        DELETE => accepted(),
        TASK => task("SUCCESS"),
        _ => attached(),
    });
    let error = failed(run, ErrorKind::Timeout, Effect::Possible);
    assert!(error.reason.contains("still attached"), "{}", error.reason);
}

#[test]
fn where_the_attachment_cannot_be_read_the_task_is_believed_if_nothing_else_was_seen() {
    for unreadable in [service_error(403, "Pdp.0001"), service_error(401, "Common.0013"), replied(404, "")] {
        let found = play_all(&at_once(), [accepted(), task("SUCCESS"), unreadable]).done();
        assert_eq!((found.is_seen, found.job.is_some()), (false, true));
        let run = play_all(&at_once(), [accepted(), task("SUCCESS"), attached(), unreadable]);
        assert_eq!(run.outcome.map_err(|error| error.effect), Err(Effect::Possible));
    }
    let found = play_all(&at_once(), [accepted(), task("SUCCESS")].into_iter().chain([lost(); 6])).done();
    assert!(!found.is_seen);
    let run = play(&at_once(), |path, at| match path {
        DELETE => accepted(),
        TASK => task("SUCCESS"),
        _ if at < 3_000 => attached(),
        _ => lost(),
    });
    let error = failed(run, ErrorKind::Timeout, Effect::Possible);
    assert_eq!(error.course.last_failure.map(|failure| failure.kind), Some(ErrorKind::Network));
}

#[test]
fn a_lost_reply_is_settled_by_the_attachment() {
    for doubt in doubts() {
        let run = play_all(&detaching(), [attached(), doubt, attached(), gone()]);
        assert_eq!(run.paths(), [DISK, DELETE, DISK, DISK]);
        assert_eq!(run.phases(), ["checking", "submitting", "settling"]);
        assert_eq!(run.waits(), [2_000, 3_000]);
        run.assert_announced();
        let found = run.done();
        assert_eq!((found.job_id, found.job, found.is_seen, found.attempts), (None, None, true, 1));
    }
}

#[test]
fn a_task_s_id_that_no_path_can_hold_is_not_followed() {
    let run = play_all(&once(), [replied(200, r#"{"job_id":"../x"}"#)].into_iter().chain(sightings()));
    assert!(run.paths().iter().all(|path| [DELETE, DISK].contains(path)));
    let error = failed(run, ErrorKind::Decode, Effect::Possible);
    assert_eq!(error.answer.map(|answer| answer.status), Some(200));
    assert_eq!(error.course.job_id, None);
    assert_eq!(error.course.doubt.map(|doubt| doubt.kind), Some(ErrorKind::Decode));
}

#[test]
fn a_delete_is_repeated_where_the_disk_is_seen_attached_three_times() {
    let script = [lost()].into_iter().chain(sightings()).chain([accepted(), task("SUCCESS"), gone()]);
    let run = play_all(&at_once(), script);
    assert_eq!(run.paths(), [DELETE, DISK, DISK, DISK, DELETE, TASK, DISK]);
    assert_eq!(run.waits(), [2_000, 3_000, 5_000, 1_000]);
    assert_eq!(run.done().attempts, 2);

    let run = play_all(&once(), [lost()].into_iter().chain(sightings()));
    assert_eq!(failed(run, ErrorKind::Network, Effect::Possible).course.attempts, 1);
    let round = || [lost()].into_iter().chain(sightings());
    let run = play_all(&at_once(), round().chain(round()).chain(round()).chain(round()));
    assert_eq!(failed(run, ErrorKind::Network, Effect::Possible).course.attempts, 4);
}

#[test]
fn a_repeated_delete_that_finds_nothing_is_done() {
    let script = [lost()].into_iter().chain(sightings()).chain([service_error(400, "Ecs.0111"), gone()]);
    assert_eq!(play_all(&at_once(), script).done().attempts, 2);
}

#[test]
fn doubt_that_cannot_be_settled_stays_doubt_with_both_causes() {
    let run = play(&at_once(), |path, _| if path == DELETE { replied(504, "") } else { lost() });
    let error = failed(run, ErrorKind::Timeout, Effect::Possible);
    let causes = (error.course.doubt, error.course.last_failure);
    let causes = (causes.0.map(|doubt| (doubt.kind, doubt.status)), causes.1.map(|failure| failure.kind));
    assert_eq!(causes, (Some((ErrorKind::Api, Some(504))), Some(ErrorKind::Network)));

    let error = failed(
        play_all(&at_once(), [lost(), lost(), service_error(403, "Pdp.0001")]),
        ErrorKind::Network,
        Effect::Possible,
    );
    assert_eq!(error.course.doubt.map(|doubt| doubt.kind), Some(ErrorKind::Network));
    let failure = error.course.last_failure.map(|failure| (failure.kind, failure.code));
    assert_eq!(failure, Some((ErrorKind::Forbidden, Some("Pdp.0001".into()))));
}

#[test]
fn a_refusal_that_had_no_effect_ends_it() {
    for (answer, kind) in [
        (service_error(400, "Ecs.0100"), ErrorKind::Conflict),
        (service_error(403, "Pdp.0001"), ErrorKind::Forbidden),
        (service_error(404, "Ecs.0114"), ErrorKind::NotFound),
    ] {
        let run = play_all(&detaching(), [attached(), answer]);
        assert_eq!(failed(run, kind, Effect::None).course.attempts, 1);
    }
}

#[test]
fn a_refusal_after_doubt_is_no_certainty() {
    let script = [lost()].into_iter().chain(sightings()).chain([service_error(400, "Ecs.0605")]);
    let error = failed(play_all(&at_once(), script), ErrorKind::Conflict, Effect::Possible);
    assert_eq!(error.course.doubt.map(|doubt| doubt.kind), Some(ErrorKind::Network));
}

#[test]
fn a_system_disk_is_refused_before_any_delete() {
    for options in [json!({}), json!({ "ifNotAttached": "ok" }), json!({ "force": true })] {
        let run = play_all(&detaching_with(&options), [system_disk()]);
        assert_eq!(failed(run, ErrorKind::SystemDisk, Effect::None).course.attempts, 0);
    }
    let run = play_all(&at_once(), [accepted(), task("SUCCESS"), gone()]);
    assert_eq!(run.paths(), [DELETE, TASK, DISK]);
}

#[test]
fn a_disk_that_cannot_be_looked_at_is_not_detached() {
    let run = play_all(&detaching(), [service_error(403, "Pdp.0001")]);
    assert_eq!(failed(run, ErrorKind::Forbidden, Effect::None).course.attempts, 0);
    let run = play_all(&detaching(), [lost(), replied(500, ""), lost(), lost()]);
    assert_eq!(failed(run, ErrorKind::Network, Effect::None).course.attempts, 0);
}

#[test]
fn a_disk_that_was_never_attached_is_an_error_or_not_as_asked() {
    let is_fine =
        |system_disk: &str| detaching_with(&json!({ "ifNotAttached": "ok", "systemDisk": system_disk }));
    let run = play_all(&detaching(), [gone()]);
    assert_eq!(failed(run, ErrorKind::NotAttached, Effect::None).course.attempts, 0);
    let found = play_all(&is_fine("refuse"), [gone()]).done();
    assert_eq!((found.attempts, found.is_seen), (0, true));

    let absent = service_error(400, "Ecs.0111");
    let run = play_all(&at_once(), [absent]);
    assert_eq!(failed(run, ErrorKind::NotAttached, Effect::Possible).course.attempts, 1);
    let found = play_all(&is_fine("allow"), [absent]).done();
    assert_eq!((found.job_id, found.is_seen, found.attempts), (None, true, 1));
}

#[test]
fn a_call_that_goes_on_with_a_task_sends_no_delete() {
    let resuming = detaching_with(&json!({ "jobId": "ff8080" }));
    let run = play_all(&resuming, [task("RUNNING"), task("SUCCESS"), attached(), gone()]);
    assert_eq!(run.paths(), [TASK, TASK, DISK, DISK]);
    assert_eq!(run.phases(), ["waiting", "confirming"]);
    let found = run.done();
    assert_eq!((found.job_id.as_deref(), found.attempts, found.is_seen), (Some("ff8080"), 0, true));

    let vanished = |disk: fn(u32) -> Answer| {
        play(&resuming, |path, at| if path == TASK { service_error(404, "Common.0011") } else { disk(at) })
    };
    let run = vanished(|_| gone());
    assert_eq!((run.paths(), run.ended_ms), (vec![TASK, DISK], 2 * LATENCY_MS));
    assert!(run.done().is_seen);
    let run = vanished(|_| attached());
    assert!((15_000..30_000).contains(&run.ended_ms), "{}", run.ended_ms);
    assert_eq!(run.deletes(), 0);
    let error = failed(run, ErrorKind::NotFound, Effect::Possible);
    assert_eq!((error.course.attempts, error.course.job_id.as_deref()), (0, Some("ff8080")));

    let error =
        failed(play_all(&resuming, [service_error(403, "Pdp.0001")]), ErrorKind::Forbidden, Effect::Possible);
    assert_eq!(error.course.attempts, 0);
}

#[test]
fn an_abort_says_what_is_under_way() {
    let table: [(Vec<Answer>, Effect, Option<&str>); 5] = [
        (vec![Answer::Aborts], Effect::None, None),
        (vec![attached(), Answer::Aborts], Effect::Possible, None),
        (vec![attached(), accepted(), Answer::Aborts], Effect::Possible, Some("ff8080")),
        (vec![attached(), accepted(), task("SUCCESS"), Answer::Aborts], Effect::Possible, Some("ff8080")),
        (vec![attached(), lost(), Answer::Aborts], Effect::Possible, None),
    ];
    for (script, effect, job_id) in table {
        let error = failed(play_all(&detaching(), script), ErrorKind::Aborted, effect);
        assert_eq!(error.course.job_id.as_deref(), job_id);
    }
    let in_waits: [(Vec<Answer>, Effect, Option<&str>); 4] = [
        (vec![lost()], Effect::None, None),
        (vec![attached(), throttled()], Effect::None, None),
        (vec![attached(), accepted()], Effect::Possible, Some("ff8080")),
        (vec![attached(), lost()], Effect::Possible, None),
    ];
    for (script, effect, job_id) in in_waits {
        let error = failed(play_until_wait(&detaching(), script), ErrorKind::Aborted, effect);
        assert_eq!(error.course.job_id.as_deref(), job_id);
    }
}
