//! One HTTP exchange with `fetch`.
//!
//! gloo-net serves for typed headers and replies. Its `send` is not used: it traps, and its promise never
//! settles, when a caller aborts with a reason that is not an `Error`.

use super::race::{Lost, Race};
use super::record::{Field, record};
use crate::core::connection::Connection;
use crate::core::http::{BodyEnd, Call, HttpRequest, HttpResponse, MAX_BODY_BYTES, REPLY_HEADERS, SendError};
use gloo_net::http::{Headers, Response};
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortSignal, ReadableStreamDefaultReader, RequestInit, TextDecodeOptions, TextDecoder};

/// Why there is no reply, with what JavaScript threw.
pub(super) enum Failure {
    /// The exchange failed.
    Send(SendError, JsValue),
    /// The caller's signal fired.
    Aborted,
}

impl From<Lost> for Failure {
    fn from(lost: Lost) -> Self {
        match lost {
            Lost::Aborted => Self::Aborted,
            Lost::TimedOut => Self::Send(SendError::TimedOut, JsValue::UNDEFINED),
            Lost::Rejected(cause) => Self::Send(SendError::NoReply, cause),
        }
    }
}

/// Performs a call and reads the reply. A body that breaks off still leaves the status to be judged.
pub(super) async fn send(
    call: &Call,
    connection: &Connection<'_>,
    fetch: &Function,
    signal: Option<&AbortSignal>,
) -> Result<HttpResponse, Failure> {
    let no_reply = |cause| Failure::Send(SendError::NoReply, cause);
    let race = Race::start(connection.attempt_timeout, signal).map_err(no_reply)?;
    let request = connection.request(call);
    let init = request_init(&request, connection, &race);
    // Called without `this`, as a bare `fetch(…)`. A throw tells nothing about the request: a caller's own
    // function may have sent it before.
    let promise = fetch.call2(&JsValue::UNDEFINED, &request.url.as_str().into(), &init).map_err(no_reply)?;
    let response = race.wait(&promise).await?;
    // Known by its shape, not by its class: it may come from another frame, a polyfill or a test.
    if !member(&member(&response, "headers"), "get").is_function() {
        return Err(Failure::Send(SendError::NotAResponse, JsValue::UNDEFINED));
    }
    let response = Response::from(response.unchecked_into::<web_sys::Response>());
    let mut reply = HttpResponse {
        status: response.status(),
        headers: Vec::new(),
        body: String::new(),
        end: BodyEnd::Complete,
    };
    let headers = response.headers();
    for name in REPLY_HEADERS {
        if let Some(value) = headers.get(name) {
            reply.headers.push((name, value));
        }
    }
    read_body(&response.into(), &race, &mut reply).await?;
    Ok(reply)
}

fn request_init(request: &HttpRequest<'_>, connection: &Connection<'_>, race: &Race<'_>) -> RequestInit {
    let init: RequestInit = record(&[
        ("method", Field::Text(request.method.as_str())),
        ("credentials", Field::Text(connection.credentials)),
        // A redirect would carry the token elsewhere.
        ("redirect", Field::Text("error")),
        ("cache", Field::Text("no-store")),
        ("referrerPolicy", Field::Text("no-referrer")),
    ])
    .unchecked_into();
    let headers = Headers::new();
    for header in &request.headers {
        // Cannot throw: the core has checked names and values.
        headers.set(header.name, header.value.expose());
    }
    init.set_headers(&headers.into_raw());
    init.set_signal(Some(&race.fetch_signal()));
    init
}

async fn read_body(
    response: &web_sys::Response,
    race: &Race<'_>,
    reply: &mut HttpResponse,
) -> Result<(), Failure> {
    let reader = response.body().and_then(|body| ReadableStreamDefaultReader::new(&body).ok());
    let Ok(decoder) = TextDecoder::new() else { return Ok(()) };
    let more = TextDecodeOptions::new();
    more.set_stream(true);
    loop {
        // Without a stream there is no body, or it is a stand-in that has text only.
        let promise = match &reader {
            Some(reader) => reader.read().into(),
            None => match member(response, "text").dyn_into::<Function>() {
                Ok(text) => text.call0(response).unwrap_or(JsValue::UNDEFINED),
                Err(_) => return Ok(()),
            },
        };
        let part = match race.wait(&promise).await {
            Ok(part) => part,
            Err(Lost::Rejected(_)) => {
                reply.end = BodyEnd::BrokenOff;
                return Ok(());
            }
            Err(lost) => return Err(lost.into()),
        };
        let is_last = reader.is_none() || member(&part, "done").is_truthy();
        if let Some(text) = part.as_string() {
            reply.body = text;
        } else if !is_last {
            let bytes: Object = member(&part, "value").unchecked_into();
            let text = decoder.decode_with_buffer_source_and_options(&bytes, &more);
            reply.body.push_str(&text.unwrap_or_default());
        }
        if reply.body.len() > MAX_BODY_BYTES {
            reply.end = BodyEnd::TooLong;
            return Ok(());
        }
        if is_last {
            return Ok(());
        }
    }
}

fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
