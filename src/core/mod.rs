//! What the package knows of the ECS API, and nothing of browsers: no clock, no randomness, no fetch.
//!
//! A module imports only from the rows below its own; `tests/layers.rs` reads this table and checks it.
//!
//! | row | modules |
//! |---|---|
//! | 7 | [`operation`], [`options`] |
//! | 6 | [`api`], [`connection`] |
//! | 5 | [`auth`], [`endpoint`], [`envelope`] |
//! | 4 | [`error`] |
//! | 3 | [`retry`] |
//! | 2 | [`http`] |
//! | 1 | [`ids`], [`secret`] |
//! | 0 | [`json`], [`text`] |

pub mod api;
pub mod auth;
pub mod connection;
pub mod endpoint;
pub mod envelope;
pub mod error;
pub mod http;
pub mod ids;
pub mod json;
pub mod operation;
pub mod options;
pub mod retry;
pub mod secret;
pub mod text;
