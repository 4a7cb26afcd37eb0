//! Reading options: values that are what they must be, or an error that names the option, what was expected and
//! what was found.
//!
//! The loader writes the options down at the moment of the call, so what the caller changes later changes nothing.
//! What JSON cannot hold (functions, NaN, instances of classes) comes as an array with a name for it; no option is an
//! array.

use super::error::Error;
use super::flat::{Json, Members};
use super::ids::{ID_RULE, Id};
use super::text::{decimal, whole_number};

/// The error for an option that is not what it must be.
pub fn wrong(option: &str, rule: &str, found: &str) -> Box<Error> {
    let message = ["option \"", option, "\" must be ", rule, ", got ", found].concat();
    Error::options(Some(option), &message)
}

/// What a value is, in words that fit behind "got". No text is repeated.
pub fn describe(value: Option<Json<'_>>) -> &str {
    let Some(value) = value else { return "nothing" };
    match (value.string(), value.word().or(value.number())) {
        (Some(""), _) => "an empty string",
        (Some(_), _) => "another string",
        (None, Some(written)) => written,
        _ if value.is_object() => "an object",
        _ => value.elements().next().and_then(Json::text).unwrap_or("an array"),
    }
}

/// The same for what is secret, of which a number may be all.
pub fn veiled(value: Option<Json<'_>>) -> &str {
    if value.and_then(Json::number).is_some() { "a number" } else { describe(value) }
}

/// The members of an object of options.
#[derive(Debug)]
pub struct Fields<'a>(Members<'a>);

impl<'a> Fields<'a> {
    /// The members of an object; none for other values.
    pub fn new(options: Json<'a>) -> Self {
        Self(Members::of(options))
    }

    /// An option, if it is there.
    pub fn get(&self, name: &str) -> Option<Json<'a>> {
        self.0.get(name)
    }

    /// The error for an option.
    pub fn wrong(&self, name: &str, rule: &str) -> Box<Error> {
        wrong(name, rule, describe(self.get(name)))
    }

    /// An id, which must be there.
    ///
    /// # Errors
    /// Names the option.
    pub fn id(&self, name: &str) -> Result<Id<'a>, Box<Error>> {
        match self.get(name).and_then(Json::string) {
            Some(text) => Id::parse(text).map_err(|found| wrong(name, ID_RULE, &found)),
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
        let known = allowed.iter().find(|known| value.string() == Some(known));
        known.map(|known| Some(*known)).ok_or_else(|| self.wrong(name, rule))
    }

    /// A whole number from 1 to `max`. The prefix stands before the name in an error.
    ///
    /// # Errors
    /// Names the option.
    pub fn number(&self, prefix: &str, name: &str, default: u32, max: u32) -> Result<u32, Box<Error>> {
        let number = match self.get(name) {
            None => Some(default),
            Some(value) => {
                value.number().and_then(|digits| whole_number(digits, max)).filter(|number| *number > 0)
            }
        };
        number.ok_or_else(|| {
            let rule = ["a whole number from 1 to ", &decimal(max)].concat();
            wrong(&[prefix, name].concat(), &rule, describe(self.get(name)))
        })
    }
}
