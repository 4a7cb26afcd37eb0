//! Options as the core gets them from the loader, and the first call that they lead to.

use ecs_detach_volume::core::config::Config;
use ecs_detach_volume::core::http::Call;
use ecs_detach_volume::core::operation::{Operation, Step};
use ecs_detach_volume::core::pace::Shared;
use ecs_detach_volume::core::turn::{Context, Input, Output};
pub(crate) use snapshot::parse;

#[path = "snapshot.rs"]
mod snapshot;

/// The first call of a function with these options.
pub(crate) fn first_call(config: &Config) -> Call {
    let mut context = Context { config, shared: &mut { Shared::ALONE }, now_ms: 0 };
    match Operation::new(config, 7).step(&mut context, Input::Start) {
        Step::Next(_, Output::Send(exchange)) => exchange.call,
        other => panic!("{other:?}"),
    }
}
