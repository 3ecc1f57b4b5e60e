//! H18: a lock whose recorded owner is not who holds it.

use super::Draft;
use super::view::{View, named, names};
use crate::model::{Confidence, Finding, Severity};

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.subjects() {
        for (descriptor, file) in view.files(process) {
            for lock in file.locks.iter().filter(|l| l.kind == "flock" || l.kind == "ofdlck") {
                let others = view.others(process, descriptor.file);
                let owner = lock.recorded_owner.filter(|o| *o != process.pid);
                let alive =
                    owner.is_some_and(|o| others.iter().any(|(p, _)| p.pid == o && !matches!(p.state, 'Z' | 'X')));
                let (severity, message) = match owner {
                    Some(owner) if !alive => (
                        Severity::Warning,
                        format!(
                            "{} holds the {} lock on {} (fd {}); /proc/locks names process {owner}, which no longer has it",
                            named(process),
                            lock.kind,
                            file.target,
                            descriptor.fd
                        ),
                    ),
                    _ if process.forked_without_exec && !others.is_empty() => (
                        Severity::Info,
                        format!(
                            "{} shares the {} lock on {} with {}: either can release it for both",
                            named(process),
                            lock.kind,
                            file.target,
                            names(&others)
                        ),
                    ),
                    _ => continue,
                };
                let draft = Draft {
                    hazard: "H18",
                    severity,
                    confidence: Confidence::Proven,
                    pid: process.pid,
                    message,
                    next: format!("fork-inventory who-holds inode:{}", file.inode.unwrap_or(0)),
                };
                let owner = lock.recorded_owner.map_or("nobody".to_owned(), |o| o.to_string());
                findings.push(draft.because([(
                    format!("/proc/{}/fdinfo/{}", process.pid, descriptor.fd),
                    format!("lock: {} {}, taken by {owner}", lock.kind, lock.mode),
                )]));
            }
        }
    }
}
