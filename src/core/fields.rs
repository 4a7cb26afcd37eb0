//! Reading options: values that are what they must be, or an error that names the option, what was expected and
//! what was found.
//!
//! The loader writes the options down as JSON at the moment of the call, so what the caller changes later changes
//! nothing. It writes the options of this package only, and leaves out those that are `undefined`. What JSON cannot hold
//! comes as `{"typeof":"function"}`, with JavaScript's word for its type: `object` is what is no plain object, `array` an
//! array where none can be, `number` what is not finite, `undefined` a member of a list.

use super::error::Error;
use super::ids::{Checked, ID_RULE};
use super::json::Json;
use super::text::{decimal, whole_number};
use std::borrow::Cow;

/// The first thing that is wrong with the options, if anything is. Who finds it reads on, with a default in place of the
/// value: a way out at each of them would be a large part of the module.
pub type Flaw = Option<Box<Error>>;

/// Notes what is wrong with an option, where nothing has been wrong before. `place` is what stands before its name.
#[inline(never)]
pub fn note(flaw: &mut Flaw, place: &str, name: &str, rule: &str, found: &str) {
    if flaw.is_none() {
        let message = ["option \"", place, name, "\" must be ", rule, ", got ", found].concat();
        *flaw = Some(Error::options(Some(&[place, name].concat()), &message));
    }
}

/// What a value is, in words that fit behind "got". No text is repeated.
pub fn describe(value: Option<Json<'_>>) -> &str {
    let Some(value) = value else { return "nothing" };
    if let Some(written) = value.word().or_else(|| value.number()) {
        return written;
    }
    if let Some(text) = value.string() {
        return if text.is_empty() { "an empty string" } else { "another string" };
    }
    if value.is_array() {
        return "an array";
    }
    let Some(foreign) = foreign_type(value) else { return "an object" };
    for (kind, words) in FOREIGN {
        if foreign.is(kind) {
            return words;
        }
    }
    "another kind of object"
}

/// JavaScript's words for the types of values that JSON cannot hold, and ours.
const FOREIGN: &[(&str, &str)] = &[
    ("function", "a function"),
    ("undefined", "undefined"),
    ("symbol", "a symbol"),
    ("bigint", "a bigint"),
    ("number", "a number"),
    ("array", "an array"),
];

/// The same for what is secret, of which a number may be all.
pub fn describe_secret(value: Option<Json<'_>>) -> &str {
    if value.and_then(Json::number).is_some() { "a number" } else { describe(value) }
}

/// JavaScript's word for the type of a value that JSON cannot hold; `None` for what it can.
pub fn foreign_type(value: Json<'_>) -> Option<Json<'_>> {
    value.get("typeof").filter(|kind| kind.string().is_some())
}

/// Whether a value is an object of the caller.
pub fn is_record(value: Json<'_>) -> bool {
    value.is_object() && foreign_type(value).is_none()
}

/// The members of an object of options, found once: many are asked for.
#[derive(Debug)]
pub struct Fields<'a, 'f> {
    /// What stands before their names in an error.
    place: &'static str,
    members: Vec<(&'a str, Json<'a>)>,
    /// What is wrong with them.
    pub flaw: &'f mut Flaw,
}

impl<'a, 'f> Fields<'a, 'f> {
    /// The members of an object; none for other values.
    pub fn new(place: &'static str, options: Json<'a>, flaw: &'f mut Flaw) -> Self {
        let mut members = Vec::new();
        for (name, value) in options.members() {
            // No option has a name that would have to be written with escapes.
            if let Cow::Borrowed(name) = name {
                members.push((name, value));
            }
        }
        Self { place, members, flaw }
    }

    /// An option, if it is there.
    pub fn get(&self, name: &str) -> Option<Json<'a>> {
        let mut found = None;
        for (known, value) in &self.members {
            if *known == name {
                found = Some(*value);
            }
        }
        found
    }

    /// Notes that an option is not what it must be: that was found.
    pub fn note(&mut self, name: &str, rule: &str, found: &str) {
        note(self.flaw, self.place, name, rule, found);
    }

    /// The same, with what the option is in words.
    pub fn wrong(&mut self, name: &str, rule: &str) {
        self.note(name, rule, describe(self.get(name)));
    }

    /// An id, which must be there.
    #[inline(never)]
    pub fn id(&mut self, name: &str) -> Checked {
        match self.get(name).and_then(Json::string) {
            Some(text) => match Checked::parse(&text) {
                Ok(id) => return id,
                Err(found) => self.note(name, ID_RULE, &found),
            },
            None => self.wrong(name, ID_RULE),
        }
        Checked::default()
    }

    /// A flag; `false` where it is absent.
    pub fn flag(&mut self, name: &str) -> bool {
        let word = self.get(name).map(Json::word);
        if !matches!(word, None | Some(Some("true" | "false"))) {
            self.wrong(name, "true or false");
        }
        word == Some(Some("true"))
    }

    /// One of the texts allowed; `None` where it is absent. `rule` lists them.
    pub fn choice(&mut self, name: &str, rule: &str, allowed: &[&'static str]) -> Option<&'static str> {
        let value = self.get(name)?;
        for known in allowed {
            if value.is(known) {
                return Some(known);
            }
        }
        self.wrong(name, rule);
        None
    }

    /// A whole number from 1 to `max`.
    pub fn number(&mut self, name: &str, default: u32, max: u32) -> u32 {
        let Some(value) = self.get(name) else { return default };
        let number = value.number().and_then(|digits| whole_number(digits, max)).unwrap_or(0);
        if number == 0 {
            self.wrong(name, &["a whole number from 1 to ", &decimal(max)].concat());
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_said_without_repeating_a_text() {
        let said = |text| describe(Json::parse(text));
        for (json, words) in [
            ("null", "null"),
            ("true", "true"),
            ("-1.5", "-1.5"),
            (r#""""#, "an empty string"),
            (r#""marker""#, "another string"),
            ("[1]", "an array"),
            ("{}", "an object"),
            (r#"{"type":"function"}"#, "an object"),
            (r#"{"typeof":"function"}"#, "a function"),
            (r#"{"typeof":"symbol"}"#, "a symbol"),
            (r#"{"typeof":"bigint"}"#, "a bigint"),
            (r#"{"typeof":"number"}"#, "a number"),
            (r#"{"typeof":"array"}"#, "an array"),
            (r#"{"typeof":"object"}"#, "another kind of object"),
        ] {
            assert_eq!(said(json), words, "{json}");
        }
        assert_eq!(describe(None), "nothing");
        assert_eq!(describe_secret(Json::parse("12345678")), "a number");
        assert_eq!(describe_secret(Json::parse("true")), "true");
    }
}
