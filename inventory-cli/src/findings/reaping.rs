//! H19: nobody asks for a child's end.

use super::view::{View, named};
use super::{Draft, count};
use crate::model::{Confidence, Finding, Role, Severity};

/// A child that ended younger than this may be reaped any moment.
const YOUNG: f64 = 5.0;

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.snapshot.targets() {
        let dead: Vec<_> = view
            .snapshot
            .processes
            .iter()
            .filter(|p| p.parent == process.pid && p.state == 'Z' && p.role != Role::Target)
            .collect();
        if dead.is_empty() {
            continue;
        }
        let old = dead.iter().any(|p| p.age_seconds.is_some_and(|a| a > YOUNG));
        let draft = Draft {
            hazard: "H19",
            severity: if old || dead.len() > 2 { Severity::Warning } else { Severity::Info },
            confidence: Confidence::Proven,
            pid: process.pid,
            message: format!(
                "{} has not asked for the end of {}: {}",
                named(process),
                count(dead.len(), "ended child").replace("childs", "children"),
                dead.iter().take(3).map(|p| named(p)).collect::<Vec<_>>().join(", ")
            ),
            next: format!("fork-inventory tree {}", process.pid),
        };
        findings.push(draft.because(
            dead.iter().take(8).map(|p| (format!("/proc/{}/stat", p.pid), format!("state Z, parent {}", process.pid))),
        ));
    }
}
