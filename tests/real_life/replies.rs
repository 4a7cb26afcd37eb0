//! What replies are about, and what they say of disks and of failed tasks.

use super::support::{
    Answer, DISK, accepted, answered, attached, config, gone, play, play_all, replied, task,
};
use super::{Asked, detaching, follow};
use ecs_detach_volume::core::attachment::Attachment;
use ecs_detach_volume::core::error::{Effect, ErrorKind};
use ecs_detach_volume::core::http::{BodyEnd, SendError};
use ecs_detach_volume::core::json::Json;
use ecs_detach_volume::core::outcome::Outcome;
use serde_json::{Value, json};

fn disk(fields: &Value) -> Answer {
    answered(200, &json!({ "volumeAttachment": fields }))
}

#[test]
fn a_reply_about_another_disk_is_none() {
    let strange = [
        disk(&json!({ "volumeId": "other", "serverId": "s" })),
        disk(&json!({ "volumeId": "v", "serverId": "other" })),
        answered(200, &json!({ "status": "SUCCESS" })),
    ];
    for strange in strange {
        let run =
            play(&detaching(), |path, _| if path == DISK { strange } else { panic!("nothing is detached") });
        let error = run.failed(ErrorKind::Decode);
        assert_eq!(error.effect, Effect::None);
        let reading = config("getAttachment", &json!({}));
        play(&reading, |_, _| strange).failed(ErrorKind::Decode);
    }
    let list = answered(200, &json!({ "volumeAttachments": [{ "volumeId": "v", "serverId": "other" }] }));
    play(&config("listAttachments", &json!({})), |_, _| list).failed(ErrorKind::Decode);
}

#[test]
fn an_absent_disk_is_absent_in_every_shape() {
    let fault =
        json!({ "itemNotFound": { "message": "No volume Block Device Mapping with id v.", "code": 404 } });
    let absent = [
        answered(404, &fault),
        answered(200, &json!({ "volumeAttachment": null })),
        answered(400, &json!({ "error": { "code": "Ecs.1000", "message": fault.to_string() } })),
        answered(404, &json!({ "error": { "code": "Ecs.1000", "message": fault.to_string() } })),
        answered(400, &json!({ "error": { "code": "Ecs.0111", "message": "text" } })),
        answered(404, &json!({ "itemNotFound": { "message": "Instance s is not attached.", "code": 404 } })),
        answered(404, &json!({ "itemNotFound": { "message": "Instance s is not attached to volume v" } })),
        answered(404, &json!({ "itemNotFound": fault["itemNotFound"], "request_id": "r" })),
    ];
    for answer in absent {
        let run = play(&config("getAttachment", &json!({})), |_, _| answer);
        assert!(matches!(run.outcome, Ok(Outcome::Attachment(None))), "{:?}", run.outcome);
        let error = play(&detaching(), |_, _| answer).failed(ErrorKind::NotAttached);
        assert_eq!(error.effect, Effect::None);
        let ok = config("detachVolumeAndWait", &json!({ "ifNotAttached": "ok" }));
        assert_eq!(play(&ok, |_, _| answer).done().attempts, 0);
        let run =
            follow(&detaching(), |asked, _, _| if asked == Asked::Task { task("SUCCESS") } else { answer });
        assert!(run.done().is_seen);
    }
}

#[test]
fn a_body_that_somebody_has_read_is_said_to_be_and_not_asked_for_again() {
    for status in [200, 403] {
        let read = replied(status, "").cut(BodyEnd::AlreadyRead);
        let run = play(&config("getJob", &json!({})), |_, _| read);
        assert_eq!(run.requests.len(), 1);
        let error = run.outcome.unwrap_err();
        assert!(error.reason.contains("read before"), "{}", error.reason);
        assert_eq!(error.answer.unwrap().status, status);
    }
}

#[test]
fn a_connection_that_breaks_off_is_asked_again() {
    let broken = replied(200, "{\"sta").cut(BodyEnd::BrokenOff);
    let run = play_all(&config("getJob", &json!({})), [broken, task("RUNNING")]);
    assert!(run.outcome.is_ok());
}

#[test]
fn the_code_and_the_reason_of_a_failed_task_are_sought_separately_and_the_finer_one_wins() {
    let failed = |own: &Value, sub: &Value| {
        let mut job = json!({ "status": "FAIL", "job_id": "ff8080", "entities": { "sub_jobs": [sub] } });
        for (name, value) in own.as_object().unwrap() {
            job[name] = value.clone();
        }
        let error = play_all(&detaching(), [attached(), accepted(), answered(200, &job)])
            .failed(ErrorKind::JobFailed);
        let job = error.course.job.unwrap();
        let (code, reason) = job.failure();
        (code.map(String::from), reason.map(String::from))
    };
    let text = |text: &str| Some(text.to_owned());
    let sub = json!({ "status": "FAIL", "fail_reason": "the disk is busy" });
    assert_eq!(
        failed(&json!({ "error_code": "Ecs.0219" }), &sub),
        (text("Ecs.0219"), text("the disk is busy"))
    );
    let sub = json!({ "status": "FAIL", "error_code": "Ecs.0005", "fail_reason": "finer" });
    let own = json!({ "error_code": "Ecs.0219", "fail_reason": "coarser" });
    assert_eq!(failed(&own, &sub), (text("Ecs.0005"), text("finer")));
    assert_eq!(failed(&own, &json!({ "status": "SUCCESS" })), (text("Ecs.0219"), text("coarser")));
    let well = json!({ "status": "SUCCESS", "error_code": "0", "fail_reason": "success" });
    assert_eq!(failed(&own, &well), (text("Ecs.0219"), text("coarser")));
}

#[test]
fn a_root_device_is_the_system_disk_where_nothing_else_tells() {
    let is_system_disk =
        |disk: &Value| Attachment::read(Json::parse(&disk.to_string()).unwrap()).unwrap().is_system_disk;
    for device in ["/dev/vda", "/dev/sda", "/dev/xvda", "/dev/hda", "/dev/nvme0n1", "xvda", "/dev/nvme0n1p1"]
    {
        assert!(is_system_disk(&json!({ "volumeId": "v", "device": device })), "{device}");
        let answer = disk(&json!({ "volumeId": "v", "serverId": "s", "device": device }));
        play(&detaching(), |_, _| answer).failed(ErrorKind::SystemDisk);
    }
    for device in ["/dev/vdb", "/dev/xvdb", "/dev/nvme1n1", "/dev/sdaa"] {
        assert!(!is_system_disk(&json!({ "volumeId": "v", "device": device })), "{device}");
    }
    assert!(!is_system_disk(&json!({ "volumeId": "v", "device": "/dev/xvda", "bootIndex": 1 })));
    for index in [json!(0), json!("0"), json!(0.0), json!("0.0")] {
        assert!(is_system_disk(&json!({ "volumeId": "v", "device": "/dev/vdb", "bootIndex": index })));
    }
    assert!(!is_system_disk(&json!({ "volumeId": "v", "device": "/dev/vdb", "bootIndex": "0.5" })));
}

#[test]
fn a_busy_disk_that_is_gone_is_done_for_a_resumed_call_too() {
    let run = follow(&super::resuming(), |asked, looks, _| match (asked, looks) {
        (Asked::Task, _) => task("SUCCESS"),
        (Asked::Disk, 0) => attached(),
        (Asked::Disk, _) => gone(),
    });
    assert!(run.done().is_seen);
}

#[test]
fn a_path_where_there_is_no_page_is_a_wrong_option_and_nothing_was_sent() {
    for (function, endpoint) in [
        ("detachVolume", "endpoint"),
        ("detachVolumeAndWait", "endpoint"),
        ("getJob", "endpoint"),
        ("findProjects", "iamEndpoint"),
    ] {
        let run = play(&config(function, &json!({})), |_, _| Answer::Lost(SendError::NoPage));
        let error = run.failed(ErrorKind::Options);
        assert_eq!(
            (error.effect, error.course.attempts, error.option.as_deref()),
            (Effect::None, 0, Some(endpoint))
        );
    }
}

#[test]
fn a_refusal_that_breaks_off_is_asked_again() {
    let broken = replied(404, "{\"err").cut(BodyEnd::BrokenOff);
    let run = play_all(&config("getJob", &json!({})), [broken, task("RUNNING")]);
    assert!(run.outcome.is_ok(), "what was cut off could have named another code");
}

#[test]
fn a_404_in_words_is_about_the_disk_only_where_the_words_are() {
    let said = |text: &str| {
        let reply = answered(502, &json!({ "error_code": "GW.1", "error_msg": text }));
        play(&config("getAttachment", &json!({ "retry": false })), |_, _| reply).outcome
    };
    let absent = said("No volume Block Device Mapping with id v. (HTTP 404)");
    assert!(matches!(absent, Ok(Outcome::Attachment(None))), "{absent:?}");
    for text in ["the backend failed (HTTP 404)", "Instance s could not be found. (HTTP 404)"] {
        assert_eq!(said(text).unwrap_err().kind, ErrorKind::NotFound, "{text}");
    }
    // Neither a status of success nor half a number says anything.
    for text in ["passed on (HTTP 200)", "passed on (HTTP 4o4)", "passed on (HTTP 404"] {
        assert_eq!(said(text).unwrap_err().kind, ErrorKind::Api, "{text}");
    }
}
