//! What an operation tells: how far it is, and what it ends with.

use super::attachment::Attachment;
use super::error::{Failure, RequestIds};
use super::job::Job;
use super::project::Project;

/// What a successful operation ends with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The service has accepted a task.
    Accepted(Accepted),
    /// The disk is off the server.
    Detached(Box<Detached>),
    /// A task.
    Job(Box<Job>),
    /// The disks of a server.
    Attachments(Vec<Attachment>),
    /// A disk; `None` where it is not attached.
    Attachment(Option<Box<Attachment>>),
    /// Projects.
    Projects(Vec<Project>),
}

/// A task that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The task.
    pub job_id: String,
    /// The ids of requests.
    pub ids: RequestIds,
}

/// How a disk came off its server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detached {
    /// The task, where one is known.
    pub job_id: Option<String>,
    /// The last state of the task, where it was seen to end.
    pub job: Option<Box<Job>>,
    /// Whether the attachment was seen to be gone; else the task said so.
    pub is_seen: bool,
    /// How many times the DELETE was sent.
    pub attempts: u32,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u32,
    /// The ids of requests.
    pub ids: RequestIds,
}

/// Where an operation stands: what it asks the service next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Is the disk attached, and a data disk?
    Checking,
    /// The DELETE.
    Submitting,
    /// What became of the DELETE? Told by the attachment.
    Settling,
    /// What of the task?
    Waiting,
    /// The task has succeeded: is the disk off the server?
    Confirming,
}

impl Phase {
    /// The name in JavaScript.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Submitting => "submitting",
            Self::Settling => "settling",
            Self::Waiting => "waiting",
            Self::Confirming => "confirming",
        }
    }
}

/// How far an operation is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// Where it stands.
    pub phase: Phase,
    /// The task, once it is known.
    pub job_id: Option<&'a str>,
    /// The last status of the task, in the service's words.
    pub status: Option<&'a str>,
    /// How many times the task was seen.
    pub polls: u32,
    /// How many times the DELETE was sent; by what only reads, the question.
    pub attempts: u32,
    /// The time since the start, in milliseconds.
    pub elapsed_ms: u32,
    /// How long until the next request is due, in milliseconds; `None` where one is on its way.
    pub next_in_ms: Option<u32>,
    /// The last request that failed, where none has worked since.
    pub last_failure: Option<&'a Failure>,
    /// The ids of requests.
    pub ids: &'a RequestIds,
}

/// What is certain of a call, whatever becomes of its machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts<'a> {
    /// How many requests of the kind that counts were sent.
    pub attempts: u32,
    /// Whether the service may have begun.
    pub may_have_started: bool,
    /// The task, once it is known.
    pub job_id: Option<&'a str>,
    /// The ids of requests.
    pub ids: &'a RequestIds,
}
