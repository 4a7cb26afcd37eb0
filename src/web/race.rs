//! Waiting for a promise no longer than until a deadline passes or the caller gives up.

use js_sys::{Array, Function, Object, Promise};
use std::time::Duration;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, EventTarget};

#[wasm_bindgen]
extern "C" {
    // The globals of windows, workers and Node alike. Node's timer is an object.
    #[wasm_bindgen(catch, js_name = setTimeout)]
    fn set_timeout(handler: &Function, milliseconds: u32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// Bounds one HTTP exchange: a timer, a listener on the caller's signal, and a controller that ends the request.
/// Dropping it ends all three.
pub(super) struct Race {
    controller: AbortController,
    stopped: Promise,
    stop: Function,
    timer: JsValue,
    signal: Option<AbortSignal>,
}

/// Why a promise was not waited for any longer, or that it was rejected.
pub(super) enum Lost {
    /// The caller's signal fired.
    Aborted,
    /// The deadline passed.
    TimedOut,
    /// The promise was rejected with this.
    Rejected(JsValue),
}

impl Race {
    /// Starts the clock.
    pub(super) fn start(timeout: Duration, signal: Option<&AbortSignal>) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        // The promise's own `resolve`, bound to a value that nothing else can be, serves as timer callback and as
        // listener: there is no wasm closure to leak, or to call after it was dropped.
        let mut stop = None;
        let stopped = Promise::new(&mut |resolve, _| stop = Some(resolve));
        let stop = stop.ok_or(JsValue::NULL)?.bind1(&JsValue::UNDEFINED, &controller).unchecked_into();
        let timer = set_timeout(&stop, u32::try_from(timeout.as_millis()).unwrap_or(u32::MAX))?;
        let race = Self { controller, stopped, stop, timer, signal: signal.cloned() };
        if let Some(signal) = signal {
            signal.unchecked_ref::<EventTarget>().add_event_listener_with_callback("abort", &race.stop)?;
        }
        Ok(race)
    }

    /// The signal for `fetch`.
    pub(super) fn fetch_signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// The outcome of a promise, or why it was not waited for.
    pub(super) async fn wait(&self, promise: &JsValue) -> Result<JsValue, Lost> {
        let both = Array::of2(promise, &self.stopped);
        let winner = JsFuture::from(Promise::race(&both)).await.map_err(Lost::Rejected)?;
        if !Object::is(&winner, &self.controller) {
            return Ok(winner);
        }
        let is_aborted = self.signal.as_ref().is_some_and(AbortSignal::aborted);
        Err(if is_aborted { Lost::Aborted } else { Lost::TimedOut })
    }
}

impl Drop for Race {
    fn drop(&mut self) {
        clear_timeout(&self.timer);
        if let Some(signal) = &self.signal {
            // Fails only where the caller's object is no signal, and then there is no listener.
            let _ = signal
                .unchecked_ref::<EventTarget>()
                .remove_event_listener_with_callback("abort", &self.stop);
        }
        self.controller.abort();
    }
}
