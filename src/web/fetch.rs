//! Requests to `fetch`.
//!
//! gloo-net serves for typed headers. Its `send` is not used: it traps, and its promise never settles, when a caller
//! aborts with a reason that is not an `Error`.

use super::host::{Caller, headers, scope};
use crate::core::http::HttpRequest;
use gloo_net::http::Headers;
use wasm_bindgen::JsValue;
use web_sys::{AbortSignal, RequestInit};

/// Writes a request into `init`, which has what is the same in all requests.
pub(super) fn write(request: &HttpRequest<'_>, date: &str, init: &RequestInit, signal: &AbortSignal) {
    let headers = Headers::from_raw(headers());
    for header in &request.headers {
        // Cannot throw: the core has checked names and values.
        headers.set(header.name, header.value.expose());
    }
    if let Some(signed) = &request.signed {
        headers.set("X-Sdk-Date", date);
        headers.set("Authorization", &signed.authorization);
    }
    init.set_signal(Some(signal));
    init.set_headers(&headers.into_raw());
    init.set_method(request.method.as_str());
}

/// Hands a request to the caller's `fetch`, or to the global one.
///
/// # Errors
/// What the caller's `fetch` throws.
pub(super) fn fetch(caller: &Caller, url: &str, init: &RequestInit) -> Result<JsValue, JsValue> {
    match caller.fetch() {
        // Without `this`, as a bare `fetch(…)`.
        Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &url.into(), init),
        None => Ok(scope().fetch_with_str_and_init(url, init).into()),
    }
}
