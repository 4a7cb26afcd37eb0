//! What calls tell has the names of the public types (`src/web/types.d.ts`): results, progress and errors, as
//! `src/web/value.rs` and the loader make them out of what the core knows.
#![expect(clippy::expect_used, reason = "helpers of tests")]

#[path = "support/types.rs"]
mod types;

use ecs_detach_volume::core::outcome::Phase;
use std::collections::BTreeSet;
use types::{TYPES, between, interface, literals_behind};

const VALUES: &str = include_str!("../src/web/value.rs");
const LOADER_ERROR: &str = include_str!("../pkg/loader/error.js");
const LOADER_CLIENT: &str = include_str!("../pkg/loader/client.js");
const LOADER_BATCH: &str = include_str!("../pkg/loader/batch.js");
const LOADER_START: &str = include_str!("../pkg/loader/start.js");

fn set<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(String::from).into()
}

/// The names that a part of `value.rs` puts into an object.
fn put(start: &str, end: &str) -> BTreeSet<String> {
    let body = between(VALUES, start, end);
    let mut names = literals_behind(body, &[".text(\"", ".number(\"", ".flag(\"", "set(&object, \""]);
    if body.contains(".ids(") {
        names.extend(set(["requestId", "detachRequestId"]));
    }
    names
}

/// The same for a function.
fn put_by(function: &str) -> BTreeSet<String> {
    put(&format!("fn {function}("), "\n}")
}

/// The members of an interface. All are explained, and none may be left out: what is not known is `null`.
fn members(name: &str) -> BTreeSet<String> {
    let members = interface(name);
    for (member, found) in &members {
        assert!(found.doc.starts_with("/**"), "{name}.{member} is not explained");
        assert!(!found.is_optional, "{name}.{member}");
    }
    members.into_keys().collect()
}

#[test]
fn results_have_the_documented_members() {
    assert_eq!(put("Outcome::Accepted(Accepted", "Outcome::Detached"), members("DetachTask"));
    assert_eq!(put_by("detached_value"), members("DetachOutcome"));
    assert_eq!(put_by("job"), members("Job"));
    assert_eq!(put_by("attachment"), members("Attachment"));
    assert_eq!(put_by("project"), members("Project"));
    let ways: Vec<_> = between(TYPES, "  confirmedBy: ", ";").split('"').skip(1).step_by(2).collect();
    assert_eq!(ways, ["attachment", "job"]);
    assert!(ways.iter().all(|way| put_texts().contains(*way)));
}

fn put_texts() -> BTreeSet<String> {
    literals_behind(VALUES, &["{ \""])
}

#[test]
fn progress_has_the_documented_members_and_phases() {
    assert_eq!(put_by("progress"), members("Progress"));
    assert_eq!(put_by("failure"), members("Failure"));
    let phases = [Phase::Checking, Phase::Submitting, Phase::Settling, Phase::Waiting, Phase::Confirming];
    let typed: Vec<_> = between(TYPES, "readonly phase: ", ";").split('"').skip(1).step_by(2).collect();
    assert_eq!(typed, phases.map(Phase::as_str));
    let doc = &interface("Progress").remove("phase").expect("a member").doc;
    for phase in phases.map(Phase::as_str) {
        assert_eq!(doc.matches(&format!("* - `{phase}`: ")).count(), 1, "{phase}");
    }
}

#[test]
fn the_progress_of_a_batch_has_the_documented_members() {
    let typed = members("BatchProgress");
    for name in &typed {
        assert!(LOADER_BATCH.contains(name.as_str()), "{name}");
    }
    let counts = between(LOADER_BATCH, "const counts = {", "}");
    let counts =
        counts.split(',').filter_map(|entry| entry.split(':').next()).map(|name| name.trim().to_owned());
    let rest = set(["index", "target", "progress", "settled"]);
    assert_eq!(counts.chain(rest).collect::<BTreeSet<_>>(), typed);
}

#[test]
fn errors_have_the_documented_members() {
    let base = interface("EcsErrorBase");
    let is_optional = |name: &str| base.get(name).expect("a member").is_optional;
    assert!(base.keys().all(|name| is_optional(name) == (name == "cause")));
    let of_every_error = ["name", "kind", "cause", "toJSON()"];
    let known: BTreeSet<_> =
        base.keys().filter(|name| !of_every_error.contains(&name.as_str())).cloned().collect();
    // What the loader begins with is what it may not know.
    let nothing = between(LOADER_ERROR, "const NOTHING_KNOWN = {\n", "\n}").lines();
    let nothing = nothing.filter_map(|line| line.trim().split_once(": ")).map(|(name, _)| name.to_owned());
    assert_eq!(nothing.collect::<BTreeSet<_>>(), known);

    let told = put_by("error");
    assert!(known.is_subset(&told), "{told:?}");
    let of_a_kind = set(["option", "answer", "job", "failed", "errorCode", "failReason"]);
    let more: BTreeSet<_> = told.difference(&known).cloned().collect();
    let words = set(["kind", "reason"]);
    assert!(
        more.is_superset(&words) && more.difference(&words).all(|name| of_a_kind.contains(name)),
        "{more:?}"
    );
    let failed: BTreeSet<_> =
        interface("JobFailedError").into_keys().filter(|name| !base.contains_key(name)).collect();
    assert_eq!(failed, set(["errorCode", "failReason", "job"]));
    let wrong: BTreeSet<_> =
        interface("OptionsError").into_keys().filter(|name| !base.contains_key(name)).collect();
    assert_eq!(wrong, set(["option"]));
}

#[test]
fn what_a_reply_said_has_the_documented_members() {
    let mut told = put_by("answer_value");
    // The loader makes an excerpt of the one, and a part of the message of the other; the last is of every error.
    for name in ["foreignBody", "generalCode", "requestId"] {
        assert!(told.remove(name), "{name}");
    }
    told.insert("bodyExcerpt".to_owned());
    assert_eq!(told, members("FromReply"));
    assert_eq!(put_by("detail"), members("ErrorDetail"));
}

#[test]
fn what_preload_tells_has_the_documented_members() {
    let typed = members("Preloaded");
    assert_eq!(typed, set(["isReady", "engine", "cause"]));
    for way in ["{ isReady: true, engine, cause }", "{ isReady: false, engine: null, cause: "] {
        assert!(LOADER_CLIENT.contains(way), "{way}");
    }
    let engines = |text: &str| literals_behind(text, &["engine: \"", " | \""]);
    for engine in between(TYPES, "  engine: ", ";").split('"').skip(1).step_by(2) {
        assert!(engines(LOADER_START).contains(engine), "{engine}");
    }
}
