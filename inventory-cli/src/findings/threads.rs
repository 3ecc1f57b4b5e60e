//! H02: forked from a process that had threads.

use super::view::{View, named};
use super::{Draft, count};
use crate::model::{Confidence, Finding, Severity};

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.subjects().filter(|p| p.forked_without_exec) {
        let Some(parent) = process.forked_from.and_then(|pid| view.snapshot.process(pid)) else { continue };
        // A thread that started before the child was there at the fork.
        let older: Vec<_> =
            parent.threads.iter().filter(|t| t.tid != parent.pid && t.start_ticks < process.start_ticks).collect();
        if older.is_empty() {
            continue;
        }
        let mut names: Vec<&str> = older.iter().map(|t| t.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.truncate(4);
        let message = format!(
            "{} was forked without exec from {}, which had {} more at the time ({}): locks and work of theirs are stuck in it",
            named(process),
            named(parent),
            count(older.len(), "thread"),
            names.join(", "),
        );
        let draft = Draft {
            hazard: "H02",
            severity: Severity::Info,
            confidence: Confidence::Proven,
            pid: process.pid,
            message,
            next: format!("fork-inventory locks {}", process.pid),
        };
        let starts = older.iter().take(4).map(|t| {
            (
                format!("/proc/{}/task/{}/stat", parent.pid, t.tid),
                format!("started at tick {}, the child at {}", t.start_ticks, process.start_ticks),
            )
        });
        findings.push(draft.because(starts));
    }
}
