//! An operation of the core, as the loader drives it.

use super::fetch::{read_reply, send};
use super::record::{Field, error_record, record};
use crate::core::http::{BodyEnd, Call, SendError};
use crate::core::json::Json;
use crate::core::operation::{DetachOperation, Input, Output, Step};
use crate::core::options::{DetachOptions, parse_detach};
use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::AbortSignal;

/// What the loader reports.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub enum Event {
    /// The operation begins.
    Start,
    /// A reply came, and all of its body.
    Reply,
    /// A reply came; its body was too long to be read to the end.
    LongReply,
    /// A reply came; the connection broke off in its body.
    BrokenReply,
    /// No reply came.
    NoReply,
    /// What came is no `Response`.
    NotAResponse,
    /// The exchange took too long.
    TimedOut,
    /// The wait is over.
    Slept,
    /// The caller gave up.
    Aborted,
}

/// The detachment of one disk. Not `Debug`, because its options hold secrets.
#[wasm_bindgen]
pub struct Operation {
    // Kept as they came, and read anew where they are needed: that is cheaper than to own every part.
    options: Json,
    operation: DetachOperation,
    call: Option<Call>,
}

#[wasm_bindgen]
impl Operation {
    /// An operation that has not begun. Its options are JSON; the seed may be any number.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str, seed: u32) -> Self {
        // Cannot fail: the loader wrote it.
        let options = Json::parse(options).unwrap_or(Json::Word("null"));
        Self { options, operation: DetachOperation::new(seed), call: None }
    }

    /// Takes what happened, `now_ms` after the start, and says what to do next: `{ timeoutMs }` to send and wait that
    /// long at most, `{ sleepMs }` to wait, `{ value }` or `{ error }` when it is over. `reply` and `body` count for
    /// replies only.
    pub fn step(&mut self, event: Event, now_ms: u32, reply: &JsValue, body: String) -> JsValue {
        let DetachOptions { connection, target, limits } = match parse_detach(&self.options) {
            Ok(options) => options,
            Err(error) => return error_record(&error),
        };
        let replied = |end| Input::Reply(Ok(read_reply(reply, body, end)));
        let input = match event {
            Event::Start => Input::Start,
            Event::Reply => replied(BodyEnd::Complete),
            Event::LongReply => replied(BodyEnd::TooLong),
            Event::BrokenReply => replied(BodyEnd::BrokenOff),
            Event::NoReply => Input::Reply(Err(SendError::NoReply)),
            Event::NotAResponse => Input::Reply(Err(SendError::NotAResponse)),
            Event::TimedOut => Input::Reply(Err(SendError::TimedOut)),
            Event::Slept => Input::Slept,
            Event::Aborted => Input::Aborted,
        };
        match self.operation.step(&target, &limits, now_ms, input) {
            Step::Next { operation, output } => {
                self.operation = operation;
                match output {
                    Output::Send { call, timeout_ms } => {
                        self.call = Some(call);
                        record(&[("timeoutMs", Field::Number(timeout_ms))])
                    }
                    Output::Sleep(sleep_ms) => record(&[("sleepMs", Field::Number(sleep_ms))]),
                }
            }
            Step::Done(Ok(job_id)) => record(&[("value", Field::Record(&[("jobId", Field::Text(&job_id))]))]),
            Step::Done(Err(mut error)) => {
                error.for_each_text(|text| connection.mask(text));
                error_record(&error)
            }
        }
    }

    /// Hands the request to `fetch` and returns what that returned.
    ///
    /// # Errors
    /// What `fetch` throws.
    pub fn send(&self, fetch: &Function, signal: &AbortSignal) -> Result<JsValue, JsValue> {
        let (Some(call), Ok(DetachOptions { connection, .. })) = (&self.call, parse_detach(&self.options))
        else {
            return Ok(JsValue::UNDEFINED);
        };
        send(&connection.request(call), connection.credentials, fetch, signal)
    }
}
