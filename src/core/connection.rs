//! Where the API is and as whom it is called: turns a call of the API into a request, and keeps what is secret
//! out of everything that comes back.

use super::auth::Credentials;
use super::endpoint::Endpoint;
use super::http::{Call, Header, HttpRequest};
use super::ids::Id;
use super::secret::{Secret, mask};

/// What every call has in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection<'a> {
    /// Where the API is.
    pub endpoint: Endpoint,
    /// The project, where the call is about one.
    pub project_id: Option<Id<'a>>,
    /// How the caller proves who it is, if not by a proxy or a cookie.
    pub auth: Option<Credentials<'a>>,
    /// Further headers: the caller's, and the language.
    pub headers: Vec<Header<'a>>,
    /// When cookies are sent, in `fetch`'s words.
    pub credentials: &'static str,
}

impl<'a> Connection<'a> {
    /// The request for a call, as it is sent at a time such as `20191115T033655Z`.
    pub fn request(&self, call: &Call, date: &str) -> HttpRequest<'a> {
        let mut request = HttpRequest {
            method: call.method,
            url: self.endpoint.join(&call.path),
            project_id: self.project_id,
            headers: self.headers.clone(),
            signed: None,
        };
        if let Some(auth) = self.auth {
            auth.authorize(&mut request, date);
        }
        request
    }

    /// Blacks out everything secret in a text that came from elsewhere: servers echo tokens. `signature` is what was
    /// sent last.
    pub fn mask(&self, text: &mut String, signature: &str) {
        let values = self.headers.iter().map(|header| header.value);
        let secrets = self.auth.into_iter().flat_map(Credentials::secrets);
        for secret in values.chain(secrets).chain([Secret::new(signature)]) {
            mask(text, secret);
        }
    }
}
