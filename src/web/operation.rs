//! An operation of the core, as the loader drives it.

use super::fetch::{read_reply, send};
use super::record::{Members, error_record, progress_field, value_record};
use crate::core::error::Error;
use crate::core::http::{BodyEnd, Call, SendError};
use crate::core::json::Json;
use crate::core::operation::{Context, Input, Operation as Machine, Output, Step};
use crate::core::options::{parse_connection, parse_task};
use crate::core::pace::Pace;
use js_sys::Function;
use std::cell::Cell;
use std::rc::Rc;
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

/// One call of a public function. Not `Debug`, because its options hold secrets.
#[wasm_bindgen]
pub struct Operation {
    function: String,
    // Kept as they came, and read anew where they are needed: that is cheaper than to own every part.
    options: Json,
    // Gone while it is stepped, and when it has ended.
    machine: Option<Box<Machine>>,
    call: Option<Call>,
    pace: Rc<Cell<Pace>>,
}

#[wasm_bindgen]
impl Operation {
    /// A call that has not begun, of a function by its public name. Its options are JSON; the seed may be any number.
    #[wasm_bindgen(constructor)]
    pub fn new(function: &str, options: &str, seed: u32) -> Self {
        Self {
            function: function.into(),
            // Cannot fail: the loader wrote it.
            options: Json::parse(options).unwrap_or(Json::Word("null")),
            machine: Some(Box::new(Machine::new(seed))),
            call: None,
            pace: Rc::new(Cell::new(Pace::FREE)),
        }
    }

    /// Goes at the pace of another call, which goes at one from now on, `now_ms`.
    pub fn share(&mut self, other: &Self, now_ms: u32) {
        if other.pace.get().is_free() {
            other.pace.set(Pace::new(now_ms));
        }
        self.pace = Rc::clone(&other.pace);
    }

    /// Takes what happened, at a time in milliseconds on any clock that does not jump, and says what to do next:
    /// `{ timeoutMs }` to send and wait that long at most, `{ sleepMs }` to wait, `{ value }` or `{ error }` when it is
    /// over. With the first two, there may be `progress`. `reply` and `body` count for replies only.
    pub fn step(&mut self, event: Event, now_ms: u32, reply: &JsValue, body: String) -> JsValue {
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
        self.advance(input, now_ms).unwrap_or_else(|mut error| {
            if let Ok(connection) = parse_connection(&self.options) {
                error.for_each_text(|text| connection.mask(text));
            }
            error_record(&error)
        })
    }

    fn advance(&mut self, input: Input, now_ms: u32) -> Result<JsValue, Box<Error>> {
        if matches!(input, Input::Start | Input::Aborted) {
            parse_connection(&self.options)?;
        }
        let (goal, limits) = parse_task(&self.function, &self.options)?;
        let Some(machine) = self.machine.take() else { return Ok(JsValue::UNDEFINED) };
        let mut pace = self.pace.get();
        let mut context = Context { goal: &goal, limits: &limits, pace: &mut pace, now_ms };
        let step = machine.step(&mut context, input);
        self.pace.set(pace);
        match step {
            Step::Next { mut operation, output } => {
                let mut next = Members::default();
                match output {
                    Output::Send { call, timeout_ms } => {
                        self.call = Some(call);
                        next.number("timeoutMs", Some(timeout_ms));
                    }
                    Output::Sleep(sleep_ms) => next.number("sleepMs", Some(sleep_ms)),
                }
                let news = if goal.is_long() { operation.news(now_ms) } else { None };
                if let Some(progress) = news {
                    next.push("progress", progress_field(progress));
                }
                let next = next.into_object();
                self.machine = Some(operation);
                Ok(next)
            }
            Step::Done(outcome) => outcome.map(|outcome| value_record(&outcome)),
        }
    }

    /// Hands the request to `fetch` and returns what that returned.
    ///
    /// # Errors
    /// What `fetch` throws.
    pub fn send(&self, fetch: &Function, signal: &AbortSignal) -> Result<JsValue, JsValue> {
        let (Some(call), Ok(connection)) = (&self.call, parse_connection(&self.options)) else {
            return Ok(JsValue::UNDEFINED);
        };
        send(&connection.request(call), connection.credentials, fetch, signal)
    }
}
