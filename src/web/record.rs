//! Plain JavaScript objects: the options of `fetch`, and what the loader is to do.

use crate::core::error::{Detail, Error, ErrorKind};
use serde::ser::{Serialize, SerializeMap, Serializer};
use wasm_bindgen::JsValue;

/// A value of a member.
pub(super) enum Field<'a> {
    Number(u32),
    Flag(bool),
    Text(&'a str),
    /// `null` where there is none.
    Maybe(Option<&'a str>),
    Details(&'a [Detail]),
    Record(&'a [(&'a str, Self)]),
}

/// Members, in order. Written as a map: derived structs would bring in a hash map for their names.
struct Record<'a>(&'a [(&'a str, Field<'a>)]);

/// A plain object.
pub(super) fn record(members: &[(&str, Field<'_>)]) -> JsValue {
    // Fails for names that are no strings, and there are none.
    Record(members)
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .unwrap_or(JsValue::UNDEFINED)
}

/// `{ error }`, of which the loader makes an `Error`.
pub(super) fn error_record(error: &Error) -> JsValue {
    let message = error.message();
    let mut members = vec![("kind", Field::Text(error.kind.as_str())), ("message", Field::Text(&message))];
    members.push(("mayHaveStarted", Field::Flag(error.may_have_started)));
    members.push(("attempts", Field::Number(error.attempts)));
    if error.kind == ErrorKind::Options {
        members.push(("option", Field::Maybe(error.option.as_deref())));
    }
    let body_excerpt = error.answer.as_ref().and_then(|answer| answer.body_excerpt());
    if let Some(answer) = &error.answer {
        members.push(("status", Field::Number(answer.status.into())));
        members.push(("retryAfterMs", answer.hint.ms().map_or(Field::Maybe(None), Field::Number)));
        members.push(("details", Field::Details(&answer.details)));
        for (name, text) in [
            ("errorCode", &answer.error_code),
            ("errorMessage", &answer.error_message),
            ("requestId", &answer.request_id),
            ("encodedAuthorizationMessage", &answer.encoded_authorization_message),
            ("bodyExcerpt", &body_excerpt),
        ] {
            members.push((name, Field::Maybe(text.as_deref())));
        }
    }
    record(&[("error", Field::Record(&members))])
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, field) in self.0 {
            map.serialize_entry(name, field)?;
        }
        map.end()
    }
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_u32(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Text(text) | Self::Maybe(Some(text)) => serializer.serialize_str(text),
            Self::Maybe(None) => serializer.serialize_unit(),
            Self::Record(members) => Record(members).serialize(serializer),
            Self::Details(details) => serializer.collect_seq(details.iter().map(DetailRecord)),
        }
    }
}

struct DetailRecord<'a>(&'a Detail);

impl Serialize for DetailRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Detail { code, message } = self.0;
        let members =
            [("code", Field::Maybe(code.as_deref())), ("message", Field::Maybe(message.as_deref()))];
        Record(&members).serialize(serializer)
    }
}
