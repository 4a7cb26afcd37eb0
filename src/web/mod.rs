//! The browser shell: reads the options, performs what the core asks for, and turns outcomes into JavaScript.
//!
//! [`driver`] uses the other modules; they use the core and not each other.

pub(crate) mod driver;
mod error;
mod fetch;
mod options;
mod race;
