//! What the platform does for a call: the other side of `pkg/loader/host.js`. Each name in here is in there, too.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use web_sys::{AbortSignal, RequestInit, WorkerGlobalScope};

/// How a wait or an exchange has ended.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Happened {
    /// The wait is over.
    Slept = "slept",
    /// The caller gave up.
    Aborted = "aborted",
    /// A reply came, and all of its body.
    Complete = "complete",
    /// A reply came; its body was too long to be read to the end.
    TooLong = "tooLong",
    /// A reply came; the connection broke off in its body.
    BrokenOff = "brokenOff",
    /// A reply came; somebody else had read its body before.
    AlreadyRead = "alreadyRead",
    /// No reply came.
    NoReply = "noReply",
    /// What came is no `Response`.
    NotAResponse = "notAResponse",
    /// The exchange took too long.
    TimedOut = "timedOut",
    /// Nothing was sent: there are no credentials.
    NoCredentials = "noCredentials",
    /// Nothing was sent: the endpoint is a path, and there is no page.
    NoPage = "noPage",
}

/// Hands the request that is due to `fetch` and returns what that returns: with what is the same in all requests, the
/// signal that ends this one, and the credentials as JSON, where a function gives them.
pub(super) type Send = dyn Fn(RequestInit, AbortSignal, Option<String>) -> Result<JsValue, JsValue>;

/// Goes on with the call: with what happened, and of a reply its status, body, request id, milliseconds to wait, and date.
pub(super) type Resume = dyn Fn(Happened, u16, Option<String>, Option<String>, Option<u32>, Option<String>);

#[wasm_bindgen]
extern "C" {
    /// One call: what was given for it, and what is known of its course.
    #[derive(Clone, Debug)]
    pub type Caller;

    /// The options that JSON can hold.
    #[wasm_bindgen(method, getter)]
    pub(super) fn options(this: &Caller) -> String;

    /// What the caller gets. It is settled by [`resolve`] or [`reject`], or by the guard where this module stops.
    #[wasm_bindgen(method, getter)]
    pub(super) fn promise(this: &Caller) -> Promise;

    /// Whether somebody wants to know how far it is.
    #[wasm_bindgen(method, getter, js_name = isWatched)]
    pub(super) fn is_watched(this: &Caller) -> bool;

    /// The caller's own `fetch`.
    #[wasm_bindgen(method, getter)]
    pub(super) fn fetch(this: &Caller) -> Option<Function>;
}

#[wasm_bindgen]
extern "C" {
    /// The time, in milliseconds on a clock that does not jump back. Begins anew after 49 days.
    #[wasm_bindgen(js_namespace = performance)]
    pub(super) fn now() -> u32;

    /// A random number from 0 to 1.
    #[wasm_bindgen(js_namespace = Math)]
    pub(super) fn random() -> f64;
}

#[wasm_bindgen(raw_module = "/pkg/loader/host.js")]
extern "C" {
    /// The global scope: a window, or that of a worker.
    pub(super) fn scope() -> WorkerGlobalScope;

    /// Headers without any. What a platform without headers throws stops this module, with its words as the cause.
    pub(super) fn headers() -> web_sys::Headers;

    /// The time as it is signed: `20191115T033655Z`.
    pub(super) fn date() -> String;

    /// Whether the caller has given up before anything began.
    #[wasm_bindgen(js_name = isAborted)]
    pub(super) fn is_aborted(caller: &Caller) -> bool;

    /// Keeps what is certain of a call, in case this module cannot tell any more.
    pub(super) fn note(
        caller: &Caller,
        attempts: u32,
        may_have_started: bool,
        job_id: Option<&str>,
        request_id: Option<&str>,
        detach_request_id: Option<&str>,
    );

    /// Waits so many milliseconds.
    pub(super) fn sleep(caller: &Caller, ms: u32, resume: &Closure<Resume>);

    /// Sends a request, and waits for the reply so many milliseconds at most.
    pub(super) fn exchange(
        caller: &Caller,
        timeout_ms: u32,
        is_renewal: bool,
        server_time: Option<&str>,
        send: &Closure<Send>,
        resume: &Closure<Resume>,
    );

    /// Tells the caller how far the call is.
    pub(super) fn tell(caller: &Caller, progress: JsValue);

    /// The call has worked.
    pub(super) fn resolve(caller: &Caller, value: JsValue);

    /// The call has failed.
    pub(super) fn reject(caller: &Caller, description: JsValue);

    /// The error that a call would fail with.
    pub(super) fn error(caller: &Caller, description: JsValue) -> JsValue;
}
