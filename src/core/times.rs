//! How long the tasks of a batch take: what the ended ones teach about when to look at the next one for the first time.
//!
//! A task that had ended by the first look could have been looked at earlier: the next first look comes an eighth earlier.
//! One that had not ended by then ended between two looks: the first look moves by an eighth towards the middle of the two.
//! So it stays close to the end of tasks that take the same time, and near the end of the shorter ones where they differ:
//! to look too early costs a request, to look too late costs time.

/// What is known so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskTimes {
    /// When to look for the first time, in milliseconds since the acceptance; 0 where nothing is known.
    first_look_ms: u32,
}

impl TaskTimes {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self { first_look_ms: 0 };

    /// When to look at a task for the first time; `None` where nothing is known.
    pub const fn first_look_ms(self) -> Option<u32> {
        if self.first_look_ms == 0 { None } else { Some(self.first_look_ms) }
    }

    /// Learns from a task that ended: for when its first look was planned, when it was last seen under way, 0 where it never
    /// was, and when it was seen to have ended.
    pub fn learn(&mut self, planned_ms: u32, under_way_ms: u32, ended_ms: u32) {
        let known_ms = self.first_look_ms;
        let middle_ms = under_way_ms.midpoint(ended_ms);
        // By the plan: the look itself can have waited in the line. Many tasks with the same plan teach that once.
        let earlier_ms = planned_ms - planned_ms / 8;
        self.first_look_ms = match (known_ms, under_way_ms) {
            (0, 0) => earlier_ms,
            (_, 0) => earlier_ms.min(known_ms),
            (0, _) => middle_ms,
            _ => {
                let later_ms = middle_ms.saturating_sub(known_ms).div_ceil(8);
                known_ms + later_ms - known_ms.saturating_sub(middle_ms) / 8
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at tasks of a duration, first as taught, then each sixth longer; gives when each was seen to have ended.
    fn looks(times: &mut TaskTimes, task_ms: impl Fn(u32) -> u32, count: u32) -> Vec<u32> {
        let mut ends = vec![];
        for index in 0..count {
            let planned_ms = times.first_look_ms().unwrap_or(1000);
            let (mut under_way_ms, mut at_ms) = (0, planned_ms);
            while at_ms < task_ms(index) {
                under_way_ms = at_ms;
                at_ms += (at_ms / 6).max(400);
            }
            times.learn(planned_ms, under_way_ms, at_ms);
            ends.push(at_ms);
        }
        ends
    }

    #[test]
    fn nothing_is_known_at_first() {
        assert_eq!(TaskTimes::UNKNOWN.first_look_ms(), None);
    }

    #[test]
    fn looks_stay_close_to_the_end_of_tasks_that_take_the_same_time() {
        for task_ms in [700, 3_000, 20_000, 500_000] {
            let mut times = TaskTimes::UNKNOWN;
            let ends = looks(&mut times, |_| task_ms, 12);
            let late: u32 = ends[4..].iter().map(|end| end - task_ms).sum();
            assert!(late / 8 < task_ms / 8 + 200, "{task_ms}: {ends:?}");
        }
    }

    #[test]
    fn looks_follow_tasks_that_get_slower_or_faster() {
        let mut times = TaskTimes::UNKNOWN;
        looks(&mut times, |_| 3_000, 6);
        for task_ms in [30_000, 2_000] {
            let ends = looks(&mut times, |_| task_ms, 40);
            assert!(ends[39] < task_ms + task_ms / 4, "{task_ms}: {ends:?}");
        }
    }

    #[test]
    fn short_tasks_do_not_wait_for_the_looks_that_long_ones_have_taught() {
        let task_ms = |index| if index % 4 == 3 { 12_000 } else { 3_000 };
        let ends = looks(&mut { TaskTimes::UNKNOWN }, task_ms, 80);
        let late: u32 = ends.iter().zip(0..).skip(20).map(|(end, index)| end - task_ms(index)).sum();
        assert!(late / 60 < 1_500, "{ends:?}");
    }

    #[test]
    fn tasks_that_end_together_teach_once() {
        let mut times = TaskTimes { first_look_ms: 8_000 };
        for _ in 0..100 {
            times.learn(8_000, 0, 20_000);
        }
        assert_eq!(times.first_look_ms(), Some(7_000));
    }
}
