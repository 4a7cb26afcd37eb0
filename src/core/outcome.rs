//! What an operation tells: how far it is, and what it ends with.

use super::attachment::Attachment;
use super::goal::Phase;
use super::job::Job;
use super::json::Json;

/// What a successful operation ends with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The service has accepted the task with this id.
    Accepted(String),
    /// A task.
    Job(Job),
    /// The disks of a server.
    Attachments(Vec<Attachment>),
    /// A disk, if it is attached.
    Attachment(Option<Attachment>),
    /// The disk is off the server.
    Detached(Detached),
    /// Projects, as the service writes them; each has an id.
    Projects(Vec<Json>),
}

/// How a disk came off its server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detached {
    /// The task, where one is known.
    pub job_id: Option<String>,
    /// Its last state, where it was seen to end.
    pub job: Option<Job>,
    /// Whether the attachment was seen to be gone; else the task said so.
    pub is_seen: bool,
    /// How many times the DELETE was sent.
    pub attempts: u32,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u32,
}

/// How far an operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// Where it stands.
    pub phase: Phase,
    /// The task, once it is known.
    pub job_id: Option<&'a str>,
    /// The last status of the task, in the service's words.
    pub status: Option<&'a str>,
    /// How many times the task was seen.
    pub polls: u32,
    /// How many times the DELETE was sent.
    pub attempts: u32,
    /// The time since the start, in milliseconds.
    pub elapsed_ms: u32,
}
