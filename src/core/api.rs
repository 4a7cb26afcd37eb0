//! The calls of the ECS API: how each is asked and what its reply means.

use super::envelope::{decode_error, hidden_error, json, service_error};
use super::error::Error;
use super::http::{Call, HttpResponse, Method};
use super::ids::Id;
use super::json::Json;

/// The disk to detach, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetachTarget {
    /// The project.
    pub project_id: Id,
    /// The server.
    pub server_id: Id,
    /// The disk.
    pub volume_id: Id,
    /// Whether to detach a data disk that is in use.
    pub force: bool,
}

/// The call that detaches a disk.
///
/// Source: ECS API reference, "Detaching an EVS Disk from an ECS".
pub fn detach_call(target: &DetachTarget) -> Call {
    // The parameter's own name suggests deletion; "1" forces the detachment and deletes nothing. The default is
    // sent, too, so that the request says what was chosen.
    let delete_flag = if target.force { "1" } else { "0" };
    let path = [
        "/v1/",
        target.project_id.as_str(),
        "/cloudservers/",
        target.server_id.as_str(),
        "/detachvolume/",
        target.volume_id.as_str(),
        "?delete_flag=",
        delete_flag,
    ]
    .concat();
    Call { method: Method::Delete, path }
}

/// The id of the task that the service accepted.
///
/// The body decides, not the status: tasks are accepted with 200, 201, 202 and 204, and errors come with 202.
///
/// # Errors
/// [`Error::Service`] where the service said no, [`Error::Decode`] where the reply is not the API's.
///
/// Source: ECS API reference, "Responses (Jobs)".
pub fn parse_accepted(reply: &HttpResponse) -> Result<String, Error> {
    if !reply.is_success() {
        return Err(Error::Service(Box::new(service_error(reply))));
    }
    let Some(body) = json(reply) else {
        return Err(Error::Decode(Box::new(decode_error(reply, "the reply is not JSON"))));
    };
    if let Some(job_id) = body.get("job_id").and_then(Json::text) {
        return Ok(job_id.into());
    }
    Err(hidden_error(reply).map_or_else(
        || Error::Decode(Box::new(decode_error(reply, "the reply holds no job_id"))),
        |error| Error::Service(Box::new(error)),
    ))
}
