//! Who is calling: credentials, and what they add to a request.

use super::fields::{Fields, Flaw, describe_secret, is_record, note};
use super::http::{Header, HttpRequest};
use super::json::Json;
use super::secret::{Secret, SecretRef};
use super::sign::{EMPTY_BODY, Signable, sign};

const MAX_TOKEN_CHARS: usize = 16_384;
const MAX_KEY_CHARS: usize = 128;

/// How the caller proves who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// A project-scoped IAM token.
    Token(Secret),
    /// A pair of keys, permanent or temporary.
    AccessKey {
        /// The id of the pair.
        access_key: Secret,
        /// What signs.
        secret_key: Secret,
        /// What comes with temporary keys.
        security_token: Option<Secret>,
    },
}

impl Credentials {
    /// Reads the option `auth`, or what a function in its place has given.
    pub fn read(auth: Json<'_>, flaw: &mut Flaw) -> Self {
        let mut fields = Fields::new("auth.", auth, flaw);
        let has_token = fields.get("token").is_some();
        if !is_record(auth) || has_token == fields.get("accessKey").is_some() {
            let rule = "an object with a token, or with an accessKey and a secretKey";
            let found = if has_token { "both" } else { describe_secret(Some(auth)) };
            note(fields.flaw, "", "auth", rule, found);
        }
        if has_token {
            return Self::Token(secret(&mut fields, "token", MAX_TOKEN_CHARS));
        }
        let access_key = secret(&mut fields, "accessKey", MAX_KEY_CHARS);
        let secret_key = secret(&mut fields, "secretKey", MAX_KEY_CHARS);
        let is_temporary = fields.get("securityToken").is_some();
        let security_token = is_temporary.then(|| secret(&mut fields, "securityToken", MAX_TOKEN_CHARS));
        Self::AccessKey { access_key, secret_key, security_token }
    }

    /// Makes a request acceptable to the service. Done anew for each attempt, with the time of the attempt as
    /// `20191115T033655Z`.
    ///
    /// Source: ECS API reference, "Authentication".
    #[inline(never)]
    pub fn authorize<'a>(&'a self, request: &mut HttpRequest<'a>, date: &str) {
        let (access_key, secret_key, security_token) = match self {
            Self::Token(token) => {
                return request.headers.push(Header { name: "X-Auth-Token", value: token.lend() });
            }
            Self::AccessKey { access_key, secret_key, security_token } => {
                (access_key.expose(), secret_key.expose(), security_token.as_ref())
            }
        };
        let project_id = request.project_id;
        let token = security_token.map(Secret::expose);
        let (host, path, query) = request.parts();
        // In alphabetical order. Browsers send `Host` by themselves.
        let all = &[
            ("host", Some(host)),
            ("x-project-id", project_id),
            ("x-sdk-date", Some(date)),
            ("x-security-token", token),
        ];
        let mut headers = Vec::new();
        for (name, value) in all {
            if let Some(value) = value {
                headers.push((*name, *value));
            }
        }
        let method = request.method.as_str();
        let signable = Signable { method, path, query, headers: &headers, date, body_hash: EMPTY_BODY };
        let signed = sign(&signable, access_key, secret_key);
        for (name, value) in &[("X-Project-Id", project_id), ("X-Security-Token", token)] {
            if let Some(value) = value {
                request.headers.push(Header { name, value: SecretRef::new(value) });
            }
        }
        request.signed = Some(signed);
    }
}

/// Visible ASCII characters, which must be there.
#[inline(never)]
fn secret(fields: &mut Fields<'_, '_>, name: &str, max: usize) -> Secret {
    let value = fields.get(name);
    let text = value.and_then(Json::string).unwrap_or_default();
    if !is_visible(&text, max) {
        let rule = if max == MAX_KEY_CHARS {
            "1 to 128 visible ASCII characters"
        } else {
            "1 to 16384 visible ASCII characters"
        };
        fields.note(name, rule, describe_secret(value));
    }
    Secret::new(text.into_owned())
}

fn is_visible(text: &str, max: usize) -> bool {
    !text.is_empty() && text.len() <= max && text.bytes().all(|byte| byte.is_ascii_graphic())
}
