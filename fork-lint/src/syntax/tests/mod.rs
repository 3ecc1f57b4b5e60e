//! Tests of the syntax stage.

mod builtins;
mod depth;
mod expansion;
mod fuzz;
mod parsing;
mod positions;
mod real_macros;

use super::{Limits, Parsed, SourceMap};
use crate::facts::Sym;

/// Parses a text as a file named `a.rs`.
fn parse(text: &str) -> (SourceMap, Parsed) {
    let mut map = SourceMap::for_next_crate();
    let parsed = map.parse_file(Sym::new("a.rs"), text, &Limits::default());
    (map, parsed)
}
