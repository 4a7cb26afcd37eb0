//! What the loader is told, as lists in a fixed order. The names that callers see are the loader's: names of members
//! would cross the border with every call. `pkg/loader/instance.js` and `pkg/loader/records.js` are the other side.

use crate::core::error::{Answer, Detail, Error};
use crate::core::outcome::{Detached, Outcome, Progress};
use serde::ser::{Serialize, Serializer};
use wasm_bindgen::JsValue;

/// An element of a list.
pub(super) enum Field<'a> {
    Null,
    Flag(bool),
    Number(u32),
    Text(&'a str),
    List(Vec<Self>),
}

impl<'a> Field<'a> {
    pub(super) fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }

    fn texts<const N: usize>(texts: [&'a Option<String>; N]) -> impl Iterator<Item = Self> {
        texts.into_iter().map(|text| Self::text(text.as_deref()))
    }

    fn number(number: Option<u32>) -> Self {
        number.map_or(Self::Null, Self::Number)
    }

    /// A plain array.
    pub(super) fn into_value(self) -> JsValue {
        // Nothing in it can fail.
        self.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
    }
}

/// What a call ends with, beside the replies that were kept.
pub(super) fn value_field(outcome: &Outcome) -> Field<'_> {
    match outcome {
        Outcome::Accepted(job_id) => Field::Text(job_id),
        Outcome::Job | Outcome::Projects | Outcome::Attachment(None) => Field::Null,
        Outcome::Attachments(flags) => Field::List(flags.iter().copied().map(Field::Flag).collect()),
        Outcome::Attachment(Some(flag)) => Field::Flag(*flag),
        // The task's id, whether the attachment was seen to be gone, the number of DELETEs, and milliseconds.
        Outcome::Detached(Detached { job_id, is_seen, attempts, elapsed_ms }) => Field::List(vec![
            Field::text(job_id.as_deref()),
            Field::Flag(*is_seen),
            Field::Number(*attempts),
            Field::Number(*elapsed_ms),
        ]),
    }
}

/// Kind, reason, whether it may have started, the number of attempts, the task's id, the option, and the answer.
pub(super) fn error_field(error: &Error) -> Field<'_> {
    Field::List(vec![
        Field::Text(error.kind.as_str()),
        Field::Text(&error.reason),
        Field::Flag(error.may_have_started),
        Field::Number(error.attempts),
        Field::text(error.job_id.as_deref()),
        Field::text(error.option.as_deref()),
        error.answer.as_ref().map_or(Field::Null, |answer| answer_field(answer)),
    ])
}

/// Status, milliseconds to wait, details, code, general code, text, request id, encoded message, and a foreign body.
fn answer_field(answer: &Answer) -> Field<'_> {
    let mut fields = vec![
        Field::Number(answer.status.into()),
        Field::number(answer.hint.ms()),
        Field::List(answer.details.iter().map(detail_field).collect()),
    ];
    fields.extend(Field::texts([
        &answer.error_code,
        &answer.general_code,
        &answer.error_message,
        &answer.request_id,
        &answer.encoded_authorization_message,
        &answer.foreign_body,
    ]));
    Field::List(fields)
}

/// Code and text.
fn detail_field(detail: &Detail) -> Field<'_> {
    Field::List(Field::texts([&detail.code, &detail.message]).collect())
}

/// Phase, the task's id and status, how often it was seen, the number of DELETEs, and milliseconds.
pub(super) fn progress_field(progress: Progress<'_>) -> Field<'_> {
    Field::List(vec![
        Field::Text(progress.phase.as_str()),
        Field::text(progress.job_id),
        Field::text(progress.status),
        Field::Number(progress.polls),
        Field::Number(progress.attempts),
        Field::Number(progress.elapsed_ms),
    ])
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => serializer.serialize_u32(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(fields) => serializer.collect_seq(fields),
        }
    }
}
