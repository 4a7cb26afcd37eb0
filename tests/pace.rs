//! What the numbers of waits follow: how fast a batch sends, when it looks at a task, and how long a refused request waits.
//! What they lead to is in `polling`.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use ecs_detach_volume::core::pace::{Pace, Shared};
use ecs_detach_volume::core::retry::{Hint, Jitter, Polling, RetryPolicy};
use ecs_detach_volume::core::times::TaskTimes;

const SECOND: u32 = 1_000;

/// A pace at which somebody has been heard, and at which more wait than may go.
fn crowded() -> Pace {
    let mut pace = Pace::new(0);
    pace.hear(0);
    (0..3).for_each(|_| _ = pace.draw(0));
    pace
}

/// A pace that was quickened so many times, then refused once.
fn refused(replies: u32) -> Pace {
    let mut pace = crowded();
    quicken(&mut pace, replies);
    pace.slow_down(0, 0);
    pace
}

fn quicken(pace: &mut Pace, replies: u32) {
    (0..replies).for_each(|_| pace.quicken(0));
}

/// How many requests may go in a thousand seconds: half a million numbers lie between two that are asked for.
fn rate(mut pace: Pace, now_ms: u32) -> u32 {
    let far = 1_000;
    let wait_ms = u64::from(pace.due_in_ms(far + 500_000, now_ms) - pace.due_in_ms(far, now_ms));
    ((500_000_000_000 + wait_ms / 2) / wait_ms).try_into().unwrap()
}

/// How much the rate grows with each of the next replies.
fn steps(mut pace: Pace, replies: u32) -> Vec<u32> {
    let mut step = || {
        let before = rate(pace, 0);
        pace.quicken(0);
        rate(pace, 0) - before
    };
    (0..replies).map(|_| step()).collect()
}

#[test]
fn the_first_refusal_halves_the_rate_and_a_later_one_lowers_it_by_little() {
    let mut pace = crowded();
    let start = rate(pace, 0);
    assert_eq!(start, 20_000);
    pace.slow_down(0, 0);
    assert_eq!(rate(pace, 0), start / 2);
    // Requests that were sent at the same pace.
    for now_ms in [0, 500, 999] {
        pace.slow_down(now_ms, 0);
        assert_eq!(rate(pace, now_ms), start / 2);
    }
    // By a part, and a request a second.
    pace.slow_down(3 * SECOND, 0);
    let lowered = start / 2 - start / 2 / 32 - 1_000;
    assert_eq!(rate(pace, 3 * SECOND), lowered);
    // That was not enough.
    for now_ms in [4 * SECOND, 6 * SECOND - 1] {
        let mut pace = pace;
        pace.slow_down(now_ms, 0);
        assert_eq!(rate(pace, now_ms), lowered - lowered / 4);
    }
    // Where a request a second would be much of it, an eighth.
    for (now_ms, expected) in [(4, lowered * 3 / 4), (20, 5_499), (40, 4_641)] {
        pace.slow_down(now_ms * SECOND, 0);
        assert_eq!(rate(pace, now_ms * SECOND), expected);
    }
}

#[test]
fn refusals_without_end_leave_a_request_in_five_seconds() {
    let mut pace = crowded();
    for now_ms in (0..200).map(|count| count * 2 * SECOND) {
        pace.slow_down(now_ms, 0);
    }
    assert_eq!(rate(pace, 400 * SECOND), 200);
}

#[test]
fn the_rate_grows_the_slower_the_closer_it_comes_to_the_one_that_was_refused() {
    assert_eq!(steps(crowded(), 3), [693; 3], "nothing is known of a limit");
    // Ten requests a second are missing: in four seconds with ten replies each they would be back.
    let mut pace = refused(0);
    assert_eq!(steps(pace, 1), [250]);
    quicken(&mut pace, 40);
    let near = rate(pace, 0);
    assert!((14_500..20_000).contains(&near), "{near}");
    quicken(&mut pace, 400);
    assert_eq!(steps(pace, 2), [1; 2], "a low limit: {}", rate(pace, 0));
    // Well beyond the limit it has been lifted.
    let missing = 24_000 - rate(pace, 0);
    quicken(&mut pace, missing);
    assert_eq!((rate(pace, 0), steps(pace, 2)), (24_000, vec![1, 100]));

    let mut pace = refused(58);
    quicken(&mut pace, 1_000);
    assert_eq!(steps(pace, 2), [3; 2], "a limit of three times as much: {}", rate(pace, 0));
    let mut pace = refused(400);
    quicken(&mut pace, 4_000);
    assert_eq!(steps(pace, 2), [5; 2], "a high limit: {}", rate(pace, 0));
    let mut pace = crowded();
    quicken(&mut pace, 5_000);
    assert_eq!(rate(pace, 0), 1_000_000, "there is an end");
}

#[test]
fn a_slow_pace_is_not_brought_back_by_a_few_replies() {
    let mut pace = crowded();
    for count in 0..8 {
        pace.slow_down(count * 2 * SECOND, 0);
    }
    let now_ms = 14 * SECOND;
    let low = rate(pace, now_ms);
    assert!(low < 4_000, "{low}");
    let limit = low * 4 / 3;
    (0..20).for_each(|_| _ = pace.draw(now_ms));
    pace.quicken(now_ms);
    let step = rate(pace, now_ms) - low;
    assert!((limit - low) / 17 <= step && step <= (limit - low) / 15, "{step} of {}", limit - low);
}

#[test]
fn who_does_not_wait_teaches_nothing_about_the_limit() {
    let mut pace = Pace::new(0);
    pace.hear(0);
    let first = pace.draw(0);
    assert_eq!(pace.due_in_ms(first, 0), 0);
    quicken(&mut pace, 10);
    assert_eq!(rate(pace, 0), 20_000);
    pace.draw(0);
    quicken(&mut pace, 1);
    assert_eq!(rate(pace, 0), 20_693);
}

#[test]
fn a_number_comes_due_when_it_was_said_to() {
    let mut pace = crowded();
    assert_eq!((1..=3).map(|number| pace.due_in_ms(number, 0)).collect::<Vec<_>>(), [0, 50, 100]);
    assert_eq!([49, 50].map(|now_ms| pace.due_in_ms(2, now_ms)), [1, 0]);
    // Who comes after a time without requests does not find the numbers of that time.
    let later = 1_000 * SECOND;
    let next = pace.draw(later);
    assert_eq!([next, next + 1, next + 2].map(|number| pace.due_in_ms(number, later)), [0, 50, 100]);
    // Not after the longest time that the clock can tell, either.
    let mut pace = crowded();
    assert_eq!([i32::MAX.unsigned_abs(), 1 << 31].map(|now_ms| pace.due_in_ms(5, now_ms)), [50, 50]);
}

#[test]
fn what_ends_first_lets_the_others_go_one_after_the_other() {
    let mut pace = Pace::new(0);
    let numbers: Vec<_> = (0..4).map(|_| pace.draw(0)).collect();
    let waits = |pace: &mut Pace, now_ms| -> Vec<u32> {
        numbers.iter().map(|number| pace.due_in_ms(*number, now_ms)).collect()
    };
    assert_eq!(waits(&mut pace, 0), [0, 200, 200, 200]);
    assert_eq!(waits(&mut pace, 5 * SECOND), [0, 200, 200, 200]);
    pace.hear(5 * SECOND);
    assert_eq!(waits(&mut pace, 5 * SECOND), [0, 50, 100, 150]);
    pace.hear(5 * SECOND + 70);
    assert_eq!(waits(&mut pace, 5 * SECOND + 70), [0, 0, 30, 80]);
}

#[test]
fn a_pause_is_as_long_as_the_service_asks_up_to_half_a_minute() {
    for (asked_ms, pause_ms) in [(5 * SECOND, 5 * SECOND), (3_600 * SECOND, 30 * SECOND)] {
        let mut pace = crowded();
        pace.slow_down(0, asked_ms);
        // To ask in between does not shorten it, nor does a refusal that asks for less.
        for now_ms in (0..=pause_ms).step_by(200) {
            assert_eq!(pace.due_in_ms(2, now_ms), pause_ms - now_ms + 100, "{now_ms}");
            if now_ms < 1_000 {
                pace.slow_down(now_ms, 100);
            }
        }
    }
}

#[test]
fn a_pace_that_is_closed_is_closed_for_all() {
    let mut shared = Shared::paced(0);
    assert!(!shared.pace.is_free() && !shared.pace.is_closed());
    shared.pace.close();
    assert!(shared.pace.is_closed());
}

fn learned(known: &[(u32, u32, u32)]) -> Option<u32> {
    let mut times = TaskTimes::UNKNOWN;
    for (planned_ms, under_way_ms, ended_ms) in known {
        times.learn(*planned_ms, *under_way_ms, *ended_ms);
    }
    times.first_look_ms()
}

#[test]
fn the_first_look_moves_by_an_eighth_towards_the_end_of_the_tasks() {
    assert_eq!(learned(&[]), None);
    // Ended by the first look; ended between two.
    assert_eq!(learned(&[(1_600, 0, 1_900)]), Some(1_400));
    let middle = (0, 7_000, 9_000);
    assert_eq!(learned(&[middle]), Some(8_000));
    assert_eq!(learned(&[middle, middle]), Some(8_000));
    assert_eq!(learned(&[middle, (8_000, 9_000, 11_000)]), Some(8_250));
    assert_eq!(learned(&[middle, (8_000, 8_001, 8_002)]), Some(8_001), "as little as it may be");
    assert_eq!(learned(&[middle, (8_000, 3_000, 5_000)]), Some(7_500));
    assert_eq!(learned(&[middle, (8_000, 0, 8_000)]), Some(7_000));
    // By the plan that was made, and not twice for those with the same plan.
    assert_eq!(learned(&[middle, (8_000, 0, 8_000), (8_000, 0, 8_000)]), Some(7_000));
    assert_eq!(learned(&[middle, (16_000, 0, 16_000)]), Some(8_000));
}

#[test]
fn looks_are_half_as_far_apart_as_a_task_is_old_and_up_to_a_tenth_less() {
    let polling = Polling { initial_delay_ms: 1, interval_ms: 400, max_interval_ms: 15_000 };
    for (age_ms, longest) in [(0, 400), (800, 400), (10_000, 5_000), (60_000, 15_000)] {
        let mut jitter = Jitter::new(7);
        let waits: Vec<_> = (0..20_000).map(|_| polling.interval_ms(age_ms, &mut jitter)).collect();
        let shortest = longest - longest / 10;
        assert_eq!((waits.iter().min(), waits.iter().max()), (Some(&shortest), Some(&longest)));
    }
}

#[test]
fn chance_is_the_generator_that_is_known_as_xorshift() {
    let policy =
        RetryPolicy { is_off: false, max_attempts: 1, base_delay_ms: u32::MAX, max_delay_ms: u32::MAX };
    // Source: G. Marsaglia, "Xorshift RNGs", 2003, with the shifts 13, 17 and 5.
    for seed in [1, 0] {
        let mut jitter = Jitter::new(seed);
        let numbers = [(); 4].map(|()| policy.delay_ms(1, Hint::None, &mut jitter));
        assert_eq!(numbers, [270_369, 67_634_689, 2_647_435_461, 307_599_695]);
    }
}

#[test]
fn the_longest_wait_doubles_with_each_refusal() {
    let policy = RetryPolicy { is_off: false, max_attempts: 9, base_delay_ms: 500, max_delay_ms: 3_000 };
    for (attempts, longest) in [(1, 500), (2, 1_000), (3, 2_000), (4, 3_000), (40, 3_000)] {
        let mut jitter = Jitter::new(7);
        let waits: Vec<_> = (0..50_000).map(|_| policy.delay_ms(attempts, Hint::None, &mut jitter)).collect();
        assert_eq!((waits.iter().min(), waits.iter().max()), (Some(&1), Some(&longest)));
    }
}

#[test]
fn the_window_of_a_limit_is_in_one_of_four_units() {
    let window = |unit: &str| Hint::new(None, Some(&format!("over ratelimit,limit:200,time:2 {unit}"))).ms();
    let units = ["second", "minute", "hour", "day"];
    assert_eq!(units.map(window), [2, 120, 7_200, 172_800].map(|seconds| Some(seconds * SECOND)));
    assert_eq!(Hint::new(Some(5), Some("over ratelimit,limit:200,time:2 day")), Hint::RetryAfter(5));
}
