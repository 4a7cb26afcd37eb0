//! The ids that the caller gives and the service returns.
//!
//! An id is checked for what is safe as one segment of a path, not for a format: the vendor promises none, and
//! a job id for one is 32 hexadecimal digits in some replies and a dashed UUID in others.

use super::text::decimal;

/// The longest id that is accepted, in characters. The longest seen in the vendor's documents has 36.
pub const MAX_ID_CHARS: usize = 128;

/// What every id must be, for error messages.
pub const ID_RULE: &str = "1 to 128 characters of A-Z a-z 0-9 - _ . ~";

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => { $(
        $(#[$doc])*
        ///
        /// It stands for itself in a path: it needs no encoding and cannot change the path around it. The default is none: it
        /// stands where the options are wrong, and goes no further.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// Checks a text.
            ///
            /// # Errors
            /// What was found instead of an id, in words that fit behind "got".
            pub fn parse(text: &str) -> Result<Self, String> {
                Checked::parse(text).map(Self::from)
            }

            /// The id as it stands in a path.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The id as text.
            pub fn into_text(self) -> String {
                self.0
            }

            /// Whether a text of the service means the same id. The service writes one and the same id with and without
            /// dashes.
            pub fn names(&self, text: &str) -> bool {
                means_same(&self.0, text)
            }
        }

        impl From<Checked> for $name {
            fn from(id: Checked) -> Self {
                Self(id.0)
            }
        }
    )* };
}

// Types of their own, so that no call can take one for another.
ids! {
    /// The id of a project.
    ProjectId
    /// The id of a server.
    ServerId
    /// The id of a disk.
    VolumeId
    /// The id of a task.
    JobId
}

/// Whether a character is "unreserved" in the sense of RFC 3986, section 2.3.
pub const fn is_unreserved(character: u8) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, b'-' | b'_' | b'.' | b'~')
}

/// A text that can be an id of any kind.
#[derive(Debug, Default)]
pub struct Checked(String);

impl Checked {
    /// Checks a text.
    ///
    /// # Errors
    /// What was found instead of an id, in words that fit behind "got".
    pub fn parse(text: &str) -> Result<Self, String> {
        check(text).map(|()| Self(text.into()))
    }
}

fn check(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("an empty string".into());
    }
    if let Some(index) = text.bytes().position(|byte| !is_unreserved(byte)) {
        let position = decimal(u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1));
        return Err([what_stands_at(text, index), " at position ", &position].concat());
    }
    if text.len() > MAX_ID_CHARS {
        return Err("more".into());
    }
    if text == "." || text == ".." {
        return Err("a relative path".into());
    }
    Ok(())
}

/// Whether two ids are the same but for case and dashes.
fn means_same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.bytes(), other.bytes());
    loop {
        match (next_character(&mut one), next_character(&mut other)) {
            (None, None) => return true,
            (one, other) if one != other => return false,
            _ => {}
        }
    }
}

fn next_character(id: &mut std::str::Bytes<'_>) -> Option<u8> {
    loop {
        let byte = id.next()?;
        if byte != b'-' {
            return Some(byte.to_ascii_lowercase());
        }
    }
}

fn what_stands_at(text: &str, index: usize) -> &str {
    match text.get(index..index + 1) {
        Some(" ") => "a space",
        Some(character) if character.bytes().all(|byte| byte.is_ascii_control()) => "a control character",
        Some(character) => character,
        None => "a character outside ASCII",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_ids_of_the_documents_are_accepted() {
        for id in [
            "77b6a44cba5143ab91d13ab9a8ff44fd",
            "4d8c3732-a248-40ed-bebc-539a6ffd25c0",
            "ff80808288d41e1b018990260955686a",
            "70a599e0-31e7-49b7-b260-868f441e862b",
        ] {
            assert_eq!(JobId::parse(id).unwrap().as_str(), id);
        }
    }

    #[test]
    fn what_is_wrong_is_said_without_repeating_the_id() {
        let cases = [
            ("", "an empty string"),
            ("..", "a relative path"),
            (".", "a relative path"),
            ("a/b", "/ at position 2"),
            ("a b", "a space at position 2"),
            ("abc%2f", "% at position 4"),
            ("\n", "a control character at position 1"),
            ("a\x7f", "a control character at position 2"),
            ("\u{fffd}", "a character outside ASCII at position 1"),
        ];
        for (id, found) in cases {
            assert_eq!(VolumeId::parse(id), Err(found.into()), "{id:?}");
        }
        assert_eq!(ServerId::parse(&"a".repeat(129)), Err("more".into()));
        assert!(ProjectId::parse(&"a".repeat(128)).is_ok());
    }

    #[test]
    fn an_id_is_known_in_every_writing() {
        let id = JobId::parse("70a599e0-31e7-49b7-b260-868f441e862b").unwrap();
        for (text, expected) in [
            ("70a599e0-31e7-49b7-b260-868f441e862b", true),
            ("70a599e031e749b7b260868f441e862b", true),
            ("70A599E0-31E7-49B7-B260-868F441E862B", true),
            ("70a599e031e749b7b260868f441e862c", false),
            ("70a599e031e749b7b260868f441e862", false),
            ("70a599e031e749b7b260868f441e862b0", false),
            (" 70a599e031e749b7b260868f441e862b", false),
            ("", false),
        ] {
            assert_eq!(id.names(text), expected, "{text}");
        }
        assert!(VolumeId::parse("a").unwrap().names("-A-") && !ServerId::parse("a").unwrap().names("ab"));
    }

    proptest! {
        #[test]
        fn an_accepted_id_needs_no_encoding(text in "\\PC{0,40}") {
            if let Ok(id) = ProjectId::parse(&text) {
                prop_assert!(id.as_str().bytes().all(is_unreserved));
                prop_assert!(!matches!(id.as_str(), "" | "." | ".."));
            }
        }
    }
}
