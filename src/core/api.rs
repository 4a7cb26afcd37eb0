//! The calls of the ECS API: how each is asked and what its reply means.

use super::envelope::reply_error;
use super::error::Error;
use super::http::{BodyEnd, Call, HttpResponse, Method};
use super::ids::Id;
use super::json::Json;

/// The disk to detach, and from where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DetachTarget<'a> {
    /// The project.
    pub project_id: Id<'a>,
    /// The server.
    pub server_id: Id<'a>,
    /// The disk.
    pub volume_id: Id<'a>,
    /// Whether to detach a data disk that is in use.
    pub force: bool,
}

/// The call that detaches a disk.
///
/// Source: ECS API reference, "Detaching an EVS Disk from an ECS".
pub fn detach_call(target: &DetachTarget<'_>) -> Call {
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
/// What the service said, or a kind `decode` where the reply is not the API's.
///
/// Source: ECS API reference, "Responses (Jobs)".
pub fn parse_accepted(reply: &HttpResponse) -> Result<String, Error> {
    let body = if reply.end == BodyEnd::Complete { Json::parse(&reply.body) } else { None };
    let job_id = body.as_ref().and_then(|body| body.get("job_id")?.text());
    match job_id {
        Some(job_id) if reply.is_success() => Ok(job_id.into()),
        _ => {
            let flaw = if body.is_some() { "the reply holds no job_id" } else { "the reply is not JSON" };
            Err(reply_error(reply, body.as_ref(), flaw))
        }
    }
}
