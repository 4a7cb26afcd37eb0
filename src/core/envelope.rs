//! What a reply says: the error shapes of the service and of the gateways in front of it.
//!
//! A code counts more than the HTTP status: the service reports a permission error with 401 (`EPS.0003`) and
//! throttling with 202 (`Common.0024`).

use super::error::{Answer, Detail, Error, ErrorKind};
use super::flat::Json;
use super::http::{BodyEnd, HttpResponse};
use super::retry::Hint;
use super::sign::server_time;
use super::text::find;

/// The most entries of `details` that are kept.
const MAX_DETAILS: usize = 32;

/// What the codes that this API's callers can meet mean: the kind, and whether the request may have changed
/// something all the same. Each code stands between two spaces. Codes that are not here are judged by the status.
///
/// Source: ECS API reference, "Error Codes"; API Gateway and IAM error code tables.
const CODES: &[(ErrorKind, bool, &str)] = &[
    // A job is missing: that of this very call, or another.
    (ErrorKind::NotFound, true, " Common.0011 "),
    // Browsers repeat a request by themselves when a kept-alive connection breaks under it. Then the first copy has
    // taken effect, and the answer to the second is one of these two.
    (ErrorKind::NotAttached, true, " Ecs.0111 "),
    (ErrorKind::Conflict, true, " Ecs.0603 "),
    (ErrorKind::NotFound, false, " Ecs.0114 Ecs.0614 Ecs.0023 Common.0018 APIGW.0101 IAM.0004 "),
    (ErrorKind::Conflict, false, " Ecs.0073 Ecs.0100 Ecs.0101 Ecs.0102 Ecs.0103 Ecs.0605 IAM.0005 "),
    (ErrorKind::Throttled, false, " Common.0024 Common.1503 APIGW.0308 IAM.0012 "),
    (
        ErrorKind::Auth,
        false,
        " Common.0013 APIGW.0301 APIGW.0303 APIGW.0305 APIGW.0307 APIGW.0311 APIGW.1009 \
         IAM.0001 IAM.0061 IAM.0062 IAM.0066 IAM.0067 ",
    ),
    (
        ErrorKind::Forbidden,
        false,
        " Ecs.0003 Ecs.0004 Ecs.0030 Ecs.0066 Ecs.0067 Ecs.0068 Ecs.0069 Ecs.0070 Ecs.0071 Ecs.0110 Pdp.0001 \
         EPS.0003 APIGW.0302 APIGW.0304 APIGW.0306 APIGW.0310 APIGW.0401 APIGW.0402 APIGW.0404 APIGW.0501 \
         APIGW.0502 APIGW.0801 APIGW.0802 IAM.0002 IAM.0003 IAM.0080 IAM.0081 IAM.0082 IAM.0083 ",
    ),
    // Failures behind the API: the request was taken, and something went wrong with it further on.
    (
        ErrorKind::Api,
        true,
        " Ecs.0002 Ecs.0106 Ecs.0215 Ecs.0406 Ecs.0611 Ecs.1000 Ecs.1001 Ecs.1002 Ecs.1100 Ecs.1200 Ecs.1300 \
         Common.0020 Common.0021 Common.0022 Common.0025 Common.0026 Common.0999 ",
    ),
];

/// The error that a reply means. Never fails: the status is always kept.
///
/// A reply with a success status and no error in it is not the API's: `flaw` says why.
pub fn reply_error(reply: &HttpResponse<'_>, flaw: &str) -> Box<Error> {
    let mut answer = Answer { status: reply.status, ..Answer::default() };
    let is_error = reply.body.is_some_and(|body| read(body, &mut answer).is_some());
    if !is_error {
        answer.foreign_body = Some(reply.text.into());
    }
    let id_in_body = || reply.body?.get("request_id")?.text();
    answer.request_id = reply.request_id.or_else(id_in_body).map(String::from);
    let text = answer.error_message.as_deref();
    answer.hint = Hint::new(reply.retry_after_ms, text);
    if text.is_some_and(|text| find(text, "signature expired").is_some()) {
        answer.server_time = text.and_then(server_time).or(reply.date).map(String::from);
    }
    let mut reason = "";
    let (kind, may_have_started) = if is_error {
        judge(&answer)
    } else if reply.is_success() {
        reason = match reply.end {
            BodyEnd::Complete => flaw,
            BodyEnd::TooLong => "the reply is longer than 1 MiB",
            BodyEnd::BrokenOff => "the connection broke off in the middle of the reply",
        };
        (ErrorKind::Decode, true)
    } else {
        let (kind, may_have_started) = judge_status(reply.status);
        // What was cut off could have named a code that tells otherwise.
        let is_cut = reply.end != BodyEnd::Complete || (reply.body.is_none() && reply.text.starts_with('{'));
        (kind, may_have_started || is_cut)
    };
    let mut error = Error::new(kind, reason, may_have_started);
    error.answer = Some(Box::new(answer));
    error
}

/// Takes the error out of a body of any shape. `None` where the body holds none.
fn read(body: Json<'_>, answer: &mut Answer) -> Option<()> {
    // The documented shape wraps the error in a member `error`; others do not.
    let object = wrapped(body);
    let found = find_pair(object)?;
    // Both lists in one chain would be a larger part of the module.
    for list in [object.get("details"), body.get("internalError")].into_iter().flatten() {
        answer.details.extend(list.elements().filter_map(pair).take(MAX_DETAILS));
    }
    answer.details.truncate(MAX_DETAILS);
    answer.error_message = found.message;
    let encoded = "encoded_authorization_message";
    answer.encoded_authorization_message =
        [object, body].iter().find_map(|o| o.get(encoded)?.text()).map(String::from);
    // ECS passes on what OpenStack said as a JSON document inside its message: one level is unwrapped, and the
    // fault joins the details.
    let document = first(object, MESSAGES).and_then(Json::document);
    if let Some(inner) = document.and_then(|document| find_pair(wrapped(document))) {
        if inner.message.is_some() {
            answer.error_message.clone_from(&inner.message);
        }
        answer.details.truncate(MAX_DETAILS - 1);
        answer.details.push(inner);
    }
    // A code in the details is finer than the one above them.
    let finer = answer.details.iter().find_map(|detail| detail.code.as_ref().filter(|code| has_prefix(code)));
    answer.error_code = finer.or(found.code.as_ref()).cloned();
    answer.general_code = found.code.filter(|code| Some(code) != answer.error_code.as_ref());
    Some(())
}

/// Whether a code says that the token must be renewed.
///
/// Source: API Gateway and IAM error code tables; ECS API reference, "Error Codes".
pub fn wants_renewal(code: &str) -> bool {
    (code.starts_with("API") && code.ends_with(".0307")) || matches!(code, "IAM.0066" | "Common.0013")
}

fn wrapped(body: Json<'_>) -> Json<'_> {
    body.get("error").filter(|error| error.members().next().is_some()).unwrap_or(body)
}

/// Whether a code names its service, as `Ecs.0111` does and the number of a status does not.
fn has_prefix(code: &str) -> bool {
    find(code, ".").is_some()
}

/// The names under which a code and a text stand.
const CODES_OF: &[&str] = &["code", "error_code", "errorCode"];
const MESSAGES: &[&str] = &["message", "error_msg", "errorMsg", "errorMessage", "error_message"];

fn find_pair(object: Json<'_>) -> Option<Detail> {
    pair(object).or_else(|| fault(object))
}

/// A code and a text under any of the names in use. IAM writes numbers for codes.
fn pair(object: Json<'_>) -> Option<Detail> {
    let text = |names| first(object, names).and_then(Json::text).map(String::from);
    let (code, message) = (text(CODES_OF), text(MESSAGES));
    (code.is_some() || message.is_some()).then_some(Detail { code, message })
}

/// The first of these members that holds a text.
fn first<'a>(object: Json<'a>, names: &[&str]) -> Option<Json<'a>> {
    names.iter().find_map(|name| object.get(name).filter(|value| value.text().is_some()))
}

/// The shape of OpenStack's own services: `{"itemNotFound": {"message": …, "code": 404}}`. The name of the fault
/// says more than its number.
fn fault(object: Json<'_>) -> Option<Detail> {
    let mut members = object.members();
    let (Some((name, fault)), None) = (members.next(), members.next()) else { return None };
    let message = pair(fault)?.message?;
    Some(Detail { code: Some(name.into()), message: Some(message) })
}

/// The kind, and whether the request may have changed something.
fn judge(answer: &Answer) -> (ErrorKind, bool) {
    for code in [answer.error_code.as_deref(), answer.general_code.as_deref()].into_iter().flatten() {
        let mentions = |word| answer.error_message.as_deref().is_some_and(|text| find(text, word).is_some());
        let is_fault = |detail: &Detail| detail.code.as_deref() == Some("itemNotFound");
        if code == "Ecs.1000" && (mentions("itemNotFound") || answer.details.iter().any(is_fault)) {
            // Only the text tells what was not found: the server ("Instance … could not be found") or the
            // attachment ("No volume Block Device Mapping with id …").
            let is_server = mentions("Instance");
            return (if is_server { ErrorKind::NotFound } else { ErrorKind::NotAttached }, !is_server);
        }
        // APIG and APIC are the same gateway under other names (dedicated, ROMA).
        let number = code.strip_prefix("APIG.").or_else(|| code.strip_prefix("APIC."));
        let (prefix, number) = number.map_or((" ", code), |number| (" APIGW.", number));
        let code = [prefix, number, " "].concat();
        for (kind, may_have_started, codes) in CODES {
            if find(codes, &code).is_some() {
                return (*kind, *may_have_started);
            }
        }
    }
    judge_status(answer.status)
}

const fn judge_status(status: u16) -> (ErrorKind, bool) {
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
    (kind, !is_refusal)
}
