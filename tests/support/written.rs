//! Options and replies as the core gets them from the loader. They live as long as the test.

#[path = "flat.rs"]
mod flat;

use ecs_detach_volume::core::flat::Json;
use serde_json::Value;

/// A value as the core reads it.
pub(crate) fn written(value: &Value) -> Json<'static> {
    Json::new(flat::flat(value).leak())
}
