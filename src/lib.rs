//! Detach a disk from a Huawei Cloud Elastic Cloud Server, from a web console.
//!
//! [`core`] knows the ECS API and does no I/O; `web` (feature `web`, on by default) exports the functions, drives the
//! core, and calls `fetch`. ARCHITECTURE.md draws the map.

pub mod core;
#[cfg(feature = "web")]
mod web;

#[cfg(feature = "web")]
pub use web::exports::*;
#[cfg(feature = "web")]
pub use web::host::Caller;

#[cfg(all(feature = "web", target_arch = "wasm32"))]
#[global_allocator]
#[expect(unsafe_code, reason = "sound, because the module has one thread: it is built without atomics")]
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::FreeListAllocator> =
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::FreeListAllocator::new()) };
