//! Reads all crates of a program: in parallel, dependencies first, and from the cache what has not changed.

mod cache;
mod digest;
mod entry;
mod held;
mod plan;
mod reader;
mod schedule;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Serialize, de::DeserializeOwned};

pub use cache::{Cache, CacheError};
pub use digest::{Digest, Digester};
pub use schedule::{Done, read_program};

use crate::facts::{CrateFacts, Sym};
use crate::project::CrateInput;

/// Reads one crate at a time: a front end, as the driver sees it.
pub trait Reader: Sync {
    /// What a crate shows to the crates above it.
    type Interface: Serialize + DeserializeOwned + Send + Sync;

    /// All that its answers depend on besides its arguments and the files it reads: part of the cache's key.
    fn settings(&self) -> Digest;

    /// Reads a crate. `below` has the interface of every crate below it, by root; `direct` the names it gives to those
    /// it names itself, and their roots.
    fn read(
        &self,
        input: &CrateInput,
        direct: &[(String, Sym)],
        below: &FxHashMap<Sym, Arc<Self::Interface>>,
    ) -> Output<Self::Interface>;

    /// What is known of a crate that could not be read at all: that, and why.
    fn not_read(&self, input: &CrateInput, why: &str) -> Output<Self::Interface>;
}

/// What reading a crate gave.
pub struct Output<I> {
    /// Its facts.
    pub facts: CrateFacts,
    /// What it shows to the crates above it.
    pub interface: I,
    /// Every file that was read or looked for.
    pub seen: Vec<SeenFile>,
}

/// A file that was read or looked for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SeenFile {
    /// Its path.
    pub path: PathBuf,
    /// Digest of its content, by [`Digest::of_source`]; nothing when there is no such file.
    pub content: Option<Digest>,
}

/// Told how far the reading is. Called from several threads.
pub trait Progress: Sync {
    /// Reading begins; so many crates.
    fn started(&self, crates: usize);
    /// The crate of that title is done.
    fn finished(&self, title: &str);
}

/// No one is told.
impl Progress for () {
    fn started(&self, _: usize) {}
    fn finished(&self, _: &str) {}
}
