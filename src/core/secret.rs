//! Values that must never be seen.

use super::text::cut;
use std::fmt;

/// What stands in the place of a secret.
pub const MASK: &str = "***";

/// Text that never shows in `Debug` output.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret<'a>(&'a str);

impl<'a> Secret<'a> {
    /// Wraps a text.
    pub const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The text itself. Every use of it is a place to review.
    pub const fn expose(self) -> &'a str {
        self.0
    }
}

/// Shorter values are no secrets, and blacking them out would spoil texts.
const MIN_MASKED_BYTES: usize = 6;

/// Blacks out every occurrence of a secret in a text that came from elsewhere.
pub fn mask(text: &mut String, secret: Secret<'_>) {
    if secret.0.len() < MIN_MASKED_BYTES {
        return;
    }
    let mut masked = String::new();
    let mut rest = text.as_str();
    while let Some((before, behind)) = cut(rest, secret.0) {
        masked.extend([before, MASK]);
        rest = behind;
    }
    masked.push_str(rest);
    *text = masked;
}

impl fmt::Debug for Secret<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(MASK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_does_not_show_the_secret() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "***");
    }

    #[test]
    fn an_echoed_secret_is_blacked_out_and_a_short_value_is_not() {
        let mut text = String::from("token hunter2 (hunter2) is wrong");
        mask(&mut text, Secret::new("hunter2"));
        mask(&mut text, Secret::new("is"));
        assert_eq!(text, "token *** (***) is wrong");
    }
}
