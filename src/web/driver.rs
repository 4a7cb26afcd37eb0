//! Runs an operation: performs what it asks for until it is done.

use super::error::{Field, object, to_js};
use super::fetch::{self, Failure};
use super::options;
use crate::core::connection::Connection;
use crate::core::error::Error;
use crate::core::operation::{DetachOperation, Input, Output, Step};
use crate::core::options::{parse_detach, wrong};
use js_sys::{Function, Reflect};
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

/// The whole of `detachVolume`.
pub(crate) async fn detach_volume(
    options: &str,
    signal: JsValue,
    fetch: JsValue,
) -> Result<JsValue, JsValue> {
    let (shell, operation) = prepare(options, signal, fetch).map_err(|error| to_js(&error, None))?;
    match shell.run(operation).await {
        (Ok(job_id), _) => Ok(object(&[("jobId", Field::Text(&job_id))])),
        (Err(error), cause) => Err(to_js(&error.map_texts(|text| shell.connection.mask(text)), cause)),
    }
}

fn prepare(options: &str, signal: JsValue, fetch: JsValue) -> Result<(Shell, DetachOperation), Error> {
    let (connection, target) = parse_detach(options)?;
    let shell = Shell { connection, signal: options::signal(signal)?, fetch: options::fetch(fetch)? };
    // Only a page has an origin that a base path could belong to.
    let is_page = || Reflect::has(&js_sys::global(), &"location".into()).unwrap_or(false);
    if shell.connection.endpoint.is_relative() && shell.fetch.is_none() && !is_page() {
        return Err(wrong("endpoint", "an absolute URL outside a page", "a path"));
    }
    Ok((shell, DetachOperation::new(target)))
}

struct Shell {
    connection: Connection,
    signal: Option<AbortSignal>,
    fetch: Option<Function>,
}

impl Shell {
    /// The outcome, and what JavaScript threw last.
    async fn run(&self, mut operation: DetachOperation) -> (Result<String, Error>, Option<JsValue>) {
        let is_aborted = self.signal.as_ref().is_some_and(AbortSignal::aborted);
        let (mut input, mut cause) = if is_aborted { self.aborted() } else { (Input::Start, None) };
        loop {
            match operation.step(input) {
                Step::Done(outcome) => return (outcome, cause),
                Step::Next { operation: next, output: Output::Send(call) } => {
                    operation = next;
                    let request = self.connection.request(&call);
                    (input, cause) = match fetch::send(
                        &request,
                        &self.connection,
                        self.fetch.as_ref(),
                        self.signal.as_ref(),
                    )
                    .await
                    {
                        Ok(reply) => (Input::Reply(Ok(reply)), None),
                        Err(Failure::Send(failure, cause)) => (Input::Reply(Err(failure)), cause),
                        Err(Failure::Aborted) => self.aborted(),
                    };
                }
            }
        }
    }

    fn aborted(&self) -> (Input, Option<JsValue>) {
        (Input::Aborted, self.signal.as_ref().map(AbortSignal::reason))
    }
}
