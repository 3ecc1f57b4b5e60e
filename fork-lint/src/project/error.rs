//! Why a project could not be read at all.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// A project cannot be read. What can be worked around is no error: it is said in [`super::Project::troubles`].
#[derive(Debug)]
pub enum LoadError {
    /// There is no manifest at that path.
    NoManifest {
        /// The path that was given, or the folder where the search began.
        path: PathBuf,
        /// A manifest nearby.
        nearby: Option<PathBuf>,
    },
    /// The path names a folder or another file that is not a manifest.
    NotAManifest {
        /// The path that was given.
        path: PathBuf,
        /// A manifest nearby.
        nearby: Option<PathBuf>,
    },
    /// `cargo` cannot be started.
    NoCargo {
        /// The program that was tried.
        program: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// `cargo` refuses the project.
    Refused {
        /// The manifest that was given to it.
        manifest: PathBuf,
        /// What it said.
        message: String,
    },
    /// `--package` or `--exclude` names no package of the workspace.
    NoPackage {
        /// The workspace's manifest.
        manifest: PathBuf,
        /// The name.
        name: String,
        /// A name like it.
        nearby: Option<String>,
    },
    /// None of the packages has a feature of that name.
    NoFeature {
        /// The manifest that was given.
        manifest: PathBuf,
        /// The feature.
        name: String,
        /// A name like it.
        nearby: Option<String>,
    },
    /// The packages have no target to read.
    NoTarget {
        /// The manifest that was given.
        manifest: PathBuf,
        /// What was left out, and why.
        left_out: Vec<String>,
    },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::NoManifest { path, nearby: Some(nearby) } => {
                write!(f, "no manifest at `{}`: did you mean `{}`?", path.display(), nearby.display())
            }
            LoadError::NoManifest { path, nearby: None } => {
                write!(f, "no manifest at `{}` or in a folder above it: pass `--manifest-path`", path.display())
            }
            LoadError::NotAManifest { path, nearby: Some(nearby) } => {
                write!(f, "`{}` is not a manifest: did you mean `{}`?", path.display(), nearby.display())
            }
            LoadError::NotAManifest { path, nearby: None } => {
                write!(f, "`{}` is not a manifest: pass the path of a `Cargo.toml`", path.display())
            }
            LoadError::NoCargo { program, error } => {
                write!(f, "cannot run `{}`: {error}: put cargo on the PATH, or set CARGO", program.display())
            }
            LoadError::Refused { manifest, message } => {
                write!(f, "cargo cannot read `{}`: {message}", manifest.display())
            }
            LoadError::NoPackage { manifest, name, nearby } => {
                write!(f, "no package `{name}` in the workspace of `{}`", manifest.display())?;
                did_you_mean(f, nearby.as_deref())
            }
            LoadError::NoFeature { manifest, name, nearby } => {
                write!(f, "no feature `{name}` in the packages of `{}`", manifest.display())?;
                did_you_mean(f, nearby.as_deref())
            }
            LoadError::NoTarget { manifest, left_out } => {
                write!(f, "no library or binary to read in `{}`", manifest.display())?;
                left_out.iter().try_for_each(|why| write!(f, "; {why}"))
            }
        }
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            LoadError::NoCargo { error, .. } => Some(error),
            _ => None,
        }
    }
}

fn did_you_mean(f: &mut fmt::Formatter<'_>, nearby: Option<&str>) -> fmt::Result {
    nearby.map_or(Ok(()), |name| write!(f, ": did you mean `{name}`?"))
}

/// The known name most like `name`, if one is like it at all.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let near = known.into_iter().map(|known| (strsim::damerau_levenshtein(name, known), known)).min()?;
    (near.0 <= 1 + name.len() / 4).then(|| near.1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_name() {
        let known = ["tokio-util", "serde", "nix"];
        assert_eq!(nearest("tokio_utils", known).as_deref(), Some("tokio-util"));
        assert_eq!(nearest("serd", known).as_deref(), Some("serde"));
        assert_eq!(nearest("hyper", known), None);
        assert_eq!(nearest("x", []), None);
    }
}
