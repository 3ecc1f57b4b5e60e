//! H21 and H22: the parent's timers, which are not inherited, and its name, which is.

use super::view::{View, named};
use super::{Draft, count};
use crate::model::{Confidence, Finding, Severity};

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.snapshot.targets().filter(|p| p.forked_without_exec) {
        let Some(parent) = process.forked_from.and_then(|pid| view.snapshot.process(pid)) else { continue };
        let timers = parent.timers.as_ref().map_or(0, Vec::len);
        if timers > 0 && process.timers.as_ref().is_some_and(Vec::is_empty) {
            let draft = Draft {
                hazard: "H22",
                severity: Severity::Info,
                confidence: Confidence::Proven,
                pid: process.pid,
                message: format!("{} has {}, {} has none", named(parent), count(timers, "timer"), named(process)),
                next: format!("fork-inventory diff {}", process.pid),
            };
            findings.push(draft.because([
                (format!("/proc/{}/timers", parent.pid), count(timers, "timer")),
                (format!("/proc/{}/timers", process.pid), "empty".into()),
            ]));
        }
        let same = process.name == parent.name && process.command.is_some() && process.command == parent.command;
        if same {
            let draft = Draft {
                hazard: "H21",
                severity: Severity::Info,
                confidence: Confidence::Proven,
                pid: process.pid,
                message: format!("{} is called exactly as its parent {}", named(process), parent.pid),
                next: format!("fork-inventory tree {}", process.pid),
            };
            findings.push(draft.because([
                (format!("/proc/{}/comm", process.pid), process.name.clone()),
                (format!("/proc/{}/cmdline", process.pid), "equal to the parent's".into()),
            ]));
        }
    }
}
