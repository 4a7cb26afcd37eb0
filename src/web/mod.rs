//! The browser shell: what the loader (`pkg/loader`) calls. It hands requests to `fetch` and turns replies and
//! outcomes from JavaScript into the core's terms and back. It never waits: waiting is the loader's part.
//!
//! | row | modules |
//! |---|---|
//! | 2 | [`operation`] |
//! | 1 | [`fetch`], [`record`] |

mod fetch;
pub(crate) mod operation;
mod record;
