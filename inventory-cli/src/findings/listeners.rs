//! H05: workers that outlived their master keep its port.

use super::Draft;
use super::view::{View, endpoints, fd_source, named, names};
use crate::model::{Confidence, Finding, Kind, Process, Severity};

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.subjects().filter(|p| is_orphan(p)) {
        for (descriptor, file) in view.files(process).filter(|(_, f)| f.kind == Kind::Socket) {
            let Some(socket) = file.socket.as_ref().filter(|s| s.state == "listen") else { continue };
            // A daemon, too, is adopted and listens. Several adopted ones with one listener had one master.
            let others: Vec<_> = view
                .others(process, descriptor.file)
                .into_iter()
                .filter(|(p, _)| is_orphan(p) && p.session != p.pid)
                .collect();
            if others.is_empty() || process.session == process.pid {
                continue;
            }
            let draft = Draft {
                hazard: "H05",
                severity: Severity::Error,
                confidence: Confidence::Likely,
                pid: process.pid,
                message: format!(
                    "{} has outlived the process it was forked from and still listens on {}, with {}: a new master finds the \
                     address in use",
                    named(process),
                    endpoints(socket),
                    names(&others)
                ),
                next: format!("fork-inventory tree {}", process.pid),
            };
            findings.push(draft.because([
                (
                    format!("/proc/{}/stat", process.pid),
                    format!("forked, no exec since; parent is now {}", process.parent),
                ),
                (fd_source(process.pid, descriptor.fd), file.target.clone()),
            ]));
        }
    }
}

/// Forked, and adopted by another program since.
fn is_orphan(process: &Process) -> bool {
    process.forked_without_exec && process.forked_from.is_none() && (process.layout.is_some() || process.parent == 1)
}
