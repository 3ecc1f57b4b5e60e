//! H20: what the next fork of this process costs. H15: what was copied since the last one.

use super::Draft;
use super::view::{View, named};
use crate::model::{Confidence, Finding, Severity};
use crate::render::bytes;

/// From this size of page tables on a fork is worth a word: about 2 GB in pages of 4 KiB.
const MUCH: u64 = 4 << 20;

/// Milliseconds a fork takes for page tables of a size: 41.6 ms for 4.1 MB measured on Linux 6.18.
pub(crate) fn milliseconds(page_tables: u64) -> u64 {
    page_tables / (1 << 10) * 10 / (1 << 10)
}

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.snapshot.targets() {
        if let Some(tables) = process.memory.as_ref().and_then(|m| m.page_tables).filter(|t| *t >= MUCH) {
            let draft = Draft {
                hazard: "H20",
                severity: Severity::Info,
                confidence: Confidence::Likely,
                pid: process.pid,
                message: format!(
                    "the next fork of {} copies {} of page tables: about {} ms during which it stands still",
                    named(process),
                    bytes(tables),
                    milliseconds(tables)
                ),
                next: format!("fork-inventory mem {}", process.pid),
            };
            findings.push(
                draft.because([(format!("/proc/{}/status", process.pid), format!("VmPTE {} kB", tables / 1024))]),
            );
        }
        copied(view, process, findings);
    }
}

fn copied(view: &View<'_>, process: &crate::model::Process, findings: &mut Vec<Finding>) {
    let Some(parent) = view.parent(process).filter(|_| process.forked_without_exec) else { return };
    let sum = |of: fn(&crate::model::Mapping) -> Option<u64>| -> u64 {
        process
            .mappings
            .iter()
            .flatten()
            .filter(|m| m.access.ends_with('p'))
            .filter_map(of)
            .fold(0, u64::saturating_add)
    };
    let (same, diverged) = (sum(|m| m.same_as_parent), sum(|m| m.diverged));
    if diverged < 64 << 20 || diverged < same / 4 {
        return;
    }
    let draft = Draft {
        hazard: "H15",
        severity: Severity::Info,
        confidence: Confidence::Proven,
        pid: process.pid,
        message: format!(
            "{} of {}'s memory was copied since it was forked from {}, {} is still shared",
            bytes(diverged),
            named(process),
            named(parent),
            bytes(same)
        ),
        next: format!("fork-inventory mem {}", process.pid),
    };
    let value = format!("{diverged} bytes in other pages, {same} in the same");
    findings.push(draft.because([(format!("/proc/{}/pagemap", process.pid), value)]));
}
