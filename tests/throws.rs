//! The kinds of error that the public types name for each function are those that it ends with.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]
#![allow(dead_code, unused_imports, reason = "not every test needs every helper")]

mod support;

use ecs_detach_volume::core::error::ErrorKind;
use ecs_detach_volume::core::http::SendError;
use serde_json::json;
use std::collections::BTreeSet;
use support::{
    Answer, DELETE, DISK, accepted, answered, attached, config, lost, play, replied, service_error, task,
    throttled,
};

const TYPES: &str = include_str!("../src/web/types.d.ts");

/// The kinds that the types do not except for a function.
fn documented(function: &str) -> BTreeSet<&'static str> {
    let (before, _) = TYPES.split_once(&format!("export function {function}(")).expect(function);
    let (_, throws) = before.rsplit_once("@throws {EcsError} as a rejection, of any kind").expect(function);
    let exceptions: &str = throws.split([';', '.']).next().unwrap();
    let kinds = ErrorKind::ALL.map(ErrorKind::as_str);
    kinds.into_iter().filter(|kind| !exceptions.contains(&format!("`{kind}`"))).collect()
}

fn system_disk() -> Answer {
    answered(200, &json!({ "volumeAttachment": { "volumeId": "v", "serverId": "s", "bootIndex": 0 } }))
}

/// One answer for each way to fail.
fn failures() -> [Answer; 16] {
    [
        Answer::Unsent(SendError::NoPage),
        lost(),
        Answer::Lost(SendError::NotAResponse),
        Answer::Hangs,
        Answer::Aborts,
        throttled(),
        throttled().retry_after_ms(3_600_000),
        replied(401, ""),
        replied(403, ""),
        replied(404, ""),
        service_error(400, "Ecs.0111"),
        service_error(400, "Ecs.0100"),
        service_error(400, "Ecs.9999"),
        replied(200, "<html>"),
        task("FAIL"),
        system_disk(),
    ]
}

/// The kinds that a function ends with when any of its requests fails.
fn met(function: &str) -> BTreeSet<&'static str> {
    let config = config(function, &json!({ "retry": false }));
    let mut kinds = BTreeSet::new();
    for failure in failures() {
        // Everything fails; or all goes well up to the DELETE, or up to the task.
        for working in [&[][..], &[DISK], &[DISK, DELETE]] {
            let run = play(&config, |path, _| match path {
                DISK if working.contains(&DISK) => attached(),
                DELETE if working.contains(&DELETE) => accepted(),
                _ => failure,
            });
            kinds.extend(run.outcome.err().map(|error| error.kind.as_str()));
        }
    }
    kinds
}

#[test]
fn a_function_ends_with_the_kinds_that_are_named_for_it_and_no_others() {
    for function in [
        "detachVolume",
        "detachVolumeAndWait",
        "getJob",
        "waitForJob",
        "listAttachments",
        "getAttachment",
        "findProjects",
    ] {
        assert_eq!(met(function), documented(function), "{function}");
    }
}
