//! Counting what is reported.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Report, Standing};
use crate::rules::Level;

/// Counts of a report's findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// At error level.
    pub errors: usize,
    /// At warning level.
    pub warnings: usize,
    /// At note level.
    pub notes: usize,
    /// Allowed in the source.
    pub suppressed: usize,
    /// In the baseline.
    pub known: usize,
    /// Findings that count, by level and rule, most frequent first.
    pub by_rule: Vec<(Level, &'static str, usize)>,
}

/// Counts a report's findings.
pub fn tally(report: &Report) -> Tally {
    let mut tally = Tally::default();
    let mut by_rule: BTreeMap<(Level, &'static str), usize> = BTreeMap::new();
    for reported in &report.findings {
        match &reported.standing {
            Standing::Suppressed { .. } => tally.suppressed += 1,
            Standing::Known => tally.known += 1,
            Standing::Open => {
                match reported.level {
                    Level::Error => tally.errors += 1,
                    Level::Warning => tally.warnings += 1,
                    Level::Note | Level::Allow => tally.notes += 1,
                }
                *by_rule.entry((reported.level, reported.finding.rule)).or_default() += 1;
            }
        }
    }
    tally.by_rule = by_rule.into_iter().map(|((level, rule), n)| (level, rule, n)).collect();
    tally.by_rule.sort_by(|a, b| b.0.cmp(&a.0).then(b.2.cmp(&a.2)).then(a.1.cmp(b.1)));
    tally
}

impl Tally {
    /// `2 errors (1 a, 1 b), 3 warnings (3 c)`; `notes` says whether notes are listed like the others.
    pub fn sentence(&self, notes: bool) -> String {
        let mut parts = Vec::new();
        for (level, count, word) in [
            (Level::Error, self.errors, "error"),
            (Level::Warning, self.warnings, "warning"),
            (Level::Note, self.notes, "note"),
        ] {
            if count == 0 {
                continue;
            }
            if level == Level::Note && !notes {
                parts.push(format!("{} not shown: --show notes", plural(count, word)));
                continue;
            }
            let rules: Vec<String> =
                self.by_rule.iter().filter(|(l, ..)| *l == level).map(|(_, rule, n)| format!("{n} {rule}")).collect();
            parts.push(format!("{} ({})", plural(count, word), rules.join(", ")));
        }
        let mut text = if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") };
        for (count, what) in [(self.suppressed, "allowed in the source"), (self.known, "in the baseline")] {
            if count > 0 {
                let _ = write!(text, "; {count} {what}");
            }
        }
        text
    }
}

/// `1 error`, `2 errors`.
pub fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
