//! What is certain of a call at any moment, for who has to tell without its machine.
#![expect(clippy::panic, reason = "a test that cannot go on")]
#![allow(dead_code, unused_imports, reason = "not every test needs every helper")]

mod support;

use ecs_detach_volume::core::http::{BodyEnd, HttpResponse};
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::pace::Shared;
use ecs_detach_volume::core::turn::{Context, Input, Output};
use serde_json::json;
use support::config;

/// How many requests have left, whether the service may have begun, the task, and the id of the DELETE.
type Known = (u32, bool, Option<String>, Option<String>);

fn known(operation: &Operation) -> Known {
    let facts = operation.facts();
    (facts.attempts, facts.may_have_started, facts.job_id.map(String::from), facts.ids.detach.clone())
}

/// Steps a call of a function through replies, and notes what is certain before and after each request leaves.
fn course(function: &str, replies: &[(u16, &str)]) -> Vec<[Known; 2]> {
    let config = config(function, &json!({ "systemDisk": "allow" }));
    let mut shared = Shared::ALONE;
    let mut operation = Operation::new(&config, 7);
    let mut input = Input::Start;
    let (mut seen, mut now_ms) = (vec![], 0);
    let mut replies = replies.iter();
    loop {
        let mut context = Context { config: &config, shared: &mut shared, now_ms };
        let Step::Next(next, output) = operation.step(&mut context, input) else { panic!("it has ended") };
        operation = next;
        input = match output {
            Output::Sleep(ms) => {
                now_ms += ms;
                Input::Slept
            }
            Output::Send(_) => {
                let before = known(&operation);
                operation.sent();
                seen.push([before, known(&operation)]);
                let Some((status, body)) = replies.next() else { return seen };
                let reply = HttpResponse::new(*status, body, BodyEnd::Complete);
                Input::Reply(HttpResponse { request_id: Some("r"), ..reply })
            }
        };
    }
}

fn is(attempts: u32, may_have_started: bool, task: Option<&str>, detach: Option<&str>) -> Known {
    (attempts, may_have_started, task.map(String::from), detach.map(String::from))
}

#[test]
fn a_delete_counts_from_the_moment_at_which_it_leaves() {
    let seen = course("detachVolumeAndWait", &[(429, ""), (200, r#"{"job_id":"ff8080"}"#)]);
    let expected = [
        [is(0, false, None, None), is(1, true, None, None)],
        // A limit turned it away: nothing has happened.
        [is(1, false, None, Some("r")), is(2, true, None, Some("r"))],
        [is(2, true, Some("ff8080"), Some("r")), is(2, true, Some("ff8080"), Some("r"))],
    ];
    assert_eq!(seen, expected);
}

#[test]
fn a_delete_whose_fate_is_unknown_may_have_started() {
    let seen = course("detachVolumeAndWait", &[(502, "")]);
    assert_eq!(seen[1], [is(1, true, None, Some("r")), is(1, true, None, Some("r"))]);
}

#[test]
fn a_question_starts_nothing_but_for_the_end_of_a_task_that_was_accepted() {
    assert_eq!(
        course("getJob", &[]),
        [[is(0, false, Some("ff8080"), None), is(1, false, Some("ff8080"), None)]]
    );
    assert_eq!(
        course("waitForJob", &[]),
        [[is(0, true, Some("ff8080"), None), is(1, true, Some("ff8080"), None)]]
    );
    assert_eq!(course("listAttachments", &[]), [[is(0, false, None, None), is(1, false, None, None)]]);
}
