//! Once a task is in hand.

use super::support::{
    Answer, DELETE, DISK, TASK, World, accepted, answered, attached, gone, lost, play_all, play_in, replied,
    service_error, task, throttled,
};
use super::{Asked, detaching, detaching_with, follow, resuming, waiting};
use ecs_detach_volume::core::error::{Effect, ErrorKind};
use ecs_detach_volume::core::pace::Shared;
use serde_json::json;

#[test]
fn a_task_that_is_not_visible_yet_is_looked_for_again_and_no_other_delete_is_sent() {
    for missing in [
        service_error(404, "Common.0011"),
        replied(404, "<html>no route</html>"),
        replied(404, ""),
        service_error(400, "Common.0011"),
    ] {
        for hidden_looks in [1, 3] {
            let run = follow(&detaching(), |asked, looks, at| match asked {
                Asked::Task if looks < hidden_looks => missing,
                Asked::Task if at < 40_000 => task("RUNNING"),
                Asked::Task => task("SUCCESS"),
                Asked::Disk if at < 40_000 => attached(),
                Asked::Disk => gone(),
            });
            assert_eq!(run.deletes(), 1);
            let done = run.done();
            assert_eq!((done.attempts, done.is_seen, done.job.is_some()), (1, true, true));
        }
    }
}

#[test]
fn a_task_that_is_never_visible_is_settled_by_the_disk() {
    let run = follow(&detaching(), |asked, _, at| match asked {
        Asked::Task => replied(404, "<html>"),
        Asked::Disk if at < 100_000 => attached(),
        Asked::Disk => gone(),
    });
    assert_eq!(run.deletes(), 1);
    let done = run.done();
    assert_eq!((done.job_id.as_deref(), done.is_seen), (Some("ff8080"), true));
}

#[test]
fn a_task_that_is_never_visible_and_a_disk_that_stays_end_with_the_time() {
    let run = follow(&detaching(), |asked, _, _| match asked {
        Asked::Task => replied(404, "<html>"),
        Asked::Disk => attached(),
    });
    assert_eq!(run.deletes(), 1);
    let error = run.failed(ErrorKind::Timeout);
    assert_eq!((error.effect, error.course.job_id.as_deref()), (Effect::Possible, Some("ff8080")));
}

#[test]
fn a_task_may_be_unknown_in_the_first_seconds_of_its_life_and_not_later() {
    let run = follow(&waiting(), |_, looks, _| match looks {
        0..3 => service_error(404, "Common.0011"),
        _ => task("SUCCESS"),
    });
    assert!(run.outcome.is_ok(), "{:?}", run.outcome);
    let run = follow(&waiting(), |_, _, _| service_error(404, "Common.0011"));
    assert!((10_000..30_000).contains(&run.ended_ms), "{}", run.ended_ms);
    let error = run.failed(ErrorKind::NotFound);
    assert_eq!((error.effect, error.course.job_id.as_deref()), (Effect::Possible, Some("ff8080")));
}

#[test]
fn a_call_that_goes_on_with_a_task_sends_no_delete_and_ends_as_the_first_would_have() {
    let run = follow(&resuming(), |asked, looks, _| match asked {
        Asked::Task if looks < 2 => task("RUNNING"),
        Asked::Task => task("SUCCESS"),
        Asked::Disk => gone(),
    });
    assert!(!run.paths().contains(&DELETE));
    assert_eq!(run.phases(), ["waiting", "confirming"]);
    let done = run.done();
    assert_eq!((done.attempts, done.is_seen, done.job_id.as_deref()), (0, true, Some("ff8080")));

    let error = follow(&resuming(), |_, _, _| task("FAIL")).failed(ErrorKind::JobFailed);
    assert_eq!((error.effect, error.course.attempts), (Effect::Possible, 0));
}

#[test]
fn a_task_that_is_gone_when_a_call_goes_on_is_settled_by_the_disk() {
    let run = follow(&resuming(), |asked, _, _| match asked {
        Asked::Task => service_error(404, "Common.0011"),
        Asked::Disk => gone(),
    });
    assert!(run.ended_ms < 1_000);
    assert!(run.done().is_seen);

    let run = follow(&resuming(), |asked, _, _| match asked {
        Asked::Task => service_error(404, "Common.0011"),
        Asked::Disk => attached(),
    });
    assert_eq!(run.deletes(), 0);
    assert!(run.ended_ms < 30_000, "{}", run.ended_ms);
    let error = run.failed(ErrorKind::NotFound);
    assert_eq!((error.effect, error.course.job_id.as_deref()), (Effect::Possible, Some("ff8080")));
    assert!(error.reason.contains("task") && error.reason.contains("disk"), "{}", error.reason);
}

#[test]
fn a_wait_survives_minutes_offline_or_throttled() {
    for failure in [lost(), throttled(), replied(502, "<html>"), replied(503, "")] {
        let run = follow(&detaching(), |asked, _, at| match asked {
            _ if (2_000..200_000).contains(&at) => failure,
            Asked::Task if at < 250_000 => task("RUNNING"),
            Asked::Task => task("SUCCESS"),
            Asked::Disk => gone(),
        });
        let seen = run.reports.iter().filter(|report| report.last_failure.is_some()).count();
        assert!(seen > 5, "the failures are told");
        assert!(run.reports.last().unwrap().last_failure.is_none(), "what works again is told");
        assert!(run.done().is_seen);
    }
    let error = follow(&waiting(), |_, _, at| if at < 2_000 { task("RUNNING") } else { lost() })
        .failed(ErrorKind::Timeout);
    assert_eq!(error.course.last_failure.as_ref().unwrap().kind, ErrorKind::Network);
    assert_eq!(error.course.job_status.as_deref(), Some("RUNNING"));
}

#[test]
fn what_was_seen_last_decides_where_the_disk_cannot_be_read_any_more() {
    for (status, kind) in [(401, ErrorKind::Auth), (403, ErrorKind::Forbidden)] {
        let run = follow(&detaching(), |asked, looks, _| match (asked, looks) {
            (Asked::Task, _) => task("SUCCESS"),
            (Asked::Disk, 0) => attached(),
            (Asked::Disk, _) => replied(status, ""),
        });
        let error = run.failed(kind);
        assert_eq!((error.effect, error.course.job_status.as_deref()), (Effect::Possible, Some("SUCCESS")));
    }
    for unreadable in [replied(502, ""), lost()] {
        let run = follow(&detaching(), |asked, looks, _| match (asked, looks) {
            (Asked::Task, _) => task("SUCCESS"),
            (Asked::Disk, 0) => attached(),
            (Asked::Disk, _) => unreadable,
        });
        let error = run.failed(ErrorKind::Timeout);
        assert!(error.course.last_failure.is_some());
        assert_eq!(error.course.job_id.as_deref(), Some("ff8080"));
    }
}

#[test]
fn a_success_that_nothing_contradicts_is_one_although_the_disk_cannot_be_read() {
    for unreadable in [replied(403, ""), replied(401, ""), replied(502, ""), lost()] {
        let run = follow(&detaching(), |asked, _, _| match asked {
            Asked::Task => task("SUCCESS"),
            Asked::Disk => unreadable,
        });
        assert!(!run.done().is_seen);
    }
}

#[test]
fn the_last_word_of_a_task_is_compared_without_case_and_blanks() {
    for word in ["success", " SUCCESS ", "Success"] {
        let run = follow(&detaching(), |asked, _, _| if asked == Asked::Task { task(word) } else { gone() });
        assert!(run.ended_ms < 5_000);
        assert!(run.done().job.is_some());
    }
    for word in ["fail", "FAIL "] {
        follow(&detaching(), |_, _, _| task(word)).failed(ErrorKind::JobFailed);
    }
}

#[test]
fn where_the_word_of_a_task_is_not_known_the_disk_is_looked_at_too() {
    for word in ["FAILED", "CANCELED", "DONE"] {
        let run = follow(&detaching(), |asked, _, at| match asked {
            Asked::Task => task(word),
            Asked::Disk if at < 20_000 => attached(),
            Asked::Disk => gone(),
        });
        assert!(run.ended_ms < 40_000, "{word}: {}", run.ended_ms);
        assert!(run.done().is_seen);
        let run =
            follow(&detaching(), |asked, _, _| if asked == Asked::Task { task(word) } else { attached() });
        let error = run.failed(ErrorKind::Timeout);
        assert!(error.reason.contains(word), "{}", error.reason);
        assert_eq!(error.course.job_status.as_deref(), Some(word));
    }
}

#[test]
fn a_reply_about_something_else_is_none() {
    let strange = [
        json!({ "status": "SUCCESS", "data": {} }),
        json!({ "status": "error" }),
        json!({ "status": "SUCCESS", "job_id": "another" }),
        json!({ "code": 0, "data": { "status": "SUCCESS" } }),
        json!({ "status": "SUCCESS", "job_id": "another", "code": "Ecs.0100", "message": "text" }),
    ];
    for body in strange {
        let run = follow(&waiting(), |_, _, _| answered(200, &body));
        assert!(run.ended_ms < 30_000, "{body}: {}", run.ended_ms);
        run.failed(ErrorKind::Decode);
        let run = follow(
            &detaching(),
            |asked, _, _| if asked == Asked::Task { answered(200, &body) } else { attached() },
        );
        assert_eq!(run.deletes(), 1);
        assert!(run.ended_ms < 30_000, "{body}: {}", run.ended_ms);
        let error = run.failed(ErrorKind::Decode);
        assert_eq!((error.effect, error.course.job_id.as_deref()), (Effect::Possible, Some("ff8080")));
        let run = follow(
            &detaching(),
            |asked, _, _| if asked == Asked::Task { answered(200, &body) } else { gone() },
        );
        assert!(run.done().is_seen);
    }
}

#[test]
fn a_task_is_the_same_with_dashes_and_without() {
    let id = json!({ "status": "SUCCESS", "job_id": "FF-8080" });
    let run =
        follow(&detaching(), |asked, _, _| if asked == Asked::Task { answered(200, &id) } else { gone() });
    assert!(run.done().is_seen);
}

#[test]
fn without_retries_the_questions_of_a_wait_go_on() {
    let config = detaching_with(&json!({ "retry": false }));
    let run = follow(&config, |asked, looks, _| match asked {
        Asked::Task if looks < 4 => lost(),
        Asked::Task => task("SUCCESS"),
        Asked::Disk if looks < 2 => throttled(),
        Asked::Disk => gone(),
    });
    assert!(run.done().is_seen);
    let confirming =
        [attached(), accepted(), lost(), replied(503, ""), task("SUCCESS"), lost(), attached(), gone()];
    assert!(play_all(&config, confirming).done().is_seen);
    assert!(play_all(&config, [attached(), lost(), lost(), attached(), gone()]).done().is_seen);
}

#[test]
fn a_proxy_that_answers_with_its_page_leaves_the_disk_to_tell() {
    let page = replied(200, "<!doctype html>");
    let run = follow(&detaching(), |asked, _, at| match asked {
        Asked::Task => page,
        Asked::Disk if at < 60_000 => attached(),
        Asked::Disk => gone(),
    });
    assert_eq!(run.deletes(), 1);
    assert!(run.done().is_seen);
}

#[test]
fn an_unknown_word_is_no_sign_that_the_task_is_gone() {
    let run = follow(&resuming(), |asked, _, at| match asked {
        Asked::Task => task("CANCELED"),
        Asked::Disk if at < 60_000 => attached(),
        Asked::Disk => gone(),
    });
    assert!(run.ended_ms > 60_000);
    assert!(run.done().is_seen);
}

#[test]
fn only_a_task_whose_acceptance_was_seen_teaches_how_long_tasks_take() {
    let config = resuming();
    let mut shared = Shared::ALONE;
    let mut world = Following { looks: 0 };
    assert!(play_in(&config, &mut shared, &mut world).done().is_seen);
    assert_eq!(shared.times.first_look_ms(), None);
    let config = detaching_with(&json!({ "systemDisk": "allow" }));
    let mut world = Following { looks: 0 };
    assert!(play_in(&config, &mut shared, &mut world).done().is_seen);
    assert!(shared.times.first_look_ms().is_some());
}

/// A service that accepts, works until the third look, and has the disk off then.
struct Following {
    looks: u32,
}

impl World for Following {
    fn answer(&mut self, path: &str, _: u32) -> Answer {
        match path {
            TASK if self.looks < 2 => {
                self.looks += 1;
                task("RUNNING")
            }
            TASK => task("SUCCESS"),
            DISK => gone(),
            _ => accepted(),
        }
    }
}

#[test]
fn the_end_of_the_time_says_whether_the_service_still_told_of_the_task() {
    let reason = |answer: Answer| {
        let run = follow(&detaching(), |asked, _, _| if asked == Asked::Task { answer } else { attached() });
        run.failed(ErrorKind::Timeout).reason
    };
    assert!(reason(task("RUNNING")).contains("before the task ended"));
    for hidden in [replied(404, ""), service_error(404, "Common.0011")] {
        assert!(reason(hidden).contains("does not show"), "{}", reason(hidden));
    }
}
