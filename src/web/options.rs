//! The two options that the core cannot check, because they are JavaScript's own.

use crate::core::error::Error;
use crate::core::options::wrong;
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::AbortSignal;

/// Ends a call early.
///
/// # Errors
/// [`Error::Options`] where it is no signal. It is known by its shape, not by its class: it may come from another
/// frame or a polyfill.
pub(super) fn signal(signal: JsValue) -> Result<Option<AbortSignal>, Error> {
    if signal.is_undefined() {
        return Ok(None);
    }
    let has_listeners = ["addEventListener", "removeEventListener"]
        .iter()
        .all(|name| Reflect::get(&signal, &(*name).into()).is_ok_and(|member| member.is_function()));
    if has_listeners {
        Ok(Some(signal.unchecked_into()))
    } else {
        Err(wrong("signal", "an AbortSignal", "something else"))
    }
}

/// Sends the requests in place of the global `fetch`.
///
/// # Errors
/// [`Error::Options`] where it is no function.
pub(super) fn fetch(fetch: JsValue) -> Result<Option<Function>, Error> {
    if fetch.is_undefined() {
        return Ok(None);
    }
    if fetch.is_function() {
        Ok(Some(fetch.unchecked_into()))
    } else {
        Err(wrong("fetch", "a function", "something else"))
    }
}
