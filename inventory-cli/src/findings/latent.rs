//! H01 and H17 before they bite: copies of held locks, and output that two processes will write. Only after `--deep`.

use super::Draft;
use super::view::{View, named};
use crate::model::{Confidence, Finding, Severity};

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.subjects().filter(|p| p.forked_without_exec) {
        for lock in process.latent_locks.iter().flatten() {
            let owner = lock.owner.tid;
            let name = lock.owner.name.as_deref().map(|n| format!(" ({n})")).unwrap_or_default();
            // The parent may have let go of it since; the copy stays locked.
            let draft = Draft {
                hazard: "H01",
                severity: Severity::Warning,
                confidence: Confidence::Likely,
                pid: process.pid,
                message: format!(
                    "{} has a copy of the glibc mutex `{}` that thread {owner}{name} of the parent held at the fork: \
                     whoever takes it waits for ever",
                    named(process),
                    lock.place
                ),
                next: format!("fork-inventory locks {} --deep", process.pid),
            };
            findings.push(draft.because([
                (format!("/proc/{}/mem at {:#x}", process.pid, lock.address), format!("locked, owner {owner}")),
                (format!("/proc/{}/task", process.pid), format!("no thread {owner}")),
            ]));
        }
        let Some(parent) = view.parent(process) else { continue };
        for stream in process.unwritten.iter().flatten().filter(|s| s.same_as_parent) {
            let draft = Draft {
                hazard: "H17",
                severity: Severity::Warning,
                confidence: Confidence::Proven,
                pid: process.pid,
                message: format!(
                    "{} and {} have the same {} bytes of unwritten output for fd {}: written twice when both leave by exit",
                    named(process),
                    named(parent),
                    stream.bytes,
                    stream.fd
                ),
                next: format!("fork-inventory fds {}", process.pid),
            };
            findings.push(draft.because([process.pid, parent.pid].map(|pid| {
                (format!("/proc/{pid}/mem, FILE at {:#x}", stream.address), format!("{} bytes, equal", stream.bytes))
            })));
        }
    }
}
