//! Who is calling: credentials, and what they add to a request.

use super::http::{Header, HttpRequest};
use super::secret::Secret;

/// How the caller proves who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials<'a> {
    /// A project-scoped IAM token.
    Token(Secret<'a>),
}

impl<'a> Credentials<'a> {
    /// Makes a request acceptable to the service. Done anew for each attempt.
    ///
    /// Source: ECS API reference, "Authentication", token authentication.
    pub fn authorize(self, request: &mut HttpRequest<'a>) {
        let Self::Token(token) = self;
        request.headers.push(Header { name: "X-Auth-Token", value: token });
    }

    /// What must not be seen anywhere.
    pub const fn secret(self) -> Secret<'a> {
        let Self::Token(token) = self;
        token
    }
}
