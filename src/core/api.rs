//! The calls of the ECS API: how each is asked and what its reply means.

use super::envelope::reply_error;
use super::error::Error;
use super::flat::Json;
use super::http::{Call, HttpResponse, Method};
use super::ids::Id;
use super::old_records::{is_attachment, is_system_disk, status};
use super::sign::encode;
use super::text::decimal;

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
    let DetachTarget { project_id, server_id, volume_id, .. } = *target;
    let parts = ["/detachvolume/", volume_id.as_str(), "?delete_flag=", delete_flag];
    Call { method: Method::Delete, path: server_path(project_id, server_id, &parts) }
}

/// The call that asks for a task.
///
/// Source: ECS API reference, "Querying Task Execution Status".
pub fn job_call(project_id: Id<'_>, job_id: Id<'_>) -> Call {
    let path = ["/v1/", project_id.as_str(), "/jobs/", job_id.as_str()].concat();
    Call { method: Method::Get, path }
}

/// The call that asks for one disk of a server.
///
/// Source: ECS API reference, "Querying a Single Disk Attached to an ECS".
pub fn attachment_call(project_id: Id<'_>, server_id: Id<'_>, volume_id: Id<'_>) -> Call {
    let parts = ["/block_device/", volume_id.as_str()];
    Call { method: Method::Get, path: server_path(project_id, server_id, &parts) }
}

/// The call that asks for the disks of a server.
///
/// Source: ECS API reference, "Querying Disks Attached to an ECS".
pub fn attachments_call(project_id: Id<'_>, server_id: Id<'_>) -> Call {
    Call { method: Method::Get, path: server_path(project_id, server_id, &["/block_device"]) }
}

/// The call that asks for the projects of the caller, a page of them; pages count from 0.
///
/// Source: IAM API reference, "Querying Project Information Based on the Specified Criteria".
pub fn projects_call(name: Option<&str>, page: u32) -> Call {
    // In alphabetical order, in which they are signed.
    let name = name.map(|name| ["name=", &encode(name, b'-'), "&"].concat()).unwrap_or_default();
    let path = ["/v3/projects?", &name, "page=", &decimal(page + 1), "&per_page=1000"].concat();
    Call { method: Method::Get, path }
}

fn server_path(project_id: Id<'_>, server_id: Id<'_>, rest: &[&str]) -> String {
    ["/v1/", project_id.as_str(), "/cloudservers/", server_id.as_str(), &rest.concat()].concat()
}

/// The id of the task that the service accepted.
///
/// The body decides, not the status: tasks are accepted with 200, 201, 202 and 204, and errors come with 202.
///
/// # Errors
/// What the service said, or a kind `decode` where the reply is not the API's.
///
/// Source: ECS API reference, "Responses (Jobs)".
pub fn parse_accepted<'a>(reply: &HttpResponse<'a>) -> Result<&'a str, Box<Error>> {
    parse(reply, "the reply holds no job_id", |body| body.get("job_id")?.text())
}

/// The status of a task.
///
/// # Errors
/// What the service said, or a kind `decode` where the reply is not the API's.
pub fn parse_job<'a>(reply: &HttpResponse<'a>) -> Result<&'a str, Box<Error>> {
    parse(reply, "the reply holds no status", status)
}

/// Of the attachment of a disk, whether the disk is the system disk.
///
/// # Errors
/// What the service said: a kind `not-attached` where the disk is not attached; a kind `decode` where the reply is
/// not the API's.
pub fn parse_attachment(reply: &HttpResponse<'_>) -> Result<bool, Box<Error>> {
    parse(reply, "the reply holds no volumeAttachment", |body| {
        body.get("volumeAttachment").filter(|disk| is_attachment(*disk)).map(is_system_disk)
    })
}

/// Of each disk of a server, whether it is the system disk.
///
/// # Errors
/// What the service said, or a kind `decode` where the reply is not the API's.
pub fn parse_attachments(reply: &HttpResponse<'_>) -> Result<Vec<bool>, Box<Error>> {
    parse(reply, "the reply holds no volumeAttachments", |body| {
        let disks = body.get("volumeAttachments").filter(|disks| disks.is_array())?;
        disks.elements().all(is_attachment).then(|| disks.elements().map(is_system_disk).collect())
    })
}

/// Of a page of projects, whether it is the last one.
///
/// # Errors
/// What the service said, or a kind `decode` where the reply is not the API's.
pub fn parse_projects(reply: &HttpResponse<'_>) -> Result<bool, Box<Error>> {
    parse(reply, "the reply holds no projects", |body| {
        let projects = body.get("projects").filter(|projects| projects.is_array())?;
        let has_id = |project: Json<'_>| project.get("id").and_then(Json::text).is_some();
        let next = body.get("links").and_then(|links| links.get("next")?.text());
        projects.elements().all(has_id).then_some(next.is_none())
    })
}

/// What was asked for, if the reply is a success and holds it.
fn parse<'a, T>(
    reply: &HttpResponse<'a>,
    flaw: &str,
    read: fn(Json<'a>) -> Option<T>,
) -> Result<T, Box<Error>> {
    let found = reply.body.filter(|_| reply.is_success()).and_then(read);
    found.ok_or_else(|| {
        let flaw = if reply.body.is_some() { flaw } else { "the reply is no JSON object" };
        reply_error(reply, flaw)
    })
}
