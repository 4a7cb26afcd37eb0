//! Runs an operation: performs what it asks for until it is done.

use super::fetch::{self, Failure};
use super::options;
use super::record::{Field, failure, record};
use crate::core::connection::Connection;
use crate::core::error::Error;
use crate::core::json::Json;
use crate::core::operation::{DetachOperation, Input, Output, Step};
use crate::core::options::parse_detach;
use js_sys::Function;
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

/// The whole of `detachVolume`. A failure is what the loader makes an `Error` of.
pub(crate) async fn detach_volume(json: &str, signal: &JsValue, fetch: &JsValue) -> Result<JsValue, JsValue> {
    // Cannot fail: the loader wrote it.
    let options = Json::parse(json).unwrap_or(Json::Word("null"));
    let mut cause = JsValue::UNDEFINED;
    let outcome = match prepare(&options, signal, fetch) {
        Ok((shell, operation)) => shell.run(operation, &mut cause).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(job_id) => Ok(record(&[("jobId", Field::Text(&job_id))])),
        Err(error) => Err(failure(&error, &cause)),
    }
}

fn prepare<'a>(
    options: &'a Json,
    signal: &'a JsValue,
    fetch: &'a JsValue,
) -> Result<(Shell<'a>, DetachOperation<'a>), Error> {
    let (connection, target) = parse_detach(options)?;
    let shell = Shell { connection, signal: options::signal(signal)?, fetch: options::fetch(fetch)? };
    Ok((shell, DetachOperation::new(target)))
}

struct Shell<'a> {
    connection: Connection<'a>,
    signal: Option<&'a AbortSignal>,
    fetch: &'a Function,
}

impl Shell<'_> {
    /// The outcome, with what JavaScript threw last in `cause`.
    async fn run(&self, mut operation: DetachOperation<'_>, cause: &mut JsValue) -> Result<String, Error> {
        let mut input =
            if self.signal.is_some_and(AbortSignal::aborted) { Input::Aborted } else { Input::Start };
        loop {
            if let (Input::Aborted, Some(signal)) = (&input, self.signal) {
                *cause = signal.reason();
            }
            match operation.step(input) {
                Step::Done(outcome) => {
                    return outcome.map_err(|mut error| {
                        error.for_each_text(|text| self.connection.mask(text));
                        error
                    });
                }
                Step::Next { operation: next, output: Output::Send(call) } => {
                    operation = next;
                    input = match fetch::send(&call, &self.connection, self.fetch, self.signal).await {
                        Ok(reply) => Input::Reply(Ok(reply)),
                        Err(Failure::Send(error, thrown)) => {
                            *cause = thrown;
                            Input::Reply(Err(error))
                        }
                        Err(Failure::Aborted) => Input::Aborted,
                    };
                }
            }
        }
    }
}
