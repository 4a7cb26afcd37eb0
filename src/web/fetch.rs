//! One HTTP exchange with the browser's `fetch`.
//!
//! gloo-net serves for typed headers and replies. Its `send` is not used: it traps, and its promise never
//! settles, when a caller aborts with a reason that is not an `Error`.

use super::race::{Lost, Race};
use crate::core::connection::{Connection, CookieMode};
use crate::core::http::{BodyEnd, HttpRequest, HttpResponse, MAX_BODY_BYTES, REPLY_HEADERS, SendError};
use gloo_net::http::{Headers, Response};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AbortSignal, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit,
    RequestRedirect, TextDecodeOptions, TextDecoder,
};

/// Why there is no reply, with what JavaScript threw.
pub(super) enum Failure {
    /// The exchange failed.
    Send(SendError, Option<JsValue>),
    /// The caller's signal fired.
    Aborted,
}

impl From<Lost> for Failure {
    fn from(lost: Lost) -> Self {
        match lost {
            Lost::Aborted => Self::Aborted,
            Lost::TimedOut => Self::Send(SendError::TimedOut, None),
            Lost::Rejected(cause) => Self::Send(SendError::NoReply, Some(cause)),
        }
    }
}

/// Sends a request and reads the reply. A body that breaks off still leaves the status to be judged.
pub(super) async fn send(
    request: &HttpRequest<'_>,
    connection: &Connection,
    fetch: Option<&Function>,
    signal: Option<&AbortSignal>,
) -> Result<HttpResponse, Failure> {
    let not_sent = |cause| Failure::Send(SendError::NotSent, Some(cause));
    let fetch = fetch.map_or_else(global_fetch, |fetch| Ok(fetch.clone())).map_err(not_sent)?;
    let race = Race::start(connection.attempt_timeout, signal).map_err(not_sent)?;
    let init = request_init(request, connection.cookies, &race);
    // Called without `this`, as a bare `fetch(…)`. A throw tells nothing about the request: a caller's own
    // function may have sent it before.
    let promise = fetch
        .call2(&JsValue::UNDEFINED, &request.url.as_str().into(), &init)
        .map_err(|cause| Failure::Send(SendError::NoReply, Some(cause)))?;
    let response = Response::from(raw_response(race.wait(&promise).await?)?);
    let status = response.status();
    let headers = reply_headers(&response.headers());
    let (body, end) = read_body(&response.into(), &race).await?;
    Ok(HttpResponse { status, headers, body, end })
}

fn reply_headers(headers: &Headers) -> Vec<(&'static str, String)> {
    let mut known = Vec::new();
    for name in REPLY_HEADERS {
        if let Some(value) = headers.get(name) {
            known.push((*name, value));
        }
    }
    known
}

fn global_fetch() -> Result<Function, JsValue> {
    Reflect::get(&js_sys::global(), &"fetch".into())?.dyn_into()
}

fn request_init(request: &HttpRequest<'_>, cookies: CookieMode, race: &Race) -> RequestInit {
    let headers = Headers::new();
    for header in request.headers.into_iter().flatten() {
        // Cannot throw: the core has checked names and values.
        headers.set(&header.name, header.value.expose());
    }
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    init.set_headers(&headers.into_raw());
    init.set_credentials(match cookies {
        CookieMode::Omit => RequestCredentials::Omit,
        CookieMode::SameOrigin => RequestCredentials::SameOrigin,
        CookieMode::Include => RequestCredentials::Include,
    });
    // A redirect would carry the token elsewhere.
    init.set_redirect(RequestRedirect::Error);
    init.set_cache(RequestCache::NoStore);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&race.fetch_signal()));
    init
}

// By its shape, not by its class: it may come from another frame, a polyfill or a test.
fn raw_response(value: JsValue) -> Result<web_sys::Response, Failure> {
    let has_status = member(&value, "status").as_f64().is_some();
    if has_status && member(&member(&value, "headers"), "get").is_function() {
        return Ok(value.unchecked_into());
    }
    Err(Failure::Send(SendError::NotAResponse, None))
}

async fn read_body(response: &web_sys::Response, race: &Race) -> Result<(String, BodyEnd), Failure> {
    let reader = response.body().and_then(|body| ReadableStreamDefaultReader::new(&body).ok());
    let (Some(reader), Ok(decoder)) = (reader, TextDecoder::new()) else {
        return read_text(response, race).await;
    };
    let more = TextDecodeOptions::new();
    more.set_stream(true);
    let mut body = String::new();
    loop {
        let chunk = match race.wait(&reader.read()).await {
            Ok(chunk) => chunk,
            Err(Lost::Rejected(_)) => return Ok((body, BodyEnd::BrokenOff)),
            Err(lost) => return Err(lost.into()),
        };
        if member(&chunk, "done").is_truthy() {
            return Ok((body, BodyEnd::Complete));
        }
        let bytes: Object = member(&chunk, "value").unchecked_into();
        match decoder.decode_with_buffer_source_and_options(&bytes, &more) {
            Ok(text) => body.push_str(&text),
            Err(_) => return Ok((body, BodyEnd::BrokenOff)),
        }
        if body.len() > MAX_BODY_BYTES {
            return Ok((body, BodyEnd::TooLong));
        }
    }
}

/// For replies without a stream: no body, or a stand-in that has text only.
async fn read_text(response: &JsValue, race: &Race) -> Result<(String, BodyEnd), Failure> {
    let Ok(text) = member(response, "text").dyn_into::<Function>() else {
        return Ok((String::new(), BodyEnd::Complete));
    };
    let promise = text.call0(response).unwrap_or_else(|cause| Promise::reject(&cause).into());
    match race.wait(&promise).await {
        Ok(text) => {
            let text = text.as_string().unwrap_or_default();
            let is_too_long = text.len() > MAX_BODY_BYTES;
            Ok((text, if is_too_long { BodyEnd::TooLong } else { BodyEnd::Complete }))
        }
        Err(Lost::Rejected(_)) => Ok((String::new(), BodyEnd::BrokenOff)),
        Err(lost) => Err(lost.into()),
    }
}

fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
