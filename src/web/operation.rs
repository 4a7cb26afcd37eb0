//! An operation of the core, as the loader drives it.

use super::fetch::send;
use super::record::{Field, error_field, progress_field, value_field};
use crate::core::error::{Error, ErrorKind};
use crate::core::flat::Json;
use crate::core::http::{BodyEnd, Call, HttpResponse, SendError};
use crate::core::old_connection::Connection;
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
use web_sys::RequestInit;
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

/// What the loader is to do.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub enum Turn {
    /// Send the request, and wait so many milliseconds at most.
    Send,
    /// Wait so many milliseconds.
    Sleep,
    /// Nothing: this is what the call ends with.
    End,
    /// Nothing: this is why it fails.
    Fail,
}

impl Turn {
    const fn field(self) -> Field<'static> {
        Field::Number(self as u32)
    }
}

/// One call of a public function. Not `Debug`, because its options hold secrets.
#[wasm_bindgen]
pub struct Operation {
    function: String,
    // Kept as they came, and read anew where they are needed: that is cheaper than to own every part.
    options: String,
    // Gone while it is stepped, and when it has ended.
    machine: Option<Box<Machine>>,
    call: Option<Call>,
    /// What a function in option `auth` has given.
    auth: String,
    /// The signature of the last request, and what was signed.
    signed: Option<Signed>,
    pace: Rc<Cell<Pace>>,
}

#[wasm_bindgen]
impl Operation {
    /// A call that has not begun, of a function by its public name. Its options come in the form that [`Json`] reads; the
    /// seed may be any number.
    #[wasm_bindgen(constructor)]
    pub fn new(function: &str, options: String, seed: u32) -> Self {
        Self {
            function: function.into(),
            options,
            machine: Some(Box::new(Machine::new(seed))),
            call: None,
            auth: String::new(),
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

    /// Takes what happened, at a time in milliseconds on any clock that does not jump, and says what to do next, as a list:
    ///
    /// 1. a [`Turn`];
    /// 2. milliseconds, a value or an error, see there;
    /// 3. whether the reply is part of what the call ends with;
    /// 4. progress, if there is any;
    /// 5. whether the service wants other credentials than those of the last attempt;
    /// 6. the time at the service, where the caller's clock is wrong.
    ///
    /// `reply` counts for replies only; it is the loader's list of what belongs to one, in the form that [`Json`] reads.
    pub fn step(&mut self, event: Event, now_ms: u32, reply: &str) -> JsValue {
        let replied = |end| Input::Reply(Ok(HttpResponse::new(Json::new(reply), end)));
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
        self.advance(input, now_ms).unwrap_or_else(|error| list(Turn::Fail, error_field(&error), false))
    }

    fn advance(&mut self, input: Input<'_>, now_ms: u32) -> Result<JsValue, Box<Error>> {
        let options = Json::new(&self.options);
        if matches!(input, Input::Start | Input::Aborted) {
            parse_connection(&self.function, options)?;
        }
        let (goal, limits) = parse_task(&self.function, options)?;
        let Some(machine) = self.machine.take() else { return Ok(JsValue::UNDEFINED) };
        let mut pace = self.pace.get();
        let mut context = Context { goal: &goal, limits: &limits, pace: &mut pace, now_ms };
        let step = machine.step(&mut context, input);
        self.pace.set(pace);
        let (mut operation, output, keeps) = match step {
            Step::Next { operation, output, keeps } => (operation, output, keeps),
            Step::Done { outcome: Ok(outcome), keeps } => {
                return Ok(list(Turn::End, value_field(&outcome), keeps));
            }
            Step::Done { outcome: Err(mut error), keeps } => {
                self.explain(&mut error);
                return Ok(list(Turn::Fail, error_field(&error), keeps));
            }
        };
        let news = if goal.is_long() { operation.news(now_ms) } else { None };
        let news = news.map_or(Field::Null, progress_field);
        let next = match output {
            Output::Sleep(ms) => {
                Field::List(vec![Turn::Sleep.field(), Field::Number(ms), Field::Flag(keeps), news])
                    .into_value()
            }
            Output::Send { call, timeout_ms, is_renewal, server_time } => {
                self.call = Some(call);
                Field::List(vec![
                    Turn::Send.field(),
                    Field::Number(timeout_ms),
                    Field::Flag(keeps),
                    news,
                    Field::Flag(is_renewal),
                    Field::text(server_time.as_deref()),
                ])
                .into_value()
            }
        };
        self.machine = Some(operation);
        Ok(next)
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

    /// Takes back the request that was asked for: it was not sent.
    pub fn unsend(&mut self) {
        if let Some(machine) = &mut self.machine {
            machine.unsend();
        }
    }

    /// Hands the request to `fetch` and returns what that returned. `init` has what is the same in all requests, and gets a
    /// method when there is nothing more that could be wrong. The date, as `20191115T033655Z`, is for the signature. `auth`
    /// are the credentials, in the form that [`Json`] reads, where they come from a function.
    ///
    /// # Errors
    /// What is wrong with the credentials, as a text; else what `fetch` throws.
    pub fn send(
        &mut self,
        fetch: &Function,
        init: &RequestInit,
        date: &str,
        auth: Option<String>,
    ) -> Result<JsValue, JsValue> {
        if let Some(auth) = auth {
            self.auth.zeroize();
            self.auth = auth;
        }
        let options = Json::new(&self.options);
        let (Some(call), Ok(mut connection)) = (&self.call, parse_connection(&self.function, options)) else {
            return Ok(JsValue::UNDEFINED);
        };
        if !self.auth.is_empty() {
            let Connection { endpoint, headers, .. } = &connection;
            let auth = parse_credentials(&self.function, Json::new(&self.auth), endpoint, headers);
            connection.auth = Some(auth.map_err(|error| JsValue::from_str(&error.reason))?);
        }
        let request = connection.request(call, date);
        let sent = send(&request, date, fetch, init);
        self.signed = request.signed;
        sent
    }
}

/// What tells the loader that the call is over.
fn list(turn: Turn, content: Field<'_>, keeps: bool) -> JsValue {
    Field::List(vec![turn.field(), content, Field::Flag(keeps)]).into_value()
}

impl Drop for Operation {
    fn drop(&mut self) {
        // All hold tokens or keys.
        if let Some(signed) = &mut self.signed {
            signed.canonical_request.zeroize();
        }
        self.options.zeroize();
        self.auth.zeroize();
    }
}
