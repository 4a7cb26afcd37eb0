//! One call: the machine of the core, driven to its end.

use super::fetch::{fetch, write};
use super::host::{self, Caller, Happened, Resume, Send};
use super::value;
use crate::core::auth::Credentials;
use crate::core::config::{self, Config, parse_credentials};
use crate::core::connection::Auth;
use crate::core::error::{Error, ErrorKind};
use crate::core::http::{self, BodyEnd, HttpResponse, SendError};
use crate::core::json::Json;
use crate::core::operation::{Operation, Step};
use crate::core::outcome::{Facts, Outcome};
use crate::core::pace::Shared;
use crate::core::sign::explain;
use crate::core::turn::{Context, Input, Output};
use js_sys::Promise;
use std::cell::Cell;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use web_sys::{AbortSignal, RequestInit};
use zeroize::Zeroize;

/// A call under way. Nothing of it is borrowed or taken while JavaScript runs: that may call back.
struct Call {
    function: &'static str,
    caller: Caller,
    config: Box<Config>,
    shared: Rc<Cell<Shared>>,
    machine: Cell<Option<Operation>>,
    /// What is to be sent next.
    request: Cell<Option<http::Call>>,
    /// The request that was signed last, in its canonical form.
    signed: Cell<String>,
    send: Closure<Send>,
    resume: Closure<Resume>,
    /// Keeps the call alive until it ends: its closures do not.
    this: Cell<Option<Rc<Self>>>,
}

/// Begins a call of a function, by its public name.
pub(super) fn begin(function: &'static str, caller: Caller, shared: Rc<Cell<Shared>>) -> Promise {
    let promise = caller.promise();
    match parse(function, &caller) {
        Ok(config) => Call::start(function, caller, config, shared),
        Err(error) => host::reject(&caller, value::error(&error)),
    }
    promise
}

/// What is wrong with the options of a function, if anything is.
pub(super) fn flaw(function: &str, caller: &Caller) -> JsValue {
    match parse(function, caller) {
        Ok(_) => JsValue::NULL,
        Err(error) => host::error(caller, value::error(&error)),
    }
}

fn parse(function: &str, caller: &Caller) -> Result<Box<Config>, Box<Error>> {
    let mut options = caller.options();
    let config = config::parse(function, Json::parse(&options).unwrap_or(Json::NULL));
    options.zeroize();
    config
}

/// Spreads the waits of many calls.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "any number will do")]
fn seed() -> u32 {
    (host::random() * f64::from(u32::MAX)) as u32
}

impl Call {
    fn start(function: &'static str, caller: Caller, config: Box<Config>, shared: Rc<Cell<Shared>>) {
        let machine = Cell::new(Some(Operation::new(&config, seed())));
        let call = Rc::new_cyclic(|this| Self {
            function,
            caller,
            config,
            shared,
            machine,
            request: Cell::new(None),
            signed: Cell::new(String::new()),
            send: Self::send_closure(this.clone()),
            resume: Self::resume_closure(this.clone()),
            this: Cell::new(None),
        });
        call.this.set(Some(Rc::clone(&call)));
        call.step(if host::is_aborted(&call.caller) { Input::Aborted } else { Input::Start });
    }

    fn send_closure(this: Weak<Self>) -> Closure<Send> {
        Closure::new(move |init, signal, given| match this.upgrade() {
            Some(call) => call.send(&init, &signal, given),
            None => Ok(JsValue::UNDEFINED),
        })
    }

    fn resume_closure(this: Weak<Self>) -> Closure<Resume> {
        Closure::new(
            move |happened,
                  status,
                  text: Option<String>,
                  request_id: Option<String>,
                  wait,
                  date: Option<String>| {
                let Some(call) = this.upgrade() else { return };
                let end = match happened {
                    Happened::Slept => return call.step(Input::Slept),
                    Happened::Aborted => return call.step(Input::Aborted),
                    Happened::NotAResponse => return call.step(Input::Failed(SendError::NotAResponse)),
                    Happened::TimedOut => return call.step(Input::Failed(SendError::TimedOut)),
                    Happened::NoCredentials => return call.step(Input::Failed(SendError::NoCredentials)),
                    Happened::NoPage => return call.step(Input::Failed(SendError::NoPage)),
                    Happened::Complete => BodyEnd::Complete,
                    Happened::TooLong => BodyEnd::TooLong,
                    Happened::BrokenOff => BodyEnd::BrokenOff,
                    Happened::AlreadyRead => BodyEnd::AlreadyRead,
                    _ => return call.step(Input::Failed(SendError::NoReply)),
                };
                let mut reply = HttpResponse::new(status, text.as_deref().unwrap_or_default(), end);
                reply.request_id = request_id.as_deref();
                reply.retry_after_ms = wait;
                reply.date = date.as_deref();
                let signed = call.signed.take();
                reply.is_signed = !signed.is_empty();
                call.signed.set(signed);
                call.step(Input::Reply(reply));
            },
        )
    }

    /// Tells the machine what happened, and does what it wants next.
    fn step(&self, input: Input<'_>) {
        let now_ms = host::now();
        let Some(machine) = self.machine.take() else { return };
        let mut shared = self.shared.get();
        let step = machine.step(&mut Context { config: &self.config, shared: &mut shared, now_ms }, input);
        self.shared.set(shared);
        let (mut machine, output) = match step {
            Step::Next(machine, output) => (machine, output),
            Step::Done(outcome) => return self.end(outcome),
        };
        let progress = if self.caller.is_watched() { machine.progress(now_ms) } else { None };
        let progress = progress.map(|progress| value::progress(&progress));
        self.note(machine.facts());
        self.machine.set(Some(machine));
        if let Some(progress) = progress {
            host::tell(&self.caller, progress);
        }
        match output {
            Output::Sleep(ms) => host::sleep(&self.caller, ms, &self.resume),
            Output::Send(exchange) => {
                self.request.set(Some(exchange.call));
                host::exchange(
                    &self.caller,
                    exchange.timeout_ms,
                    exchange.is_renewal,
                    exchange.server_time.as_deref(),
                    &self.send,
                    &self.resume,
                );
            }
        }
    }

    fn note(&self, Facts { attempts, may_have_started, job_id, ids }: Facts<'_>) {
        let (last, detach) = (ids.last.as_deref(), ids.detach.as_deref());
        host::note(&self.caller, attempts, may_have_started, job_id, last, detach);
    }

    /// Signs the request that is due, and hands it to `fetch`.
    fn send(
        &self,
        init: &RequestInit,
        signal: &AbortSignal,
        given: Option<String>,
    ) -> Result<JsValue, JsValue> {
        let (Some(call), Some(mut machine)) = (self.request.take(), self.machine.take()) else {
            return Ok(JsValue::UNDEFINED);
        };
        let url = self.write(&call, init, signal, given);
        if url.is_ok() {
            machine.sent();
            self.note(machine.facts());
        }
        self.machine.set(Some(machine));
        fetch(&self.caller, &url?, init)
    }

    fn write(
        &self,
        call: &http::Call,
        init: &RequestInit,
        signal: &AbortSignal,
        given: Option<String>,
    ) -> Result<String, JsValue> {
        let credentials = given.map(|given| self.credentials(given)).transpose()?;
        let connection = &self.config.connection;
        let used = match &connection.auth {
            Auth::Given(credentials) => Some(credentials),
            _ => credentials.as_ref(),
        };
        // Only a signature needs the time.
        let is_signed = matches!(used, Some(Credentials::AccessKey { .. }));
        let date = if is_signed { host::date() } else { String::new() };
        let mut request = connection.request(call, used, &date);
        write(&request, &date, init, signal);
        let canonical_request = request.signed.take().map(|signed| signed.canonical_request);
        self.signed.replace(canonical_request.unwrap_or_default()).zeroize();
        Ok(request.url)
    }

    fn credentials(&self, mut given: String) -> Result<Credentials, JsValue> {
        let json = Json::parse(&given).unwrap_or(Json::NULL);
        let connection = &self.config.connection;
        let credentials = parse_credentials(self.function, json, &connection.endpoint, &connection.headers);
        given.zeroize();
        credentials.map_err(|error| JsValue::from_str(&error.reason))
    }

    fn end(&self, outcome: Result<Outcome, Box<Error>>) {
        match outcome {
            Ok(outcome) => host::resolve(&self.caller, value::outcome(&outcome)),
            Err(mut error) => {
                self.explain(&mut error);
                host::reject(&self.caller, value::error(&error));
            }
        }
        self.this.take();
    }

    /// Says why a signature was refused.
    fn explain(&self, error: &mut Error) {
        let (ErrorKind::Auth, Some(answer)) = (error.kind, &error.answer) else { return };
        let signed = self.signed.take();
        if !signed.is_empty() {
            let reason = answer.error_message.as_deref().and_then(|text| explain(text, &signed));
            error.reason = reason.unwrap_or_default();
        }
        self.signed.set(signed);
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        // It holds the token of a temporary key.
        self.signed.get_mut().zeroize();
    }
}
