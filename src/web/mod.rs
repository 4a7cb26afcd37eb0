//! The browser shell: the functions that JavaScript calls. It drives the core, hands requests to `fetch`, and gives what
//! comes of it the names of the public types. What the platform does for it stands in `pkg/loader/host.js`.
//!
//! | row | modules |
//! |---|---|
//! | 4 | [`exports`] |
//! | 3 | [`call`] |
//! | 2 | [`fetch`] |
//! | 1 | [`host`], [`value`] |

mod call;
pub(crate) mod exports;
mod fetch;
pub(crate) mod host;
mod value;
