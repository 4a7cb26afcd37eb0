//! When the fate of a DELETE is not known, and when it is.

use super::support::{
    Answer, DELETE, DISK, Run, accepted, answered, attached, gone, lost, play, replied, service_error, task,
    throttled,
};
use super::{Asked, detaching, detaching_with};
use ecs_detach_volume::core::config::Config;
use ecs_detach_volume::core::error::{Effect, ErrorKind};
use ecs_detach_volume::core::http::BodyEnd;
use serde_json::json;

/// Plays a detachment whose DELETE is answered so, and the disk afterwards so: it is told how many times that was asked, and
/// the time.
fn doubtful(config: &Config, delete: Answer, mut disk: impl FnMut(u32, u32) -> Answer) -> Run {
    let (mut is_sent, mut looks) = (false, 0);
    play(config, |path, at| match path {
        DISK if !is_sent => attached(),
        DISK => {
            looks += 1;
            disk(looks - 1, at)
        }
        _ => {
            is_sent = true;
            delete
        }
    })
}

fn wrapping(code: &str, inner: &serde_json::Value) -> Answer {
    answered(400, &json!({ "error": { "message": inner.to_string(), "code": code } }))
}

#[test]
fn the_fault_inside_decides_and_not_what_it_is_wrapped_in() {
    let table = [
        (
            json!({ "conflictingRequest": { "code": 409, "message": "Cannot 'detach_volume' while busy" } }),
            ErrorKind::Conflict,
        ),
        (json!({ "badRequest": { "code": 400, "message": "Invalid volume" } }), ErrorKind::Api),
        (json!({ "forbidden": { "code": 403, "message": "Policy doesn't allow it" } }), ErrorKind::Forbidden),
        (
            json!({ "itemNotFound": { "code": 404, "message": "Instance x could not be found." } }),
            ErrorKind::NotFound,
        ),
        (json!({ "error": { "code": "Ecs.0100", "message": "wrong state" } }), ErrorKind::Conflict),
    ];
    for (inner, kind) in table {
        for code in ["Ecs.1000", "Ecs.1001", "Common.0020", "Ecs.9999"] {
            let run = doubtful(&detaching(), wrapping(code, &inner), |_, _| panic!("it is known"));
            assert_eq!(run.deletes(), 1);
            assert!(run.ended_ms < 1_000);
            let error = run.failed(kind);
            assert_eq!((error.effect, error.course.doubt.as_ref()), (Effect::None, None), "{code} {inner}");
        }
    }
}

#[test]
fn a_fault_behind_words_of_the_wrapper_is_found_too() {
    let text = r#"Failed to detach: {"conflictingRequest": {"code": 409, "message": "busy"}} (Nova)"#;
    let refusal = answered(400, &json!({ "error": { "message": text, "code": "Ecs.1000" } }));
    let error = doubtful(&detaching(), refusal, |_, _| panic!("it is known")).failed(ErrorKind::Conflict);
    assert_eq!(error.effect, Effect::None);
}

#[test]
fn a_fault_of_the_server_inside_leaves_the_fate_unknown() {
    let inner = json!({ "computeFault": { "code": 500, "message": "Unexpected API Error" } });
    let run =
        doubtful(
            &detaching(),
            wrapping("Ecs.1000", &inner),
            |looks, _| if looks == 0 { attached() } else { gone() },
        );
    assert_eq!(run.deletes(), 1);
    assert!(run.done().is_seen);
}

#[test]
fn both_causes_are_kept_where_the_time_ends_the_settling() {
    let run = doubtful(&detaching(), replied(502, "<html>bad gateway</html>"), |_, _| replied(503, ""));
    let error = run.failed(ErrorKind::Timeout);
    let doubt = error.course.doubt.as_ref().unwrap();
    assert_eq!((doubt.kind, doubt.status), (ErrorKind::Api, Some(502)));
    assert_eq!(error.course.last_failure.as_ref().unwrap().status, Some(503));
    assert_eq!(error.effect, Effect::Possible);
}

#[test]
fn both_causes_are_kept_where_a_refusal_ends_the_settling() {
    for (status, kind) in [(401, ErrorKind::Auth), (403, ErrorKind::Forbidden)] {
        let error = doubtful(&detaching(), lost(), |_, _| replied(status, "")).failed(ErrorKind::Network);
        assert_eq!(error.course.doubt.as_ref().unwrap().kind, ErrorKind::Network);
        let last = error.course.last_failure.as_ref().unwrap();
        assert_eq!((last.kind, last.status), (kind, Some(status)));
        assert_eq!(error.effect, Effect::Possible);
    }
}

#[test]
fn a_delete_is_sent_again_only_where_the_disk_was_seen_attached_three_times() {
    let mut deletes = 0;
    let mut looks = 0;
    let run = play(&detaching(), |path, _| match path {
        DISK if deletes == 0 => attached(),
        DISK if deletes == 1 => {
            looks += 1;
            attached()
        }
        DISK => gone(),
        super::TASK => task("SUCCESS"),
        _ => {
            deletes += 1;
            if deletes == 1 { lost() } else { accepted() }
        }
    });
    assert_eq!((run.deletes(), looks), (2, 3));
    let settled_ms = run.requests.iter().filter(|(_, exchange)| exchange.call.path != DISK).nth(1).unwrap().0;
    assert!(settled_ms >= 10_000, "{settled_ms}");
    assert_eq!(run.done().attempts, 2);
}

#[test]
fn without_retries_nothing_is_sent_twice() {
    let config = detaching_with(&json!({ "retry": false }));
    let mut looks = 0;
    let run = doubtful(&config, lost(), |_, _| {
        looks += 1;
        attached()
    });
    assert_eq!((run.deletes(), looks), (1, 3));
    run.failed(ErrorKind::Network);
    let run = play(&config, |_, _| throttled());
    assert_eq!(run.requests.len(), 1, "the look before the DELETE is not repeated");
    run.failed(ErrorKind::Throttled);
    let run = doubtful(&config, throttled(), |_, _| panic!("it is known"));
    assert_eq!(run.deletes(), 1);
    run.failed(ErrorKind::Throttled);
    let run = play(&config, |_, _| lost());
    assert_eq!(run.requests.len(), 1);
    run.failed(ErrorKind::Network);
}

#[test]
fn a_task_id_that_no_path_can_hold_is_none() {
    for id in ["../../x", "a/b", "a b", "?x", ".."] {
        let body = answered(200, &json!({ "job_id": id }));
        let config = super::config("detachVolume", &json!({}));
        let error = play(&config, |_, _| body).failed(ErrorKind::Decode);
        assert_eq!((error.effect, error.course.job_id.as_deref()), (Effect::Possible, None));
        let run = doubtful(&detaching(), body, |looks, _| if looks == 0 { attached() } else { gone() });
        assert_eq!(run.deletes(), 1);
        assert_eq!(run.done().job_id, None);
    }
}

#[test]
fn request_ids_are_told_at_every_end() {
    let answers = [
        attached().request_id("r1"),
        accepted().request_id("r2"),
        task("SUCCESS").request_id("r3"),
        gone().request_id("r4"),
    ];
    let done = super::support::play_all(&detaching(), answers).done();
    assert_eq!((done.ids.last.as_deref(), done.ids.detach.as_deref()), (Some("r4"), Some("r2")));
    assert_eq!(done.job.unwrap().request_id.as_deref(), Some("r3"));
    let refused = service_error(403, "Ecs.0003").request_id("r2");
    let error = super::support::play_all(&detaching(), [attached().request_id("r1"), refused])
        .failed(ErrorKind::Forbidden);
    assert_eq!(
        (error.course.ids.last.as_deref(), error.course.ids.detach.as_deref()),
        (Some("r2"), Some("r2"))
    );
}

#[test]
fn a_disk_that_the_second_delete_does_not_find_is_off_if_nothing_says_otherwise() {
    let absent = service_error(400, "Ecs.0111");
    assert!(doubtful(&detaching(), absent, |_, _| replied(403, "")).done().is_seen);
    let run = doubtful(&detaching_with(&json!({ "retry": false })), absent, |_, _| attached());
    let error = run.failed(ErrorKind::Conflict);
    assert_eq!((error.effect, error.course.doubt.unwrap().kind), (Effect::Possible, ErrorKind::NotAttached));
}

#[test]
fn a_request_without_a_reply_has_no_id() {
    let mut looks = 0;
    let run = play(&detaching(), |path, _| match path {
        DISK => {
            looks += 1;
            if looks == 1 { attached().request_id("r1") } else { replied(403, "") }
        }
        _ => lost(),
    });
    let error = run.failed(ErrorKind::Network);
    assert_eq!((error.course.ids.last, error.course.ids.detach), (None, None));
}

#[test]
fn a_code_that_says_what_is_wrong_counts_more_than_the_fault_that_it_wraps() {
    let absent =
        json!({ "itemNotFound": { "code": 404, "message": "No volume Block Device Mapping with id v." } });
    let run = doubtful(&detaching(), wrapping("Ecs.0100", &absent), |_, _| panic!("it is known"));
    let error = run.failed(ErrorKind::Conflict);
    assert_eq!(error.effect, Effect::None);
}

#[test]
fn the_code_above_the_most_specific_one_is_kept_and_told_once() {
    let codes = |body: &serde_json::Value| {
        let error = doubtful(&detaching(), answered(400, body), |_, _| replied(403, "")).outcome.unwrap_err();
        let answer = error.answer.unwrap();
        (answer.error_code, answer.general_code)
    };
    let text = |text: &str| Some(text.to_owned());
    let details = json!([{ "code": "Ecs.0057", "message": "finer" }]);
    let both = json!({ "error": { "code": "Ecs.0005", "message": "coarser", "details": details } });
    assert_eq!(codes(&both), (text("Ecs.0057"), text("Ecs.0005")));
    let same = json!({ "error": { "code": "Ecs.0057", "message": "coarser", "details": details } });
    assert_eq!(codes(&same), (text("Ecs.0057"), None));
}

#[test]
fn a_wrapped_fault_without_a_number_leaves_the_fate_unknown() {
    let inner = json!({ "computeFault": { "message": "Unexpected API Error" } });
    let run = doubtful(&detaching(), wrapping("Ecs.1000", &inner), |_, _| gone());
    let done = run.done();
    assert_eq!((done.is_seen, done.attempts), (true, 1));
}

#[test]
fn no_option_shortens_the_time_before_a_delete_is_sent_again() {
    for options in [
        json!({ "initialDelayMs": 1, "pollIntervalMs": 1 }),
        json!({ "maxPollIntervalMs": 500 }),
        json!({ "retry": { "baseDelayMs": 1, "maxDelayMs": 1 } }),
    ] {
        let run = doubtful(&detaching_with(&options), replied(502, ""), |_, _| attached());
        let sent: Vec<u32> = run
            .requests
            .iter()
            .filter(|(_, exchange)| exchange.call.path == DELETE)
            .map(|(at, _)| *at)
            .collect();
        assert_eq!(sent.len(), 4);
        assert!(sent.windows(2).all(|pair| pair[1] - pair[0] >= 10_000), "{sent:?}");
    }
}

#[test]
fn what_was_accepted_under_an_unusable_id_is_not_sent_again() {
    for id in ["../x", "a b"] {
        let run = doubtful(&detaching(), answered(200, &json!({ "job_id": id })), |_, _| attached());
        assert_eq!(run.deletes(), 1);
        let error = run.failed(ErrorKind::Decode);
        assert_eq!(error.effect, Effect::Possible);
    }
    // White space around it belongs to no id.
    let run = super::follow(&detaching(), |asked, _, _| match asked {
        Asked::Task => answered(200, &json!({ "job_id": "ff8080 ", "status": "SUCCESS" })),
        Asked::Disk => gone(),
    });
    assert!(run.done().job.is_some());
    let config = super::config("detachVolume", &json!({}));
    assert!(play(&config, |_, _| answered(200, &json!({ "job_id": " ff8080\n" }))).outcome.is_ok());
}

#[test]
fn a_delete_whose_reply_somebody_has_read_is_not_sent_again() {
    for status in [200, 400, 403, 409, 429, 502] {
        let read = replied(status, "").cut(BodyEnd::AlreadyRead);
        let run = doubtful(&detaching(), read, |_, _| attached());
        assert_eq!(run.deletes(), 1);
        let error = run.outcome.unwrap_err();
        assert!(error.reason.contains("read before"), "{}", error.reason);
        assert_eq!(error.effect, Effect::Possible);
        assert!(doubtful(&detaching(), read, |_, _| gone()).done().is_seen);
    }
}

#[test]
fn the_name_of_a_fault_inside_decides_where_it_has_no_number_or_no_text() {
    for (inner, kind) in [
        (json!({ "conflictingRequest": { "message": "in use" } }), ErrorKind::Conflict),
        (json!({ "conflictingRequest": { "code": 409 } }), ErrorKind::Conflict),
        (json!({ "badRequest": {} }), ErrorKind::Api),
        (json!({ "conflictingRequest": { "message": "in use" }, "request_id": "r" }), ErrorKind::Conflict),
        (json!({ "error": { "code": 409, "title": "Conflict", "message": "in use" } }), ErrorKind::Conflict),
    ] {
        let whole = json!({ "error": { "code": "Ecs.1000", "message": inner } });
        let words = json!({ "error": { "code": "Ecs.1000", "message": "The disk is in use. (HTTP 409)" } });
        let mut replies = vec![wrapping("Ecs.1000", &inner), answered(500, &whole)];
        if kind == ErrorKind::Conflict {
            replies.push(answered(500, &words));
        }
        for reply in replies {
            let run = doubtful(&detaching(), reply, |_, _| panic!("it is known"));
            assert_eq!(run.deletes(), 1);
            let error = run.failed(kind);
            assert_eq!(error.effect, Effect::None, "{inner}");
        }
    }
}

#[test]
fn the_answer_to_the_delete_is_what_was_seen_last_where_nothing_is_seen_after_it() {
    let absent = service_error(400, "Ecs.0111");
    for unseen in [lost(), replied(502, ""), throttled(), replied(401, "")] {
        assert!(doubtful(&detaching(), absent, |_, _| unseen).done().is_seen);
    }
}
