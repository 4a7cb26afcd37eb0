//! What the package knows of the ECS API, and nothing of browsers: no clock, no randomness, no fetch.
//!
//! A module imports only from the rows below its own; `tests/layers.rs` reads this table and checks it.
//!
//! | row | modules |
//! |---|---|
//! | 9 | [`operation`], [`options`] |
//! | 8 | [`connection`], [`outcome`] |
//! | 7 | [`goal`] |
//! | 6 | [`api`], [`auth`], [`endpoint`], [`fields`] |
//! | 5 | [`envelope`] |
//! | 4 | [`error`] |
//! | 3 | [`pace`], [`retry`] |
//! | 2 | [`http`] |
//! | 1 | [`attachment`], [`ids`], [`job`], [`secret`] |
//! | 0 | [`json`], [`text`] |

pub mod api;
pub mod attachment;
pub mod auth;
pub mod connection;
pub mod endpoint;
pub mod envelope;
pub mod error;
pub mod fields;
pub mod goal;
pub mod http;
pub mod ids;
pub mod job;
pub mod json;
pub mod operation;
pub mod options;
pub mod outcome;
pub mod pace;
pub mod retry;
pub mod secret;
pub mod text;
