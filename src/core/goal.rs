//! What a call is to bring about.

use super::ids::{JobId, ProjectId, ServerId, VolumeId};

/// What a call is to bring about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The service has accepted to detach a disk.
    Accept(Disk),
    /// A disk is off its server.
    Detach(Detach),
    /// The state of a task is known.
    Job(ProjectId, JobId),
    /// A task has ended in success.
    JobDone(ProjectId, JobId),
    /// The disks of a server are known.
    Attachments(ProjectId, ServerId),
    /// It is known whether a disk is attached to a server.
    Attachment(ProjectId, ServerId, VolumeId),
    /// The projects of the caller are known: all, or those of a name.
    Projects(Option<String>),
}

/// The disk to detach, and from where.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Disk {
    /// The project.
    pub project: ProjectId,
    /// The server.
    pub server: ServerId,
    /// The disk.
    pub volume: VolumeId,
    /// Whether to detach a data disk that is in use.
    pub force: bool,
}

/// How a disk gets off its server.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Detach {
    /// The disk.
    pub disk: Disk,
    /// The task of an earlier call that goes on, so that no DELETE is sent.
    pub job: Option<JobId>,
    /// Whether it counts as done when the disk was not attached in the first place.
    pub absent_is_done: bool,
    /// Whether the disk may be the server's system disk.
    pub allow_system_disk: bool,
}

impl Goal {
    /// Whether the way is long enough to wait and to report progress.
    pub const fn is_long(&self) -> bool {
        matches!(self, Self::Detach(_) | Self::JobDone(..))
    }
}
