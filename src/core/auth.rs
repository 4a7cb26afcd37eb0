//! Who is calling: credentials, and what they add to a request.

use super::http::Header;
use super::secret::Secret;

/// How the caller proves who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// A project-scoped IAM token.
    Token(Header),
}

impl Credentials {
    /// Credentials that consist of a token.
    ///
    /// Source: ECS API reference, "Authentication", token authentication.
    pub fn token(token: Secret) -> Self {
        Self::Token(Header { name: "X-Auth-Token".into(), value: token })
    }

    /// What a request needs to be accepted. Asked for anew at each attempt.
    pub fn headers(&self) -> &[Header] {
        match self {
            Self::Token(header) => std::slice::from_ref(header),
        }
    }
}
