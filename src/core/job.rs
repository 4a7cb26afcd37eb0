//! A task of the service, as it reports it.
//!
//! Source: ECS API reference, "Querying Task Execution Status".

use super::flat::Json;

/// How far a task is: `INIT`, `RUNNING`, `SUCCESS` or `FAIL`; others are documented and not met here. Whatever is neither
/// of the last two is under way. `None` where the value is no task.
pub fn status<'a>(job: Json<'a>) -> Option<&'a str> {
    job.get("status")?.text()
}
