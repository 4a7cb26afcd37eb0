//! The two options that the core cannot check, because they are JavaScript's own.

use crate::core::error::Error;
use crate::core::options::wrong;
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::AbortSignal;

/// What ends a call early. It is known by its shape, not by its class: it may come from another frame or a
/// polyfill.
pub(super) fn signal(signal: &JsValue) -> Result<Option<&AbortSignal>, Error> {
    if signal.is_undefined() {
        return Ok(None);
    }
    let listen = Reflect::get(signal, &"addEventListener".into());
    if listen.is_ok_and(|listen| listen.is_function()) {
        return Ok(Some(signal.unchecked_ref()));
    }
    Err(wrong("signal", "an AbortSignal", "something else"))
}

/// What sends the requests.
pub(super) fn fetch(fetch: &JsValue) -> Result<&Function, Error> {
    if fetch.is_function() {
        return Ok(fetch.unchecked_ref());
    }
    Err(wrong("fetch", "a function where there is no global one", "something else"))
}
