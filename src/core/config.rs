//! From what the caller passed to what a call needs. Options are read once, when the call begins.

use super::auth::Credentials;
use super::connection::{Auth, Connection, Header};
use super::endpoint::Endpoint;
use super::error::Error;
use super::fields::{Fields, Flaw, describe, describe_secret, foreign_type, is_record, note};
use super::goal::{Detach, Disk, Goal};
use super::ids::{JobId, ProjectId, ServerId, VolumeId};
use super::json::Json;
use super::retry::{Limits, Polling, RetryPolicy};
use super::secret::Secret;
use super::text::find;

/// The options of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where and as whom.
    pub connection: Connection,
    /// What is to be brought about.
    pub goal: Goal,
    /// How long it may take.
    pub limits: Limits,
}

const PROJECTS: &str = "findProjects";
const DEFAULT_ATTEMPTS: u32 = 4;
const MAX_NAME_CHARS: usize = 255;
const MAX_HEADERS: usize = 64;
const MAX_HEADER_CHARS: usize = 8_192;
const HEADER_RULE: &str =
    "a string of 1 to 8192 Latin-1 characters without line breaks or white space at its ends";

/// Headers that this package sets itself, or that would make a server take the request for another one. In
/// lower case, each between two commas.
const RESERVED_HEADERS: &str = ",x-auth-token,x-language,x-sdk-date,x-security-token,x-project-id,\
    x-http-method,x-http-method-override,x-method-override,";

/// Headers that browsers drop silently; so are those that begin with `proxy-` or `sec-`. In lower case, each
/// between two commas.
///
/// Source: Fetch Standard, "forbidden request-header".
const FORBIDDEN_HEADERS: &str = ",accept-charset,accept-encoding,access-control-request-headers,\
    access-control-request-method,access-control-request-private-network,connection,content-length,cookie,cookie2,\
    date,dnt,expect,host,keep-alive,origin,referer,set-cookie,te,trailer,transfer-encoding,upgrade,via,";

/// Checks all options of a function and fills in the defaults. The function is called by its public name; the options
/// come as [`super::fields`] says, and `headers` as a list of pairs of a name and a value.
///
/// # Errors
/// A kind `options` that names the option, what was expected and what was found.
pub fn parse(function: &str, options: Json<'_>) -> Result<Box<Config>, Box<Error>> {
    if !is_record(options) {
        let found = describe(Some(options).filter(|options| !options.is_null()));
        return Err(Error::options(None, &["the options must be an object, got ", found].concat()));
    }
    let mut flaw = None;
    let mut fields = Fields::new("", options, &mut flaw);
    refuse_wire_name(&mut fields);
    let connection = connection(&mut fields, function);
    let goal = goal(&mut fields, function);
    let limits = limits(&mut fields, goal.is_long());
    match flaw {
        None => Ok(Box::new(Config { connection, goal, limits })),
        Some(flaw) => Err(flaw),
    }
}

/// Reads credentials, and checks that they fit the rest of the connection.
///
/// # Errors
/// As [`parse`].
pub fn parse_credentials(
    function: &str,
    auth: Json<'_>,
    endpoint: &Endpoint,
    headers: &[Header],
) -> Result<Credentials, Box<Error>> {
    let mut flaw = None;
    let credentials = credentials(function, auth, endpoint, headers, &mut flaw);
    flaw.map_or(Ok(credentials), Err)
}

fn credentials(
    function: &str,
    auth: Json<'_>,
    endpoint: &Endpoint,
    headers: &[Header],
    flaw: &mut Flaw,
) -> Credentials {
    let credentials = Credentials::read(auth, flaw);
    if let Credentials::AccessKey { .. } = credentials {
        // A proxy changes host and path, which are signed: it has to sign by itself.
        if !endpoint.is_absolute() {
            note(flaw, "", endpoint_of(function), "an absolute URL if auth is an access key", "a path");
        }
        for Header { name, .. } in headers {
            if name.eq_ignore_ascii_case("authorization") {
                note(flaw, "headers.", name, "left out if auth is an access key", "a value");
            }
        }
    }
    credentials
}

/// Projects are the identity service's, which has a host of its own.
fn endpoint_of(function: &str) -> &'static str {
    if function == PROJECTS { "iamEndpoint" } else { "endpoint" }
}

/// The name of `force` on the wire sounds like deletion; whoever writes it must learn what it does. Other
/// unknown names are left alone: callers pass records of their own.
fn refuse_wire_name(fields: &mut Fields<'_, '_>) {
    for name in &["deleteFlag", "delete_flag"] {
        if fields.get(name).is_some() {
            let message = ["option \"", name, "\" is unknown; use \"force\""].concat();
            fields.flaw.get_or_insert_with(|| Error::options(Some(name), &message));
        }
    }
}

fn connection(fields: &mut Fields<'_, '_>, function: &str) -> Connection {
    let mut headers = headers(fields);
    let modes = ["omit", "same-origin", "include"];
    // When cookies are sent is `fetch`'s own matter; only the value is checked here.
    fields.choice("credentials", r#""omit", "same-origin" or "include""#, &modes);
    let language = fields.choice("language", r#""en-us" or "zh-cn""#, &["en-us", "zh-cn"]);
    if let Some(language) = language {
        headers.push(Header { name: "X-Language".into(), value: Secret::new(language.into()) });
    }
    let endpoint = endpoint(fields, endpoint_of(function));
    let auth = match fields.get("auth") {
        None => Auth::None,
        Some(auth) if foreign_type(auth).is_some_and(|kind| kind.is("function")) => Auth::Function,
        Some(auth) => Auth::Given(credentials(function, auth, &endpoint, &headers, fields.flaw)),
    };
    let project = (function != PROJECTS).then(|| ProjectId::from(fields.id("projectId")));
    Connection { endpoint, project, auth, headers }
}

fn endpoint(fields: &mut Fields<'_, '_>, name: &str) -> Endpoint {
    let rule = "an https URL or a path that begins with a slash (http for loopback hosts only)";
    match fields.get(name).and_then(Json::string) {
        Some(text) => match Endpoint::parse(&text) {
            Ok(endpoint) => return endpoint,
            Err(found) => fields.note(name, rule, found),
        },
        None => fields.wrong(name, rule),
    }
    Endpoint::default()
}

fn headers(fields: &mut Fields<'_, '_>) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    let Some(given) = fields.get("headers") else { return headers };
    let rule = "a record, pairs or Headers of at most 64 strings";
    if !given.is_array() {
        fields.wrong("headers", rule);
    }
    for pair in given.elements() {
        if headers.len() == MAX_HEADERS {
            fields.note("headers", rule, "more");
            break;
        }
        let mut parts = pair.elements();
        let mut next = || parts.next().unwrap_or(Json::NULL);
        let (name, value) = (next().string().unwrap_or_default(), next());
        let mut flaw = check_header(&name, value);
        for earlier in &headers {
            if earlier.name.eq_ignore_ascii_case(&name) {
                flaw = Some(("given once", "it twice"));
            }
        }
        if let Some((rule, found)) = flaw {
            note(fields.flaw, "headers.", &name, rule, found);
        }
        let value = Secret::new(value.string().unwrap_or_default().into_owned());
        headers.push(Header { name: name.into_owned(), value });
    }
    headers
}

/// What a header must be and what it is, if that is not the same.
fn check_header<'a>(name: &str, value: Json<'a>) -> Option<(&'static str, &'a str)> {
    // A "token" of RFC 9110, section 5.6.2.
    let is_name = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~')
    };
    if name.is_empty() || !name.bytes().all(is_name) {
        return Some(("a valid header name", "another"));
    }
    let name = [",", &name.to_ascii_lowercase(), ","].concat();
    if find(RESERVED_HEADERS, &name).is_some() {
        return Some(("left out: this package sets it", "a value"));
    }
    if find(FORBIDDEN_HEADERS, &name).is_some() || name.starts_with(",proxy-") || name.starts_with(",sec-") {
        return Some(("a header that browsers send", "one that they drop"));
    }
    match value.string() {
        Some(text) if is_header_value(&text) => None,
        _ => Some((HEADER_RULE, describe_secret(Some(value)))),
    }
}

// `fetch` takes Latin-1 only and strips white space at both ends; a value is sent as it was given or not at all.
fn is_header_value(value: &str) -> bool {
    let mut length = 0;
    for character in value.chars() {
        length += 1;
        if !matches!(character, '\t' | ' '..='~' | '\u{a0}'..='\u{ff}') {
            return false;
        }
    }
    length > 0 && length <= MAX_HEADER_CHARS && value.trim_ascii().len() == value.len()
}

fn goal(fields: &mut Fields<'_, '_>, function: &str) -> Goal {
    if function == PROJECTS {
        return Goal::Projects(project_name(fields));
    }
    let project = ProjectId::from(fields.id("projectId"));
    let is_one_look = function == "getJob";
    if is_one_look || function == "waitForJob" {
        let job = JobId::from(fields.id("jobId"));
        return if is_one_look { Goal::Job(project, job) } else { Goal::JobDone(project, job) };
    }
    let server = ServerId::from(fields.id("serverId"));
    if function == "listAttachments" {
        return Goal::Attachments(project, server);
    }
    let volume = VolumeId::from(fields.id("volumeId"));
    if function == "getAttachment" {
        return Goal::Attachment(project, server, volume);
    }
    let disk = Disk { project, server, volume, force: fields.flag("force") };
    if function == "detachVolume" {
        return Goal::Accept(disk);
    }
    let has_job = fields.get("jobId").is_some();
    let job = has_job.then(|| JobId::from(fields.id("jobId")));
    let absent = fields.choice("ifNotAttached", r#""error" or "ok""#, &["error", "ok"]);
    let system_disk = fields.choice("systemDisk", r#""refuse" or "allow""#, &["refuse", "allow"]);
    Goal::Detach(Detach {
        disk,
        job,
        absent_is_done: absent == Some("ok"),
        allow_system_disk: system_disk == Some("allow"),
    })
}

fn project_name(fields: &mut Fields<'_, '_>) -> Option<String> {
    let name = fields.get("name")?.string().unwrap_or_default();
    if name.is_empty() || name.chars().count() > MAX_NAME_CHARS {
        fields.wrong("name", "a string of 1 to 255 characters");
    }
    Some(name.into_owned())
}

fn limits(fields: &mut Fields<'_, '_>, is_long: bool) -> Limits {
    let (hour, minute) = (3_600_000, 60_000);
    let given = fields.get("retry");
    let is_off = given.and_then(Json::word) == Some("false");
    if given.is_some_and(|retry| !is_off && !is_record(retry)) {
        fields.wrong("retry", "false or an object");
    }
    let attempt_timeout_ms = fields.number("attemptTimeoutMs", minute, hour);
    let timeout_ms = fields.number("timeoutMs", if is_long { 10 * minute } else { 2 * minute }, hour);
    let mut retry = Fields::new("retry.", given.unwrap_or(Json::NULL), fields.flaw);
    let retry = RetryPolicy {
        is_off,
        max_attempts: retry.number("maxAttempts", if is_off { 1 } else { DEFAULT_ATTEMPTS }, 10),
        base_delay_ms: retry.number("baseDelayMs", 500, minute),
        max_delay_ms: retry.number("maxDelayMs", 20_000, 10 * minute),
    };
    let mut wait = |name, default| if is_long { fields.number(name, default, 10 * minute) } else { default };
    let polling = Polling {
        initial_delay_ms: wait("initialDelayMs", 1_000),
        interval_ms: wait("pollIntervalMs", 400),
        max_interval_ms: wait("maxPollIntervalMs", 15_000),
    };
    Limits { attempt_timeout_ms, timeout_ms, retry, polling }
}
