//! Finds fork-safety hazards in Rust programs: see the crate's README for the rules and the command line.
#![forbid(unsafe_code)]

pub mod analysis;
pub mod catalogue;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod driver;
pub mod facts;
pub mod frontend;
pub(crate) mod lower;
pub mod project;
#[cfg(feature = "cli")]
pub mod report;
pub mod resolve;
pub mod rules;
pub mod syntax;
#[cfg(test)]
pub(crate) mod testing;
