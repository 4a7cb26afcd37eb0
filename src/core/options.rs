//! From what the caller passed to what an operation needs.

use super::api::DetachTarget;
use super::endpoint::Endpoint;
use super::error::Error;
use super::flat::Json;
use super::http::Header;
use super::old_auth::Credentials;
use super::old_connection::Connection;
use super::old_fields::{Fields, describe, veiled, wrong};
use super::old_goal::Goal;
use super::retry::{Limits, Polling, RetryPolicy};
use super::secret::SecretRef;
use super::text::find;

/// The options of a call of this package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options<'a> {
    /// Where and as whom.
    pub connection: Connection<'a>,
    /// What is to be brought about.
    pub goal: Goal<'a>,
    /// How long it may take.
    pub limits: Limits,
}

const PROJECTS: &str = "findProjects";
const DEFAULT_ATTEMPTS: u32 = 4;
const MAX_NAME_CHARS: usize = 255;
const MAX_HEADERS: usize = 64;
const MAX_HEADER_CHARS: usize = 8_192;
const HEADER_RULE: &str = "a string of 1 to 8192 Latin-1 characters without line breaks";

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

/// Checks all options of a function and fills in the defaults. The function is called by its public name.
///
/// # Errors
/// A kind `options` that names the option, what was expected and what was found.
pub fn parse_options<'a>(function: &str, options: Json<'a>) -> Result<Options<'a>, Box<Error>> {
    let connection = parse_connection(function, options)?;
    let (goal, limits) = parse_task(function, options)?;
    Ok(Options { connection, goal, limits })
}

/// What is to be brought about, and how long it may take.
///
/// # Errors
/// As [`parse_options`].
pub fn parse_task<'a>(function: &str, options: Json<'a>) -> Result<(Goal<'a>, Limits), Box<Error>> {
    let fields = Fields::new(options);
    let goal = fields.goal(function)?;
    Ok((goal, fields.limits(goal.is_long())?))
}

/// Where and as whom.
///
/// # Errors
/// As [`parse_options`].
pub fn parse_connection<'a>(function: &str, options: Json<'a>) -> Result<Connection<'a>, Box<Error>> {
    if !options.is_object() {
        let message = ["the options must be an object, got ", describe(Some(options))].concat();
        return Err(Error::options(None, &message));
    }
    let fields = Fields::new(options);
    fields.refuse_wire_name()?;
    fields.connection(function)
}

/// Projects are the identity service's, which has a host of its own.
fn endpoint_of(function: &str) -> &'static str {
    if function == PROJECTS { "iamEndpoint" } else { "endpoint" }
}

/// Reads credentials, and checks that they fit the rest of the connection.
///
/// # Errors
/// As [`parse_options`].
pub fn parse_credentials<'a>(
    function: &str,
    auth: Json<'a>,
    endpoint: &Endpoint,
    headers: &[Header<'_>],
) -> Result<Credentials<'a>, Box<Error>> {
    let credentials = Credentials::parse(auth)?;
    if let Credentials::AccessKey { .. } = credentials {
        // A proxy changes host and path, which are signed: it has to sign by itself.
        if !endpoint.is_absolute() {
            return Err(wrong(
                endpoint_of(function),
                "an absolute URL where auth is an access key",
                "a path",
            ));
        }
        if let Some(header) = headers.iter().find(|header| header.name.eq_ignore_ascii_case("authorization"))
        {
            let name = ["headers.", header.name].concat();
            return Err(wrong(&name, "left to this package where auth is an access key", "a value"));
        }
    }
    Ok(credentials)
}

impl<'a> Fields<'a> {
    /// The name of `force` on the wire sounds like deletion; whoever writes it must learn what it does. Other
    /// unknown names are left alone: callers pass records of their own.
    fn refuse_wire_name(&self) -> Result<(), Box<Error>> {
        for name in ["deleteFlag", "delete_flag"] {
            if self.get(name).is_some() {
                let message = ["option \"", name, "\" is unknown; use \"force\""].concat();
                return Err(Error::options(Some(name), &message));
            }
        }
        Ok(())
    }

    fn goal(&self, function: &str) -> Result<Goal<'a>, Box<Error>> {
        if function == PROJECTS {
            return self.project_name().map(Goal::Projects);
        }
        let project_id = self.id("projectId")?;
        if matches!(function, "getJob" | "waitForJob") {
            let job_id = self.id("jobId")?;
            let is_one_look = function == "getJob";
            return Ok(if is_one_look {
                Goal::Job(project_id, job_id)
            } else {
                Goal::JobDone(project_id, job_id)
            });
        }
        let server_id = self.id("serverId")?;
        if function == "listAttachments" {
            return Ok(Goal::Attachments(project_id, server_id));
        }
        let volume_id = self.id("volumeId")?;
        if function == "getAttachment" {
            return Ok(Goal::Attachment(project_id, server_id, volume_id));
        }
        let target = DetachTarget { project_id, server_id, volume_id, force: self.flag("force")? };
        if function == "detachVolume" {
            return Ok(Goal::Accepted(target));
        }
        Ok(Goal::Detached {
            target,
            absent_is_done: self.choice("ifNotAttached", r#""error" or "ok""#, &["error", "ok"])?
                == Some("ok"),
            allow_system_disk: self.choice("systemDisk", r#""refuse" or "allow""#, &["refuse", "allow"])?
                == Some("allow"),
        })
    }

    fn connection(&self, function: &str) -> Result<Connection<'a>, Box<Error>> {
        let mut headers = self.headers()?;
        let modes = ["omit", "same-origin", "include"];
        // When cookies are sent is `fetch`'s own matter; only the value is checked here.
        self.choice("credentials", r#""omit", "same-origin" or "include""#, &modes)?;
        let language = self.choice("language", r#""en-us" or "zh-cn""#, &["en-us", "zh-cn"])?;
        headers
            .extend(language.map(|language| Header { name: "X-Language", value: SecretRef::new(language) }));
        let endpoint = self.endpoint(endpoint_of(function))?;
        let auth = match self.get("auth") {
            Some(auth) if !self.has_auth_function() => {
                Some(parse_credentials(function, auth, &endpoint, &headers)?)
            }
            _ => None,
        };
        let project_id = if function == PROJECTS { None } else { Some(self.id("projectId")?) };
        Ok(Connection { endpoint, project_id, auth, headers })
    }

    /// The loader writes a function as an array with a name for it.
    fn has_auth_function(&self) -> bool {
        self.get("auth").and_then(|auth| auth.elements().next()?.text()) == Some("a function")
    }

    fn endpoint(&self, name: &str) -> Result<Endpoint, Box<Error>> {
        let rule = "an https URL or a path that begins with a slash (http for loopback hosts only)";
        match self.get(name).and_then(Json::string) {
            Some(text) => Endpoint::parse(text).map_err(|found| wrong(name, rule, found)),
            None => Err(self.wrong(name, rule)),
        }
    }

    fn headers(&self) -> Result<Vec<Header<'a>>, Box<Error>> {
        let mut headers: Vec<Header<'a>> = Vec::new();
        let Some(given) = self.get("headers") else { return Ok(headers) };
        if !given.is_object() || given.members().nth(MAX_HEADERS).is_some() {
            return Err(self.wrong("headers", "a plain object of at most 64 strings"));
        }
        for (name, value) in given.members() {
            let mut flaw = check_header(name, value);
            if headers.iter().any(|earlier| earlier.name.eq_ignore_ascii_case(name)) {
                flaw = Some(("given once", "it in two writings"));
            }
            if let Some((rule, found)) = flaw {
                return Err(wrong(&["headers.", name].concat(), rule, found));
            }
            headers.push(Header { name, value: SecretRef::new(value.string().unwrap_or_default()) });
        }
        Ok(headers)
    }

    fn project_name(&self) -> Result<Option<&'a str>, Box<Error>> {
        let Some(value) = self.get("name") else { return Ok(None) };
        match value.string() {
            Some(name) if !name.is_empty() && name.chars().count() <= MAX_NAME_CHARS => Ok(Some(name)),
            _ => Err(self.wrong("name", "a string of 1 to 255 characters")),
        }
    }

    fn limits(&self, is_long: bool) -> Result<Limits, Box<Error>> {
        let (retry, attempts) = match self.get("retry") {
            None => (Json::NULL, DEFAULT_ATTEMPTS),
            Some(retry) if retry.word() == Some("false") => (retry, 1),
            Some(retry) if retry.is_object() => (retry, DEFAULT_ATTEMPTS),
            _ => return Err(self.wrong("retry", "false or an object")),
        };
        let retry = Fields::new(retry);
        let nothing = Fields::new(Json::NULL);
        let waits = if is_long { self } else { &nothing };
        let (hour, minute) = (3_600_000, 60_000);
        Ok(Limits {
            can_renew: self.has_auth_function(),
            attempt_timeout_ms: self.number("", "attemptTimeoutMs", minute, hour)?,
            timeout_ms: self.number("", "timeoutMs", if is_long { 10 * minute } else { 2 * minute }, hour)?,
            retry: RetryPolicy {
                is_off: attempts == 1,
                max_attempts: retry.number("retry.", "maxAttempts", attempts, 10)?,
                base_delay_ms: retry.number("retry.", "baseDelayMs", 500, minute)?,
                max_delay_ms: retry.number("retry.", "maxDelayMs", 20_000, 10 * minute)?,
            },
            polling: Polling {
                initial_delay_ms: waits.number("", "initialDelayMs", 2_000, 10 * minute)?,
                interval_ms: waits.number("", "pollIntervalMs", 3_000, 10 * minute)?,
                max_interval_ms: waits.number("", "maxPollIntervalMs", 10_000, 10 * minute)?,
            },
        })
    }
}

/// What a header must be and what it is, if that is not the same.
fn check_header<'a>(name: &str, value: Json<'a>) -> Option<(&'static str, &'a str)> {
    // A "token" of RFC 9110, section 5.6.2.
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_name) {
        return Some(("a valid header name", "another"));
    }
    let name = [",", &name.to_ascii_lowercase(), ","].concat();
    if find(RESERVED_HEADERS, &name).is_some() {
        return Some(("left to this package", "a value"));
    }
    if find(FORBIDDEN_HEADERS, &name).is_some() || name.starts_with(",proxy-") || name.starts_with(",sec-") {
        return Some(("a header that browsers send", "one that they drop"));
    }
    match value.string() {
        Some(text) if is_header_value(text) => None,
        _ => Some((HEADER_RULE, veiled(Some(value)))),
    }
}

// `fetch` takes Latin-1 only and strips white space at both ends; a value is sent as it was given or not at all.
fn is_header_value(value: &str) -> bool {
    let is_space = |byte: Option<&u8>| matches!(byte, None | Some(b' ' | b'\t'));
    let bytes = value.as_bytes();
    value.chars().count() <= MAX_HEADER_CHARS
        && !is_space(bytes.first())
        && !is_space(bytes.last())
        && value.chars().all(|c| c == '\t' || matches!(c, ' '..='~' | '\u{a0}'..='\u{ff}'))
}
