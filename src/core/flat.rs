//! JSON values, as the loader writes them down.
//!
//! The loader has read the JSON by `JSON.parse` and writes every value as a mark and what belongs to it, so that a value
//! can be looked at where it stands: nothing is copied, and no memory is needed. `pkg/loader/flat.js` is the other side.
//!
//! | Mark | Value | What belongs to it |
//! |---|---|---|
//! | 1 | a string | its characters |
//! | 2 | a number | its digits |
//! | 3 | `null`, `true`, `false` | the word |
//! | 4 | an array | its elements, then mark 0 |
//! | 5 | an object | names, as strings, each with its value, then mark 0 |
//! | 6 | a string that is a JSON document | its characters, then the document |
//!
//! The marks are bytes. Strings hold none of them: the loader puts U+FFFD in their place.

const END: u8 = 0;
const TEXT: u8 = 1;
const NUMBER: u8 = 2;
const WORD: u8 = 3;
const ARRAY: u8 = 4;
const OBJECT: u8 = 5;
const DOCUMENT: u8 = 6;

/// A JSON value. It begins where the text begins, and ends where it ends by itself.
#[derive(Clone, Copy, Debug)]
pub struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    /// `null`.
    pub const NULL: Self = Json("\u{3}null");

    /// The value that a text begins with. Whatever the text, nothing here panics.
    pub const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The member of an object.
    pub fn get(self, name: &str) -> Option<Self> {
        self.members().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The members of an object; none for other values.
    pub fn members(self) -> impl Iterator<Item = (&'a str, Self)> {
        let mut names = self.inside(OBJECT);
        std::iter::from_fn(move || {
            let (mark, name, value) = Self(names).token();
            names = Self(value).rest();
            (mark != END).then_some((name, Self(value)))
        })
    }

    /// The elements of an array; none for other values.
    pub fn elements(self) -> impl Iterator<Item = Self> {
        let mut elements = self.inside(ARRAY);
        std::iter::from_fn(move || {
            let element = Self(elements);
            elements = element.rest();
            (element.mark() != END).then_some(element)
        })
    }

    /// A string that is not blank, or the digits of a number.
    pub fn text(self) -> Option<&'a str> {
        self.number().or_else(|| self.string().filter(|text| text.bytes().any(|byte| byte > b' ')))
    }

    /// A string.
    pub fn string(self) -> Option<&'a str> {
        self.payload(TEXT).or_else(|| self.payload(DOCUMENT))
    }

    /// The digits of a number, as JavaScript writes them.
    pub fn number(self) -> Option<&'a str> {
        self.payload(NUMBER)
    }

    /// `null`, `true` or `false`.
    pub fn word(self) -> Option<&'a str> {
        self.payload(WORD)
    }

    /// What a string holds that is itself a JSON document.
    pub fn document(self) -> Option<Self> {
        self.payload(DOCUMENT).map(|_| Self(self.token().2))
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        self.mark() == OBJECT
    }

    /// Whether it is an array.
    pub fn is_array(self) -> bool {
        self.mark() == ARRAY
    }

    fn mark(self) -> u8 {
        self.0.as_bytes().first().copied().unwrap_or(END)
    }

    fn payload(self, mark: u8) -> Option<&'a str> {
        (self.mark() == mark).then(|| self.token().1)
    }

    /// What follows the mark, where it is that one.
    fn inside(self, mark: u8) -> &'a str {
        if self.mark() == mark { self.token().2 } else { "" }
    }

    /// The mark, the characters that belong to it, and what follows.
    fn token(self) -> (u8, &'a str, &'a str) {
        let bytes = self.0.as_bytes();
        let end = bytes.iter().skip(1).position(|byte| *byte <= DOCUMENT);
        let (own, rest) = end.and_then(|end| self.0.split_at_checked(end + 1)).unwrap_or((self.0, ""));
        (self.mark(), own.get(1..).unwrap_or_default(), rest)
    }

    /// What follows the value.
    fn rest(mut self) -> &'a str {
        let mut depth = 0_u32;
        loop {
            let (mark, _, rest) = self.token();
            match mark {
                ARRAY | OBJECT => depth += 1,
                END => depth = depth.saturating_sub(1),
                _ => {}
            }
            if rest.is_empty() || (depth == 0 && mark != DOCUMENT) {
                return rest;
            }
            self = Self(rest);
        }
    }
}

/// The members of an object, found once: for where many are asked for.
#[derive(Clone, Debug)]
pub struct Members<'a>(Vec<(&'a str, Json<'a>)>);

impl<'a> Members<'a> {
    /// Those of an object; none for other values.
    pub fn of(object: Json<'a>) -> Self {
        Self(object.members().collect())
    }

    /// The member of a name.
    pub fn get(&self, name: &str) -> Option<Json<'a>> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

#[cfg(test)]
#[path = "../../tests/support/flat.rs"]
pub(crate) mod written;

#[cfg(test)]
mod tests {
    use super::written::flat;
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn same(ours: Json<'_>, theirs: &Value) -> bool {
        match theirs {
            Value::Null => ours.word() == Some("null"),
            Value::Bool(flag) => ours.word() == Some(if *flag { "true" } else { "false" }),
            Value::String(text) => ours.string() == Some(text),
            Value::Number(number) => ours.number() == Some(&number.to_string()),
            Value::Array(elements) => {
                ours.is_array()
                    && ours.elements().count() == elements.len()
                    && ours.elements().zip(elements).all(|(ours, theirs)| same(ours, theirs))
            }
            Value::Object(members) => {
                ours.is_object()
                    && ours.members().count() == members.len()
                    && ours.members().all(|(name, value)| same(value, &members[name]))
                    && members.keys().all(|name| ours.get(name).is_some())
            }
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,12}[\\x07-\\x1f\"\\\\\u{1f600}]{0,4}".prop_map(Value::from),
            Just(Value::from(r#"{"a":["{\"b\":1}",2]}"#)),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("\\PC{0,6}", inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_value_is_found_as_it_was_written(value in any_json()) {
            prop_assert!(same(Json::new(&flat(&value)), &value), "{}", value);
        }

        #[test]
        fn no_text_makes_it_panic_or_go_on_for_ever(text in "[\\x00-\\x07aé]{0,40}") {
            let value = Json::new(&text);
            let _ = (value.get("a"), value.text(), value.document(), value.elements().count(), value.members().count());
        }
    }

    #[test]
    fn a_document_inside_a_string_is_both() {
        let text = flat(&json!({ "a": r#"{"b":[1]}"#, "c": "{" }));
        let a = Json::new(&text).get("a").unwrap();
        assert_eq!(a.text(), Some(r#"{"b":[1]}"#));
        assert_eq!(a.document().and_then(|inner| inner.get("b")?.elements().next()?.text()), Some("1"));
        let c = Json::new(&text).get("c").unwrap();
        assert!(c.document().is_none() && c.text() == Some("{"));
    }

    #[test]
    fn deep_nesting_does_not_overflow_the_stack() {
        let deep = "\u{4}".repeat(500_000);
        assert_eq!(Json::new(&deep).elements().count(), 1);
    }
}
