//! Source text to syntax trees: parsing that never fails as a whole, positions, and macros seen through.
//!
//! Everything here works on one thread at a time: syntax trees and spans belong to the thread that made them.
//! Nothing needs feature `cli`, so procedural macros can use it on the tokens they are given.

pub mod comments;
mod depth;
mod extent;
mod lexeme;
mod limits;
mod macro_arms;
mod macro_builtin;
mod macro_def;
mod macro_expand;
mod macro_extent;
mod macro_format;
mod macro_fragment;
mod macro_items;
mod macro_loose;
mod macro_match;
mod macro_select;
mod macro_tokens;
mod old_edition;
mod parse;
pub mod promise;
mod prune;
mod recover;
mod source_map;

pub(crate) use extent::Extent;
pub use limits::Limits;
pub use macro_builtin::{Args, CfgBranch, Flags, LazyStatic, Seen, SelectArm, builtin};
pub use macro_def::{MacroDef, ParsedMacro};
pub use macro_expand::{Budget, ExpandError, expand};
pub use macro_loose::{args_as_exprs, as_block, code_in};
pub use macro_tokens::crate_of_ident;
pub(crate) use macro_tokens::crate_of_text;
pub use parse::{Parsed, Trouble, parse_flat, parse_tokens};
pub use prune::prune;
pub use source_map::{SourceMap, UnitId};

#[cfg(test)]
mod tests;
