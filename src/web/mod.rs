//! The browser shell: what the loader (`pkg/loader`) calls. It hands requests to `fetch` and turns replies and
//! outcomes from JavaScript into the core's terms and back. It never waits: waiting is the loader's part.
//!
//! | row | modules |
//! |---|---|
//! | 3 | [`operation`] |
//! | 2 | [`fetch`] |
//! | 1 | [`record`] |

mod fetch;
pub(crate) mod operation;
mod record;
