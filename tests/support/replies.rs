//! Replies as the core gets them from the loader.

#[path = "written.rs"]
pub(crate) mod written;

use ecs_detach_volume::core::http::{BodyEnd, HttpResponse};
use serde_json::json;
pub(crate) use written::written;

/// A reply that came whole, with none of the headers that are read.
pub(crate) fn reply(status: u16, body: &str) -> HttpResponse<'static> {
    HttpResponse::new(written(&json!([status, null, null, null, body])), BodyEnd::Complete)
}
