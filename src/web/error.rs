//! From the core's errors to plain JavaScript `Error` objects.

use crate::core::error::{Detail, Error, ErrorKind};
use js_sys::{ErrorOptions, Object, Reflect};
use serde::ser::{Serialize, SerializeMap, Serializer};
use wasm_bindgen::{JsCast, JsValue};

/// A value that an error or a result carries.
pub(super) enum Field<'a> {
    Number(u16),
    Flag(bool),
    Text(&'a str),
    /// `null` where there is none.
    Maybe(Option<&'a str>),
    Details(&'a [Detail]),
}

/// Named values, in order. Written as a map: derived structs would bring in a hash map for their names.
struct Fields<'a>(&'a [(&'a str, Field<'a>)]);

/// The error as JavaScript sees it. `cause` is what was thrown underneath: by `fetch`, or the signal's reason.
pub(super) fn to_js(error: &Error, cause: Option<JsValue>) -> JsValue {
    let message = error.message();
    let thrown = match &cause {
        Some(cause) => js_sys::Error::new_with_error_options(&message, &ErrorOptions::new(cause)),
        None => js_sys::Error::new(&message),
    };
    let assign = |fields: &[(&str, Field<'_>)]| {
        Object::assign(&thrown, object(fields).unchecked_ref());
    };
    let kind = error.kind();
    assign(&[("name", Field::Text(name(kind, cause.as_ref()))), ("kind", Field::Text(kind.as_str()))]);
    if let Some(may_have_started) = error.may_have_started() {
        assign(&[("mayHaveStarted", Field::Flag(may_have_started))]);
    }
    match error {
        Error::Options { option, .. } => assign(&[("option", Field::Maybe(option.as_deref()))]),
        Error::Transport { .. } => {}
        Error::Service(error) => assign(&[
            ("status", Field::Number(error.status)),
            ("errorCode", Field::Maybe(error.error_code.as_deref())),
            ("errorMessage", Field::Maybe(error.error_message.as_deref())),
            ("details", Field::Details(&error.details)),
            ("requestId", Field::Maybe(error.request_id.as_deref())),
            ("bodyExcerpt", Field::Maybe(error.body_excerpt.as_deref())),
        ]),
        Error::Decode(error) => assign(&[
            ("status", Field::Number(error.status)),
            ("requestId", Field::Maybe(error.request_id.as_deref())),
            ("bodyExcerpt", Field::Text(&error.body_excerpt)),
        ]),
    }
    thrown.into()
}

/// A plain object.
pub(super) fn object(fields: &[(&str, Field<'_>)]) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    // Fails for keys that are no strings, and there are none.
    Fields(fields).serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

// Code that knows nothing of this package looks for these names.
fn name(kind: ErrorKind, cause: Option<&JsValue>) -> &'static str {
    if kind != ErrorKind::Aborted {
        return "EcsError";
    }
    let reason_name = cause.and_then(|reason| Reflect::get(reason, &"name".into()).ok());
    if reason_name.is_some_and(|name| name == "TimeoutError") { "TimeoutError" } else { "AbortError" }
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, field) in self.0 {
            map.serialize_entry(name, field)?;
        }
        map.end()
    }
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_u16(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Text(text) | Self::Maybe(Some(text)) => serializer.serialize_str(text),
            Self::Maybe(None) => serializer.serialize_unit(),
            Self::Details(details) => serializer
                .collect_seq(details.iter().map(fields_of).collect::<Vec<_>>().iter().map(|f| Fields(f))),
        }
    }
}

fn fields_of(detail: &Detail) -> [(&'static str, Field<'_>); 2] {
    [("code", Field::Maybe(detail.code.as_deref())), ("message", Field::Maybe(detail.message.as_deref()))]
}
