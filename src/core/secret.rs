//! Values that must never be seen.

use std::fmt;
use zeroize::Zeroizing;

/// Text that never shows in `Debug` output and is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself. Every use of it is a place to review.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The same text, lent: it does not show either.
    pub fn lend(&self) -> SecretRef<'_> {
        SecretRef(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lend().fmt(formatter)
    }
}

/// Text of another owner that never shows in `Debug` output.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SecretRef<'a>(&'a str);

impl<'a> SecretRef<'a> {
    /// Wraps a text.
    pub const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The text itself. Every use of it is a place to review.
    pub const fn expose(self) -> &'a str {
        self.0
    }
}

impl fmt::Debug for SecretRef<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_does_not_show_the_secret() {
        let secret = Secret::new("hunter2".into());
        assert_eq!(format!("{secret:?} {:?}", secret.lend()), "*** ***");
        assert_eq!((secret.expose(), secret.lend().expose()), ("hunter2", "hunter2"));
    }
}
