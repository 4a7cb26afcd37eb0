//! The first call of the API that a goal leads to.

use ecs_detach_volume::core::api::{
    DetachTarget, attachment_call, attachments_call, detach_call, job_call, projects_call,
};
use ecs_detach_volume::core::goal::{Disk, Goal};
use ecs_detach_volume::core::http::Call;
use ecs_detach_volume::core::ids::Id;

pub(crate) fn first_call(goal: &Goal) -> Call {
    let id = |text| Id::parse(text).expect("an id");
    match goal {
        Goal::Accept(Disk { project, server, volume, force }) => detach_call(&DetachTarget {
            project_id: id(project.as_str()),
            server_id: id(server.as_str()),
            volume_id: id(volume.as_str()),
            force: *force,
        }),
        Goal::Detach(detach) => {
            let Disk { project, server, volume, .. } = &detach.disk;
            attachment_call(id(project.as_str()), id(server.as_str()), id(volume.as_str()))
        }
        Goal::Job(project, job) | Goal::JobDone(project, job) => {
            job_call(id(project.as_str()), id(job.as_str()))
        }
        Goal::Attachments(project, server) => attachments_call(id(project.as_str()), id(server.as_str())),
        Goal::Attachment(project, server, volume) => {
            attachment_call(id(project.as_str()), id(server.as_str()), id(volume.as_str()))
        }
        Goal::Projects(name) => projects_call(name.as_deref(), 0),
    }
}
