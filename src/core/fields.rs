//! Reading options: values that are what they must be, or an error that names the option, what was expected and
//! what was found.
//!
//! The loader writes the options down as JSON at the moment of the call, so what the caller changes later changes
//! nothing. It writes the options of this package only, and leaves out those that are `undefined`. What JSON cannot hold
//! comes as `{"typeof":"function"}`, with JavaScript's word for its type: `object` is what is no plain object, `array` an
//! array where none can be, `number` what is not finite.

use super::error::Error;
use super::ids::ID_RULE;
use super::json::Json;
use super::text::{decimal, whole_number};
use std::borrow::Cow;

/// The error for an option that is not what it must be.
pub fn wrong(option: &str, rule: &str, found: &str) -> Box<Error> {
    let message = ["option \"", option, "\" must be ", rule, ", got ", found].concat();
    Error::options(Some(option), &message)
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
    match foreign_type(value).as_deref() {
        None => "an object",
        Some("function") => "a function",
        Some("symbol") => "a symbol",
        Some("bigint") => "a bigint",
        Some("number") => "a number",
        Some("array") => "an array",
        Some(_) => "another kind of object",
    }
}

/// The same for what is secret, of which a number may be all.
pub fn describe_secret(value: Option<Json<'_>>) -> &str {
    if value.and_then(Json::number).is_some() { "a number" } else { describe(value) }
}

/// JavaScript's word for the type of a value that JSON cannot hold; `None` for what it can.
pub fn foreign_type(value: Json<'_>) -> Option<Cow<'_, str>> {
    value.get("typeof")?.string()
}

/// Whether a value is an object of the caller.
pub fn is_record(value: Json<'_>) -> bool {
    value.is_object() && foreign_type(value).is_none()
}

/// The members of an object of options, found once: many are asked for.
#[derive(Debug)]
pub struct Fields<'a>(Vec<(&'a str, Json<'a>)>);

impl<'a> Fields<'a> {
    /// The members of an object; none for other values.
    pub fn new(options: Json<'a>) -> Self {
        let mut fields = Vec::new();
        for (name, value) in options.members() {
            // No option has a name that would have to be written with escapes.
            if let Cow::Borrowed(name) = name {
                fields.push((name, value));
            }
        }
        Self(fields)
    }

    /// An option, if it is there.
    pub fn get(&self, name: &str) -> Option<Json<'a>> {
        let mut found = None;
        for (known, value) in &self.0 {
            if *known == name {
                found = Some(*value);
            }
        }
        found
    }

    /// The error for an option.
    pub fn wrong(&self, name: &str, rule: &str) -> Box<Error> {
        wrong(name, rule, describe(self.get(name)))
    }

    /// An id of a kind, which must be there.
    ///
    /// # Errors
    /// Names the option.
    pub fn id<T>(&self, name: &str, parse: fn(&str) -> Result<T, String>) -> Result<T, Box<Error>> {
        match self.get(name).and_then(Json::string) {
            Some(text) => parse(&text).map_err(|found| wrong(name, ID_RULE, &found)),
            None => Err(self.wrong(name, ID_RULE)),
        }
    }

    /// A flag; `false` where it is absent.
    ///
    /// # Errors
    /// Names the option.
    pub fn flag(&self, name: &str) -> Result<bool, Box<Error>> {
        match self.get(name).map(Json::word) {
            None | Some(Some("false")) => Ok(false),
            Some(Some("true")) => Ok(true),
            _ => Err(self.wrong(name, "true or false")),
        }
    }

    /// One of the texts allowed; `None` where it is absent. `rule` lists them.
    ///
    /// # Errors
    /// Names the option.
    pub fn choice(
        &self,
        name: &str,
        rule: &str,
        allowed: &[&'static str],
    ) -> Result<Option<&'static str>, Box<Error>> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let text = value.string();
        for known in allowed {
            if text.as_deref() == Some(*known) {
                return Ok(Some(known));
            }
        }
        Err(self.wrong(name, rule))
    }

    /// A whole number from 1 to `max`. The prefix stands before the name in an error.
    ///
    /// # Errors
    /// Names the option.
    pub fn number(&self, prefix: &str, name: &str, default: u32, max: u32) -> Result<u32, Box<Error>> {
        let Some(value) = self.get(name) else { return Ok(default) };
        match value.number().and_then(|digits| whole_number(digits, max)) {
            Some(number) if number > 0 => Ok(number),
            _ => {
                let rule = ["a whole number from 1 to ", &decimal(max)].concat();
                Err(wrong(&[prefix, name].concat(), &rule, describe(Some(value))))
            }
        }
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
