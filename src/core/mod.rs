//! What the package knows of the ECS API, and nothing of browsers: no clock, no randomness, no fetch.
//!
//! A module imports only from the rows below its own; `tests/layers.rs` reads this table and checks it.
//!
//! | row | modules |
//! |---|---|
//! | 10 | [`config`], [`operation`], [`options`] |
//! | 9 | [`connection`], [`old_connection`], [`outcome`], [`turn`] |
//! | 8 | [`auth`], [`old_auth`], [`old_goal`] |
//! | 7 | [`api`], [`endpoint`], [`fields`], [`old_fields`] |
//! | 6 | [`envelope`] |
//! | 5 | [`error`] |
//! | 4 | [`pace`], [`retry`] |
//! | 3 | [`http`] |
//! | 2 | [`goal`], [`sign`] |
//! | 1 | [`attachment`], [`ids`], [`job`], [`old_records`], [`project`], [`secret`] |
//! | 0 | [`flat`], [`json`], [`text`] |

pub mod api;
pub mod attachment;
pub mod auth;
pub mod config;
pub mod connection;
pub mod endpoint;
pub mod envelope;
pub mod error;
pub mod fields;
pub mod flat;
pub mod goal;
pub mod http;
pub mod ids;
pub mod job;
pub mod json;
pub mod old_auth;
pub mod old_connection;
pub mod old_fields;
pub mod old_goal;
pub mod old_records;
pub mod operation;
pub mod options;
pub mod outcome;
pub mod pace;
pub mod project;
pub mod retry;
pub mod secret;
pub mod sign;
pub mod text;
pub mod turn;
