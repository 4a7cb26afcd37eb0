//! Following a task to its end, reading attachments, and settling what became of a DELETE.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod support;

use ecs_detach_volume::core::error::{Error, ErrorKind};
use ecs_detach_volume::core::http::{HttpResponse, SendError};
use ecs_detach_volume::core::old_goal::Goal;
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::outcome::{Detached, Outcome};
use ecs_detach_volume::core::pace::Pace;
use ecs_detach_volume::core::retry::Limits;
use ecs_detach_volume::core::turn::{Context, Input, Output};
use serde_json::json;
use support::{Run, id, limits, once, play, replied, reply, service_error, target};

const DELETE: &str = "/v1/p/cloudservers/s/detachvolume/v?delete_flag=0";
const DISK: &str = "/v1/p/cloudservers/s/block_device/v";
const JOB: &str = "/v1/p/jobs/ff8080";

fn detached(absent_is_done: bool, allow_system_disk: bool) -> Goal<'static> {
    Goal::Detached { target: target(false), absent_is_done, allow_system_disk }
}

fn waiting() -> Goal<'static> {
    Goal::JobDone(id("p"), id("ff8080"))
}

fn long() -> Limits {
    Limits { timeout_ms: 600_000, ..limits() }
}

fn accepted() -> Input<'static> {
    replied(200, r#"{"job_id":"ff8080"}"#)
}

fn job(status: &str) -> Input<'static> {
    replied(200, &json!({ "status": status, "job_id": "ff8080", "job_type": "detachVolume" }).to_string())
}

fn attached() -> Input<'static> {
    let disk = json!({ "volumeId": "v", "serverId": "s", "bootIndex": -1, "device": "/dev/vdb" });
    replied(200, &json!({ "volumeAttachment": disk }).to_string())
}

fn system_disk() -> Input<'static> {
    let disk = json!({ "volumeId": "v", "serverId": "s", "bootIndex": "0", "device": "/dev/vda" });
    replied(200, &json!({ "volumeAttachment": disk }).to_string())
}

/// As the service says it when asked for an attachment: a failure behind the API, with another reply in its text.
fn gone() -> Input<'static> {
    let inner =
        json!({ "itemNotFound": { "message": "No volume Block Device Mapping with id v.", "code": 404 } });
    replied(400, &json!({ "error": { "message": inner.to_string(), "code": "Ecs.1000" } }).to_string())
}

fn lost() -> Input<'static> {
    Input::Reply(Err(SendError::NoReply))
}

fn slept() -> Input<'static> {
    Input::Slept
}

/// Each input 10 ms after what was asked for. A wait for a task begins with the first wait behind it.
fn run(goal: Goal<'_>, limits: &Limits, inputs: impl IntoIterator<Item = Input<'static>>) -> Run {
    let first_wait = if goal == waiting() { Some((0, slept())) } else { None };
    let inputs = inputs.into_iter().map(|input| (10, input));
    play(goal, limits, [(0, Input::Start)].into_iter().chain(first_wait).chain(inputs))
}

fn paths(run: &Run) -> Vec<&str> {
    run.calls.iter().map(|(_, call)| call.path.as_str()).collect()
}

#[track_caller]
fn done(run: Run) -> Detached {
    match run.outcome {
        Ok(Outcome::Detached(detached)) => detached,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn failed(run: Run, kind: ErrorKind, may_have_started: bool) -> Box<Error> {
    let error = run.outcome.unwrap_err();
    assert_eq!((error.kind, error.may_have_started), (kind, may_have_started), "{}", error.reason);
    error
}

#[test]
fn a_disk_is_looked_at_detached_followed_and_looked_at_again() {
    let inputs = [
        attached(),
        accepted(),
        slept(),
        job("INIT"),
        slept(),
        job("RUNNING"),
        slept(),
        job("SUCCESS"),
        gone(),
    ];
    let run = run(detached(false, false), &long(), inputs);
    assert_eq!(paths(&run), [DISK, DELETE, JOB, JOB, JOB, DISK]);
    assert_eq!(run.phases, ["checking", "submitting", "waiting", "waiting", "waiting", "confirming"]);
    assert_eq!(run.sleeps[0], 2_000);
    assert!(
        (2_250..=3_000).contains(&run.sleeps[1]) && (3_375..=4_500).contains(&run.sleeps[2]),
        "{:?}",
        run.sleeps
    );
    assert_eq!(run.kept, 1, "the task that has succeeded");
    let found = done(run);
    assert_eq!((found.job_id.as_deref(), found.is_seen, found.attempts), (Some("ff8080"), true, 1));
}

#[test]
fn the_interval_between_questions_grows_up_to_its_limit() {
    let questions = (0..12).flat_map(|_| [slept(), job("RUNNING")]).chain([slept(), job("SUCCESS")]);
    let run = run(waiting(), &long(), [job("RUNNING")].into_iter().chain(questions));
    assert_eq!(run.sleeps[0], 2_000);
    assert!((2_250..=3_000).contains(&run.sleeps[1]), "{:?}", run.sleeps);
    assert!(
        run.sleeps.iter().rev().take(6).all(|sleep| (7_500..=10_000).contains(sleep)),
        "{:?}",
        run.sleeps
    );
    assert!(matches!(run.outcome, Ok(Outcome::Job)));
}

#[test]
fn an_unknown_status_is_pending() {
    let run =
        run(waiting(), &long(), [job("PENDING_PAYMENT"), slept(), job("success"), slept(), job("SUCCESS")]);
    assert!(run.outcome.is_ok());
    assert_eq!(run.calls.len(), 3);
}

#[test]
fn a_task_that_fails_says_why() {
    let sub = json!({ "status": "FAIL", "error_code": "Ecs.1002", "fail_reason": "timed out" });
    let body = json!({ "status": "FAIL", "entities": { "sub_jobs": [sub] }, "error_code": null });
    for goal in [waiting(), detached(false, true)] {
        let start = if goal == waiting() { vec![] } else { vec![accepted(), slept()] };
        let inputs = start.into_iter().chain([replied(200, &body.to_string())]);
        let error = failed(run(goal, &long(), inputs), ErrorKind::JobFailed, true);
        assert_eq!(error.reason, "the task failed");
        assert_eq!(error.job_id.as_deref(), Some("ff8080"));
    }
}

#[test]
fn a_task_that_the_service_does_not_know_is_its_own_answer() {
    for reply in [service_error(400, "Common.0011"), replied(404, "")] {
        let error = failed(run(waiting(), &long(), [reply]), ErrorKind::NotFound, true);
        assert_eq!(error.job_id.as_deref(), Some("ff8080"));
    }
}

#[test]
fn where_the_task_is_gone_the_attachment_tells() {
    let vanished = || service_error(400, "Common.0011");
    let run_of = |inputs: Vec<Input<'static>>| run(detached(false, true), &long(), inputs);
    let found = run_of(vec![accepted(), slept(), vanished(), gone()]);
    assert_eq!(found.kept, 0, "no task was seen to end");
    let found = done(found);
    assert_eq!((found.job_id.as_deref(), found.is_seen), (Some("ff8080"), true));
    let still = [accepted(), slept(), vanished(), attached(), slept(), attached(), slept(), attached()];
    failed(
        run(detached(false, true), &Limits { timeout_ms: 600_000, ..once() }, still),
        ErrorKind::NotFound,
        true,
    );
}

#[test]
fn a_wait_survives_five_failures_in_a_row_and_not_six() {
    let failures =
        || [lost(), service_error(503, "Common.1503"), replied(502, "<html>"), replied(200, "{}"), lost()];
    let survived = failures().into_iter().flat_map(|failure| [failure, slept()]);
    let again = survived.clone().chain([job("RUNNING"), slept()]).chain(survived.clone());
    assert!(run(waiting(), &long(), again.chain([job("SUCCESS")])).outcome.is_ok());
    let error = failed(run(waiting(), &long(), survived.chain([lost()])), ErrorKind::Network, true);
    assert_eq!(error.attempts, 6);
}

#[test]
fn a_wait_ends_at_once_where_asking_again_cannot_help() {
    for (reply, kind) in [
        (service_error(401, "Common.0013"), ErrorKind::Auth),
        (service_error(403, "Pdp.0001"), ErrorKind::Forbidden),
        (service_error(400, "Ecs.0005"), ErrorKind::Api),
    ] {
        let error = failed(run(waiting(), &long(), [reply]), kind, true);
        assert_eq!(error.job_id.as_deref(), Some("ff8080"));
    }
}

#[test]
fn a_wait_is_as_long_as_the_service_asks() {
    let busy = Input::Reply(Ok(HttpResponse { retry_after_ms: Some(30_000), ..reply(429, "") }));
    assert_eq!(run(waiting(), &long(), [busy, slept(), job("SUCCESS")]).sleeps, [2_000, 30_000]);
}

#[test]
fn at_a_shared_pace_a_refusal_costs_no_attempt() {
    let goal = detached(false, true);
    let step = |pace: &mut Pace, operation: Box<Operation>, now_ms, input| {
        let mut context = Context { goal: &goal, limits: &long(), pace, now_ms };
        operation.step(&mut context, input)
    };
    for (mut pace, is_shared) in [(Pace::new(0), true), (Pace::FREE, false)] {
        let (mut operation, mut input, mut now) = (Box::new(Operation::new(7)), Input::Start, 0);
        let mut sent = 0;
        let outcome = loop {
            match step(&mut pace, operation, now, input) {
                Step::Next { operation: next, output, .. } => {
                    operation = next;
                    input = match output {
                        Output::Send { .. } => {
                            sent += 1;
                            if sent == 9 { Input::Aborted } else { replied(429, "") }
                        }
                        Output::Sleep(delay) => {
                            now += delay;
                            slept()
                        }
                    };
                }
                Step::Done { outcome, .. } => break outcome,
            }
        };
        let kind = if is_shared { ErrorKind::Aborted } else { ErrorKind::Throttled };
        assert_eq!((outcome.unwrap_err().kind, sent), (kind, if is_shared { 9 } else { 4 }));
    }
}

#[test]
fn the_deadline_ends_a_wait_and_keeps_the_task() {
    let limits = Limits { timeout_ms: 5_000, ..limits() };
    let run = run(waiting(), &limits, [job("INIT"), slept(), job("RUNNING"), slept()]);
    assert_eq!(run.sleeps.iter().sum::<u32>() + 40, 5_000 + 10);
    let error = failed(run, ErrorKind::Timeout, true);
    assert_eq!(error.job_id.as_deref(), Some("ff8080"));
    assert!(error.reason.contains("before the task ended"), "{}", error.reason);
}

#[test]
fn a_disk_that_lingers_is_waited_for() {
    let inputs = [accepted(), slept(), job("SUCCESS"), attached(), slept(), attached(), slept(), gone()];
    assert!(done(run(detached(false, true), &long(), inputs)).is_seen);
    let limits = Limits { timeout_ms: 4_000, ..limits() };
    let inputs = [accepted(), slept(), job("SUCCESS"), attached(), slept()];
    let error = failed(run(detached(false, true), &limits, inputs), ErrorKind::Timeout, true);
    assert!(error.reason.contains("still attached"), "{}", error.reason);
}

#[test]
fn where_the_attachment_cannot_be_read_the_task_is_believed() {
    let inputs = [accepted(), slept(), job("SUCCESS"), service_error(403, "Pdp.0001")];
    let found = run(detached(false, true), &long(), inputs);
    assert_eq!(found.kept, 1);
    assert!(!done(found).is_seen);
}

#[test]
fn a_lost_reply_is_settled_by_the_attachment() {
    for doubt in [
        lost(),
        Input::Reply(Err(SendError::TimedOut)),
        replied(502, "<html>"),
        replied(200, "{}"),
        replied(200, r#"{"job_id":"../x"}"#),
        service_error(501, "Ecs.0603"),
    ] {
        let run =
            run(detached(false, false), &long(), [attached(), doubt, slept(), attached(), slept(), gone()]);
        assert_eq!(paths(&run), [DISK, DELETE, DISK, DISK]);
        assert_eq!(run.phases, ["checking", "submitting", "settling"]);
        let found = done(run);
        assert_eq!((found.job_id, found.is_seen, found.attempts), (None, true, 1));
    }
}

#[test]
fn a_task_s_id_that_no_path_can_hold_is_not_followed() {
    let sightings = [slept(), attached(), slept(), attached(), slept(), attached()];
    let inputs = [replied(200, r#"{"job_id":"../x"}"#)].into_iter().chain(sightings);
    let found = run(detached(false, true), &Limits { timeout_ms: 600_000, ..once() }, inputs);
    assert!(paths(&found).iter().all(|path| [DELETE, DISK].contains(path)));
    let error = failed(found, ErrorKind::Decode, true);
    assert_eq!((error.answer.as_ref().map(|answer| answer.status), &error.job_id), (Some(200), &None));
}

#[test]
fn a_delete_is_repeated_where_the_disk_is_seen_attached_three_times() {
    let sightings = || [slept(), attached(), slept(), attached(), slept(), attached()];
    let inputs = [lost()].into_iter().chain(sightings()).chain([accepted(), slept(), job("SUCCESS"), gone()]);
    let repeated = run(detached(false, true), &long(), inputs);
    assert_eq!(paths(&repeated), [DELETE, DISK, DISK, DISK, DELETE, JOB, DISK]);
    assert_eq!(done(repeated).attempts, 2);

    let limits = Limits { timeout_ms: 600_000, ..once() };
    let run = run(detached(false, true), &limits, [lost()].into_iter().chain(sightings()));
    assert_eq!(failed(run, ErrorKind::Network, true).attempts, 1);
}

#[test]
fn a_repeated_delete_that_finds_nothing_is_done() {
    let sightings = [slept(), attached(), slept(), attached(), slept(), attached()];
    let inputs = [lost()].into_iter().chain(sightings);
    let inputs = inputs.chain([service_error(400, "Ecs.0111"), slept(), gone()]);
    assert_eq!(done(run(detached(false, true), &long(), inputs)).attempts, 2);
}

#[test]
fn doubt_that_cannot_be_settled_stays_doubt() {
    let failures =
        [lost(), slept(), lost(), slept(), lost(), slept(), lost(), slept(), lost(), slept(), lost()];
    let inputs = [replied(504, ""), slept()].into_iter().chain(failures);
    let error = failed(run(detached(false, true), &long(), inputs), ErrorKind::Api, true);
    assert_eq!(error.answer.as_ref().map(|answer| answer.status), Some(504));
    let inputs = [lost(), slept(), service_error(403, "Pdp.0001")];
    failed(run(detached(false, true), &long(), inputs), ErrorKind::Network, true);
}

#[test]
fn a_refusal_that_had_no_effect_ends_it() {
    for (reply, kind) in [
        (service_error(400, "Ecs.0100"), ErrorKind::Conflict),
        (service_error(403, "Pdp.0001"), ErrorKind::Forbidden),
        (service_error(404, "Ecs.0114"), ErrorKind::NotFound),
    ] {
        let run = run(detached(false, false), &long(), [attached(), reply]);
        assert_eq!(failed(run, kind, false).attempts, 1);
    }
}

#[test]
fn a_refusal_after_doubt_is_no_certainty() {
    let sightings = [slept(), attached(), slept(), attached(), slept(), attached()];
    let inputs = [lost()].into_iter().chain(sightings).chain([service_error(400, "Ecs.0605")]);
    failed(run(detached(false, true), &long(), inputs), ErrorKind::Conflict, true);
}

#[test]
fn a_system_disk_is_refused_before_any_delete() {
    let refused = run(detached(true, false), &long(), [system_disk()]);
    assert_eq!(paths(&refused), [DISK]);
    assert_eq!(failed(refused, ErrorKind::SystemDisk, false).attempts, 0);
    let allowed = run(detached(false, true), &long(), [accepted(), slept(), job("SUCCESS"), gone()]);
    assert_eq!(paths(&allowed), [DELETE, JOB, DISK]);
}

#[test]
fn a_disk_that_cannot_be_looked_at_is_not_detached() {
    let run1 = run(detached(false, false), &long(), [service_error(403, "Pdp.0001")]);
    assert_eq!(failed(run1, ErrorKind::Forbidden, false).attempts, 0);
    let attempts = [lost(), slept(), replied(500, ""), slept(), lost(), slept(), lost()];
    let run2 = run(detached(false, false), &long(), attempts);
    assert_eq!(failed(run2, ErrorKind::Network, false).attempts, 0);
}

#[test]
fn a_disk_that_was_never_attached_is_an_error_or_not_as_asked() {
    let by_look = |goal| run(goal, &long(), [gone()]);
    assert_eq!(failed(by_look(detached(false, false)), ErrorKind::NotAttached, false).attempts, 0);
    assert_eq!(done(by_look(detached(true, false))).attempts, 0);
    let by_delete = |goal| run(goal, &long(), [service_error(400, "Ecs.0111")]);
    assert_eq!(failed(by_delete(detached(false, true)), ErrorKind::NotAttached, true).attempts, 1);
    let found = done(by_delete(detached(true, true)));
    assert_eq!((found.job_id, found.is_seen, found.attempts), (None, true, 1));
}

#[test]
fn an_abort_says_what_is_under_way() {
    let table = [
        (vec![], false, None),
        (vec![attached()], true, None),
        (vec![attached(), replied(429, "")], false, None),
        (vec![attached(), accepted()], true, Some("ff8080")),
        (vec![attached(), accepted(), slept()], true, Some("ff8080")),
        (vec![attached(), accepted(), slept(), job("SUCCESS")], true, Some("ff8080")),
        (vec![attached(), lost()], true, None),
    ];
    for (inputs, may_have_started, job_id) in table {
        let run = run(detached(false, false), &long(), inputs.into_iter().chain([Input::Aborted]));
        let error = failed(run, ErrorKind::Aborted, may_have_started);
        assert_eq!(error.job_id.as_deref(), job_id);
    }
    let run = play(waiting(), &long(), [(0, Input::Aborted)]);
    assert_eq!(failed(run, ErrorKind::Aborted, true).job_id.as_deref(), Some("ff8080"));
}

#[test]
fn what_only_reads_is_repeated_and_never_says_that_something_started() {
    let goals = [
        (Goal::Job(id("p"), id("ff8080")), JOB),
        (Goal::Attachment(id("p"), id("s"), id("v")), DISK),
        (Goal::Attachments(id("p"), id("s")), "/v1/p/cloudservers/s/block_device"),
    ];
    for (goal, path) in goals {
        let inputs =
            [lost(), slept(), replied(503, ""), slept(), replied(429, ""), slept(), replied(200, "")];
        let found = run(goal, &limits(), inputs);
        assert_eq!(paths(&found), [path; 4]);
        assert_eq!(failed(found, ErrorKind::Decode, false).attempts, 4);
        let found = run(goal, &limits(), [service_error(404, "Ecs.0114")]);
        assert_eq!(failed(found, ErrorKind::NotFound, false).attempts, 1);
    }
}

#[test]
fn a_disk_is_found_or_not_attached() {
    let goal = Goal::Attachment(id("p"), id("s"), id("v"));
    assert_eq!(run(goal, &limits(), [gone()]).outcome, Ok(Outcome::Attachment(None)));
    assert_eq!(run(goal, &limits(), [system_disk()]).outcome, Ok(Outcome::Attachment(Some(true))));
    assert_eq!(run(goal, &limits(), [attached()]).outcome, Ok(Outcome::Attachment(Some(false))));
}

#[test]
fn the_disks_of_a_server_are_listed() {
    let goal = Goal::Attachments(id("p"), id("s"));
    let disks = [json!({ "id": "v", "device": "/dev/vda" }), json!({ "volumeId": "w" })];
    let body = json!({ "volumeAttachments": disks }).to_string();
    let found = run(goal, &limits(), [replied(200, &body)]).outcome;
    assert_eq!(found, Ok(Outcome::Attachments(vec![true, false])));
    for body in [r#"{"volumeAttachments":null}"#, r#"{"volumeAttachments":[{}]}"#, "[]"] {
        failed(run(goal, &once(), [replied(200, body)]), ErrorKind::Decode, false);
    }
}
