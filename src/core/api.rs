//! The calls of the ECS API: how each is asked and what its reply means.

use super::attachment::Attachment;
use super::envelope::reply_error;
use super::error::Error;
use super::http::{BodyEnd, Call, HttpResponse, Method};
use super::ids::Id;
use super::job::Job;
use super::json::Json;
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
pub fn parse_accepted(reply: &HttpResponse) -> Result<String, Box<Error>> {
    let mut body = parse(reply, "the reply holds no job_id", |body| is_text(body, "job_id"))?;
    match body.take("job_id") {
        Json::Text(text) | Json::Number(text) => Ok(text),
        _ => Ok(String::new()),
    }
}

/// The state of a task.
///
/// # Errors
/// What the service said, or a kind `decode` where the reply is not the API's.
pub fn parse_job(reply: &HttpResponse) -> Result<Job, Box<Error>> {
    parse(reply, "the reply holds no status", |body| body.get("status").and_then(Json::text).is_some())
        .map(Job)
}

/// The attachment of a disk.
///
/// # Errors
/// What the service said: a kind `not-attached` where the disk is not attached; a kind `decode` where the reply is
/// not the API's.
pub fn parse_attachment(reply: &HttpResponse) -> Result<Attachment, Box<Error>> {
    let mut body = parse(reply, "the reply holds no volumeAttachment", |body| {
        body.get("volumeAttachment").is_some_and(Attachment::is_one)
    })?;
    Ok(Attachment(body.take("volumeAttachment")))
}

/// The disks of a server.
///
/// # Errors
/// What the service said, or a kind `decode` where the reply is not the API's.
pub fn parse_attachments(reply: &HttpResponse) -> Result<Vec<Attachment>, Box<Error>> {
    let mut body = parse(
        reply,
        "the reply holds no volumeAttachments",
        |body| matches!(body.get("volumeAttachments"), Some(Json::Array(disks)) if disks.iter().all(Attachment::is_one)),
    )?;
    let Json::Array(disks) = body.take("volumeAttachments") else { return Ok(Vec::new()) };
    Ok(disks.into_iter().map(Attachment).collect())
}

/// The projects of a page, and whether it is the last one.
///
/// # Errors
/// What the service said, or a kind `decode` where the reply is not the API's.
pub fn parse_projects(reply: &HttpResponse) -> Result<(Vec<Json>, bool), Box<Error>> {
    let mut body = parse(
        reply,
        "the reply holds no projects",
        |body| matches!(body.get("projects"), Some(Json::Array(projects)) if projects.iter().all(|one| is_text(one, "id"))),
    )?;
    let is_last = body.get("links").and_then(|links| links.get("next")?.text()).is_none();
    let Json::Array(projects) = body.take("projects") else { return Ok((Vec::new(), true)) };
    Ok((projects, is_last))
}

fn is_text(body: &Json, name: &str) -> bool {
    body.get(name).and_then(Json::text).is_some()
}

/// The body of a reply, if it is a success and holds what was asked for.
fn parse(reply: &HttpResponse, flaw: &str, is_right: fn(&Json) -> bool) -> Result<Json, Box<Error>> {
    let body = if reply.end == BodyEnd::Complete { Json::parse(&reply.body) } else { None };
    match body {
        Some(body) if reply.is_success() && is_right(&body) => Ok(body),
        body => {
            let flaw = if body.is_some() { flaw } else { "the reply is not JSON" };
            Err(reply_error(reply, body.as_ref(), flaw))
        }
    }
}
