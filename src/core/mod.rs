//! What the package knows of the ECS API, and nothing of browsers: no clock, no randomness, no fetch.
//!
//! A module imports only from the rows below its own; `tests/layers.rs` reads this table and checks it.
//!
//! | row | modules |
//! |---|---|
//! | 15 | [`operation`] |
//! | 14 | [`question`], [`recovery`] |
//! | 13 | [`detachment`] |
//! | 12 | [`sender`], [`watch`] |
//! | 11 | [`turn`] |
//! | 10 | [`config`] |
//! | 9 | [`connection`], [`outcome`] |
//! | 8 | [`api`], [`auth`] |
//! | 7 | [`endpoint`], [`envelope`], [`fields`] |
//! | 6 | [`error`] |
//! | 5 | [`pace`], [`retry`] |
//! | 4 | [`times`] |
//! | 3 | [`http`] |
//! | 2 | [`goal`], [`sign`] |
//! | 1 | [`attachment`], [`ids`], [`job`], [`project`], [`secret`] |
//! | 0 | [`json`], [`text`] |

pub mod api;
pub mod attachment;
pub mod auth;
pub mod config;
pub mod connection;
pub mod detachment;
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
pub mod outcome;
pub mod pace;
pub mod project;
pub mod question;
pub mod recovery;
pub mod retry;
pub mod secret;
pub mod sender;
pub mod sign;
pub mod text;
pub mod times;
pub mod turn;
pub mod watch;
