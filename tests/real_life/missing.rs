//! A task that the service does not show.

use super::support::{Answer, DELETE, Run, answered, attached, gone, lost, replied, service_error, task};
use super::{Asked, config, detaching, follow, resuming, waiting};
use ecs_detach_volume::core::error::{Effect, ErrorKind};
use serde_json::json;

const HIDDEN: [fn() -> Answer; 2] = [|| service_error(404, "Common.0011"), || replied(404, "<html>")];

/// A task that runs for two minutes, with one look from a minute on at which it is not there.
fn missed_once(missing: Answer, disk: Answer, config: &ecs_detach_volume::core::config::Config) -> Run {
    let mut is_over = false;
    follow(config, |asked, _, at| match asked {
        Asked::Task if at > 60_000 && !std::mem::replace(&mut is_over, true) => missing,
        Asked::Task if at < 120_000 => task("RUNNING"),
        Asked::Task => task("SUCCESS"),
        Asked::Disk if at < 120_000 => disk,
        Asked::Disk => gone(),
    })
}

#[test]
fn one_look_at_which_a_task_is_missing_ends_nothing() {
    for missing in HIDDEN {
        for disk in [attached(), lost(), replied(502, ""), replied(403, "")] {
            for config in [resuming(), detaching()] {
                assert!(missed_once(missing(), disk, &config).done().is_seen);
            }
        }
        assert!(missed_once(missing(), attached(), &waiting()).outcome.is_ok());
    }
}

#[test]
fn a_task_that_is_missing_for_some_seconds_ends_nothing_however_often_it_is_looked_for() {
    let often = json!({ "pollIntervalMs": 100, "maxPollIntervalMs": 100 });
    let run = follow(&config("waitForJob", &often), |_, _, at| match at {
        20_000..30_000 => service_error(404, "Common.0011"),
        0..20_000 => task("RUNNING"),
        _ => task("SUCCESS"),
    });
    assert!(run.outcome.is_ok(), "{:?}", run.outcome);
}

#[test]
fn a_task_that_is_gone_ends_a_resumed_call_once_the_disk_tells_or_never_will() {
    let play = |disk: fn(u32) -> Answer| {
        follow(&resuming(), |asked, _, at| match asked {
            Asked::Task => service_error(404, "Common.0011"),
            Asked::Disk => disk(at),
        })
    };
    for disk in [(|_| attached()) as fn(u32) -> Answer, |_| replied(403, "")] {
        let run = play(disk);
        assert!((15_000..40_000).contains(&run.ended_ms), "{}", run.ended_ms);
        let error = run.failed(ErrorKind::NotFound);
        assert_eq!((error.effect, error.course.job_id.as_deref()), (Effect::Possible, Some("ff8080")));
        assert!(error.course.last_failure.is_some());
    }
    let run = play(|at| if at < 200_000 { lost() } else { gone() });
    assert!(run.ended_ms >= 200_000, "{}", run.ended_ms);
    assert!(run.done().is_seen);
}

#[test]
fn replies_about_another_task_end_soon_where_the_disk_does_not_tell() {
    let strange = json!({ "status": "SUCCESS", "job_id": "another" });
    for disk in [replied(403, ""), lost(), attached()] {
        let run = follow(&detaching(), |asked, _, _| match asked {
            Asked::Task => answered(200, &strange),
            Asked::Disk => disk,
        });
        assert!(run.ended_ms < 30_000, "{}", run.ended_ms);
        let error = run.failed(ErrorKind::Decode);
        assert!(error.course.last_failure.is_some());
    }
}

#[test]
fn that_a_task_is_missing_is_told_while_the_disk_is_looked_at_and_at_the_end() {
    let run = follow(&detaching(), |asked, _, _| match asked {
        Asked::Task => service_error(404, "Common.0011"),
        Asked::Disk => attached(),
    });
    let mut waits = 0;
    for report in run.reports.iter().filter(|report| report.next_in_ms.is_some() && report.at_ms > 2_000) {
        assert!(report.last_failure.is_some(), "at {}", report.at_ms);
        waits += 1;
    }
    assert!(waits > 10, "{waits}");
    let error = run.failed(ErrorKind::Timeout);
    let failure = error.course.last_failure.unwrap();
    assert_eq!((failure.kind, failure.code.as_deref()), (ErrorKind::NotFound, Some("Common.0011")));
    // What the task tells itself ends that.
    let run = follow(&detaching(), |asked, looks, _| match asked {
        Asked::Task if looks == 0 => service_error(404, "Common.0011"),
        Asked::Task if looks < 4 => task("RUNNING"),
        Asked::Task => task("SUCCESS"),
        Asked::Disk if looks == 0 => attached(),
        Asked::Disk => gone(),
    });
    let last = run.reports.iter().rfind(|report| report.phase == "waiting").unwrap();
    assert!(last.last_failure.is_none());
}

#[test]
fn a_body_that_was_read_before_is_said_to_be_wherever_the_task_is_followed() {
    let read = replied(200, "").cut(ecs_detach_volume::core::http::BodyEnd::AlreadyRead);
    for config in [detaching(), resuming(), waiting()] {
        let run = follow(&config, |asked, _, _| if asked == Asked::Task { read } else { attached() });
        let error = run.failed(ErrorKind::Decode);
        assert!(error.reason.contains("read before"), "{}", error.reason);
        assert_eq!((error.effect, error.course.job_id.as_deref()), (Effect::Possible, Some("ff8080")));
    }
}

#[test]
fn statuses_of_the_way_pass_in_a_wait() {
    for status in [408, 421, 425, 499, 500, 502, 503, 504] {
        let run = follow(&detaching(), |asked, looks, _| match asked {
            Asked::Task if looks == 1 => replied(status, ""),
            Asked::Task if looks < 4 => task("RUNNING"),
            Asked::Task => task("SUCCESS"),
            Asked::Disk => gone(),
        });
        assert!(!run.paths().iter().skip(2).any(|path| *path == DELETE));
        assert!(run.done().is_seen, "{status}");
    }
}
