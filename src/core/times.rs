//! How long the tasks of a batch take: what the ended ones teach about when to look at the next one for the first time.
//!
//! A task that was seen under way at one time and ended at a later one took something in between. The next one is looked at
//! in the middle: if it has ended by then, the time was too long, else too short. So the looks close in on the end of the
//! tasks, and follow it where it moves.

/// What is known so far, in milliseconds since the acceptance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskTimes {
    /// The latest time at which one of the last tasks was seen under way.
    under_way_ms: u32,
    /// The time at which the last task was seen to have ended; 0 where none was.
    ended_ms: u32,
}

impl TaskTimes {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self { under_way_ms: 0, ended_ms: 0 };

    /// When to look at a task for the first time; `None` where nothing is known.
    pub const fn first_look_ms(self) -> Option<u32> {
        if self.ended_ms == 0 { None } else { Some(self.under_way_ms.midpoint(self.ended_ms)) }
    }

    /// Learns from a task that was seen under way at one time, 0 where it never was, and ended at another.
    pub const fn learn(&mut self, under_way_ms: u32, ended_ms: u32) {
        // Tasks that get faster pull the lower bound down with them.
        let lowered_ms = self.under_way_ms - self.under_way_ms / 16;
        let known_ms = if lowered_ms > under_way_ms { lowered_ms } else { under_way_ms };
        self.under_way_ms = if known_ms > ended_ms { ended_ms } else { known_ms };
        self.ended_ms = ended_ms;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at tasks of a duration, first as taught, then each quarter longer; gives when each was seen to have ended.
    fn looks(times: &mut TaskTimes, task_ms: u32, count: u32) -> Vec<u32> {
        let mut ends = vec![];
        for _ in 0..count {
            let (mut under_way_ms, mut at_ms) = (0, times.first_look_ms().unwrap_or(1000));
            while at_ms < task_ms {
                under_way_ms = at_ms;
                at_ms += at_ms / 4;
            }
            times.learn(under_way_ms, at_ms);
            ends.push(at_ms);
        }
        ends
    }

    #[test]
    fn nothing_is_known_at_first() {
        assert_eq!(TaskTimes::UNKNOWN.first_look_ms(), None);
    }

    #[test]
    fn looks_close_in_on_the_end_of_tasks_that_take_the_same_time() {
        for task_ms in [700, 3_000, 20_000, 500_000] {
            let mut times = TaskTimes::UNKNOWN;
            let ends = looks(&mut times, task_ms, 12);
            let late: u32 = ends[4..].iter().map(|end| end - task_ms).sum();
            assert!(late / 8 < task_ms / 8 + 200, "{task_ms}: {ends:?}");
        }
    }

    #[test]
    fn looks_follow_tasks_that_get_slower_or_faster() {
        let mut times = TaskTimes::UNKNOWN;
        looks(&mut times, 3_000, 6);
        for task_ms in [30_000, 2_000] {
            let ends = looks(&mut times, task_ms, 40);
            assert!(ends[39] < task_ms + task_ms / 4, "{task_ms}: {ends:?}");
        }
    }
}
