//! Judging a snapshot: one hazard, one file. Nothing here looks at the machine, so that a saved snapshot is judged alike.
//!
//! A finding needs evidence; the negative controls in `tests/` must give none at warning level or above.

mod blocked_locks;
mod connections;
mod deleted_files;
mod descriptors_on_exec;
mod event_loops;
mod file_locks;
mod fork_cost;
mod latent;
mod listeners;
mod pipes;
mod reaping;
mod shared_offsets;
mod signals;
mod stdio;
mod threads;
mod timers;
mod view;

use std::collections::HashMap;

use fork_lint::rules::hazards::hazard;

use crate::model::{Confidence, Evidence, Finding, Severity, Snapshot};
use view::View;

pub(crate) use fork_cost::milliseconds;

type Rule = fn(&View<'_>, &mut Vec<Finding>);

const RULES: &[Rule] = &[
    blocked_locks::judge,
    latent::judge,
    threads::judge,
    descriptors_on_exec::judge,
    listeners::judge,
    pipes::judge,
    deleted_files::judge,
    shared_offsets::judge,
    stdio::judge,
    connections::judge,
    event_loops::judge,
    signals::judge,
    file_locks::judge,
    reaping::judge,
    fork_cost::judge,
    timers::judge,
];

/// All findings about a snapshot, worst first.
pub fn judge(snapshot: &Snapshot) -> Vec<Finding> {
    let view = View::new(snapshot);
    let mut findings = Vec::new();
    for rule in RULES {
        rule(&view, &mut findings);
    }
    findings.sort_by(|a, b| {
        b.severity
            .cmp(&a.severity)
            .then(a.hazard.cmp(&b.hazard))
            .then(a.pid.cmp(&b.pid))
            .then(a.message.cmp(&b.message))
    });
    few(findings)
}

/// Findings of one hazard and severity about one process that are told one by one.
const TOLD: usize = 50;

/// A target with very many of the same is told of once more, with the number of the rest.
fn few(findings: Vec<Finding>) -> Vec<Finding> {
    let mut counts: HashMap<(i32, String, Severity), usize> = HashMap::new();
    let mut kept: Vec<Finding> = Vec::new();
    for mut finding in findings {
        let count = counts.entry((finding.pid, finding.hazard.clone(), finding.severity)).or_default();
        *count += 1;
        if *count == TOLD + 1 {
            finding.message =
                format!("more of the same about pid {}; the first left out: {}", finding.pid, finding.message);
        }
        if *count <= TOLD + 1 {
            kept.push(finding);
        }
    }
    for finding in &mut kept {
        let all = counts.get(&(finding.pid, finding.hazard.clone(), finding.severity)).copied().unwrap_or(0);
        if finding.message.starts_with("more of the same") {
            finding.message = format!("{} {}", all - TOLD, finding.message);
        }
    }
    kept
}

/// A finding in the making.
struct Draft {
    hazard: &'static str,
    severity: Severity,
    confidence: Confidence,
    pid: i32,
    message: String,
    next: String,
}

impl Draft {
    /// Adds the evidence, and what is known about the hazard.
    fn because(self, evidence: impl IntoIterator<Item = (String, String)>) -> Finding {
        let known = hazard(self.hazard);
        Finding {
            hazard: self.hazard.into(),
            name: known.map_or("", |h| h.name).into(),
            family: known.map_or("", |h| h.family).into(),
            severity: self.severity,
            confidence: self.confidence,
            pid: self.pid,
            message: self.message,
            evidence: evidence.into_iter().map(|(source, value)| Evidence { source, value }).collect(),
            remedy: known.map_or("", |h| h.remedy).split_whitespace().collect::<Vec<_>>().join(" "),
            next: self.next,
        }
    }
}

/// `3 descriptors`, `1 descriptor`
fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
