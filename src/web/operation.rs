//! An operation of the core, as the loader drives it.

use super::fetch::{read_reply, send};
use super::record::{Field, Members, error_record, progress_field, value_record};
use crate::core::auth::Credentials;
use crate::core::error::{Error, ErrorKind};
use crate::core::http::{BodyEnd, Call, SendError};
use crate::core::json::Json;
use crate::core::operation::{Operation as Machine, Step};
use crate::core::options::{parse_connection, parse_credentials, parse_task};
use crate::core::pace::Pace;
use crate::core::sign::{Signed, explain};
use crate::core::turn::{Context, Input, Output};
use js_sys::Function;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::AbortSignal;
use zeroize::Zeroize;

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
    /// Nothing was sent: there are no credentials.
    NoCredentials,
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
    /// What a function in option `auth` has given.
    auth: Json,
    /// The signature of the last request, and what was signed.
    signed: Option<Signed>,
    pace: Rc<Cell<Pace>>,
}

#[wasm_bindgen]
impl Operation {
    /// A call that has not begun, of a function by its public name. Its options are JSON; the seed may be any number.
    #[wasm_bindgen(constructor)]
    pub fn new(function: &str, mut options: String, seed: u32) -> Self {
        // Cannot fail: the loader wrote it.
        let json = Json::parse(&options).unwrap_or(Json::Word("null"));
        options.zeroize();
        Self {
            function: function.into(),
            options: json,
            machine: Some(Box::new(Machine::new(seed))),
            call: None,
            auth: Json::Word("null"),
            signed: None,
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
            Event::NoCredentials => Input::Reply(Err(SendError::NoCredentials)),
            Event::TimedOut => Input::Reply(Err(SendError::TimedOut)),
            Event::Slept => Input::Slept,
            Event::Aborted => Input::Aborted,
        };
        self.advance(input, now_ms).unwrap_or_else(|mut error| {
            self.explain(&mut error);
            self.mask(&mut error);
            error_record(&error)
        })
    }

    /// Says why a signature was refused.
    fn explain(&self, error: &mut Error) {
        let (Some(signed), Some(answer), ErrorKind::Auth) = (&self.signed, &error.answer, error.kind) else {
            return;
        };
        let reason =
            answer.error_message.as_deref().and_then(|text| explain(text, &signed.canonical_request));
        error.reason = reason.unwrap_or_default();
    }

    fn mask(&self, error: &mut Error) {
        let Ok(mut connection) = parse_connection(&self.function, &self.options) else { return };
        connection.auth = connection.auth.or(Credentials::parse(&self.auth).ok());
        let signature = self.signed.as_ref().map_or("", |signed| &signed.signature);
        error.for_each_text(|text| connection.mask(text, signature));
    }

    fn advance(&mut self, input: Input, now_ms: u32) -> Result<JsValue, Box<Error>> {
        if matches!(input, Input::Start | Input::Aborted) {
            parse_connection(&self.function, &self.options)?;
        }
        let (goal, limits) = parse_task(&self.function, &self.options)?;
        let Some(machine) = self.machine.take() else { return Ok(JsValue::UNDEFINED) };
        let mut pace = self.pace.get();
        let mut context = Context { goal: &goal, limits: &limits, pace: &mut pace, now_ms };
        let step = machine.step(&mut context, input);
        self.pace.set(pace);
        let (mut operation, output) = match step {
            Step::Next { operation, output } => (operation, output),
            Step::Done(outcome) => return outcome.map(|outcome| value_record(&outcome)),
        };
        let mut next = Members::default();
        let time;
        match output {
            Output::Send { call, timeout_ms, is_renewal, server_time } => {
                self.call = Some(call);
                time = server_time;
                next.number("timeoutMs", Some(timeout_ms));
                if is_renewal {
                    next.push("isRenewal", Field::Flag(true));
                }
                if let Some(time) = &time {
                    next.text("serverTime", Some(time));
                }
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

    /// Takes back the request that was asked for: it was not sent.
    pub fn unsend(&mut self) {
        if let Some(machine) = &mut self.machine {
            machine.unsend();
        }
    }

    /// Takes the credentials for the next request, as JSON, where they come from a function. What is wrong with them,
    /// if anything is.
    pub fn authorize(&mut self, mut auth: String) -> Option<String> {
        self.auth.for_each_text(&mut |text| text.zeroize());
        self.auth = Json::parse(&auth).unwrap_or(Json::Word("null"));
        auth.zeroize();
        let connection = parse_connection(&self.function, &self.options).ok()?;
        parse_credentials(&self.function, &self.auth, &connection.endpoint, &connection.headers)
            .err()
            .map(|error| error.message())
    }

    /// Hands the request to `fetch` and returns what that returned. The date, as `20191115T033655Z`, is for the
    /// signature.
    ///
    /// # Errors
    /// What `fetch` throws.
    pub fn send(&mut self, fetch: &Function, signal: &AbortSignal, date: &str) -> Result<JsValue, JsValue> {
        let (Some(call), Ok(mut connection)) = (&self.call, parse_connection(&self.function, &self.options))
        else {
            return Ok(JsValue::UNDEFINED);
        };
        connection.auth = connection.auth.or(Credentials::parse(&self.auth).ok());
        let request = connection.request(call, date);
        let sent = send(&request, connection.credentials, date, fetch, signal);
        self.signed = request.signed;
        sent
    }
}

impl Drop for Operation {
    fn drop(&mut self) {
        // All hold tokens or keys.
        if let Some(signed) = &mut self.signed {
            signed.canonical_request.zeroize();
        }
        for options in [&mut self.options, &mut self.auth] {
            options.for_each_text(&mut |text| text.zeroize());
        }
    }
}
