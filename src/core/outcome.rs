//! What an operation tells: how far it is, and what it ends with.

use super::old_goal::Phase;

/// What a successful operation ends with, beside the replies that it says to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The service has accepted the task with this id.
    Accepted(String),
    /// A task, in the reply that was kept.
    Job,
    /// The disks of a server, in the reply that was kept: of each, whether it is the system disk.
    Attachments(Vec<bool>),
    /// A disk, in the reply that was kept: whether it is the system disk; `None` where it is not attached.
    Attachment(Option<bool>),
    /// The disk is off the server.
    Detached(Detached),
    /// Projects, in the replies that were kept.
    Projects,
}

/// How a disk came off its server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detached {
    /// The task, where one is known.
    pub job_id: Option<String>,
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
