//! What the front end needs to know of a program before it opens a source file.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// The compile-time configuration of one crate: `unix`, `target_os = "linux"`, `feature = "x"` …
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CfgSet {
    /// Names that are set (`unix`, `debug_assertions`).
    pub names: Vec<String>,
    /// Key and value pairs that are set (`("feature", "std")`, `("target_os", "linux")`).
    pub pairs: Vec<(String, String)>,
}

/// One crate (one cargo target) to read.
#[derive(Clone, Debug)]
pub struct CrateInput {
    /// Root of its canonical paths: the crate's name, with `@version` when the program has two crates of that name.
    pub root: String,
    /// Name and version for people (`nix 0.26.4`; the target's name is added for a binary).
    pub title: String,
    /// The target's root file.
    pub root_file: PathBuf,
    /// Folder of the package's `Cargo.toml`.
    pub package_dir: PathBuf,
    /// Rust edition (2015, 2018, 2021, 2024).
    pub edition: u16,
    /// Its configuration.
    pub cfg: Arc<CfgSet>,
    /// Crates it can name: the name in its source, and the index in [`Project::crates`].
    pub deps: Vec<(String, usize)>,
    /// Crates it can name whose source is not at hand.
    pub missing: Vec<Missing>,
    /// Names it can name that are procedural macros, which run in the compiler: they are not read as dependencies.
    pub proc_macros: Vec<String>,
    /// One of the packages the user asked about.
    pub member: bool,
    /// A library, whose public items others call.
    pub library: bool,
}

/// A crate that another can name, and that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The name in the source of the other.
    pub name: String,
    /// The crate's own name.
    pub of: String,
    /// Why it is not read; empty where nobody needs a reason.
    pub why: String,
}

#[cfg(feature = "cli")]
impl Missing {
    /// Of a dependency that its manifest calls `package`.
    pub(super) fn new(name: String, package: &str, why: &str) -> Missing {
        Missing { name: name.replace('-', "_"), of: package.replace('-', "_"), why: why.to_owned() }
    }
}

/// A program: its crates, dependencies before dependents.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// The crates.
    pub crates: Vec<CrateInput>,
    /// Folder that file names in reports are relative to.
    pub workspace_root: PathBuf,
    /// Cargo's folder for what is built (it may not be there yet).
    pub target_dir: PathBuf,
    /// What could not be read of the project itself (resolution fell back to the package alone, and why).
    pub troubles: Vec<String>,
}

impl Project {
    /// The own names of all crates, of those that are not read too.
    pub fn names(&self) -> BTreeSet<String> {
        let read = self.crates.iter().map(|input| input.root.split('@').next().unwrap_or_default());
        let missing = self.crates.iter().flat_map(|input| &input.missing).map(|missing| missing.of.as_str());
        read.chain(missing).map(str::to_owned).collect()
    }
}
