//! What is JSON, and what a document holds, is what serde_json says.
#![no_main]

use ecs_detach_volume::core::json::Json;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|text: &str| {
    let ours = Json::parse(text);
    let theirs = serde_json::from_str::<Value>(text).ok();
    assert_eq!(ours.is_some(), theirs.is_some());
    if let (Some(ours), Some(theirs)) = (ours, theirs) {
        check(ours, &theirs);
        assert_eq!(ours.raw(), text.trim_matches([' ', '\t', '\n', '\r']));
    }
});

fn check(ours: Json<'_>, theirs: &Value) {
    // What is written down again is the same.
    let again = serde_json::from_str::<Value>(ours.raw()).ok();
    assert_eq!(again.as_ref(), Some(theirs));
    match theirs {
        Value::Null => assert!(ours.is_null() && ours.text().is_none()),
        Value::Bool(flag) => assert_eq!(ours.word(), Some(if *flag { "true" } else { "false" })),
        Value::Number(_) => assert_eq!(ours.number(), Some(ours.raw())),
        Value::String(text) => assert_eq!(ours.string().as_deref(), Some(text.as_str())),
        Value::Array(elements) => {
            assert_eq!(ours.elements().count(), elements.len());
            ours.elements().zip(elements).for_each(|(ours, theirs)| check(ours, theirs));
        }
        Value::Object(members) => {
            assert!(ours.members().all(|(name, _)| members.contains_key(&*name)));
            for (name, theirs) in members {
                check(ours.get(name).expect("a member"), theirs);
                let rest = serde_json::from_str::<Value>(&ours.without(name)).expect("an object");
                assert!(
                    rest.get(name).is_none()
                        && rest.as_object().map(|rest| rest.len() + 1) == Some(members.len())
                );
            }
        }
    }
}
