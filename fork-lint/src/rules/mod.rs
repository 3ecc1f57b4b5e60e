//! The rules: one file each, its documentation compiled in.

mod child;
pub mod child_exit;
pub mod child_work;
mod edit;
pub mod fds;
mod finding;
pub mod hazards;
pub mod inherited;
pub mod locks;
mod promise;
pub mod reaping;
mod subject;
pub mod suppressing;
pub mod threads;
mod workers;

pub use finding::*;

use crate::analysis::Program;

/// A rule: what it is called, what it says, and how it looks.
pub struct Rule {
    /// Kebab-case name, the SARIF `ruleId`.
    pub name: &'static str,
    /// Hazard of HAZARDS.md, `H01`…`H24`.
    pub hazard: &'static str,
    /// Word in `properties.family`.
    pub family: &'static str,
    /// Level of its usual finding.
    pub level: Level,
    /// One line for `--list` and SARIF's short description.
    pub summary: &'static str,
    /// The documentation: the rule struct's doc comment, Markdown.
    pub docs: &'static str,
    /// Looks at the program and adds what it finds.
    pub check: fn(&Program, &mut Vec<Finding>),
}

impl Rule {
    /// The summary, as written.
    pub fn headline(&self) -> &'static str {
        self.summary.trim()
    }

    /// The documentation as Markdown, without the space that doc comments put before each line.
    pub fn markdown(&self) -> String {
        self.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    }
}

/// The rules, family by family.
pub const FAMILIES: &[&[&Rule]] = &[
    child_work::RULES,
    locks::RULES,
    threads::RULES,
    fds::RULES,
    child_exit::RULES,
    inherited::RULES,
    reaping::RULES,
    suppressing::RULES,
];

/// Every rule.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}

/// Declares a rule: the doc comment becomes `docs` (its first line the summary), and the struct its name in code.
///
/// ```text
/// rule! {
///     /// One line that says what it finds
///     ///
///     /// ## What it does …
///     pub AllocationInChild = "allocation-in-child", "H03", "child-work", Warning, check
/// }
/// ```
macro_rules! rule {
    (#[doc = $first:literal] $(#[doc = $doc:literal])* pub $name:ident = $kebab:literal, $hazard:literal, $family:literal, $level:ident, $check:path) => {
        rule!(@ $first; $($doc)*; $name, $kebab, $hazard, $family, $level, $check);
    };
    (@ $first:literal; $($doc:literal)*; $name:ident, $kebab:literal, $hazard:literal, $family:literal, $level:ident, $check:path) => {
        // The examples name crates that are no dependencies here, so they are no doc tests.
        #[cfg_attr(not(doctest), doc = $first)]
        $(#[cfg_attr(not(doctest), doc = $doc)])*
        #[allow(non_upper_case_globals, reason = "a rule is named like a type")]
        pub(in crate::rules) static $name: $crate::rules::Rule = $crate::rules::Rule {
            name: $kebab,
            hazard: $hazard,
            family: $family,
            level: $crate::rules::Level::$level,
            summary: $first,
            docs: concat!($first, "\n", $($doc, "\n",)*),
            check: $check,
        };
    };
}
pub(crate) use rule;
