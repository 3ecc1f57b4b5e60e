//! Source text to syntax trees: parsing that never fails as a whole, positions, and macros seen through.
//!
//! Everything here works on one thread at a time: syntax trees and spans belong to the thread that made them.
//! Nothing needs feature `cli`, so procedural macros can use it on the tokens they are given.

pub mod comments;
mod depth;
mod limits;
mod parse;
mod recover;
mod source_map;

pub use limits::Limits;
pub use parse::{Parsed, Trouble, parse_tokens};
pub use source_map::{SourceMap, UnitId};

#[cfg(test)]
mod tests;
