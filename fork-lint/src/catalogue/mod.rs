//! What functions outside the analysed sources do: `std`, C, and the leaves of well-known crates.
//!
//! The catalogue is data: stub crates in Rust syntax under `stubs/`, one file a library, whose signatures give the
//! resolver its types and whose `#[fx(..)]` and `#[role(..)]` attributes give the analysis its effects and roles,
//! each with its source in the doc comment. Users add entries in their configuration.

pub mod attrs;
mod model;
mod crates;
mod stubs;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use crate::facts::{Sym, plain_path};

pub use model::*;
pub use crates::crates;
pub use stubs::{Stub, stubs};

/// Entries by canonical path.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    entries: HashMap<Sym, Entry>,
    /// Functions that a stub lists without a word: they do nothing that matters.
    harmless: HashSet<Sym>,
}

impl Catalogue {
    /// Adds to what is known of a path.
    pub fn add(&mut self, path: Sym, entry: Entry) {
        let known = self.entries.entry(path).or_default();
        known.effects.extend(entry.effects);
        known.roles.extend(entry.roles);
        if known.source.is_empty() {
            known.source = entry.source;
        }
    }

    /// Notes a function that a stub lists.
    pub fn list(&mut self, path: Sym) {
        self.harmless.insert(path);
    }

    /// Whether the function is known, be it only to do nothing that matters.
    pub fn knows(&self, path: Sym) -> bool {
        self.entry(path).is_some() || self.harmless.contains(&path) || self.harmless.contains(&plain_path(path))
    }

    /// What is known of a function, macro or type, whatever version of its crate it is from.
    pub fn entry(&self, path: Sym) -> Option<&Entry> {
        self.entries.get(&path).or_else(|| self.entries.get(&plain_path(path)))
    }

    /// All entries, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (Sym, &Entry)> {
        self.entries.iter().map(|(path, entry)| (*path, entry))
    }

    /// The roles of a path.
    pub fn roles(&self, path: Sym) -> &[Role] {
        self.entry(path).map_or(&[], |e| &e.roles)
    }

    /// The classes of a type.
    pub fn classes(&self, path: Sym) -> impl Iterator<Item = Class> {
        self.roles(path).iter().filter_map(|role| match role {
            Role::Class(class) => Some(*class),
            _ => None,
        })
    }
}
