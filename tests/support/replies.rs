//! Replies as the core gets them from the shell.

use ecs_detach_volume::core::http::{BodyEnd, HttpResponse};

/// A reply that came whole, with none of the headers that are read. Tests are short: the text is never given back.
pub(crate) fn reply(status: u16, body: &str) -> HttpResponse<'static> {
    HttpResponse::new(status, kept(body), BodyEnd::Complete)
}

/// A text that lives as long as the test.
pub(crate) fn kept(text: &str) -> &'static str {
    Box::leak(text.into())
}
