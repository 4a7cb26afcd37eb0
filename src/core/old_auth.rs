//! Who is calling: credentials, and what they add to a request.

use super::error::Error;
use super::flat::Json;
use super::http::{Header, HttpRequest};
use super::old_fields::{Fields, veiled, wrong};
use super::secret::SecretRef;
use super::sign::{EMPTY_BODY, Signable, sign};

const MAX_TOKEN_CHARS: usize = 16_384;
const MAX_KEY_CHARS: usize = 128;

/// How the caller proves who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials<'a> {
    /// A project-scoped IAM token.
    Token(SecretRef<'a>),
    /// A pair of keys, permanent or temporary.
    AccessKey {
        /// The id of the pair.
        access_key: SecretRef<'a>,
        /// What signs.
        secret_key: SecretRef<'a>,
        /// What comes with temporary keys.
        security_token: Option<SecretRef<'a>>,
    },
}

impl<'a> Credentials<'a> {
    /// Reads the option `auth`, or what a function in its place has given.
    ///
    /// # Errors
    /// Names the option.
    pub fn parse(auth: Json<'a>) -> Result<Self, Box<Error>> {
        let rule = "an object with a token, or with an accessKey and a secretKey";
        let fields = Fields::new(auth);
        if fields.get("token").is_some() == fields.get("accessKey").is_some() {
            return Err(wrong(
                "auth",
                rule,
                if fields.get("token").is_some() { "both" } else { veiled(Some(auth)) },
            ));
        }
        if fields.get("token").is_some() {
            return fields.secret("token", MAX_TOKEN_CHARS).map(Self::Token);
        }
        let is_temporary = fields.get("securityToken").is_some();
        Ok(Self::AccessKey {
            access_key: fields.secret("accessKey", MAX_KEY_CHARS)?,
            secret_key: fields.secret("secretKey", MAX_KEY_CHARS)?,
            security_token: if is_temporary {
                Some(fields.secret("securityToken", MAX_TOKEN_CHARS)?)
            } else {
                None
            },
        })
    }

    /// Makes a request acceptable to the service. Done anew for each attempt, with the time of the attempt as
    /// `20191115T033655Z`.
    ///
    /// Source: ECS API reference, "Authentication".
    #[inline(never)]
    pub fn authorize(self, request: &mut HttpRequest<'a>, date: &str) {
        let (access_key, secret_key, security_token) = match self {
            Self::Token(token) => return request.headers.push(Header { name: "X-Auth-Token", value: token }),
            Self::AccessKey { access_key, secret_key, security_token } => {
                (access_key.expose(), secret_key.expose(), security_token)
            }
        };
        let project_id = request.project_id;
        let token = security_token.map(SecretRef::expose);
        let (host, path, query) = request.parts();
        // In alphabetical order. Browsers send `Host` by themselves.
        let all = [
            ("host", Some(host)),
            ("x-project-id", project_id),
            ("x-sdk-date", Some(date)),
            ("x-security-token", token),
        ];
        let headers: Vec<_> = all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let method = request.method.as_str();
        let signable = Signable { method, path, query, headers: &headers, date, body_hash: EMPTY_BODY };
        let signed = sign(&signable, access_key, secret_key);
        for (name, value) in [("X-Project-Id", project_id), ("X-Security-Token", token)] {
            request.headers.extend(value.map(|value| Header { name, value: SecretRef::new(value) }));
        }
        request.signed = Some(signed);
    }
}

impl<'a> Fields<'a> {
    /// Visible ASCII characters, which must be there.
    fn secret(&self, name: &str, max: usize) -> Result<SecretRef<'a>, Box<Error>> {
        let value = self.get(name);
        match value.and_then(Json::string) {
            Some(text) if is_secret(text, max) => Ok(SecretRef::new(text)),
            _ => {
                let rule = if max == MAX_KEY_CHARS {
                    "1 to 128 visible ASCII characters"
                } else {
                    "1 to 16384 visible ASCII characters"
                };
                Err(wrong(&["auth.", name].concat(), rule, veiled(value)))
            }
        }
    }
}

fn is_secret(text: &str, max: usize) -> bool {
    !text.is_empty() && text.len() <= max && text.bytes().all(|byte| byte.is_ascii_graphic())
}
