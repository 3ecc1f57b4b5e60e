//! Reads a program's layout as cargo does: packages, targets, features, cfg. Runs nothing of it, writes nothing.

mod cfg;
mod model;

#[cfg(feature = "cli")]
mod cargo;
#[cfg(feature = "cli")]
mod config;
#[cfg(feature = "cli")]
mod crates;
#[cfg(feature = "cli")]
mod error;
#[cfg(feature = "cli")]
mod features;
#[cfg(feature = "cli")]
mod graph;
#[cfg(feature = "cli")]
mod load;
#[cfg(feature = "cli")]
mod manifest;
#[cfg(feature = "cli")]
mod run;
#[cfg(feature = "cli")]
mod select;
#[cfg(feature = "cli")]
mod shadow;
#[cfg(feature = "cli")]
mod toolchain;
#[cfg(feature = "cli")]
mod tools;

#[cfg(feature = "cli")]
pub use error::LoadError;
#[cfg(feature = "cli")]
pub(crate) use error::nearest;
#[cfg(feature = "cli")]
pub use load::{LoadOptions, load};
pub use model::*;

#[cfg(all(test, feature = "cli"))]
mod tests;
