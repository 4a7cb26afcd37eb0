//! The browser shell: performs what the core asks for, and turns outcomes into JavaScript.
//!
//! | row | modules |
//! |---|---|
//! | 3 | [`driver`] |
//! | 2 | [`fetch`] |
//! | 1 | [`options`], [`race`], [`record`] |

pub(crate) mod driver;
mod fetch;
mod options;
mod race;
mod record;
