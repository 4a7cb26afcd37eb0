//! Where the API is and as whom it is called: turns a call of the API into a request.

use super::endpoint::Endpoint;
use super::http::{Call, Header, HttpRequest};
use super::ids::Id;
use super::old_auth::Credentials;

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
}

impl<'a> Connection<'a> {
    /// The request for a call, as it is sent at a time such as `20191115T033655Z`.
    pub fn request(&self, call: &Call, date: &str) -> HttpRequest<'a> {
        let mut request = HttpRequest {
            method: call.method,
            url: self.endpoint.join(&call.path),
            project_id: self.project_id.map(Id::as_str),
            headers: self.headers.clone(),
            signed: None,
        };
        if let Some(auth) = self.auth {
            auth.authorize(&mut request, date);
        }
        request
    }
}
