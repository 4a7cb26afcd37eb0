//! When to try again: how long to wait after a refusal, and what the server says about it.

use super::text::{cut, whole_number};

/// How long an operation may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// One exchange, in milliseconds.
    pub attempt_timeout_ms: u32,
    /// The whole operation, in milliseconds.
    pub timeout_ms: u32,
    /// How a refused request is repeated.
    pub retry: RetryPolicy,
    /// How often the service is asked whether it is done.
    pub polling: Polling,
}

/// How often the service is asked whether it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Polling {
    /// Before the first question, in milliseconds.
    pub initial_delay_ms: u32,
    /// The shortest wait between two questions, in milliseconds.
    pub interval_ms: u32,
    /// The longest wait that is chosen here, in milliseconds. What the server asks for can be longer.
    pub max_interval_ms: u32,
}

impl Polling {
    /// How long to wait before the next question about something that has gone on for so long: half of that, so that the
    /// answer comes no later than a quarter of the whole on average, whatever it takes; up to a tenth less, so that many
    /// pages do not ask together.
    pub fn interval_ms(&self, age_ms: u32, jitter: &mut Jitter) -> u32 {
        let share = age_ms / 2;
        let interval = share.max(self.interval_ms).min(self.max_interval_ms);
        interval - jitter.up_to(interval / 10)
    }
}

/// How often and how fast a refused request is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Whether no request is sent again after it was refused or lost, whatever the rest says.
    pub is_off: bool,
    /// The most times that a request is sent, the first time included.
    pub max_attempts: u32,
    /// The longest wait after the first refusal, in milliseconds. It doubles with each further one.
    pub base_delay_ms: u32,
    /// The longest wait that is chosen here, in milliseconds. What the server asks for can be longer.
    pub max_delay_ms: u32,
}

/// Randomness from a seed, so that many pages that were refused together do not come back together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Jitter(u32);

impl Jitter {
    /// Any seed will do.
    pub const fn new(seed: u32) -> Self {
        // Marsaglia's xorshift never leaves zero.
        Self(if seed == 0 { 1 } else { seed })
    }

    /// A number from 0 to `limit`.
    fn up_to(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % limit.saturating_add(1)
    }
}

impl RetryPolicy {
    /// How long to wait before the next attempt, in milliseconds: exponential backoff with full jitter, and no
    /// shorter than what the server asks for. Never 0.
    pub fn delay_ms(&self, attempts: u32, hint: Hint, jitter: &mut Jitter) -> u32 {
        let doubled = 1_u32.checked_shl(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
        let backoff = self.base_delay_ms.saturating_mul(doubled).min(self.max_delay_ms);
        jitter.up_to(backoff).max(hint.asked_ms(self.max_delay_ms))
    }
}

/// What a refusal says about when to come back, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Hint {
    /// Nothing.
    #[default]
    None,
    /// The server asks to wait that long.
    RetryAfter(u32),
    /// The limit counts over that long. It can end sooner, so no wait is prolonged by it beyond the longest of our
    /// own.
    Window(u32),
}

impl Hint {
    /// The hint of a reply: what its headers ask for, else the text of the gateway.
    pub fn new(retry_after_ms: Option<u32>, text: Option<&str>) -> Self {
        let window = || text.and_then(limit_window_ms).map_or(Self::None, Self::Window);
        retry_after_ms.map_or_else(window, Self::RetryAfter)
    }

    /// How long to wait at least, where the longest wait of our own is so long. Never 0.
    pub fn asked_ms(self, longest_ms: u32) -> u32 {
        match self {
            Self::None => 1,
            Self::RetryAfter(wait) => wait.max(1),
            Self::Window(window) => window.min(longest_ms).max(1),
        }
    }

    /// The time in milliseconds, if there is one.
    pub const fn ms(self) -> Option<u32> {
        match self {
            Self::None => None,
            Self::RetryAfter(wait) | Self::Window(wait) => Some(wait),
        }
    }
}

/// The window of a gateway's limit, in milliseconds: "… over ratelimit,limit:200,time:5 minute".
///
/// Source: seen in replies of the API gateway, `APIGW.0308`.
fn limit_window_ms(text: &str) -> Option<u32> {
    let (_, time) = cut(text, ",time:")?;
    let (count, unit) = cut(time, " ")?;
    let seconds = match unit.as_bytes().first()? {
        b's' => 1,
        b'm' => 60,
        b'h' => 3600,
        _ => 86_400,
    };
    whole_number(count, 1000)?.checked_mul(seconds * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const POLICY: RetryPolicy =
        RetryPolicy { is_off: false, max_attempts: 4, base_delay_ms: 500, max_delay_ms: 20_000 };

    #[test]
    fn a_window_prolongs_a_wait_no_further_than_the_longest_of_our_own() {
        assert_eq!(POLICY.delay_ms(1, Hint::Window(300_000), &mut Jitter::new(1)), 20_000);
        assert!(POLICY.delay_ms(1, Hint::Window(1000), &mut Jitter::new(1)) == 1000);
        assert_eq!(POLICY.delay_ms(1, Hint::RetryAfter(300_000), &mut Jitter::new(1)), 300_000);
    }

    #[test]
    fn the_window_of_a_limit_is_read() {
        let text =
            "The throttling threshold has been reached: policy user over ratelimit,limit:200,time:5 minute";
        assert_eq!(limit_window_ms(text), Some(300_000));
        assert_eq!(limit_window_ms("policy ip over ratelimit,limit:5,time:1 second"), Some(1000));
        assert_eq!(limit_window_ms("over ratelimit,limit:5,time:soon"), None);
        assert_eq!(limit_window_ms("The throttling threshold has been reached."), None);
    }

    proptest! {
        #[test]
        fn a_delay_is_never_zero_nor_longer_than_it_may_be(seed: u32, attempts in 1_u32..50, hint in prop::option::of(0_u32..100_000)) {
            let asked = hint.map_or(Hint::None, Hint::RetryAfter);
            let delay = POLICY.delay_ms(attempts, asked, &mut Jitter::new(seed));
            let longest = POLICY.base_delay_ms.saturating_mul(1_u32.checked_shl(attempts - 1).unwrap_or(u32::MAX));
            prop_assert!(delay >= hint.unwrap_or(0).max(1));
            prop_assert!(delay <= longest.min(POLICY.max_delay_ms).max(hint.unwrap_or(0)).max(1));
        }

        #[test]
        fn jitter_uses_the_whole_range(seed: u32) {
            let mut jitter = Jitter::new(seed);
            let delays: Vec<u32> = (0..200).map(|_| POLICY.delay_ms(4, Hint::None, &mut jitter)).collect();
            prop_assert!(delays.iter().any(|delay| *delay < 1000));
            prop_assert!(delays.iter().any(|delay| *delay > 3000));
        }
    }
}
