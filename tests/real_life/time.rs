//! Time: what a server asks for, computers that sleep, and waits that somebody can explain.

use super::support::{
    Answer, DISK, LATENCY_MS, Run, TASK, accepted, attached, gone, lost, play, play_with, replied, task,
    throttled,
};
use super::{Asked, detaching, detaching_with, follow, waiting};
use ecs_detach_volume::core::config::Config;
use ecs_detach_volume::core::error::{Effect, ErrorKind};
use serde_json::json;

const HOUR_MS: u32 = 3_600_000;

/// Plays a detachment in a computer that sleeps: the first wait that ends after `from_ms` ends at `until_ms`.
fn sleeping(
    config: &Config,
    (from_ms, until_ms): (u32, u32),
    mut answer: impl FnMut(&str, u32) -> Answer,
) -> Run {
    let mut is_over = false;
    play_with(
        config,
        |path, at| answer(path, at),
        |end| {
            if end >= from_ms && !is_over {
                is_over = true;
                return until_ms;
            }
            end
        },
    )
}

/// Every wait of more than a second was announced before it began.
#[track_caller]
fn assert_announced(run: &Run) {
    for (at_ms, ms) in run.sleeps.iter().filter(|(_, ms)| *ms > 1_000) {
        let report = run.reports.iter().rfind(|report| report.at_ms <= *at_ms);
        let told = report.and_then(|report| Some(report.at_ms + report.next_in_ms?));
        assert_eq!(told, Some(at_ms + ms), "the wait at {at_ms} of {ms}");
    }
}

#[test]
fn a_wait_that_does_not_fit_is_not_begun() {
    for (refusal, kind) in [(throttled(), ErrorKind::Throttled), (replied(503, ""), ErrorKind::Api)] {
        for asked_ms in [HOUR_MS, u32::MAX, 599_000] {
            let run = follow(&detaching(), |_, looks, _| match looks {
                0 => task("RUNNING"),
                _ => refusal.retry_after_ms(asked_ms),
            });
            assert!(run.ended_ms < 5_000, "{}", run.ended_ms);
            assert_eq!(run.deletes(), 1);
            let error = run.failed(kind);
            assert_eq!(error.hint().ms(), Some(asked_ms));
            assert_eq!((error.effect, error.course.job_id.as_deref()), (Effect::Possible, Some("ff8080")));
            assert_eq!(error.course.job_status.as_deref(), Some("RUNNING"));
        }
        let run = follow(&waiting(), |_, _, _| refusal.retry_after_ms(HOUR_MS));
        assert!(run.ended_ms < 5_000);
        run.failed(kind);
    }
}

#[test]
fn a_wait_that_fits_is_honoured_and_announced() {
    let run = follow(&detaching(), |asked, looks, at| match (asked, looks) {
        (Asked::Task, 0) => throttled().retry_after_ms(120_000),
        (Asked::Task, _) => {
            assert!(at >= 120_000);
            task("SUCCESS")
        }
        (Asked::Disk, _) => gone(),
    });
    assert_announced(&run);
    let report =
        run.reports.iter().find(|report| report.next_in_ms == Some(120_000)).expect("it is announced");
    assert_eq!(report.last_failure.as_ref().unwrap().kind, ErrorKind::Throttled);
    assert!(run.done().is_seen);
}

#[test]
fn every_wait_is_announced() {
    let run = follow(&detaching(), |asked, looks, at| match asked {
        Asked::Task if looks % 3 == 1 => lost(),
        Asked::Task if at < 200_000 => task("RUNNING"),
        Asked::Task => task("SUCCESS"),
        Asked::Disk if looks < 4 => attached(),
        Asked::Disk => gone(),
    });
    assert_announced(&run);
    // While it settles, too.
    let mut is_sent = false;
    let run = play(&detaching(), |path, _| match path {
        DISK => attached(),
        TASK => panic!("there is no task"),
        _ if is_sent => replied(403, ""),
        _ => {
            is_sent = true;
            lost()
        }
    });
    assert_announced(&run);
    let error = run.failed(ErrorKind::Forbidden);
    assert_eq!(error.effect, Effect::Possible, "the first DELETE is in doubt");
}

#[test]
fn a_computer_that_slept_over_the_end_of_a_wait_looks_once_more() {
    let nap = (5_000, 11 * 60_000);
    let run = sleeping(&detaching(), nap, |path, at| match path {
        DISK if at < 1_000 => attached(),
        DISK => gone(),
        TASK if at < 60_000 => task("RUNNING"),
        TASK => task("SUCCESS"),
        _ => accepted(),
    });
    assert!(run.done().is_seen);
    let run = sleeping(&waiting(), nap, |_, at| if at < 60_000 { task("RUNNING") } else { task("SUCCESS") });
    assert!(run.outcome.is_ok());
}

#[test]
fn a_computer_that_wakes_up_without_a_network_looks_again_when_it_may_be_back() {
    let woken_ms = 11 * 60_000;
    for config in [detaching(), waiting()] {
        let run = sleeping(&config, (5_000, woken_ms), |path, at| match path {
            DISK if at < 1_000 => attached(),
            _ if at >= woken_ms && at < woken_ms + 1_500 => lost(),
            DISK => gone(),
            TASK if at < 60_000 => task("RUNNING"),
            TASK => task("SUCCESS"),
            _ => accepted(),
        });
        assert!(run.ended_ms < woken_ms + 8_000, "{}", run.ended_ms);
        assert_announced(&run);
        assert!(run.outcome.is_ok(), "{:?}", run.outcome);
    }
}

#[test]
fn the_last_look_is_short_and_what_it_shows_is_told() {
    let run = sleeping(&detaching(), (5_000, 11 * 60_000), |path, at| match path {
        DISK if at < 60_000 => attached(),
        TASK if at < 60_000 => task("RUNNING"),
        _ if at >= 60_000 => Answer::Hangs,
        _ => accepted(),
    });
    assert!(run.ended_ms <= 11 * 60_000 + 5_000 + LATENCY_MS, "{}", run.ended_ms);
    let error = run.failed(ErrorKind::Timeout);
    assert_eq!(error.course.last_failure.as_ref().unwrap().kind, ErrorKind::Timeout);
    assert_eq!(error.course.job_status.as_deref(), Some("RUNNING"));
    let run = sleeping(&detaching(), (5_000, 11 * 60_000), |path, at| match path {
        DISK if at < 60_000 => attached(),
        TASK if at < 60_000 => task("INIT"),
        TASK => task("RUNNING"),
        _ => accepted(),
    });
    assert_eq!(run.failed(ErrorKind::Timeout).course.job_status.as_deref(), Some("RUNNING"));
}

#[test]
fn there_are_no_more_than_two_looks_after_the_end_of_the_time() {
    let config = detaching_with(&json!({ "auth": { "typeof": "function" } }));
    let mut late = 0;
    let run = sleeping(&config, (2_000, 11 * 60_000), |path, at| {
        late += u32::from(at >= 11 * 60_000);
        match path {
            DISK => attached(),
            TASK if late == 0 => task("RUNNING"),
            TASK if late == 1 => replied(401, ""),
            TASK => task("SUCCESS"),
            _ => accepted(),
        }
    });
    assert_eq!((late, run.paths()[run.requests.len() - 2..].to_vec()), (2, vec![TASK, TASK]));
    // The task has told, and the disk was not seen since.
    assert!(!run.done().is_seen);
}

#[test]
fn there_is_a_last_look_while_it_settles_and_while_it_confirms() {
    let mut is_sent = false;
    let run = sleeping(&detaching(), (1_000, 11 * 60_000), |path, at| match path {
        DISK if !is_sent => attached(),
        DISK => {
            assert!(at >= 11 * 60_000);
            gone()
        }
        _ => {
            is_sent = true;
            lost()
        }
    });
    let done = run.done();
    assert_eq!((done.is_seen, done.attempts), (true, 1));
    let run = sleeping(&detaching(), (2_000, 11 * 60_000), |path, at| match path {
        DISK if at < 60_000 => attached(),
        DISK => gone(),
        TASK => task("SUCCESS"),
        _ => accepted(),
    });
    assert!(run.done().is_seen);
}

#[test]
fn no_delete_leaves_after_the_end_of_the_time() {
    let run = sleeping(&detaching(), (1, 11 * 60_000), |path, _| match path {
        DISK => attached(),
        _ => throttled(),
    });
    assert_eq!(run.deletes(), 1);
    let error = run.failed(ErrorKind::Timeout);
    assert_eq!(
        (error.effect, error.course.last_failure.as_ref().unwrap().kind),
        (Effect::None, ErrorKind::Throttled)
    );
}

#[test]
fn a_task_that_runs_past_the_end_is_looked_at_at_the_end() {
    let run = follow(&detaching(), |asked, _, at| match asked {
        Asked::Task if at < 599_900 => task("RUNNING"),
        Asked::Task => task("SUCCESS"),
        Asked::Disk => gone(),
    });
    assert!(run.done().is_seen);
}
