//! What the reader of JSON accepts, by vectors that JavaScript is tested with, too
//! (`tests/loader/json-vectors.test.ts`).
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use ecs_detach_volume::core::json::Json;
use serde_json::{Map, Number, Value};

const VECTORS: &str = include_str!("fixtures/json/vectors.json");

/// A value as a tree: numbers by what they stand for.
fn tree(value: Json<'_>) -> Value {
    if let Some(number) = value.number() {
        return Value::Number(Number::from_f64(number.parse().unwrap()).unwrap());
    }
    if let Some(text) = value.string() {
        return text.into();
    }
    if value.is_array() {
        return value.elements().map(tree).collect();
    }
    if value.is_object() {
        let members: Map<_, _> =
            value.members().map(|(name, value)| (name.into_owned(), tree(value))).collect();
        return members.into();
    }
    value.word().map_or(Value::Null, |word| serde_json::from_str(word).unwrap())
}

#[test]
fn the_vectors_are_accepted_with_their_values_or_refused() {
    let vectors = Json::parse(VECTORS).unwrap();
    let mut counts = [0; 2];
    for vector in vectors.elements() {
        let text = vector.get("text").and_then(Json::string).unwrap();
        let is = |name: &str, word: &str| vector.get(name).and_then(Json::word) == Some(word);
        let is_ours = is("valid", "true") && !is("ours", "false");
        let value = Json::parse(&text);
        assert_eq!(value.is_some(), is_ours, "{text:?}");
        if let (Some(value), Some(expected)) = (value, vector.get("value")) {
            assert_eq!(tree(value), tree(expected), "{text:?}");
        }
        counts[usize::from(is_ours)] += 1;
    }
    assert!(counts[0] > 80 && counts[1] > 30, "{counts:?}");
}

#[test]
fn the_vectors_themselves_are_read_as_by_serde_json() {
    let theirs: Value = serde_json::from_str(VECTORS).unwrap();
    let same = tree(Json::parse(&theirs.to_string()).unwrap());
    assert_eq!(tree(Json::parse(VECTORS).unwrap()), same);
}
