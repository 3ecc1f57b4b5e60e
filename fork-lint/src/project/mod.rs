//! Reads a program's layout as cargo does: packages, targets, features, cfg. Runs nothing of it.

mod model;

pub use model::*;
