//! The calls of the ECS API: how each is asked and what its reply means.

use super::attachment::Attachment;
use super::envelope::{other_reply, reply_error};
use super::error::{Error, ErrorKind};
use super::goal::Disk;
use super::http::{Call, HttpResponse, Method};
use super::ids::{JobId, ProjectId, ServerId, VolumeId};
use super::job::Job;
use super::json::Json;
use super::project::Project;
use super::sign::encode;
use super::text::decimal;

/// The call that detaches a disk.
///
/// Source: ECS API reference, "Detaching an EVS Disk from an ECS".
pub fn detach_call(disk: &Disk) -> Call {
    // The parameter's own name suggests deletion; "1" forces the detachment and deletes nothing. The default is
    // sent, too, so that the request says what was chosen.
    let delete_flag = if disk.force { "1" } else { "0" };
    let parts = ["/detachvolume/", disk.volume.as_str(), "?delete_flag=", delete_flag];
    Call { method: Method::Delete, path: server_path(&disk.project, &disk.server, &parts) }
}

/// The call that asks for a task.
///
/// Source: ECS API reference, "Querying Task Execution Status".
pub fn job_call(project: &ProjectId, job: &JobId) -> Call {
    let path = ["/v1/", project.as_str(), "/jobs/", job.as_str()].concat();
    Call { method: Method::Get, path }
}

/// The call that asks for one disk of a server.
///
/// Source: ECS API reference, "Querying a Single Disk Attached to an ECS".
pub fn attachment_call(project: &ProjectId, server: &ServerId, volume: &VolumeId) -> Call {
    let parts = ["/block_device/", volume.as_str()];
    Call { method: Method::Get, path: server_path(project, server, &parts) }
}

/// The call that asks for the disks of a server.
///
/// Source: ECS API reference, "Querying Disks Attached to an ECS".
pub fn attachments_call(project: &ProjectId, server: &ServerId) -> Call {
    Call { method: Method::Get, path: server_path(project, server, &["/block_device"]) }
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

fn server_path(project: &ProjectId, server: &ServerId, rest: &[&str]) -> String {
    ["/v1/", project.as_str(), "/cloudservers/", server.as_str(), &rest.concat()].concat()
}

/// The task that the service accepted.
///
/// The body decides, not the status: tasks are accepted with 200, 201, 202 and 204, and errors come with 202.
///
/// # Errors
/// What the service said, or a kind `decode` where the reply is not the API's.
///
/// Source: ECS API reference, "Responses (Jobs)".
pub fn parse_accepted(reply: &HttpResponse<'_>) -> Result<JobId, Box<Error>> {
    let body = success(reply)?;
    let Some(job_id) = body.text_of("job_id") else {
        return Err(reply_error(reply, "the reply holds no job_id"));
    };
    JobId::parse(job_id.trim_ascii()).map_err(|_| {
        let mut error = other_reply(reply, "the reply holds a job_id with characters that no id has");
        // The service has accepted the request.
        error.is_final = true;
        error
    })
}

/// The task that was asked about.
///
/// # Errors
/// What the service said, or a kind `decode` where the reply is not the API's, or about another task.
pub fn parse_job(reply: &HttpResponse<'_>, asked: &JobId) -> Result<Box<Job>, Box<Error>> {
    let Some(mut job) = Job::read(success(reply)?) else {
        return Err(reply_error(reply, "the reply holds no status"));
    };
    if job.job_id.as_deref().is_some_and(|id| asked.names(id.trim_ascii())) {
        job.request_id = reply.request_id.map(String::from);
        return Ok(Box::new(job));
    }
    Err(other_reply(reply, "the reply is not about the task that was asked about"))
}

/// The disk that was asked about, as it is attached.
///
/// # Errors
/// What the service said: a kind `not-attached` where the disk is not attached; a kind `decode` where the reply is not the
/// API's, or about another disk.
pub fn parse_attachment(
    reply: &HttpResponse<'_>,
    server: &ServerId,
    volume: &VolumeId,
) -> Result<Box<Attachment>, Box<Error>> {
    let member = success(reply)?.get("volumeAttachment");
    if member.is_some_and(Json::is_null) {
        let mut error = other_reply(reply, "the service does not know such an attachment");
        error.kind = ErrorKind::NotAttached;
        return Err(error);
    }
    let Some(disk) = member.and_then(Attachment::read) else {
        return Err(reply_error(reply, "the reply holds no volumeAttachment"));
    };
    if volume.names(&disk.volume_id) && is_of(&disk, server) {
        return Ok(Box::new(disk));
    }
    Err(other_reply(reply, "the reply is not about the disk that was asked about"))
}

/// The disks of the server that was asked about.
///
/// # Errors
/// What the service said, or a kind `decode` where the reply is not the API's, or about another server.
pub fn parse_attachments(reply: &HttpResponse<'_>, server: &ServerId) -> Result<Vec<Attachment>, Box<Error>> {
    let disks = list(reply, "volumeAttachments", Attachment::read);
    let disks = disks.ok_or_else(|| reply_error(reply, "the reply holds no volumeAttachments"))?;
    if disks.iter().all(|disk| is_of(disk, server)) {
        return Ok(disks);
    }
    Err(other_reply(reply, "the reply is not about the server that was asked about"))
}

/// A page of projects, and whether it is the last one.
///
/// # Errors
/// What the service said, or a kind `decode` where the reply is not the API's.
pub fn parse_projects(reply: &HttpResponse<'_>) -> Result<(Vec<Project>, bool), Box<Error>> {
    let projects = list(reply, "projects", Project::read);
    let projects = projects.ok_or_else(|| reply_error(reply, "the reply holds no projects"))?;
    let next = reply.body.and_then(|body| body.get("links")?.text_of("next"));
    Ok((projects, next.is_none()))
}

/// The body of a reply that is a success.
fn success<'a>(reply: &HttpResponse<'a>) -> Result<Json<'a>, Box<Error>> {
    body(reply).ok_or_else(|| reply_error(reply, "the reply is not a JSON object"))
}

fn body<'a>(reply: &HttpResponse<'a>) -> Option<Json<'a>> {
    reply.body.filter(|_| reply.is_success())
}

/// The elements of a member, if all of them are what they should be.
fn list<T>(reply: &HttpResponse<'_>, name: &str, read: fn(Json<'_>) -> Option<T>) -> Option<Vec<T>> {
    let list = body(reply)?.get(name).filter(|list| list.is_array())?;
    let mut found = Vec::new();
    for element in list.elements() {
        found.push(read(element)?);
    }
    Some(found)
}

/// The service does not always name the server.
fn is_of(disk: &Attachment, server: &ServerId) -> bool {
    disk.server_id.as_deref().is_none_or(|id| server.names(id))
}
