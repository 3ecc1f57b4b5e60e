//! H09: one connection, two speakers.

use super::Draft;
use super::view::{View, endpoints, named, names, same};
use crate::model::{Confidence, Finding, Kind, OpenFile, Process, Severity};

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.subjects().filter(|p| p.forked_without_exec) {
        for (descriptor, file) in view.files(process).filter(|(_, f)| f.kind == Kind::Socket) {
            let Some(socket) = file.socket.as_ref().filter(|s| s.state == "established" || s.state == "close_wait")
            else {
                continue;
            };
            let others = view.others(process, descriptor.file);
            if descriptor.fd <= 2 || others.is_empty() || is_family_channel(view, process, file) {
                continue;
            }
            let first = others.first().map(|(p, fd)| (p.pid, *fd)).unwrap_or_default();
            let draft = Draft {
                hazard: "H09",
                severity: Severity::Warning,
                confidence: Confidence::Proven,
                pid: process.pid,
                message: format!(
                    "{} shares the connection {} (fd {}) with {}: two speakers on one stream",
                    named(process),
                    endpoints(socket),
                    descriptor.fd,
                    names(&others)
                ),
                next: format!("fork-inventory who-holds inode:{}", file.inode.unwrap_or(0)),
            };
            findings.push(draft.because([
                same((process.pid, descriptor.fd), first, view.snapshot.live),
                ("sock_diag".into(), endpoints(socket)),
            ]));
        }
    }
}

/// Both ends of a socket pair in forks of one program run are how it talks to itself.
fn is_family_channel(view: &View<'_>, process: &Process, file: &OpenFile) -> bool {
    let Some(socket) = &file.socket else { return false };
    if socket.protocol != "unix" {
        return false;
    }
    match socket.peer {
        Some(peer) => view
            .with_inode(Kind::Socket, peer)
            .flat_map(|(n, _)| view.all(n))
            .any(|(other, _)| other.pid == process.pid || other.layout.is_some() && other.layout == process.layout),
        // Its other end is gone, or unknown: no stream to mix.
        None => true,
    }
}
