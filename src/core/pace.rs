//! The pace of many operations that share one limit: it quickens until the service refuses, and slows down then.
//!
//! Who wants to send draws a number and waits until it is due. Numbers come due evenly, at a rate that doubles with
//! each second until the first refusal, as TCP does at its start. That one halves it. A later one lowers it by little: the
//! rate had crept up to the limit; where that was not enough, by a quarter. It grows the slower the closer it comes to the
//! rate that was refused last. What waits goes by the rate of the moment, not by that of when it drew its number.

use super::times::TaskTimes;

/// The first rate, and the limits of all, in thousandths of a request per second.
const FIRST_RATE: u32 = 20_000;
const MIN_RATE: u32 = 200;
const MAX_RATE: u32 = 1_000_000;
/// How much the rate grows with each reply, in thousandths of a request per second. So many replies come in a second as
/// the rate says, so these are a doubling, and a tenth, of the rate in each second.
const STEP_AT_START: u32 = 693;
const STEP_BEYOND_LIMIT: u32 = 100;
/// Near the limit, half a hundredth in each second; less where the limit is low, because the few requests between two
/// refusals would be a large part of them refused.
const MAX_STEP_NEAR_LIMIT: u32 = 5;
const LIMIT_PER_STEP: u32 = 20_000;
/// Below it the rate grows by a part of what is missing: as much as would bring it back in so many seconds, and no less
/// than so many replies.
const SECONDS_TO_LIMIT: u32 = 4;
const REPLIES_TO_LIMIT: u32 = 16;
/// Refusals of requests that were sent at the same pace count once: what comes this long after the first one does
/// not slow down again, in milliseconds.
const SETTLING_MS: u32 = 1_000;
/// The longest wait before the rate is looked at again, in milliseconds.
pub const MAX_NAP_MS: u32 = 200;
/// The longest that one refusal holds everyone back, in milliseconds: what the service asks of one request for an hour
/// must not stop the others.
const MAX_PAUSE_MS: u32 = 30_000;
/// The parts in which numbers come due.
const WHOLE: u64 = 1_000_000;

/// What operations may share.
#[derive(Clone, Copy, Debug)]
pub struct Shared {
    /// When requests may be sent.
    pub pace: Pace,
    /// How long tasks take.
    pub times: TaskTimes,
}

impl Shared {
    /// For an operation of its own.
    pub const ALONE: Self = Self { pace: Pace::FREE, times: TaskTimes::UNKNOWN };

    /// For operations that share one limit, from now on.
    pub const fn paced(now_ms: u32) -> Self {
        Self { pace: Pace::new(now_ms), ..Self::ALONE }
    }
}

/// Which number is due, and what the refusals have taught.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Thousandths of a request per second; 0: no limit.
    rate: u32,
    /// The number drawn last.
    drawn: u32,
    /// How far the numbers have come due, in parts, at `at_ms`.
    due: u64,
    /// May lie in the future: nothing comes due until then.
    at_ms: u32,
    /// When it was slowed down last, and the rate before that.
    slowed: Option<(u32, u32)>,
    /// Whether there was an answer yet.
    is_heard: bool,
    /// Whether the credentials were refused.
    is_closed: bool,
}

impl Pace {
    /// No pace at all: every request is sent at once.
    pub const FREE: Self =
        Self { rate: 0, drawn: 0, due: 0, at_ms: 0, slowed: None, is_heard: false, is_closed: false };

    /// A pace that is to be found, from now on.
    pub const fn new(now_ms: u32) -> Self {
        Self { rate: FIRST_RATE, due: WHOLE, at_ms: now_ms, ..Self::FREE }
    }

    /// Whether there was an answer yet.
    pub const fn is_heard(&self) -> bool {
        self.is_heard
    }

    /// Whether it lets every request through at once.
    pub const fn is_free(&self) -> bool {
        self.rate == 0
    }

    /// Learns that a request has ended. The first one goes alone: what it meets with wrong credentials, or a wrong clock,
    /// the others need not meet, because a few failures lock an access key.
    pub fn hear(&mut self, now_ms: u32) {
        self.advance(now_ms);
        if !self.is_heard {
            self.due = WHOLE;
        }
        self.is_heard = true;
    }

    /// Learns that the credentials were refused: all requests would be.
    pub const fn close(&mut self) {
        self.is_closed = self.rate > 0;
    }

    /// Whether no request is worth sending any more.
    pub const fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Draws a number.
    pub fn draw(&mut self, now_ms: u32) -> u32 {
        self.advance(now_ms);
        self.drawn += 1;
        self.drawn
    }

    /// How long until the number is due, in milliseconds, as far as can be told now; 0 where it is.
    pub fn due_in_ms(&mut self, number: u32, now_ms: u32) -> u32 {
        self.advance(now_ms);
        let missing = (u64::from(number) * WHOLE).saturating_sub(self.due);
        if self.rate == 0 {
            return 0;
        }
        if number > 1 && !self.is_heard {
            return MAX_NAP_MS;
        }
        if missing == 0 {
            return 0;
        }
        let wait_ms = u32::try_from(missing.div_ceil(self.rate.into())).unwrap_or(u32::MAX);
        wait_ms.saturating_add(ahead_ms(self.at_ms, now_ms)).max(1)
    }

    /// Learns that a request was taken.
    pub fn quicken(&mut self, now_ms: u32) {
        self.advance(now_ms);
        // A pace that nobody waits for says nothing about the limit.
        if self.rate == 0 || self.due >= u64::from(self.drawn) * WHOLE {
            return;
        }
        let step = match self.slowed {
            None => STEP_AT_START,
            Some((_, limit)) if self.rate > limit + limit / 5 => STEP_BEYOND_LIMIT,
            Some((_, limit)) => {
                let replies = (self.rate / 1000 * SECONDS_TO_LIMIT).max(REPLIES_TO_LIMIT);
                let step_near = (limit / LIMIT_PER_STEP).clamp(1, MAX_STEP_NEAR_LIMIT);
                (limit.saturating_sub(self.rate) / replies).max(step_near)
            }
        };
        self.rate = self.rate.saturating_add(step).min(MAX_RATE);
    }

    /// Learns that a request was refused, and perhaps how long the service wants to be left alone, in milliseconds.
    pub fn slow_down(&mut self, now_ms: u32, pause_ms: u32) {
        self.advance(now_ms);
        let pause_ms = pause_ms.min(MAX_PAUSE_MS).max(ahead_ms(self.at_ms, now_ms));
        self.at_ms = now_ms.wrapping_add(pause_ms);
        let since_ms = self.slowed.map(|(slowed_ms, _)| now_ms.wrapping_sub(slowed_ms));
        if self.rate > 0 && since_ms.is_none_or(|ms| ms >= SETTLING_MS) {
            let cut = match since_ms {
                None => self.rate / 2,
                Some(ms) if ms < 3 * SETTLING_MS => self.rate / 4,
                // A request a second, so that slow paces are not refused every few requests.
                Some(_) => self.rate / 32 + (self.rate / 8).min(1_000),
            };
            self.slowed = Some((now_ms, self.rate));
            self.rate = (self.rate - cut).max(MIN_RATE);
        }
    }

    fn advance(&mut self, now_ms: u32) {
        let elapsed_ms = ahead_ms(now_ms, self.at_ms);
        self.due += u64::from(self.rate) * u64::from(elapsed_ms);
        if elapsed_ms > 0 {
            self.at_ms = now_ms;
        }
        // Time in which nobody waited is lost: it must not end in a burst.
        self.due = self.due.min(u64::from(self.drawn + 1) * WHOLE);
    }
}

/// How far a time lies ahead of another on a clock that wraps around; 0 where it does not.
fn ahead_ms(time: u32, of: u32) -> u32 {
    time.wrapping_sub(of).cast_signed().max(0).cast_unsigned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// What came of many callers who all want to send all the time, at a gateway that takes so many requests in
    /// each second and answers after 50 ms.
    struct Result {
        sent: u32,
        refused: u32,
        most_at_once: u32,
    }

    fn press(callers: u32, limit: u32, seconds: u32) -> Result {
        let start = u32::MAX - 20_000;
        let mut pace = Pace::new(start);
        let mut result = Result { sent: 0, refused: 0, most_at_once: 0 };
        // What happens when: a caller looks at its number, or gets an answer.
        let mut agenda: BTreeMap<u32, Vec<(Option<u32>, bool)>> = BTreeMap::new();
        agenda.insert(0, vec![(None, false); callers as usize]);
        let mut window = (0, 0);
        while let Some((now, due)) = agenda.pop_first() {
            if now > seconds * 1000 {
                break;
            }
            let clock = start.wrapping_add(now);
            let mut at_once = 0;
            for (number, is_answer) in due {
                if is_answer {
                    pace.hear(clock);
                    match number {
                        Some(_) => pace.slow_down(clock, 0),
                        None => pace.quicken(clock),
                    }
                }
                let number = if is_answer { None } else { number }.unwrap_or_else(|| pace.draw(clock));
                let wait = pace.due_in_ms(number, clock).min(MAX_NAP_MS);
                if wait > 0 {
                    agenda.entry(now + wait).or_default().push((Some(number), false));
                    continue;
                }
                at_once += 1;
                if window.0 != now / 1000 {
                    window = (now / 1000, 0);
                }
                window.1 += 1;
                result.sent += 1;
                let is_refused = window.1 > limit;
                result.refused += u32::from(is_refused);
                agenda.entry(now + 50).or_default().push((is_refused.then_some(0), true));
            }
            result.most_at_once = result.most_at_once.max(at_once);
        }
        result
    }

    #[test]
    fn the_limit_is_found_and_kept() {
        for limit in [10, 50, 200, 600] {
            let Result { sent, refused, most_at_once } = press(1000, limit, 300);
            let used = f64::from(sent - refused) / f64::from(limit * 300);
            assert!(used > 0.95, "limit {limit}: {used} of it was used");
            // One in a hundred, and what the start takes before the limit is known.
            assert!(refused < sent / 100 + 20, "limit {limit}: {refused} of {sent} requests were refused");
            assert!(most_at_once <= 4 + limit / 10, "limit {limit}: {most_at_once} at once");
        }
    }

    #[test]
    fn without_a_limit_the_rate_doubles_each_second() {
        let Result { sent, .. } = press(1000, u32::MAX, 4);
        assert!((300..=450).contains(&sent), "{sent}");
    }

    #[test]
    fn time_in_which_nobody_waited_ends_in_no_burst() {
        let mut pace = Pace::new(0);
        pace.hear(0);
        let first = pace.draw(0);
        assert_eq!(pace.due_in_ms(first, 50), 0);
        let waiting = |now, pace: &mut Pace| {
            let numbers: Vec<_> = (0..10).map(|_| pace.draw(now)).collect();
            numbers.into_iter().filter(|number| pace.due_in_ms(*number, now) > 0).count()
        };
        assert_eq!(waiting(60_000, &mut pace), 9);
    }

    #[test]
    fn the_first_request_goes_alone() {
        let mut pace = Pace::new(0);
        let (first, second) = (pace.draw(0), pace.draw(0));
        assert_eq!(pace.due_in_ms(first, 0), 0);
        assert!(pace.due_in_ms(second, 60_000) > 0);
        pace.hear(60_000);
        assert_eq!(pace.due_in_ms(second, 60_100), 0);
    }

    #[test]
    fn a_pause_holds_everyone_back() {
        let mut pace = Pace::new(0);
        pace.hear(0);
        pace.draw(0);
        let number = pace.draw(0);
        pace.slow_down(0, 5_000);
        assert!(pace.due_in_ms(number, 4_900) > 0);
        assert_eq!(pace.due_in_ms(number, 5_200), 0);
    }

    #[test]
    fn a_free_pace_holds_nobody_back() {
        let mut pace = Pace::FREE;
        for now in 0..100 {
            let number = pace.draw(now);
            assert_eq!(pace.due_in_ms(number, now), 0);
            pace.slow_down(now, 60_000);
            pace.quicken(now);
            pace.close();
        }
        assert!(pace.is_free() && !pace.is_closed());
    }
}
