//! What an operation is to bring about, and where it stands on the way there.

use super::api::{DetachTarget, attachment_call, attachments_call, detach_call, job_call, projects_call};
use super::http::Call;
use super::ids::Id;

/// What an operation is to bring about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal<'a> {
    /// The service has accepted to detach a disk.
    Accepted(DetachTarget<'a>),
    /// A disk is off its server.
    Detached {
        /// The disk.
        target: DetachTarget<'a>,
        /// Whether it counts as done when the disk was not attached in the first place.
        absent_is_done: bool,
        /// Whether the disk may be the server's system disk.
        allow_system_disk: bool,
    },
    /// The state of a task is known.
    Job(Id<'a>, Id<'a>),
    /// A task has ended in success.
    JobDone(Id<'a>, Id<'a>),
    /// The disks of a server are known.
    Attachments(Id<'a>, Id<'a>),
    /// It is known whether a disk is attached to a server.
    Attachment(Id<'a>, Id<'a>, Id<'a>),
    /// The projects of the caller are known: all, or those of a name.
    Projects(Option<&'a str>),
}

/// Where an operation stands: what it asks the service next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Is the disk attached, and a data disk?
    #[default]
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

impl Goal<'_> {
    /// Where the way begins.
    pub const fn first_phase(&self) -> Phase {
        match self {
            Self::Accepted(_) | Self::Detached { allow_system_disk: true, .. } => Phase::Submitting,
            Self::Job(..) | Self::JobDone(..) => Phase::Waiting,
            Self::Detached { .. } | Self::Attachments(..) | Self::Attachment(..) | Self::Projects(_) => {
                Phase::Checking
            }
        }
    }

    /// Whether the way is long enough to report progress.
    pub const fn is_long(&self) -> bool {
        matches!(self, Self::Detached { .. } | Self::JobDone(..))
    }

    /// The task that is given, if one is.
    pub const fn job_id(&self) -> Option<&str> {
        match self {
            Self::Job(_, job_id) | Self::JobDone(_, job_id) => Some(job_id.as_str()),
            _ => None,
        }
    }

    /// What to ask the service. `job_id` is the task that is under way, if one is; `page` counts from 0.
    pub fn call(&self, phase: Phase, job_id: Option<Id<'_>>, page: u32) -> Call {
        match self {
            Self::Projects(name) => projects_call(*name, page),
            Self::Job(project_id, job_id) | Self::JobDone(project_id, job_id) => {
                job_call(*project_id, *job_id)
            }
            Self::Attachments(project_id, server_id) => attachments_call(*project_id, *server_id),
            Self::Attachment(project_id, server_id, volume_id) => {
                attachment_call(*project_id, *server_id, *volume_id)
            }
            Self::Accepted(target) | Self::Detached { target, .. } => match (phase, job_id) {
                (Phase::Submitting, _) => detach_call(target),
                (Phase::Waiting, Some(job_id)) => job_call(target.project_id, job_id),
                _ => attachment_call(target.project_id, target.server_id, target.volume_id),
            },
        }
    }
}
