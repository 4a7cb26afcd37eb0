//! Waiting for a promise no longer than until a deadline passes or the caller gives up.

use js_sys::{Array, Function, Object, Promise};
use std::time::Duration;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, EventTarget};

#[wasm_bindgen]
extern "C" {
    // The globals of windows, workers and Node alike. Node's timer is an object. The third argument is what the
    // handler is called with.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(handler: &Function, milliseconds: u32, argument: &AbortController) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// Bounds one HTTP exchange: a timer, a listener on the caller's signal, and a controller that ends the request.
/// Dropping it ends all three.
pub(super) struct Race<'a> {
    controller: AbortController,
    stopped: Promise,
    stop: Function,
    timer: JsValue,
    signal: Option<&'a AbortSignal>,
}

/// Why there is no outcome to wait for.
pub(super) enum Lost {
    /// The caller's signal fired.
    Aborted,
    /// The deadline passed.
    TimedOut,
    /// The promise was rejected with this.
    Rejected(JsValue),
}

impl<'a> Race<'a> {
    /// Starts the clock.
    pub(super) fn start(timeout: Duration, signal: Option<&'a AbortSignal>) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        // The promise's own `reject` serves as timer callback and as listener: there is no wasm closure to leak, or
        // to call after it was dropped. The controller as argument tells the timer from everything else.
        let mut stop = None;
        let stopped = Promise::new(&mut |_, reject| stop = Some(reject));
        let stop = stop.ok_or(JsValue::NULL)?;
        let timer = set_timeout(&stop, u32::try_from(timeout.as_millis()).unwrap_or(u32::MAX), &controller);
        if let Some(signal) = signal {
            let signal: &EventTarget = signal.unchecked_ref();
            signal.add_event_listener_with_callback("abort", &stop)?;
        }
        Ok(Self { controller, stopped, stop, timer, signal })
    }

    /// The signal for `fetch`.
    pub(super) fn fetch_signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// The outcome of a promise, or why there is none.
    pub(super) async fn wait(&self, promise: &JsValue) -> Result<JsValue, Lost> {
        let both = Array::of2(promise, &self.stopped);
        JsFuture::from(Promise::race(&both)).await.map_err(|cause| {
            if self.signal.is_some_and(AbortSignal::aborted) {
                Lost::Aborted
            } else if Object::is(&cause, &self.controller) {
                Lost::TimedOut
            } else {
                Lost::Rejected(cause)
            }
        })
    }
}

impl Drop for Race<'_> {
    fn drop(&mut self) {
        clear_timeout(&self.timer);
        if let Some(signal) = self.signal {
            let signal: &EventTarget = signal.unchecked_ref();
            let _ = signal.remove_event_listener_with_callback("abort", &self.stop);
        }
        self.controller.abort();
    }
}
