//! Requests and replies of `fetch`.
//!
//! gloo-net serves for typed headers and replies. Its `send` is not used: it traps, and its promise never
//! settles, when a caller aborts with a reason that is not an `Error`.

use super::record::Members;
use crate::core::http::{BodyEnd, HttpRequest, HttpResponse, REPLY_HEADERS};
use gloo_net::http::{Headers, Response};
use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortSignal, RequestInit};

/// Sends a request. `credentials` says when cookies go with it, in `fetch`'s words.
///
/// # Errors
/// What `fetch` throws.
pub(super) fn send(
    request: &HttpRequest<'_>,
    credentials: &str,
    date: &str,
    fetch: &Function,
    signal: &AbortSignal,
) -> Result<JsValue, JsValue> {
    let headers = Headers::new();
    for header in &request.headers {
        // Cannot throw: the core has checked names and values.
        headers.set(header.name, header.value.expose());
    }
    if let Some(signed) = &request.signed {
        headers.set("X-Sdk-Date", date);
        headers.set("Authorization", &signed.authorization);
    }
    let mut init = Members::default();
    for (name, value) in [
        ("method", request.method.as_str()),
        ("credentials", credentials),
        // A redirect would carry the token elsewhere.
        ("redirect", "error"),
        ("cache", "no-store"),
        ("referrerPolicy", "no-referrer"),
    ] {
        init.text(name, Some(value));
    }
    let init: RequestInit = init.into_object().unchecked_into();
    init.set_headers(&headers.into_raw());
    init.set_signal(Some(signal));
    // Called without `this`, as a bare `fetch(…)`.
    fetch.call2(&JsValue::UNDEFINED, &request.url.as_str().into(), &init)
}

/// What the core needs of a reply. The loader has made sure that it has headers.
pub(super) fn read_reply(reply: &JsValue, body: String, end: BodyEnd) -> HttpResponse {
    let reply = Response::from(reply.clone().unchecked_into::<web_sys::Response>());
    let mut headers = Vec::new();
    let all = reply.headers();
    for name in REPLY_HEADERS {
        if let Some(value) = all.get(name) {
            headers.push((*name, value));
        }
    }
    HttpResponse { status: reply.status(), headers, body, end }
}
