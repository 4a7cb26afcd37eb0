//! Options as the loader writes them down, for tests that have no loader.

use ecs_detach_volume::core::config::{self, Config};
use ecs_detach_volume::core::error::Error;
use ecs_detach_volume::core::json::Json;
use serde_json::{Value, json};

/// The JSON text of options: headers, which are an object of the caller's, are a list of pairs.
pub(crate) fn snapshot(options: &Value) -> String {
    let mut options = options.clone();
    if let Some(headers) = options.get_mut("headers")
        && let Some(members) = headers.as_object().filter(|members| !members.contains_key("typeof"))
    {
        *headers = members.iter().map(|(name, value)| json!([name, value])).collect();
    }
    options.to_string()
}

/// What the core makes of the options of a function.
pub(crate) fn parse(function: &str, options: &Value) -> Result<Config, Box<Error>> {
    config::parse(function, Json::parse(&snapshot(options)).unwrap()).map(|config| *config)
}
