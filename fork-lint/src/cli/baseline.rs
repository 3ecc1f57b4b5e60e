//! The baseline: findings that are known, counted by what they are about rather than by line.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::write::replace;
use crate::facts::plain_path;
use crate::report::{Places, Remark, Reported, Standing, plural};
use crate::rules::Level;

const VERSION: u32 = 1;

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Entry>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    file: String,
    function: String,
    subject: String,
    count: usize,
}

/// Rule, file, function, subject: all that stays when lines move.
type Key = (String, String, String, String);

/// Known findings.
#[derive(Debug, Default)]
pub(super) struct Baseline {
    counts: BTreeMap<Key, usize>,
}

impl Baseline {
    /// Reads a baseline.
    pub(super) fn read(path: &Path) -> Result<Baseline, Failure> {
        let shown = path.display();
        let text = std::fs::read_to_string(path).map_err(|e| {
            Failure::usage(format!("the baseline {shown} cannot be read: {e}"))
                .help("write it with --write-baseline, or take --baseline away")
        })?;
        let file: File = serde_json::from_str(&text).map_err(|e| {
            Failure::usage(format!("the baseline {shown} is not valid: {e}"))
                .help("write it anew with --write-baseline")
        })?;
        if file.version != VERSION {
            let message = format!("the baseline {shown} is of version {}, this tool reads {VERSION}", file.version);
            return Err(Failure::usage(message).help("write it anew with --write-baseline"));
        }
        let mut counts = BTreeMap::new();
        for entry in file.findings {
            *counts.entry((entry.rule, entry.file, entry.function, entry.subject)).or_default() += entry.count;
        }
        Ok(Baseline { counts })
    }

    /// A baseline of all findings that count.
    pub(super) fn of(findings: &[Reported], places: &Places) -> Baseline {
        let mut counts = BTreeMap::new();
        for reported in findings.iter().filter(|f| f.open()) {
            *counts.entry(key(reported, places)).or_default() += 1;
        }
        Baseline { counts }
    }

    /// How many findings it holds.
    pub(super) fn total(&self) -> usize {
        self.counts.values().sum()
    }

    /// Writes it; entries stand in a fixed order, so that versions of it can be compared.
    pub(super) fn write(&self, path: &Path) -> Result<(), Failure> {
        let findings = self.counts.iter().map(|((rule, file, function, subject), count)| Entry {
            rule: rule.clone(),
            file: file.clone(),
            function: function.clone(),
            subject: subject.clone(),
            count: *count,
        });
        let file = File { version: VERSION, findings: findings.collect() };
        let mut text = serde_json::to_string_pretty(&file).map_err(|e| Failure::unfinished(e.to_string()))?;
        text.push('\n');
        replace(path, text.as_bytes()).map_err(|e| {
            Failure::usage(format!("the baseline {} cannot be written: {e}", path.display()))
                .help("name a file in a folder that exists and can be written to")
        })
    }

    /// Marks known findings, and says what the baseline holds that is there no more.
    pub(super) fn apply(&self, findings: &mut [Reported], places: &Places, path: &Path) -> Option<Remark> {
        let mut left = self.counts.clone();
        for reported in findings.iter_mut().filter(|f| f.open()) {
            if let Some(count) = left.get_mut(&key(reported, places))
                && *count > 0
            {
                *count -= 1;
                reported.standing = Standing::Known;
            }
        }
        let gone: Vec<(&Key, usize)> = left.iter().filter(|(_, n)| **n > 0).map(|(key, n)| (key, *n)).collect();
        let ((rule, file, ..), _) = gone.first()?;
        let total: usize = gone.iter().map(|(_, n)| n).sum();
        let rest = if total > 1 { format!(" and {} more", total - 1) } else { String::new() };
        Some(Remark {
            level: Level::Note,
            message: format!("{} of the baseline found no more: {rule} in {file}{rest}", plural(total, "finding")),
            help: Some(format!("bring it up to date: cargo fork-lint --baseline {} --write-baseline", path.display())),
        })
    }
}

fn key(reported: &Reported, places: &Places) -> Key {
    let finding = &reported.finding;
    let function = plain_path(finding.function).as_str().to_owned();
    (finding.rule.to_owned(), places.stable(finding.span.file), function, finding.subject.clone())
}
