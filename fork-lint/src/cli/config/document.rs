//! TOML with places: every complaint about a value shows it.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::cli::failure::{Excerpt, Failure};
use crate::cli::similar::did_you_mean;

/// A value and its place.
pub(super) type Node<'a> = Spanned<DeValue<'a>>;

/// A configuration file.
pub(super) struct Document {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

impl Document {
    /// Reads a file.
    pub(super) fn read(path: &Path) -> Result<Document, Failure> {
        let text = std::fs::read_to_string(path).map_err(|e| {
            Failure::usage(format!("the configuration {} cannot be read: {e}", path.display()))
                .help("name a file that exists with --config, or take the option away")
        })?;
        Ok(Document { path: path.to_owned(), text })
    }

    /// Its top table.
    pub(super) fn parse(&self) -> Result<DeTable<'_>, Failure> {
        DeTable::parse(&self.text).map(Spanned::into_inner).map_err(|e| {
            let at = e.span().unwrap_or(0..0);
            self.failure(at, format!("{} is not valid TOML", self.path.display()), e.message().to_owned())
        })
    }

    /// A complaint about a place.
    pub(super) fn failure(&self, at: Range<usize>, message: String, label: String) -> Failure {
        let path = self.path.display().to_string();
        Failure::usage(message).at(Excerpt { path, text: self.text.clone(), at, label })
    }

    /// The table under a key of a table, and the key's place.
    pub(super) fn table<'t, 'a>(&self, of: &'t DeTable<'a>, key: &str) -> Option<(Range<usize>, &'t DeTable<'a>)> {
        let (name, value) = of.iter().find(|(name, _)| name.get_ref() == key)?;
        value.get_ref().as_table().map(|table| (name.span(), table))
    }

    /// A key that is none of those known.
    pub(super) fn unknown_key(&self, at: Range<usize>, key: &str, known: &[&str]) -> Failure {
        let help = did_you_mean(key, known.iter().copied(), &format!("the keys are {}", known.join(", ")));
        self.failure(at, format!("unknown key `{key}` in the configuration of fork-lint"), "unknown key".to_owned())
            .help(help)
    }

    /// A string.
    pub(super) fn string<'t>(&self, key: &str, node: &'t Node<'_>) -> Result<&'t str, Failure> {
        node.get_ref().as_str().ok_or_else(|| self.mismatch(key, "a string", node))
    }

    /// A list of strings, each with its place.
    pub(super) fn strings<'t>(&self, key: &str, node: &'t Node<'_>) -> Result<Vec<(Range<usize>, &'t str)>, Failure> {
        let list = node.get_ref().as_array().ok_or_else(|| self.mismatch(key, "a list of strings", node))?;
        list.iter().map(|item| Ok((item.span(), self.string(key, item)?))).collect()
    }

    /// A value of another type than it should have.
    pub(super) fn mismatch(&self, key: &str, expected: &str, node: &Node<'_>) -> Failure {
        let found = node.get_ref().type_str();
        self.failure(node.span(), format!("`{key}` is {expected}"), format!("this is of type {found}"))
    }
}
