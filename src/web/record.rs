//! Plain JavaScript objects: the options of `fetch`, and what the loader is to do.

use crate::core::attachment::Attachment;
use crate::core::error::{Answer, Detail, Error, ErrorKind};
use crate::core::job::sub_jobs;
use crate::core::json::Json;
use crate::core::outcome::{Detached, Outcome, Progress};
use crate::core::text::whole_number;
use serde::ser::{Serialize, SerializeMap, Serializer};
use wasm_bindgen::JsValue;

/// A value of a member.
pub(super) enum Field<'a> {
    Null,
    Flag(bool),
    Number(f64),
    Text(&'a str),
    Json(&'a Json),
    List(Vec<Self>),
    Record(Members<'a>),
}

/// Members of an object, in order. Written as a map: derived structs would bring in a hash map for their names.
#[derive(Default)]
pub(super) struct Members<'a>(Vec<(&'a str, Field<'a>)>);

// Not inlined, because each is used in many places.
impl<'a> Members<'a> {
    #[inline(never)]
    pub(super) fn push(&mut self, name: &'a str, field: Field<'a>) {
        self.0.push((name, field));
    }

    #[inline(never)]
    pub(super) fn text(&mut self, name: &'a str, text: Option<&'a str>) {
        self.push(name, text.map_or(Field::Null, Field::Text));
    }

    #[inline(never)]
    pub(super) fn number(&mut self, name: &'a str, number: Option<u32>) {
        self.push(name, number.map_or(Field::Null, |number| Field::Number(number.into())));
    }

    /// A plain object.
    pub(super) fn into_object(self) -> JsValue {
        // Fails for names that are no strings, and there are none.
        Field::Record(self)
            .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
            .unwrap_or(JsValue::UNDEFINED)
    }

    fn texts<const N: usize>(&mut self, texts: [(&'a str, &'a Option<String>); N]) {
        for (name, text) in texts {
            self.text(name, text.as_deref());
        }
    }
}

/// `{ value }`.
pub(super) fn value_record(outcome: &Outcome) -> JsValue {
    let mut members = Members::default();
    let value = match outcome {
        Outcome::Accepted(job_id) => {
            members.text("jobId", Some(job_id));
            Field::Record(members)
        }
        Outcome::Job(job) => job_field(&job.0),
        Outcome::Attachments(disks) => Field::List(disks.iter().map(attachment_field).collect()),
        Outcome::Projects(projects) => Field::List(projects.iter().map(project_field).collect()),
        Outcome::Attachment(disk) => disk.as_ref().map_or(Field::Null, attachment_field),
        Outcome::Detached(Detached { job_id, job, is_seen, attempts, elapsed_ms }) => {
            members.text("jobId", job_id.as_deref());
            members.push("job", job.as_ref().map_or(Field::Null, |job| job_field(&job.0)));
            members.text("confirmedBy", Some(if *is_seen { "attachment" } else { "job" }));
            members.number("attempts", Some(*attempts));
            members.number("elapsedMs", Some(*elapsed_ms));
            Field::Record(members)
        }
    };
    let mut result = Members::default();
    result.push("value", value);
    result.into_object()
}

/// `{ error }`, of which the loader makes an `Error`.
pub(super) fn error_record(error: &Error) -> JsValue {
    let message = error.message();
    let body_excerpt = error.answer.as_ref().and_then(|answer| answer.body_excerpt());
    let mut members = Members::default();
    members.text("kind", Some(error.kind.as_str()));
    members.text("message", Some(&message));
    members.push("mayHaveStarted", Field::Flag(error.may_have_started));
    members.number("attempts", Some(error.attempts));
    members.text("jobId", error.job_id.as_deref());
    if error.kind == ErrorKind::Options {
        members.text("option", error.option.as_deref());
    }
    if let Some(job) = &error.job {
        let (code, reason) = job.failure();
        members.text("errorCode", code);
        members.text("failReason", reason);
        members.push("job", job_field(&job.0));
    }
    // Without credentials there is no reply, and the fields are there all the same.
    let nothing = Answer::default();
    let nothing = (error.kind == ErrorKind::Auth).then_some(&nothing);
    if let Some(answer) = error.answer.as_deref().or(nothing) {
        members.number("status", Some(answer.status.into()).filter(|status| *status > 0));
        members.number("retryAfterMs", answer.hint.ms());
        members.push("details", Field::List(answer.details.iter().map(detail_field).collect()));
        members.texts([
            ("errorCode", &answer.error_code),
            ("errorMessage", &answer.error_message),
            ("requestId", &answer.request_id),
            ("encodedAuthorizationMessage", &answer.encoded_authorization_message),
            ("bodyExcerpt", &body_excerpt),
        ]);
    }
    let mut result = Members::default();
    result.push("error", Field::Record(members));
    result.into_object()
}

/// How far an operation is.
pub(super) fn progress_field(progress: Progress<'_>) -> Field<'_> {
    let mut members = Members::default();
    members.text("phase", Some(progress.phase.as_str()));
    members.text("jobId", progress.job_id);
    members.text("status", progress.status);
    members.number("polls", Some(progress.polls));
    members.number("attempts", Some(progress.attempts));
    members.number("elapsedMs", Some(progress.elapsed_ms));
    Field::Record(members)
}

fn detail_field(detail: &Detail) -> Field<'_> {
    let mut members = Members::default();
    members.texts([("code", &detail.code), ("message", &detail.message)]);
    Field::Record(members)
}

fn job_field(job: &Json) -> Field<'_> {
    let mut members = Members::default();
    for (name, wire_name) in [
        ("jobId", "job_id"),
        ("jobType", "job_type"),
        ("status", "status"),
        ("beginTime", "begin_time"),
        ("endTime", "end_time"),
        ("errorCode", "error_code"),
        ("failReason", "fail_reason"),
    ] {
        members.text(name, job.get(wire_name).and_then(Json::text));
    }
    members.push("subJobs", Field::List(sub_jobs(job).map(job_field).collect()));
    let entities = job.get("entities").map_or(&[][..], Json::members).iter();
    let entities = entities.filter(|(name, _)| name != "sub_jobs");
    members.push("entities", Field::Record(Members(entities.map(json_member).collect())));
    Field::Record(members)
}

fn attachment_field(disk: &Attachment) -> Field<'_> {
    let mut members = Members::default();
    members.text("volumeId", disk.volume_id());
    for name in ["serverId", "device", "bus", "pciAddress"] {
        members.text(name, disk.text(name));
    }
    for (name, wire_name) in [("sizeGiB", "size"), ("bootIndex", "bootIndex")] {
        members.push(name, disk.text(wire_name).and_then(number).map_or(Field::Null, Field::Number));
    }
    members.push("isSystemDisk", Field::Flag(disk.is_system_disk()));
    Field::Record(members)
}

fn project_field(project: &Json) -> Field<'_> {
    let mut members = Members::default();
    for (name, wire_name) in [("id", "id"), ("name", "name"), ("domainId", "domain_id")] {
        members.text(name, project.get(wire_name).and_then(Json::text));
    }
    members.push("enabled", Field::Flag(project.get("enabled") != Some(&Json::Word("false"))));
    Field::Record(members)
}

/// A whole number of at most nine digits.
fn number(digits: &str) -> Option<f64> {
    let magnitude = f64::from(whole_number(digits.strip_prefix("-").unwrap_or(digits), u32::MAX)?);
    Some(if digits.starts_with('-') { -magnitude } else { magnitude })
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(fields) => serializer.collect_seq(fields),
            Self::Record(Members(members)) => {
                let mut map = serializer.serialize_map(None)?;
                for (name, field) in members {
                    map.serialize_entry(name, field)?;
                }
                map.end()
            }
            Self::Json(json) => json_field(json).serialize(serializer),
        }
    }
}

fn json_field(json: &Json) -> Field<'_> {
    match json {
        Json::Word("true") => Field::Flag(true),
        Json::Word("false") => Field::Flag(false),
        Json::Word(_) => Field::Null,
        Json::Text(text) => Field::Text(text),
        // What cannot be kept exactly this way stays as it was written.
        Json::Number(digits) => number(digits).map_or(Field::Text(digits), Field::Number),
        Json::Array(elements) => Field::List(elements.iter().map(Field::Json).collect()),
        Json::Object(members) => Field::Record(Members(members.iter().map(json_member).collect())),
    }
}

fn json_member((name, value): &(String, Json)) -> (&str, Field<'_>) {
    (name, Field::Json(value))
}
