//! What the core tells, as plain objects with the names of `types.d.ts`. Of an error these are the parts of which
//! `pkg/loader/error.js` makes one.

use crate::core::attachment::Attachment;
use crate::core::error::{Answer, Error, ErrorKind, Failure, RequestIds};
use crate::core::job::Job;
use crate::core::outcome::{Accepted, Detached, Outcome, Progress};
use crate::core::project::Project;
use js_sys::JSON;
use serde::ser::{Serialize, SerializeStruct, Serializer as _};
use serde_wasm_bindgen::{Serializer, preserve};
use wasm_bindgen::JsValue;

static SERIALIZER: Serializer = Serializer::json_compatible();

/// An object in the making. Nothing that is put into one can fail.
struct Object(Option<<&'static Serializer as serde::Serializer>::SerializeStruct>);

impl Object {
    fn new() -> Self {
        Self(SERIALIZER.serialize_struct("", 0).ok())
    }

    fn with(mut self, name: &'static str, value: &(impl Serialize + ?Sized)) -> Self {
        if let Some(object) = &mut self.0 {
            let _ = object.serialize_field(name, value);
        }
        self
    }

    fn with_ids(self, ids: &RequestIds) -> Self {
        self.with("requestId", &ids.last).with("detachRequestId", &ids.detach)
    }

    fn done(self) -> JsValue {
        self.0.and_then(|object| object.end().ok()).unwrap_or(JsValue::UNDEFINED)
    }
}

/// A value that is one of JavaScript's already.
struct Made(JsValue);

impl Serialize for Made {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        preserve::serialize(&self.0, serializer)
    }
}

/// An array of what a function makes of each element.
fn list<T>(elements: &[T], value: impl Fn(&T) -> JsValue) -> Made {
    let array = js_sys::Array::new();
    for element in elements {
        array.push(&value(element));
    }
    Made(array.into())
}

/// What a call ends with.
pub(super) fn outcome(outcome: &Outcome) -> JsValue {
    match outcome {
        Outcome::Accepted(Accepted { job_id, ids }) => {
            Object::new().with("jobId", job_id).with_ids(ids).done()
        }
        Outcome::Detached(detached) => detached_value(detached),
        Outcome::Job(found, ids) => job(found, ids.last.as_deref()),
        Outcome::Attachments(disks) => list(disks, attachment).0,
        Outcome::Attachment(None) => JsValue::NULL,
        Outcome::Attachment(Some(disk)) => attachment(disk),
        Outcome::Projects(projects) => list(projects, project).0,
    }
}

fn detached_value(detached: &Detached) -> JsValue {
    let last = detached.job.as_ref().map(|found| Made(job(found, detached.ids.last.as_deref())));
    Object::new()
        .with("jobId", &detached.job_id)
        .with("job", &last)
        .with("confirmedBy", if detached.is_seen { "attachment" } else { "job" })
        .with("attempts", &detached.attempts)
        .with("elapsedMs", &detached.elapsed_ms)
        .with_ids(&detached.ids)
        .done()
}

fn job(job: &Job, request_id: Option<&str>) -> JsValue {
    let part = |part: &Job| self::job(part, None);
    // The core has read the text: it is JSON.
    let entities = JSON::parse(&job.entities).unwrap_or(JsValue::UNDEFINED);
    Object::new()
        .with("jobId", &job.job_id)
        .with("jobType", &job.job_type)
        .with("status", &job.status)
        .with("beginTime", &job.begin_time)
        .with("endTime", &job.end_time)
        .with("errorCode", &job.error_code)
        .with("failReason", &job.fail_reason)
        .with("subJobs", &list(&job.sub_jobs, part))
        .with("entities", &Made(entities))
        .with("requestId", &request_id)
        .done()
}

fn attachment(disk: &Attachment) -> JsValue {
    Object::new()
        .with("serverId", &disk.server_id)
        .with("volumeId", &disk.volume_id)
        .with("device", &disk.device)
        .with("sizeGiB", &disk.size_gib)
        .with("bootIndex", &disk.boot_index)
        .with("isSystemDisk", &disk.is_system_disk)
        .with("bus", &disk.bus)
        .with("pciAddress", &disk.pci_address)
        .done()
}

fn project(project: &Project) -> JsValue {
    Object::new()
        .with("id", &project.id)
        .with("name", &project.name)
        .with("domainId", &project.domain_id)
        .with("enabled", &project.enabled)
        .done()
}

/// How far a call is.
pub(super) fn progress(progress: &Progress<'_>) -> JsValue {
    Object::new()
        .with("phase", progress.phase.as_str())
        .with("jobId", &progress.job_id)
        .with("status", &progress.status)
        .with("polls", &progress.polls)
        .with("attempts", &progress.attempts)
        .with("elapsedMs", &progress.elapsed_ms)
        .with("nextInMs", &progress.next_in_ms)
        .with("lastFailure", &progress.last_failure.map(failure))
        .with_ids(progress.ids)
        .done()
}

fn failure(failure: &Failure) -> Made {
    let object = Object::new()
        .with("kind", failure.kind.as_str())
        .with("status", &failure.status)
        .with("code", &failure.code)
        .with("message", &failure.message);
    Made(object.done())
}

/// Why a call fails.
pub(super) fn error(error: &Error) -> JsValue {
    let course = &error.course;
    let mut object = Object::new()
        .with("kind", error.kind.as_str())
        .with("reason", &error.reason)
        .with("mayHaveStarted", &(error.effect == crate::core::error::Effect::Possible))
        .with("attempts", &course.attempts)
        .with("jobId", &course.job_id)
        .with("jobStatus", &course.job_status)
        .with("doubt", &course.doubt.as_ref().map(failure))
        .with("lastFailure", &course.last_failure.as_ref().map(failure))
        .with_ids(&course.ids);
    if error.kind == ErrorKind::Options {
        object = object.with("option", &error.option);
    }
    if let Some(answer) = &error.answer {
        object = object.with("answer", &answer_value(answer));
    }
    if let Some(failed) = &course.job {
        let (code, reason) = failed.failure();
        let last = Made(job(failed, course.ids.last.as_deref()));
        object = object.with("errorCode", &code).with("failReason", &reason).with("job", &last);
    }
    object.done()
}

fn answer_value(answer: &Answer) -> Made {
    let detail = |detail: &crate::core::error::Detail| {
        Object::new().with("code", &detail.code).with("message", &detail.message).done()
    };
    let object = Object::new()
        .with("status", &answer.status)
        .with("errorCode", &answer.error_code)
        .with("generalCode", &answer.general_code)
        .with("errorMessage", &answer.error_message)
        .with("retryAfterMs", &answer.hint.ms())
        .with("details", &list(&answer.details, detail))
        .with("requestId", &answer.request_id)
        .with("encodedAuthorizationMessage", &answer.encoded_authorization_message)
        .with("foreignBody", &answer.foreign_body);
    Made(object.done())
}
