//! What a reply says: the error shapes of the service and of the gateways in front of it, and what they mean.
//!
//! A code counts more than the HTTP status: the service reports a permission error with 401 (`EPS.0003`) and
//! throttling with 202 (`Common.0024`). A fault counts more than what it is wrapped in: ECS passes on what OpenStack said
//! inside the text of an error of its own.

use super::error::{Again, Answer, Detail, Effect, Error, ErrorKind};
use super::http::{BodyEnd, HttpResponse, SendError};
use super::json::Json;
use super::retry::Hint;
use super::sign::server_time;
use super::text::{cut, find, whole_number};

/// The most entries of `details` that are kept.
const MAX_DETAILS: usize = 32;
/// The most errors inside the text of another that are unwrapped.
const MAX_WRAPPERS: u32 = 3;

/// What a failed request means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Verdict {
    kind: ErrorKind,
    effect: Effect,
    again: Again,
}

const fn verdict(kind: ErrorKind, effect: Effect, again: Again) -> Verdict {
    Verdict { kind, effect, again }
}

/// A refusal: nothing has happened, and nothing would another time.
const fn refused(kind: ErrorKind) -> Verdict {
    verdict(kind, Effect::None, Again::Never)
}

const THROTTLED: Verdict = verdict(ErrorKind::Throttled, Effect::None, Again::WhenAllowed);
const UNPROVED: Verdict = verdict(ErrorKind::Auth, Effect::None, Again::WithNewCredentials);
/// The request was taken, and something went wrong with it further on.
const BROKEN: Verdict = verdict(ErrorKind::Api, Effect::Possible, Again::Later);
/// Browsers repeat a request by themselves when a kept-alive connection breaks under it. Then the first copy has taken
/// effect, and the answer to the second is one of these two.
const NOT_ATTACHED: Verdict = verdict(ErrorKind::NotAttached, Effect::Possible, Again::Never);
const BUSY: Verdict = verdict(ErrorKind::Conflict, Effect::Possible, Again::Never);

/// What the codes that this API's callers can meet mean. Each code stands between two spaces. Codes that are not here are
/// judged by what they wrap, else by the status.
///
/// Source: ECS API reference, "Error Codes"; API Gateway and IAM error code tables.
const CODES: &[(Verdict, &str)] = &[
    // A job is missing: that of this very call, or another.
    (verdict(ErrorKind::NotFound, Effect::Possible, Again::Never), " Common.0011 "),
    (NOT_ATTACHED, " Ecs.0111 "),
    (BUSY, " Ecs.0603 "),
    (refused(ErrorKind::NotFound), " Ecs.0114 Ecs.0614 Ecs.0023 Common.0018 APIGW.0101 IAM.0004 "),
    (refused(ErrorKind::Conflict), " Ecs.0073 Ecs.0100 Ecs.0101 Ecs.0102 Ecs.0103 Ecs.0605 IAM.0005 "),
    (THROTTLED, " Common.0024 Common.1503 APIGW.0308 IAM.0012 "),
    (
        UNPROVED,
        " Common.0013 APIGW.0301 APIGW.0303 APIGW.0305 APIGW.0307 APIGW.0311 APIGW.1009 \
         IAM.0001 IAM.0061 IAM.0062 IAM.0066 IAM.0067 ",
    ),
    (
        refused(ErrorKind::Forbidden),
        " Ecs.0003 Ecs.0004 Ecs.0030 Ecs.0066 Ecs.0067 Ecs.0068 Ecs.0069 Ecs.0070 Ecs.0071 Ecs.0110 Pdp.0001 \
         EPS.0003 APIGW.0302 APIGW.0304 APIGW.0306 APIGW.0310 APIGW.0401 APIGW.0402 APIGW.0404 APIGW.0501 \
         APIGW.0502 APIGW.0801 APIGW.0802 IAM.0002 IAM.0003 IAM.0080 IAM.0081 IAM.0082 IAM.0083 ",
    ),
    (
        BROKEN,
        " Ecs.0002 Ecs.0106 Ecs.0215 Ecs.0406 Ecs.0611 Ecs.1000 Ecs.1001 Ecs.1002 Ecs.1100 Ecs.1200 Ecs.1300 \
         Common.0020 Common.0021 Common.0022 Common.0025 Common.0026 Common.0999 ",
    ),
];

/// The error that a reply means. Never fails: the status is always kept.
///
/// A reply with a success status and no error in it is not the API's: `flaw` says why.
pub fn reply_error(reply: &HttpResponse<'_>, flaw: &str) -> Box<Error> {
    let mut answer = Box::new(Answer { status: reply.status, ..Answer::default() });
    let mut fault = None;
    let is_read = reply.body.is_some_and(|body| {
        !is_foreign_success(reply, body) && read(body, &mut answer, &mut fault).is_some()
    });
    let id_in_body = || reply.body?.text_of("request_id");
    answer.request_id = reply.request_id.map(String::from).or_else(id_in_body);
    answer.hint = Hint::new(reply.retry_after_ms, answer.error_message.as_deref());
    answer.server_time = service_clock(&answer, reply.date);
    let mut reason = "";
    let verdict = if is_read {
        judge(&answer, fault)
    } else {
        answer.foreign_body = Some(reply.text.into());
        if reply.is_success() || reply.end == BodyEnd::AlreadyRead {
            reason = flaw_of(reply, flaw);
        }
        judge_foreign(reply)
    };
    let verdict = proved(verdict, &answer, reply.is_signed);
    let mut error = Error::new(verdict.kind, verdict.effect, verdict.again, reason);
    error.answer = Some(answer);
    error.is_final = reply.end == BodyEnd::AlreadyRead;
    error
}

/// A reply that holds something else than what was asked about: the answer would be the same another time.
pub fn other_reply(reply: &HttpResponse<'_>, flaw: &str) -> Box<Error> {
    let mut error = reply_error(&HttpResponse { body: None, ..*reply }, flaw);
    error.again = Again::Never;
    error
}

/// Why a reply with a success status is not the API's.
fn flaw_of<'a>(reply: &HttpResponse<'_>, flaw: &'a str) -> &'a str {
    match reply.end {
        BodyEnd::Complete => flaw,
        BodyEnd::TooLong => "the reply is longer than 1 MiB",
        BodyEnd::BrokenOff => "the connection broke off in the middle of the reply",
        BodyEnd::AlreadyRead => {
            "the body of the reply had been read before: option \"fetch\" must return a Response whose body has not been read"
        }
    }
}

/// The time at the service, where it says that a signature had expired.
fn service_clock(answer: &Answer, date: Option<&str>) -> Option<String> {
    let text = answer.error_message.as_deref().filter(|text| find(text, "signature expired").is_some())?;
    server_time(text).or(date).map(String::from)
}

/// A fault of OpenStack's.
#[derive(Clone, Copy)]
struct Fault {
    /// Whether it says by its name that something is not there.
    is_absence: bool,
    /// The status that it stands for.
    status: Option<u32>,
    /// Whether it came inside the text of another error.
    is_wrapped: bool,
}

/// Whether a reply with a success status is in the shape of somebody else: with a code, such as 0, that names no service, as
/// every code of the API does.
fn is_foreign_success(reply: &HttpResponse<'_>, body: Json<'_>) -> bool {
    reply.is_success() && first_text(body, CODES_OF).is_some_and(|code| !has_prefix(&code))
}

/// Takes the error out of a body of any shape, and the innermost of the faults that it holds or wraps. `None` where the
/// body holds no error.
fn read(body: Json<'_>, answer: &mut Answer, fault: &mut Option<Fault>) -> Option<()> {
    // The documented shape wraps the error in a member `error`; others do not.
    let object = wrapped(body);
    let found = find_pair(object, false, fault)?;
    for (holder, name) in &[(object, "details"), (body, "internalError")] {
        for entry in holder.get(name).unwrap_or(Json::NULL).elements() {
            if answer.details.len() < MAX_DETAILS {
                answer.details.extend(pair(entry));
            }
        }
    }
    let encoded = "encoded_authorization_message";
    answer.encoded_authorization_message = object.text_of(encoded).or_else(|| body.text_of(encoded));
    answer.error_message = found.message;
    for _ in 0..MAX_WRAPPERS {
        let text = answer.error_message.as_deref().unwrap_or_default();
        let Some(inner) = inner_pair(text, fault) else { break };
        if inner.message.is_some() {
            answer.error_message.clone_from(&inner.message);
        }
        answer.details.truncate(MAX_DETAILS - 1);
        answer.details.push(inner);
    }
    if fault.is_none() {
        *fault = answer.error_message.as_deref().and_then(fault_in_words);
    }
    // A code in the details is finer than the one above them.
    let finer = answer.details.iter().find_map(|detail| detail.code.as_ref().filter(|code| has_prefix(code)));
    answer.error_code = finer.or(found.code.as_ref()).cloned();
    answer.general_code = found.code.filter(|code| Some(code) != answer.error_code.as_ref());
    Some(())
}

/// The error that a text holds as a JSON document, perhaps behind words of its own.
fn inner_pair(text: &str, fault: &mut Option<Fault>) -> Option<Detail> {
    let end = text.bytes().rposition(|byte| byte == b'}')?;
    let document = text.get(find(text, "{")?..end + 1)?;
    let inner = find_pair(wrapped(Json::parse(document)?), true, fault)?;
    // Keystone's shape has the number of a status for a code.
    let status = inner.code.as_deref().and_then(|code| whole_number(code, 599));
    if status.is_some() {
        *fault = Some(Fault { is_absence: false, status, is_wrapped: true });
    }
    Some(inner)
}

/// The fault that a text names by its status alone, as the exceptions of OpenStack's clients do: `… (HTTP 409)`. What is
/// missing must stand there, too: another server may have said so of something else.
fn fault_in_words(text: &str) -> Option<Fault> {
    let (_, rest) = cut(text, "(HTTP ")?;
    let status = whole_number(cut(rest, ")")?.0, 599)?;
    Some(Fault { is_absence: status == 404, status: Some(status), is_wrapped: false })
}

/// Whether a code says that credentials must be renewed.
///
/// Source: API Gateway and IAM error code tables; ECS API reference, "Error Codes".
fn wants_renewal(code: &str) -> bool {
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

#[inline(never)]
fn find_pair(object: Json<'_>, is_wrapped: bool, fault: &mut Option<Fault>) -> Option<Detail> {
    pair(object).or_else(|| wrapping(object, is_wrapped, fault))
}

/// A code and a text under any of the names in use. IAM writes numbers for codes.
#[inline(never)]
fn pair(object: Json<'_>) -> Option<Detail> {
    let code = first_text(object, CODES_OF);
    // Some pass on a whole error where its text should be.
    let whole = || MESSAGES.iter().find_map(|name| object.get(name)).filter(|inner| inner.is_object());
    let message = first_text(object, MESSAGES).or_else(|| whole().map(|inner| inner.raw().into()));
    (code.is_some() || message.is_some()).then_some(Detail { code, message })
}

/// The text under the first of the names that has one.
#[inline(never)]
fn first_text(object: Json<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| object.text_of(name))
}

/// The faults of OpenStack's services and the statuses that they stand for. A limit has a number of its own there, from before
/// there was 429.
///
/// Source: OpenStack Compute API guide, "Faults".
const FAULTS: &[(&str, u32)] = &[
    ("itemNotFound", 404),
    ("conflictingRequest", 409),
    ("badRequest", 400),
    ("forbidden", 403),
    ("overLimit", 429),
];

/// The shape of OpenStack's own services: `{"itemNotFound": {"message": …, "code": 404}}`. The name of the fault
/// says more than its number.
fn wrapping(object: Json<'_>, is_wrapped: bool, fault: &mut Option<Fault>) -> Option<Detail> {
    for (name, status) in FAULTS {
        if let Some(inner) = object.get(name).filter(|inner| inner.is_object()) {
            *fault = Some(Fault { is_absence: *name == "itemNotFound", status: Some(*status), is_wrapped });
            return Some(Detail { code: Some((*name).into()), message: first_text(inner, MESSAGES) });
        }
    }
    let mut members = object.members();
    let (Some((name, inner)), None) = (members.next(), members.next()) else { return None };
    let Detail { code, message } = pair(inner)?;
    let message = Some(message?);
    let status = code.and_then(|code| whole_number(&code, 599));
    *fault = Some(Fault { is_absence: false, status, is_wrapped });
    Some(Detail { code: Some(name.into_owned()), message })
}

/// What an error of the API means.
fn judge(answer: &Answer, fault: Option<Fault>) -> Verdict {
    let known = by_code(&answer.error_code).or_else(|| by_code(&answer.general_code));
    match (known, fault) {
        (Some(verdict), _) if verdict != BROKEN => verdict,
        (_, Some(fault)) => judge_fault(fault, answer),
        // What OpenStack said, without its shape.
        (Some(_), None) if names_absence(answer) => absent(answer, true),
        (Some(verdict), None) => verdict,
        (None, None) => by_status(answer.status.into()),
    }
}

fn names_absence(answer: &Answer) -> bool {
    let is_fault = |detail: &Detail| detail.code.as_deref() == Some("itemNotFound");
    mentions(answer, &["itemNotFound"]) || answer.details.iter().any(is_fault)
}

fn mentions(answer: &Answer, words: &[&str]) -> bool {
    let text = answer.error_message.as_deref().unwrap_or_default();
    words.iter().any(|word| find(text, word).is_some())
}

fn by_code(code: &Option<String>) -> Option<Verdict> {
    let code = code.as_deref()?;
    // APIG and APIC are the same gateway under other names (dedicated, ROMA).
    let number = code.strip_prefix("APIG.").or_else(|| code.strip_prefix("APIC."));
    let (prefix, number) = number.map_or((" ", code), |number| (" APIGW.", number));
    let code = [prefix, number, " "].concat();
    CODES.iter().find(|(_, codes)| find(codes, &code).is_some()).map(|(verdict, _)| *verdict)
}

fn judge_fault(fault: Fault, answer: &Answer) -> Verdict {
    match fault {
        Fault { is_absence: true, is_wrapped, .. } => absent(answer, is_wrapped),
        Fault { status: Some(status @ 400..), .. } => by_status(status),
        Fault { is_wrapped: true, .. } => BROKEN,
        _ => by_status(answer.status.into()),
    }
}

/// Only the text tells what was not found: the server ("Instance … could not be found") or the attachment ("No volume
/// Block Device Mapping with id …", "Instance … is not attached."). What ECS passes on is about the attachment, where it does
/// not say that the server is missing.
fn absent(answer: &Answer, is_wrapped: bool) -> Verdict {
    let is_about_server = mentions(answer, &["Instance"]) && !mentions(answer, &["not attached"]);
    let is_about_disk = is_wrapped || mentions(answer, &["olume", "Block Device", "ttach"]);
    if is_about_disk && !is_about_server { NOT_ATTACHED } else { refused(ErrorKind::NotFound) }
}

/// What a reply means that holds no error of the API.
fn judge_foreign(reply: &HttpResponse<'_>) -> Verdict {
    if reply.is_success() {
        // What is whole and says something else would say it another time, too.
        let is_whole = reply.body.is_some() || reply.end == BodyEnd::AlreadyRead;
        let again = if is_whole { Again::Never } else { Again::Later };
        return verdict(ErrorKind::Decode, Effect::Possible, again);
    }
    let verdict = by_status(reply.status.into());
    // What was cut off could have named a code that tells otherwise.
    let is_cut = reply.end != BodyEnd::Complete || (reply.body.is_none() && reply.text.starts_with('{'));
    if !is_cut {
        return verdict;
    }
    let again = if reply.end == BodyEnd::BrokenOff { Again::Later } else { verdict.again };
    Verdict { effect: Effect::Possible, again, ..verdict }
}

const fn by_status(status: u32) -> Verdict {
    match status {
        401 => UNPROVED,
        403 => refused(ErrorKind::Forbidden),
        404 | 410 => refused(ErrorKind::NotFound),
        409 | 423 => refused(ErrorKind::Conflict),
        // The server does not take it on this connection, or not so early.
        421 | 425 => verdict(ErrorKind::Api, Effect::None, Again::Later),
        429 => THROTTLED,
        // A gateway that gave up waiting may have passed the request on.
        408 | 499 => BROKEN,
        400..500 => refused(ErrorKind::Api),
        _ => BROKEN,
    }
}

/// What can help where the service does not know who is calling. A token may have ended: others can do. A signature is
/// right or wrong, but for the clock, and failures in a row lock an access key.
fn proved(verdict: Verdict, answer: &Answer, is_signed: bool) -> Verdict {
    if verdict.kind != ErrorKind::Auth {
        return verdict;
    }
    let is_renewable = !is_signed || answer.error_code.as_deref().is_some_and(wants_renewal);
    let again = match (&answer.server_time, is_renewable) {
        (Some(_), _) if is_signed => Again::AtTheRightTime,
        (_, true) => Again::WithNewCredentials,
        _ => Again::Never,
    };
    Verdict { again, ..verdict }
}

/// The error of an exchange without a reply, whose request may have had that effect. `endpoint` is the name of the option
/// that says where the API is.
pub fn send_error(error: SendError, effect: Effect, endpoint: &str) -> Box<Error> {
    let (kind, again, reason) = match error {
        SendError::NoReply => (
            ErrorKind::Network,
            Again::Later,
            "no reply: the connection failed, the server redirected, or the browser blocked the request (CORS looks the same)",
        ),
        SendError::NotAResponse => {
            (ErrorKind::Network, Again::Never, "option \"fetch\" returned something that is not a Response")
        }
        SendError::TimedOut => {
            (ErrorKind::Timeout, Again::Later, "no complete reply within attemptTimeoutMs or timeoutMs")
        }
        SendError::NoCredentials => {
            (ErrorKind::Auth, Again::Never, "option \"auth\" returned no credentials")
        }
        SendError::NoPage => {
            let rule = "\" must be an absolute URL if there is no page, got a path";
            return Error::options(Some(endpoint), &["option \"", endpoint, rule].concat());
        }
    };
    // Nothing was sent without credentials.
    let effect = if error == SendError::NoCredentials { Effect::None } else { effect };
    Error::new(kind, effect, again, reason)
}
