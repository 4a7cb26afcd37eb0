//! What the core tells, as plain objects with the names of `types.d.ts`. Of an error these are the parts of which
//! `pkg/loader/error.js` makes one.

use crate::core::attachment::Attachment;
use crate::core::error::{Answer, Detail, Effect, Error, ErrorKind, Failure, RequestIds};
use crate::core::job::Job;
use crate::core::outcome::{Accepted, Detached, Outcome, Progress};
use crate::core::project::Project;
use js_sys::{Array, JSON, Reflect};
use serde::ser::{Serialize, SerializeMap, Serializer as _};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

static SERIALIZER: Serializer = Serializer::json_compatible();

/// What an object is made of.
enum Value<'a> {
    Text(Option<&'a str>),
    Number(Option<f64>),
    Flag(bool),
}

impl Serialize for Value<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
        }
    }
}

/// An object in the making. Nothing that is put into one can fail.
struct Object(Option<<&'static Serializer as serde::Serializer>::SerializeMap>);

impl Object {
    fn new() -> Self {
        Self(SERIALIZER.serialize_map(None).ok())
    }

    #[inline(never)]
    fn put(&mut self, name: &'static str, value: &Value<'_>) -> &mut Self {
        if let Some(object) = &mut self.0 {
            let _ = object.serialize_entry(name, value);
        }
        self
    }

    fn text(&mut self, name: &'static str, text: Option<&str>) -> &mut Self {
        self.put(name, &Value::Text(text))
    }

    fn number(&mut self, name: &'static str, number: Option<f64>) -> &mut Self {
        self.put(name, &Value::Number(number))
    }

    fn flag(&mut self, name: &'static str, flag: bool) -> &mut Self {
        self.put(name, &Value::Flag(flag))
    }

    fn ids(&mut self, ids: &RequestIds) -> &mut Self {
        self.text("requestId", ids.last.as_deref()).text("detachRequestId", ids.detach.as_deref())
    }

    fn done(&mut self) -> JsValue {
        self.0.take().and_then(|object| object.end().ok()).unwrap_or(JsValue::UNDEFINED)
    }
}

/// Puts what is one of JavaScript's values already into an object.
#[inline(never)]
fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

/// An array of what a function makes of each element.
fn list<T>(elements: &[T], value: impl Fn(&T) -> JsValue) -> JsValue {
    let array = Array::new();
    for element in elements {
        array.push(&value(element));
    }
    array.into()
}

/// What a call ends with.
pub(super) fn outcome(outcome: &Outcome) -> JsValue {
    match outcome {
        Outcome::Accepted(Accepted { job_id, ids }) => {
            Object::new().text("jobId", Some(job_id)).ids(ids).done()
        }
        Outcome::Detached(detached) => detached_value(detached),
        Outcome::Job(found) => job(found),
        Outcome::Attachments(disks) => list(disks, attachment),
        Outcome::Attachment(None) => JsValue::NULL,
        Outcome::Attachment(Some(disk)) => attachment(disk),
        Outcome::Projects(projects) => list(projects, project),
    }
}

fn detached_value(detached: &Detached) -> JsValue {
    let object = Object::new()
        .text("jobId", detached.job_id.as_deref())
        .text("confirmedBy", Some(if detached.is_seen { "attachment" } else { "job" }))
        .number("attempts", Some(detached.attempts.into()))
        .number("elapsedMs", Some(detached.elapsed_ms.into()))
        .ids(&detached.ids)
        .done();
    set(&object, "job", &detached.job.as_deref().map_or(JsValue::NULL, job));
    object
}

fn job(job: &Job) -> JsValue {
    let object = Object::new()
        .text("jobId", job.job_id.as_deref())
        .text("jobType", job.job_type.as_deref())
        .text("status", Some(&job.status))
        .text("beginTime", job.begin_time.as_deref())
        .text("endTime", job.end_time.as_deref())
        .text("errorCode", job.error_code.as_deref())
        .text("failReason", job.fail_reason.as_deref())
        .text("requestId", job.request_id.as_deref())
        .done();
    set(&object, "subJobs", &list(&job.sub_jobs, self::job));
    // The core has read the text: it is JSON.
    set(&object, "entities", &JSON::parse(&job.entities).unwrap_or(JsValue::UNDEFINED));
    object
}

fn attachment(disk: &Attachment) -> JsValue {
    Object::new()
        .text("serverId", disk.server_id.as_deref())
        .text("volumeId", Some(&disk.volume_id))
        .text("device", disk.device.as_deref())
        .number("sizeGiB", disk.size_gib.map(f64::from))
        .number("bootIndex", disk.boot_index.map(f64::from))
        .flag("isSystemDisk", disk.is_system_disk)
        .text("bus", disk.bus.as_deref())
        .text("pciAddress", disk.pci_address.as_deref())
        .done()
}

fn project(project: &Project) -> JsValue {
    Object::new()
        .text("id", Some(&project.id))
        .text("name", project.name.as_deref())
        .text("domainId", project.domain_id.as_deref())
        .flag("enabled", project.enabled)
        .done()
}

/// How far a call is.
pub(super) fn progress(progress: &Progress<'_>) -> JsValue {
    let object = Object::new()
        .text("phase", Some(progress.phase.as_str()))
        .text("jobId", progress.job_id)
        .text("status", progress.status)
        .number("polls", Some(progress.polls.into()))
        .number("attempts", Some(progress.attempts.into()))
        .number("elapsedMs", Some(progress.elapsed_ms.into()))
        .number("nextInMs", progress.next_in_ms.map(f64::from))
        .ids(progress.ids)
        .done();
    set(&object, "lastFailure", &failure(progress.last_failure));
    object
}

fn failure(failure: Option<&Failure>) -> JsValue {
    let Some(failure) = failure else { return JsValue::NULL };
    Object::new()
        .text("kind", Some(failure.kind.as_str()))
        .number("status", failure.status.map(f64::from))
        .text("code", failure.code.as_deref())
        .text("message", Some(&failure.message))
        .done()
}

/// Why a call fails.
pub(super) fn error(error: &Error) -> JsValue {
    let course = &error.course;
    let mut object = Object::new();
    object
        .text("kind", Some(error.kind.as_str()))
        .text("reason", Some(&error.reason))
        .flag("mayHaveStarted", error.effect == Effect::Possible)
        .number("attempts", Some(course.attempts.into()))
        .text("jobId", course.job_id.as_deref())
        .text("jobStatus", course.job_status.as_deref())
        .ids(&course.ids);
    if error.kind == ErrorKind::Options {
        object.text("option", error.option.as_deref());
    }
    let object = object.done();
    set(&object, "doubt", &failure(course.doubt.as_ref()));
    set(&object, "lastFailure", &failure(course.last_failure.as_ref()));
    if let Some(answer) = &error.answer {
        set(&object, "answer", &answer_value(answer));
    }
    if let Some(failed) = &course.job {
        let (code, reason) = failed.failure();
        let why = Object::new().text("errorCode", code).text("failReason", reason).done();
        set(&why, "job", &job(failed));
        set(&object, "failed", &why);
    }
    object
}

fn answer_value(answer: &Answer) -> JsValue {
    let object = Object::new()
        .number("status", Some(answer.status.into()))
        .text("errorCode", answer.error_code.as_deref())
        .text("generalCode", answer.general_code.as_deref())
        .text("errorMessage", answer.error_message.as_deref())
        .number("retryAfterMs", answer.hint.ms().map(f64::from))
        .text("requestId", answer.request_id.as_deref())
        .text("encodedAuthorizationMessage", answer.encoded_authorization_message.as_deref())
        .text("foreignBody", answer.foreign_body.as_deref())
        .done();
    set(&object, "details", &list(&answer.details, detail));
    object
}

fn detail(detail: &Detail) -> JsValue {
    Object::new().text("code", detail.code.as_deref()).text("message", detail.message.as_deref()).done()
}
