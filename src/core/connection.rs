//! Where the API is and as whom it is called: turns a call of the API into a request.

use super::auth::Credentials;
use super::endpoint::Endpoint;
use super::http::{Call, Header as SentHeader, HttpRequest};
use super::ids::ProjectId;
use super::secret::Secret;

/// What every request of a call has in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Where the API is.
    pub endpoint: Endpoint,
    /// The project, where the call is about one.
    pub project: Option<ProjectId>,
    /// How the caller proves who it is.
    pub auth: Auth,
    /// Further headers: the caller's, and the language. No name is there twice.
    pub headers: Vec<Header>,
}

/// How the caller proves who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Not here: by a proxy or a cookie.
    None,
    /// By credentials that are known.
    Given(Credentials),
    /// By credentials that a function of the caller gives.
    Function,
}

/// A header of the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The name, in the caller's writing.
    pub name: String,
    /// The value.
    pub value: Secret,
}

impl Connection {
    /// Whether the caller can give other credentials where the service wants new ones.
    pub fn can_renew(&self) -> bool {
        self.auth == Auth::Function
    }

    /// The request for a call, as it is sent at a time such as `20191115T033655Z`. `given` is what the caller's function
    /// gave, where there is one.
    pub fn request<'a>(&'a self, call: &Call, given: Option<&'a Credentials>, date: &str) -> HttpRequest<'a> {
        let mut request = HttpRequest {
            method: call.method,
            url: self.endpoint.join(&call.path),
            project_id: self.project.as_ref().map(ProjectId::as_str),
            headers: Vec::new(),
            signed: None,
        };
        for Header { name, value } in &self.headers {
            request.headers.push(SentHeader { name, value: value.lend() });
        }
        let credentials = match &self.auth {
            Auth::None => None,
            Auth::Given(credentials) => Some(credentials),
            Auth::Function => given,
        };
        if let Some(credentials) = credentials {
            credentials.authorize(&mut request, date);
        }
        request
    }
}
