//! Reads a program's layout as cargo does: packages, targets, features, cfg. Runs nothing of it.

mod cfg;
mod model;

pub use model::*;
