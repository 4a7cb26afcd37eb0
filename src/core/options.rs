//! From what the caller passed to what the operation needs, or to an error that names the option.
//!
//! Options come as JSON: the loader writes them down at the moment of the call, so what the caller changes later
//! changes nothing. What JSON cannot hold (functions, NaN, instances of classes) comes as an array with a name for
//! it; no option is an array.

use super::api::DetachTarget;
use super::auth::Credentials;
use super::connection::Connection;
use super::endpoint::Endpoint;
use super::error::Error;
use super::http::Header;
use super::ids::{ID_RULE, Id};
use super::json::Json;
use super::retry::{Limits, RetryPolicy};
use super::secret::Secret;
use super::text::{decimal, find, whole_number};

/// The options of a detachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetachOptions<'a> {
    /// Where and as whom.
    pub connection: Connection<'a>,
    /// What to detach.
    pub target: DetachTarget<'a>,
    /// How long it may take.
    pub limits: Limits,
}

const DEFAULT_ATTEMPTS: u32 = 4;
const MAX_TOKEN_CHARS: usize = 16_384;
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

/// Checks the options of a detachment and fills in the defaults.
///
/// # Errors
/// A kind `options` that names the option, what was expected and what was found.
pub fn parse_detach(options: &Json) -> Result<DetachOptions<'_>, Error> {
    if !matches!(options, Json::Object(_)) {
        let message = ["the options must be an object, got ", describe(Some(options))].concat();
        return Err(Error::options(None, message));
    }
    let options = Options(options);
    options.refuse_wire_name()?;
    let target = DetachTarget {
        project_id: options.id("projectId")?,
        server_id: options.id("serverId")?,
        volume_id: options.id("volumeId")?,
        force: options.flag("force")?,
    };
    Ok(DetachOptions { connection: options.connection()?, target, limits: options.limits()? })
}

/// The error for an option that is not what it must be.
fn wrong(option: &str, rule: &str, found: &str) -> Error {
    let message = ["option \"", option, "\" must be ", rule, ", got ", found].concat();
    Error::options(Some(option), message)
}

fn describe(value: Option<&Json>) -> &str {
    match value {
        None => "nothing",
        Some(Json::Word(word)) => word,
        Some(Json::Number(number)) => number,
        Some(Json::Text(text)) if text.is_empty() => "an empty string",
        Some(Json::Text(_)) => "another string",
        Some(Json::Object(_)) => "an object",
        Some(array) => array.elements().first().and_then(Json::text).unwrap_or("an array"),
    }
}

/// The same for what is secret, of which a number may be all.
fn veiled(value: Option<&Json>) -> &str {
    if let Some(Json::Number(_)) = value { "a number" } else { describe(value) }
}

#[derive(Clone, Copy)]
struct Options<'a>(&'a Json);

impl<'a> Options<'a> {
    /// The name of `force` on the wire sounds like deletion; whoever writes it must learn what it does. Other
    /// unknown names are left alone: callers pass records of their own.
    fn refuse_wire_name(self) -> Result<(), Error> {
        for name in ["deleteFlag", "delete_flag"] {
            if self.0.get(name).is_some() {
                let message = ["option \"", name, "\" is unknown; use \"force\""].concat();
                return Err(Error::options(Some(name), message));
            }
        }
        Ok(())
    }

    fn wrong(self, name: &str, rule: &str) -> Error {
        wrong(name, rule, describe(self.0.get(name)))
    }

    fn id(self, name: &str) -> Result<Id<'a>, Error> {
        match self.0.get(name) {
            Some(Json::Text(text)) => Id::parse(text).map_err(|found| wrong(name, ID_RULE, &found)),
            _ => Err(self.wrong(name, ID_RULE)),
        }
    }

    fn flag(self, name: &str) -> Result<bool, Error> {
        match self.0.get(name) {
            None | Some(Json::Word("false")) => Ok(false),
            Some(Json::Word("true")) => Ok(true),
            _ => Err(self.wrong(name, "true or false")),
        }
    }

    /// The text of an option, if it is one of those allowed; `None` where it is absent.
    fn choice(self, name: &str, rule: &str, allowed: &[&'static str]) -> Result<Option<&'static str>, Error> {
        match self.0.get(name) {
            None => return Ok(None),
            Some(Json::Text(text)) => {
                for known in allowed {
                    if known == text {
                        return Ok(Some(known));
                    }
                }
            }
            _ => {}
        }
        Err(self.wrong(name, rule))
    }

    fn connection(self) -> Result<Connection<'a>, Error> {
        let mut headers = self.headers()?;
        let modes = ["omit", "same-origin", "include"];
        let credentials = self.choice("credentials", "\"omit\", \"same-origin\" or \"include\"", &modes)?;
        let language = self.choice("language", "\"en-us\" or \"zh-cn\"", &["en-us", "zh-cn"])?;
        headers.extend(language.map(|language| Header { name: "X-Language", value: Secret::new(language) }));
        Ok(Connection {
            endpoint: self.endpoint()?,
            auth: self.auth()?,
            headers,
            credentials: credentials.unwrap_or("same-origin"),
        })
    }

    fn endpoint(self) -> Result<Endpoint, Error> {
        let rule = "an https URL or a path that begins with a slash (http for loopback hosts only)";
        match self.0.get("endpoint") {
            Some(Json::Text(text)) => Endpoint::parse(text).map_err(|found| wrong("endpoint", rule, found)),
            _ => Err(self.wrong("endpoint", rule)),
        }
    }

    fn auth(self) -> Result<Option<Credentials<'a>>, Error> {
        let Some(auth) = self.0.get("auth") else { return Ok(None) };
        if !matches!(auth, Json::Object(_)) {
            return Err(self.wrong("auth", "an object with a token"));
        }
        match auth.get("token") {
            Some(Json::Text(token)) if is_token(token) => Ok(Some(Credentials::Token(Secret::new(token)))),
            other => Err(wrong("auth.token", "1 to 16384 visible ASCII characters", veiled(other))),
        }
    }

    fn headers(self) -> Result<Vec<Header<'a>>, Error> {
        let mut headers: Vec<Header<'a>> = Vec::new();
        let Some(given) = self.0.get("headers") else { return Ok(headers) };
        if !matches!(given, Json::Object(members) if members.len() <= MAX_HEADERS) {
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
            headers.push(Header { name, value: Secret::new(value.text().unwrap_or_default()) });
        }
        Ok(headers)
    }

    fn limits(self) -> Result<Limits, Error> {
        let nothing = Json::Object(Vec::new());
        let (retry, attempts) = match self.0.get("retry") {
            None => (&nothing, DEFAULT_ATTEMPTS),
            Some(Json::Word("false")) => (&nothing, 1),
            Some(retry @ Json::Object(_)) => (retry, DEFAULT_ATTEMPTS),
            _ => return Err(self.wrong("retry", "false or an object")),
        };
        let retry = Options(retry);
        let (hour, minute) = (3_600_000, 60_000);
        Ok(Limits {
            attempt_timeout_ms: self.number("", "attemptTimeoutMs", 60_000, hour)?,
            timeout_ms: self.number("", "timeoutMs", 120_000, hour)?,
            retry: RetryPolicy {
                max_attempts: retry.number("retry.", "maxAttempts", attempts, 10)?,
                base_delay_ms: retry.number("retry.", "baseDelayMs", 500, minute)?,
                max_delay_ms: retry.number("retry.", "maxDelayMs", 20_000, 10 * minute)?,
            },
        })
    }

    /// A whole number from 1 to `max`.
    fn number(self, prefix: &str, name: &str, default: u32, max: u32) -> Result<u32, Error> {
        let number = match self.0.get(name) {
            None => Some(default),
            Some(Json::Number(digits)) => whole_number(digits, max).filter(|number| *number > 0),
            _ => None,
        };
        number.ok_or_else(|| {
            let rule = ["a whole number from 1 to ", &decimal(max)].concat();
            wrong(&[prefix, name].concat(), &rule, describe(self.0.get(name)))
        })
    }
}

fn is_token(token: &str) -> bool {
    !token.is_empty() && token.len() <= MAX_TOKEN_CHARS && token.bytes().all(|byte| byte.is_ascii_graphic())
}

/// What a header must be and what it is, if that is not the same.
fn check_header<'a>(name: &str, value: &'a Json) -> Option<(&'static str, &'a str)> {
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
    match value {
        Json::Text(text) if is_header_value(text) => None,
        other => Some((HEADER_RULE, veiled(Some(other)))),
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
