//! From what the caller passed to what the operation needs, or to an error that names the option.
//!
//! Options come as JSON: the loader writes them down at the moment of the call, so what the caller changes later
//! changes nothing. What JSON cannot hold (functions, NaN, instances of classes) comes as an array with a name for
//! it; no option is an array.

use super::api::DetachTarget;
use super::auth::Credentials;
use super::connection::{Connection, CookieMode};
use super::endpoint::Endpoint;
use super::error::Error;
use super::http::Header;
use super::ids::{ID_RULE, Id};
use super::json::Json;
use super::secret::Secret;
use super::text::whole_number;
use std::time::Duration;

/// The names of all options, as in the public types.
pub const OPTION_NAMES: &[&str] = &[
    "endpoint",
    "projectId",
    "auth",
    "headers",
    "credentials",
    "fetch",
    "language",
    "signal",
    "attemptTimeoutMs",
    "serverId",
    "volumeId",
    "force",
];

const DEFAULT_ATTEMPT_TIMEOUT_MS: u32 = 60_000;
const MAX_ATTEMPT_TIMEOUT_MS: u32 = 3_600_000;
const MAX_TOKEN_CHARS: usize = 16_384;
const MAX_HEADERS: usize = 64;
const MAX_HEADER_BYTES: usize = 8_192;
const HEADER_RULE: &str = "a string of at most 8192 bytes of Latin-1 without line breaks";

/// Headers that this package sets itself, or that would make a server take the request for another one. In
/// lower case.
const RESERVED_HEADERS: &[&str] = &[
    "x-auth-token",
    "x-language",
    "x-sdk-date",
    "x-security-token",
    "x-project-id",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
];

/// Headers that browsers drop silently. In lower case; so are those that begin with `proxy-` or `sec-`.
///
/// Source: Fetch Standard, "forbidden request-header".
const FORBIDDEN_HEADERS: &[&str] = &[
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "access-control-request-private-network",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// Checks the options of a detachment and fills in the defaults.
///
/// # Errors
/// [`Error::Options`] that names the option, what was expected and what was found.
pub fn parse_detach(options: &str) -> Result<(Connection, DetachTarget), Error> {
    let options = Json::parse(options).ok_or_else(|| wrong_whole("something else"))?;
    if !matches!(options, Json::Object(_)) {
        return Err(wrong_whole(&describe(Some(&options))));
    }
    let options = Options(&options);
    options.refuse_misspelt()?;
    let target = DetachTarget {
        project_id: options.id("projectId")?,
        server_id: options.id("serverId")?,
        volume_id: options.id("volumeId")?,
        force: options.choice("force", "true or false", &["false", "true"])? == 1,
    };
    Ok((options.connection()?, target))
}

/// The error for an option that is not what it must be.
pub fn wrong(option: &str, rule: &str, found: &str) -> Error {
    let message = ["option \"", option, "\" must be ", rule, ", got ", found].concat();
    Error::Options { option: Some(option.into()), message }
}

fn wrong_whole(found: &str) -> Error {
    Error::Options { option: None, message: ["the options must be an object, got ", found].concat() }
}

fn describe(value: Option<&Json>) -> String {
    match value {
        None => "nothing".into(),
        Some(Json::Word(word)) => (*word).into(),
        Some(Json::Number(number)) => number.clone(),
        Some(Json::Text(text)) => if text.is_empty() { "an empty string" } else { "another string" }.into(),
        Some(Json::Object(_)) => "an object".into(),
        Some(array) => array.elements().first().and_then(Json::text).unwrap_or("an array").into(),
    }
}

struct Options<'a>(&'a Json);

impl Options<'_> {
    /// A name that differs from an option's only in its writing is a mistake, and with a call that takes disks
    /// away no mistake is passed over. Other unknown names are left alone: callers pass records of their own.
    fn refuse_misspelt(&self) -> Result<(), Error> {
        for (key, _) in self.0.members() {
            let mut meant = OPTION_NAMES.iter().copied().find(|name| is_written_alike(key, name));
            if is_written_alike(key, "deleteFlag") {
                meant = Some("force");
            }
            if let Some(meant) = meant.filter(|meant| key != meant) {
                let message = ["option \"", key, "\" is unknown; use \"", meant, "\""].concat();
                return Err(Error::Options { option: Some(key.clone()), message });
            }
        }
        Ok(())
    }

    fn wrong<T>(&self, name: &str, rule: &str) -> Result<T, Error> {
        Err(wrong(name, rule, &describe(self.0.get(name))))
    }

    fn id(&self, name: &str) -> Result<Id, Error> {
        match self.0.get(name) {
            Some(Json::Text(text)) => Id::parse(text.clone()).map_err(|found| wrong(name, ID_RULE, &found)),
            _ => self.wrong(name, ID_RULE),
        }
    }

    /// The place of a value in a list of allowed ones; the first is the default.
    fn choice(&self, name: &str, rule: &str, allowed: &[&str]) -> Result<usize, Error> {
        let value = match self.0.get(name) {
            None => return Ok(0),
            Some(Json::Word(word)) => word,
            Some(Json::Text(text)) => text.as_str(),
            _ => "",
        };
        allowed.iter().position(|known| *known == value).map_or_else(|| self.wrong(name, rule), Ok)
    }

    fn connection(&self) -> Result<Connection, Error> {
        let mut headers = self.headers()?;
        let language = self.choice("language", "\"en-us\" or \"zh-cn\"", &["", "en-us", "zh-cn"])?;
        if let Some(language) = ["en-us", "zh-cn"].get(language.wrapping_sub(1)) {
            headers.push(Header { name: "X-Language".into(), value: Secret::new((*language).into()) });
        }
        let rule = "\"omit\", \"same-origin\" or \"include\"";
        Ok(Connection {
            endpoint: self.endpoint()?,
            auth: self.auth()?,
            headers,
            cookies: match self.choice("credentials", rule, &["same-origin", "omit", "include"])? {
                1 => CookieMode::Omit,
                2 => CookieMode::Include,
                _ => CookieMode::SameOrigin,
            },
            attempt_timeout: self.attempt_timeout()?,
        })
    }

    fn endpoint(&self) -> Result<Endpoint, Error> {
        let rule = "an https URL or a path that begins with a slash (http for loopback hosts only)";
        match self.0.get("endpoint") {
            Some(Json::Text(text)) => Endpoint::parse(text).map_err(|found| wrong("endpoint", rule, found)),
            _ => self.wrong("endpoint", rule),
        }
    }

    fn auth(&self) -> Result<Option<Credentials>, Error> {
        let Some(auth) = self.0.get("auth") else { return Ok(None) };
        if !matches!(auth, Json::Object(_)) {
            return self.wrong("auth", "an object with a token");
        }
        match auth.get("token") {
            Some(Json::Text(token)) if is_token(token) => {
                Ok(Some(Credentials::token(Secret::new(token.clone()))))
            }
            other => Err(wrong("auth.token", "1 to 16384 visible ASCII characters", &describe(other))),
        }
    }

    fn headers(&self) -> Result<Vec<Header>, Error> {
        let mut headers: Vec<Header> = Vec::new();
        let Some(given) = self.0.get("headers") else { return Ok(headers) };
        if !matches!(given, Json::Object(members) if members.len() <= MAX_HEADERS) {
            return self.wrong("headers", "a plain object of at most 64 strings");
        }
        for (name, value) in given.members() {
            let option = ["headers.", name].concat();
            check_header_name(name, &option)?;
            if headers.iter().any(|earlier| earlier.name.eq_ignore_ascii_case(name)) {
                return Err(wrong(&option, "given once", "it in two writings"));
            }
            match value {
                Json::Text(text) if is_header_value(text) => {
                    headers.push(Header { name: name.clone(), value: Secret::new(text.clone()) });
                }
                _ => return Err(wrong(&option, HEADER_RULE, &describe(Some(value)))),
            }
        }
        Ok(headers)
    }

    fn attempt_timeout(&self) -> Result<Duration, Error> {
        let name = "attemptTimeoutMs";
        let milliseconds = match self.0.get(name) {
            None => DEFAULT_ATTEMPT_TIMEOUT_MS,
            Some(Json::Number(digits)) => whole_number(digits, MAX_ATTEMPT_TIMEOUT_MS).unwrap_or(0),
            _ => 0,
        };
        if milliseconds == 0 {
            return self.wrong(name, "a whole number from 1 to 3600000");
        }
        Ok(Duration::from_millis(milliseconds.into()))
    }
}

/// Whether two names differ in nothing but case and underscores.
fn is_written_alike(one: &str, other: &str) -> bool {
    let plain = |name: &str| -> Vec<u8> {
        name.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase()).collect()
    };
    plain(one) == plain(other)
}

fn is_token(token: &str) -> bool {
    !token.is_empty() && token.len() <= MAX_TOKEN_CHARS && token.bytes().all(|byte| byte.is_ascii_graphic())
}

fn check_header_name(name: &str, option: &str) -> Result<(), Error> {
    // A "token" of RFC 9110, section 5.6.2.
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_name) {
        // The name may hold anything, so it is not repeated.
        return Err(wrong("headers", "an object with valid header names", "an invalid name"));
    }
    let name = name.to_ascii_lowercase();
    if RESERVED_HEADERS.contains(&name.as_str()) {
        return Err(wrong(option, "left to this package", "a value"));
    }
    if FORBIDDEN_HEADERS.contains(&name.as_str()) || name.starts_with("proxy-") || name.starts_with("sec-") {
        return Err(wrong(option, "a header that browsers send", "one that they drop"));
    }
    Ok(())
}

// `fetch` takes Latin-1 only and strips white space at both ends; a value is sent as it was given or not at all.
fn is_header_value(value: &str) -> bool {
    let is_space = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    let bytes = value.as_bytes();
    bytes.len() <= MAX_HEADER_BYTES
        && !is_space(bytes.first())
        && !is_space(bytes.last())
        && value.chars().all(|c| c == '\t' || matches!(c, ' '..='~' | '\u{a0}'..='\u{ff}'))
}
