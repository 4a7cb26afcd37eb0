//! Where the API is and as whom it is called: turns a call of the API into a request, and keeps what is secret
//! out of everything that comes back.

use super::auth::Credentials;
use super::endpoint::Endpoint;
use super::http::{Call, Header, HttpRequest};
use super::secret::mask;
use std::time::Duration;

/// What every call has in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Where the API is.
    pub endpoint: Endpoint,
    /// How the caller proves who it is, if not by a proxy or a cookie.
    pub auth: Option<Credentials>,
    /// Further headers: the caller's, and the language.
    pub headers: Vec<Header>,
    /// When cookies are sent.
    pub cookies: CookieMode,
    /// How long one exchange may take.
    pub attempt_timeout: Duration,
}

/// When cookies are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieMode {
    /// Never.
    Omit,
    /// To the page's own origin.
    SameOrigin,
    /// Always.
    Include,
}

impl Connection {
    /// The request for a call, as it is sent.
    pub fn request(&self, call: &Call) -> HttpRequest<'_> {
        HttpRequest {
            method: call.method,
            url: self.endpoint.join(&call.path),
            headers: [self.headers.as_slice(), self.credentials()],
        }
    }

    /// Blacks out everything secret in a text that came from elsewhere: servers echo tokens.
    pub fn mask(&self, text: &mut String) {
        for header in [self.headers.as_slice(), self.credentials()].into_iter().flatten() {
            mask(text, &header.value);
        }
    }

    fn credentials(&self) -> &[Header] {
        self.auth.as_ref().map_or(&[], Credentials::headers)
    }
}
