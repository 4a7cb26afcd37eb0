//! How soon a call knows that its task has ended, what that costs in requests, and how close many calls come to the limit
//! that they share. In virtual time, with default options; `cargo test --test polling -- --nocapture` prints the figures.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests")]

#[path = "support/fleet.rs"]
mod fleet;

use ecs_detach_volume::core::error::{Effect, ErrorKind};
use fleet::{Bill, Fleet};

const SECONDS: u32 = 1_000;
const SEEDS: std::ops::Range<u32> = 0..20;

fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole)
}

/// One disk by itself, with each seed.
fn alone(task_ms: u32) -> Vec<Bill> {
    let call = |seed| Fleet { is_paced: false, ..Fleet::new(1, 1, vec![task_ms], seed) }.run();
    SEEDS.map(call).collect()
}

#[test]
fn the_end_of_a_task_is_known_soon_after_it() {
    let mut sum = 0.0;
    for task_ms in (1..=120).map(|seconds| seconds * SECONDS) {
        let bills = alone(task_ms);
        let ratios = bills.iter().map(|bill| share(bill.elapsed_ms, task_ms));
        let mean = ratios.clone().sum::<f64>() / ratios.len() as f64;
        let most = bills.iter().map(|bill| bill.requests).max().unwrap();
        if [1, 2, 3, 5, 10, 20, 30, 60, 120].contains(&(task_ms / SECONDS)) {
            println!("a task of {:3} s: {mean:.2} times that, at most {most} requests", task_ms / SECONDS);
        }
        bills.iter().for_each(Bill::assert_done);
        assert!(ratios.fold(0.0, f64::max) < 1.5, "a task of {task_ms} ms");
        assert!(task_ms > 10 * SECONDS || most <= 10, "{most} requests for a task of {task_ms} ms");
        assert!(most <= 20, "{most} requests for a task of {task_ms} ms");
        sum += mean;
    }
    println!("tasks of 1 to 120 s: {:.3} times that", sum / 120.0);
    assert!(sum / 120.0 < 1.16, "{}", sum / 120.0);
}

#[test]
fn the_tasks_of_a_batch_teach_when_to_look_at_the_next_one() {
    // Tasks that take the same time; that differ by a third; of which each fourth takes four times as long.
    let series = [
        ("3 s", vec![3_000], 1.12),
        ("20 s", vec![20_000], 1.08),
        ("2 to 4 s", vec![2_000, 3_400, 2_700, 4_000, 2_300, 3_900, 3_100], 1.25),
        ("3 s or 12 s", vec![3_000, 3_000, 12_000, 3_000], 1.3),
    ];
    for (name, tasks_ms, most) in series {
        let fleets = SEEDS.map(|seed| Fleet::new(1, 10, tasks_ms.clone(), seed));
        let worst = fleets.map(|fleet| {
            let bill = fleet.run();
            bill.assert_done();
            assert!(bill.requests <= 80, "{name}: {} requests for ten disks", bill.requests);
            share(bill.elapsed_ms, fleet.ideal_ms())
        });
        let worst = worst.fold(0.0, f64::max);
        println!("ten disks of one server, tasks of {name}: {worst:.3} times the ideal at most");
        assert!(worst < most, "{name}: {worst}");
    }
}

#[test]
fn ten_thousand_disks_take_what_the_limit_allows() {
    for seed in 0..3 {
        let batch = Fleet::new(1_000, 10, vec![3_000], seed);
        let bill = Fleet { concurrency: 1_000, limit: Some(200), ..batch }.run();
        bill.assert_done();
        let ideal_ms = bill.requests * SECONDS / 200;
        let (time, refused) = (share(bill.elapsed_ms, ideal_ms), share(bill.refused, bill.requests));
        println!("10,000 disks: {time:.3} times what the limit takes, {:.2} % refused", refused * 100.0);
        assert!(time < 1.045, "{time}");
        assert!(refused < 0.008, "{refused}");
        assert!(bill.requests < 41_000, "{} requests", bill.requests);
    }
}

/// A limit that wants to be left alone for an hour.
const LIMIT_FOR_LONG: (u16, &str, Option<u32>) =
    (429, r#"{"error_code":"APIGW.0308","error_msg":"slow down"}"#, Some(3_600_000));
const BUSY_FOR_LONG: (u16, &str, Option<u32>) = (503, "<html>", Some(3_600_000));

#[test]
fn what_one_disk_is_told_to_wait_for_does_not_stop_the_others() {
    let batch = |seed| Fleet::new(40, 1, vec![3_000], seed);
    let usual_ms = batch(0).run().elapsed_ms;
    // A limit is everyone's: all leave it alone for half a minute, then try again, slowly.
    for (fleet, answer, most_ms) in [
        (
            Fleet {
                fault: |disk, path, _| (disk == 7 && path.contains("/jobs/")).then_some(LIMIT_FOR_LONG),
                ..batch(0)
            },
            LIMIT_FOR_LONG,
            usual_ms + 40 * SECONDS,
        ),
        (
            Fleet {
                fault: |disk, path, _| (disk == 7 && path.contains("/jobs/")).then_some(BUSY_FOR_LONG),
                ..batch(0)
            },
            BUSY_FOR_LONG,
            usual_ms,
        ),
    ] {
        let bill = fleet.run();
        for (disk, ending) in bill.endings().enumerate() {
            assert_eq!(ending.outcome.is_err(), disk == 7, "{disk}: {:?}", ending.outcome);
        }
        let ending = bill.endings().nth(7).unwrap();
        let error = ending.outcome.as_ref().unwrap_err();
        assert_eq!(error.answer.as_ref().unwrap().status, answer.0);
        assert_eq!((error.hint().ms(), error.effect), (answer.2, Effect::Possible));
        assert_eq!(error.course.job_id.as_deref(), Some("t"));
        assert!(ending.ended_ms < 3 * SECONDS, "{} ms", ending.ended_ms);
        println!("one disk told to wait for an hour: all over after {} s", bill.elapsed_ms / SECONDS);
        assert!(bill.elapsed_ms <= most_ms, "{} ms", bill.elapsed_ms);
    }
}

#[test]
fn credentials_that_are_refused_are_not_tried_again() {
    const REFUSED: (u16, &str, Option<u32>) = (401, r#"{"error_code":"APIGW.0301","error_msg":"no"}"#, None);
    // From the start: one request finds it out for all.
    let bill = Fleet { fault: |_, _, _| Some(REFUSED), ..Fleet::new(40, 2, vec![3_000], 0) }.run();
    assert_eq!(bill.requests, 1);
    for ending in bill.endings() {
        let error = ending.outcome.as_ref().unwrap_err();
        assert_eq!((error.kind, error.effect), (ErrorKind::Auth, Effect::None));
    }
    // In the middle: what has begun is told, with its task.
    let fault: fleet::Fault = |_, _, now_ms| (now_ms > 5 * SECONDS).then_some(REFUSED);
    let bill = Fleet { fault, ..Fleet::new(40, 2, vec![20_000], 0) }.run();
    let has_task = |ending: &&fleet::Ending| {
        let error = ending.outcome.as_ref().unwrap_err();
        assert_eq!(error.kind, ErrorKind::Auth);
        assert_eq!(error.course.job_id.is_some(), error.effect == Effect::Possible);
        error.course.job_id.is_some()
    };
    assert_eq!(bill.endings().filter(has_task).count(), 20);
    assert!(bill.faults <= 3, "{}", bill.faults);
    assert!(bill.elapsed_ms < 10 * SECONDS, "{} ms", bill.elapsed_ms);
}
