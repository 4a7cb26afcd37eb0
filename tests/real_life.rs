//! What callers of such an API meet in practice, from public reports of those who do this job: a kind of fault each, and
//! what the package makes of it. The disk is attached, the DELETE is accepted, and the task is followed, if a test does not say
//! otherwise.

mod support;

#[path = "real_life/accepted.rs"]
mod accepted;
#[path = "real_life/doubt.rs"]
mod doubt;
#[path = "real_life/missing.rs"]
mod missing;
#[path = "real_life/proof.rs"]
mod proof;
#[path = "real_life/replies.rs"]
mod replies;
#[path = "real_life/time.rs"]
mod time;

use ecs_detach_volume::core::config::Config;
use serde_json::{Value, json};
use support::{Answer, DISK, Run, TASK, accepted as accepted_task, attached, config, play};

/// The options of a detachment with all defaults.
fn detaching() -> Config {
    config("detachVolumeAndWait", &json!({}))
}

fn detaching_with(options: &Value) -> Config {
    config("detachVolumeAndWait", options)
}

/// The options of a call that goes on with a task.
fn resuming() -> Config {
    config("detachVolumeAndWait", &json!({ "jobId": "ff8080" }))
}

fn waiting() -> Config {
    config("waitForJob", &json!({}))
}

/// Plays a detachment whose disk is attached and whose DELETE is accepted: `answer` is told whether the task is asked for, or
/// the disk after the acceptance, how many times that was asked before, and the time.
fn follow(config: &Config, mut answer: impl FnMut(Asked, u32, u32) -> Answer) -> Run {
    let (mut is_accepted, mut tasks, mut disks) = (config_is_resumed(config), 0, 0);
    play(config, |path, at| match path {
        TASK => {
            tasks += 1;
            answer(Asked::Task, tasks - 1, at)
        }
        DISK if is_accepted => {
            disks += 1;
            answer(Asked::Disk, disks - 1, at)
        }
        DISK => attached(),
        _ => {
            is_accepted = true;
            accepted_task()
        }
    })
}

fn config_is_resumed(config: &Config) -> bool {
    use ecs_detach_volume::core::goal::Goal;
    matches!(&config.goal, Goal::Detach(detach) if detach.job.is_some())
}

/// What is asked after the acceptance.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Task,
    Disk,
}
