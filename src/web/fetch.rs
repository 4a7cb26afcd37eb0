//! Requests to `fetch`.
//!
//! gloo-net serves for typed headers. Its `send` is not used: it traps, and its promise never settles, when a caller
//! aborts with a reason that is not an `Error`.

use crate::core::http::HttpRequest;
use gloo_net::http::Headers;
use js_sys::Function;
use wasm_bindgen::JsValue;
use web_sys::RequestInit;

/// Hands a request to `fetch`. `init` has what is the same in all requests.
///
/// # Errors
/// What `fetch` throws, or the platform before that.
pub(super) fn send(
    request: &HttpRequest<'_>,
    date: &str,
    fetch: &Function,
    init: &RequestInit,
) -> Result<JsValue, JsValue> {
    // `Headers::new` of gloo-net would hide what a platform without headers throws.
    let headers = Headers::from_raw(web_sys::Headers::new()?);
    for header in &request.headers {
        // Cannot throw: the core has checked names and values.
        headers.set(header.name, header.value.expose());
    }
    if let Some(signed) = &request.signed {
        headers.set("X-Sdk-Date", date);
        headers.set("Authorization", &signed.authorization);
    }
    init.set_method(request.method.as_str());
    init.set_headers(&headers.into_raw());
    // Called without `this`, as a bare `fetch(…)`.
    fetch.call2(&JsValue::UNDEFINED, &request.url.as_str().into(), init)
}
