//! Options as the core gets them from the loader, and the first call that they lead to.

use ecs_detach_volume::core::config::{self, Config};
use ecs_detach_volume::core::error::Error;
use ecs_detach_volume::core::http::Call;
use ecs_detach_volume::core::json::Json;
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::pace::Shared;
use ecs_detach_volume::core::turn::{Context, Input, Output};
use serde_json::{Value, json};

/// Reads the options of a function: a record as a caller writes it, whose headers the loader writes down as pairs.
pub(crate) fn parse(function: &str, options: &Value) -> Result<Config, Box<Error>> {
    let mut options = options.clone();
    if let Some(headers) = options.get("headers").and_then(Value::as_object) {
        options["headers"] = headers.iter().map(|(name, value)| json!([name, value])).collect();
    }
    config::parse(function, Json::parse(&options.to_string()).unwrap())
}

/// The first call of a function with these options.
pub(crate) fn first_call(config: &Config) -> Call {
    let mut context = Context { config, shared: &mut { Shared::ALONE }, now_ms: 0 };
    match Operation::new(config, 7).step(&mut context, Input::Start) {
        Step::Next(_, Output::Send(exchange)) => exchange.call,
        other => panic!("{other:?}"),
    }
}
