//! What a reply says: the error shapes of the service and of the gateways in front of it.
//!
//! A code counts more than the HTTP status: the service reports a permission error with 401 (`EPS.0003`) and
//! throttling with 202 (`Common.0024`).

use super::error::{DecodeError, Detail, ErrorKind, ServiceError};
use super::http::{BodyEnd, HttpResponse, REPLY_HEADERS};
use super::json::Json;
use super::text::{excerpt, find};

/// The most entries of `details` that are kept.
const MAX_DETAILS: usize = 32;

/// What a code tells beside its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// The request certainly changed nothing.
    None,
    /// It may have.
    Possible,
}

/// What the codes that this API's callers can meet mean; each stands between two spaces. Codes that are not here
/// are judged by the status.
///
/// Source: ECS API reference, "Error Codes"; API Gateway and IAM error code tables.
const CODES: &[(ErrorKind, Effect, &str)] = &[
    (ErrorKind::NotAttached, Effect::None, "Ecs.0111"),
    (
        ErrorKind::NotFound,
        Effect::None,
        "Ecs.0114 Ecs.0614 Ecs.0023 Common.0018 Common.0011 APIGW.0101 IAM.0004",
    ),
    (
        ErrorKind::Conflict,
        Effect::None,
        " Ecs.0073 Ecs.0100 Ecs.0101 Ecs.0102 Ecs.0103 Ecs.0603 Ecs.0605 IAM.0005 ",
    ),
    (ErrorKind::Throttled, Effect::None, " Common.0024 Common.1503 APIGW.0308 IAM.0012 "),
    (
        ErrorKind::Auth,
        Effect::None,
        " Common.0013 APIGW.0301 APIGW.0303 APIGW.0305 APIGW.0307 APIGW.0311 APIGW.1009 \
         IAM.0001 IAM.0061 IAM.0062 IAM.0066 IAM.0067 ",
    ),
    (
        ErrorKind::Forbidden,
        Effect::None,
        " Ecs.0003 Ecs.0004 Ecs.0030 Ecs.0066 Ecs.0067 Ecs.0068 Ecs.0069 Ecs.0070 Ecs.0071 Ecs.0110 Pdp.0001 EPS.0003 \
         APIGW.0302 APIGW.0304 APIGW.0306 APIGW.0310 APIGW.0401 APIGW.0402 APIGW.0404 APIGW.0501 APIGW.0502 \
         APIGW.0801 APIGW.0802 IAM.0002 IAM.0003 IAM.0080 IAM.0081 IAM.0082 IAM.0083 ",
    ),
    // Failures behind the API: the request was taken, and something went wrong with it further on.
    (
        ErrorKind::Api,
        Effect::Possible,
        " Ecs.0002 Ecs.0106 Ecs.0215 Ecs.0406 Ecs.0611 Ecs.1000 Ecs.1001 Ecs.1002 Ecs.1100 Ecs.1200 Ecs.1300 \
         Common.0020 Common.0021 Common.0022 Common.0025 Common.0026 Common.0999 ",
    ),
];

/// The service's answer as an error. Never fails: the status is always kept.
pub fn service_error(reply: &HttpResponse) -> ServiceError {
    read(reply).unwrap_or_else(|| Found::default().into_error(reply, Some(excerpt(&reply.body))))
}

/// The error that a reply with a success status holds, if it holds one.
pub fn hidden_error(reply: &HttpResponse) -> Option<ServiceError> {
    read(reply)
}

/// The reply as one that is not the API's.
pub fn decode_error(reply: &HttpResponse, reason: &'static str) -> DecodeError {
    let reason = match reply.end {
        BodyEnd::Complete => reason,
        BodyEnd::TooLong => "the reply is longer than 1 MiB",
        BodyEnd::BrokenOff => "the connection broke off in the middle of the reply",
    };
    DecodeError {
        reason,
        status: reply.status,
        request_id: request_id(reply, None),
        body_excerpt: excerpt(&reply.body),
        may_have_started: true,
    }
}

/// The body as JSON, where it is complete and is JSON.
pub fn json(reply: &HttpResponse) -> Option<Json> {
    if reply.end == BodyEnd::Complete { Json::parse(&reply.body) } else { None }
}

fn read(reply: &HttpResponse) -> Option<ServiceError> {
    let body = json(reply)?;
    let mut found = Found::read(&body)?;
    found.request_id = body.get("request_id").and_then(Json::text).map(String::from);
    Some(found.into_error(reply, None))
}

/// What an error body holds, whatever its shape.
#[derive(Default)]
struct Found {
    code: Option<String>,
    message: Option<String>,
    details: Vec<Detail>,
    request_id: Option<String>,
}

impl Found {
    fn read(body: &Json) -> Option<Self> {
        // The documented shape wraps the error in a member `error`; others do not.
        let object = body.get("error").filter(|error| !error.members().is_empty()).unwrap_or(body);
        let mut found = Self::pair(object).or_else(|| Self::fault(object))?;
        let lists = [object.get("details"), body.get("details").filter(|_| !std::ptr::eq(object, body))];
        found.details = lists
            .into_iter()
            .chain([body.get("internalError")])
            .flatten()
            .flat_map(Json::elements)
            .filter_map(Self::pair)
            .map(|pair| Detail { code: pair.code, message: pair.message })
            .take(MAX_DETAILS)
            .collect();
        found.unwrap_message();
        Some(found)
    }

    /// A code and a message under any of the names in use. IAM writes numbers for codes.
    fn pair(object: &Json) -> Option<Self> {
        let first = |names: &[&str]| {
            names.iter().find_map(|name| object.get(name).and_then(Json::text)).map(String::from)
        };
        let code = first(&["code", "error_code", "errorCode"]);
        let message = first(&["message", "error_msg", "errorMsg", "errorMessage", "error_message"]);
        (code.is_some() || message.is_some()).then(|| Self { code, message, ..Self::default() })
    }

    /// The shape of OpenStack's own services: `{"itemNotFound": {"message": …, "code": 404}}`. The name of the
    /// fault says more than its number.
    fn fault(object: &Json) -> Option<Self> {
        let [(name, fault)] = object.members() else { return None };
        let message = Self::pair(fault)?.message?;
        Some(Self { code: Some(name.clone()), message: Some(message), ..Self::default() })
    }

    /// ECS passes on what OpenStack said as a JSON document inside its message: one level is unwrapped, the
    /// fault joins the details.
    fn unwrap_message(&mut self) {
        let Some(document) = self.message.as_deref().filter(|m| m.starts_with('{')).and_then(Json::parse)
        else {
            return;
        };
        let object = document.get("error").filter(|e| !e.members().is_empty()).unwrap_or(&document);
        let Some(inner) = Self::pair(object).or_else(|| Self::fault(object)) else { return };
        self.details.push(Detail { code: inner.code, message: inner.message.clone() });
        self.message = inner.message.or_else(|| self.message.take());
    }

    fn into_error(self, reply: &HttpResponse, body_excerpt: Option<String>) -> ServiceError {
        let request_id = request_id(reply, self.request_id.as_deref());
        let details = || self.details.iter().filter_map(|detail| detail.code.as_deref());
        let known = details().chain(self.code.as_deref()).find_map(|code| self.judge(code));
        let (kind, effect) = known.unwrap_or_else(|| judge_status(reply.status));
        let specific = details().find(|code| code.bytes().any(|byte| byte == b'.')).map(String::from);
        let is_refined = specific.is_some() && specific != self.code;
        let (error_code, general_code) = if is_refined { (specific, self.code) } else { (self.code, None) };
        ServiceError {
            kind,
            status: reply.status,
            error_code,
            general_code,
            error_message: self.message,
            details: self.details,
            request_id,
            body_excerpt: body_excerpt.filter(|excerpt| !excerpt.is_empty()),
            may_have_started: effect == Effect::Possible,
        }
    }

    fn judge(&self, code: &str) -> Option<(ErrorKind, Effect)> {
        // The same gateway under its other names (dedicated, ROMA).
        let number = ["APIG.", "APIC."].iter().find_map(|prefix| code.strip_prefix(prefix));
        let code = number.map_or_else(|| code.into(), |number| ["APIGW.", number].concat());
        if code == "Ecs.1000" && self.mentions("itemNotFound") {
            // Only the text tells what was not found: the server ("Instance … could not be found") or the
            // attachment ("No volume Block Device Mapping with id …").
            let kind = if self.mentions("Instance") { ErrorKind::NotFound } else { ErrorKind::NotAttached };
            return Some((kind, Effect::None));
        }
        let code = [" ", &code, " "].concat();
        let row = CODES.iter().find(|(_, _, codes)| find(codes, &code).is_some())?;
        Some((row.0, row.1))
    }

    fn mentions(&self, word: &str) -> bool {
        let in_details = |detail: &Detail| {
            [&detail.code, &detail.message].into_iter().flatten().any(|text| find(text, word).is_some())
        };
        self.message.as_deref().is_some_and(|message| find(message, word).is_some())
            || self.details.iter().any(in_details)
    }
}

const fn judge_status(status: u16) -> (ErrorKind, Effect) {
    let kind = match status {
        401 => ErrorKind::Auth,
        403 => ErrorKind::Forbidden,
        404 => ErrorKind::NotFound,
        409 => ErrorKind::Conflict,
        429 => ErrorKind::Throttled,
        _ => ErrorKind::Api,
    };
    // A gateway that gave up waiting (408, 5xx) may have passed the request on.
    let is_refusal = status >= 400 && status < 500 && status != 408;
    (kind, if is_refusal { Effect::None } else { Effect::Possible })
}

fn request_id(reply: &HttpResponse, in_body: Option<&str>) -> Option<String> {
    REPLY_HEADERS.iter().find_map(|name| reply.header(name)).or(in_body).map(String::from)
}
