//! How findings are told: to people, to other tools, to code hosts. Renderers are siblings over one [`Report`].

mod github;
mod human;
mod json;
pub mod markdown;
mod places;
mod sarif;
mod source;
mod tally;
#[cfg(test)]
mod tests;

pub use github::github;
pub use human::{Human, clean, snippet_of};
pub use json::json;
pub use places::{Base, PackageDir, Places};
pub use sarif::sarif;
pub use source::{Source, Sources};
pub use tally::{Tally, plural, tally};

use crate::facts::{CrateFacts, Span, Unseen};
use crate::rules::{Finding, Level, Rule};

/// A finding with the user's settings applied.
#[derive(Clone, Debug)]
pub struct Reported {
    /// What the rule said.
    pub finding: Finding,
    /// Its level by the user's settings.
    pub level: Level,
    /// Whether it counts.
    pub standing: Standing,
    /// Number among the findings of the same rule, function and subject, from 0, in source order.
    pub ordinal: u32,
}

/// Whether a finding counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Open,
    /// A comment or attribute in the source allows it.
    Suppressed {
        /// The reason given.
        reason: String,
        /// Where.
        at: Span,
    },
    /// It is in the baseline.
    Known,
}

impl Reported {
    /// Counts, and is shown.
    pub fn open(&self) -> bool {
        self.standing == Standing::Open
    }
}

/// Something that could not be seen, and whose crate it is in.
#[derive(Clone, Debug)]
pub struct Gap {
    /// What.
    pub unseen: Unseen,
    /// The crate.
    pub crate_title: String,
    /// It is one the user asked about.
    pub member: bool,
}

/// Something to say about the run itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// How bad.
    pub level: Level,
    /// What.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// The crates of a run, in the order they were read.
#[derive(Clone, Debug)]
pub struct CrateLine {
    /// Name and version.
    pub title: String,
    /// One of those the user asked about.
    pub member: bool,
    /// A library.
    pub library: bool,
    /// Folder of its package.
    pub dir: std::path::PathBuf,
    /// Its root file.
    pub root_file: std::path::PathBuf,
    /// Edition.
    pub edition: u16,
}

/// All that a renderer needs.
#[derive(Default)]
pub struct Report {
    /// Findings by file and place; those at level allow are left out.
    pub findings: Vec<Reported>,
    /// What could not be seen.
    pub gaps: Vec<Gap>,
    /// What to say about the run itself.
    pub remarks: Vec<Remark>,
    /// The crates read.
    pub crates: Vec<CrateLine>,
    /// The rules that ran.
    pub rules: Vec<&'static Rule>,
    /// Where files are.
    pub places: Places,
    /// Their texts.
    pub sources: Sources,
    /// Counts of findings that the configuration excludes by their path.
    pub excluded: usize,
}

impl Report {
    /// The rule of that name.
    pub fn rule(&self, name: &str) -> Option<&'static Rule> {
        self.rules.iter().copied().find(|r| r.name == name)
    }

    /// Findings that count.
    pub fn open(&self) -> impl Iterator<Item = &Reported> {
        self.findings.iter().filter(|f| f.open())
    }

    /// There is a finding at error level that counts.
    pub fn fails(&self) -> bool {
        self.open().any(|f| f.level == Level::Error)
    }

    /// What the facts of a crate could not see, as gaps.
    pub fn add_gaps(&mut self, facts: &CrateFacts, title: &str, member: bool) {
        self.gaps.extend(facts.unseen.iter().map(|unseen| Gap {
            unseen: unseen.clone(),
            crate_title: title.to_owned(),
            member,
        }));
    }
}

/// The word for a level in every format.
pub fn level_word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Allow => "note",
    }
}
