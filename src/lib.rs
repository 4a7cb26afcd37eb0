//! Detach a disk from a Huawei Cloud Elastic Cloud Server, from a web console.
//!
//! [`core`] knows the ECS API and does no I/O; `web` (feature `web`, on by default) does what it asks for with
//! the browser's `fetch`. ARCHITECTURE.md draws the map.

pub mod core;
#[cfg(feature = "web")]
mod web;

#[cfg(feature = "web")]
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[cfg(all(feature = "web", target_arch = "wasm32"))]
#[global_allocator]
#[expect(unsafe_code, reason = "sound, because the module has one thread: it is built without atomics")]
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::FreeListAllocator> =
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::FreeListAllocator::new()) };

/// Asks the service to detach a disk. Called by the loader (`pkg/loader`), which has written the options down as
/// JSON; the public contract is `src/web/types.d.ts`.
///
/// # Errors
/// What the loader makes an `Error` of: a plain object with `kind`, `message` and the fields of the kind.
#[cfg(feature = "web")]
#[wasm_bindgen(js_name = detachVolume, skip_typescript)]
pub async fn detach_volume(options: String, signal: JsValue, fetch: JsValue) -> Result<JsValue, JsValue> {
    web::driver::detach_volume(&options, &signal, &fetch).await
}
