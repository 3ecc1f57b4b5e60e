//! What follows from the facts: call graph, effects, child regions, guards, thread order. Sees facts and catalogue only.

mod program;
pub mod values;

pub use program::*;
