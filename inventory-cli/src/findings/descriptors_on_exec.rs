//! H04: a descriptor of the parent has reached an executed program.

use super::Draft;
use super::view::{View, endpoints, fd_source, named, same};
use crate::model::{Confidence, Finding, Kind, Relation, Severity};

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.subjects().filter(|p| !p.forked_without_exec) {
        let Some(parent) = view.parent(process) else { continue };
        // Socket activation (sd_listen_fds(3)) and its like hand sockets over on purpose, and say so.
        let told = process.environment.iter().flatten().any(|(name, _)| name == "LISTEN_FDS");
        for (descriptor, file) in view.files(process) {
            let inherited = matches!(descriptor.relation, Relation::Inherited | Relation::Duplicated);
            if !inherited || descriptor.fd <= 2 || descriptor.cloexec == Some(true) {
                continue;
            }
            let state = file.socket.as_ref().map_or("", |s| s.state.as_str());
            let (severity, what) = match (file.kind, state) {
                (Kind::Socket, "listen") if told => continue,
                (Kind::Socket, "listen") => (Severity::Warning, "the port stays taken while it lives"),
                (Kind::Socket, "established" | "close_wait") => {
                    (Severity::Warning, "the other side sees no end while it lives")
                }
                (Kind::Epoll | Kind::IoUring, _) => (Severity::Warning, "the event loop is now shared"),
                (Kind::Pipe, _) if file.writes() => (Severity::Info, "the reader sees no end while it lives"),
                (Kind::File, _) if file.deleted => (Severity::Info, "the deleted file keeps its space"),
                _ => (Severity::Info, "it has access that it may not be meant to have"),
            };
            let Some((holder, fd)) =
                view.others(process, descriptor.file).into_iter().find(|(p, _)| p.pid == parent.pid)
            else {
                continue;
            };
            let socket = file.socket.as_ref().map(|s| format!(" ({})", endpoints(s))).unwrap_or_default();
            let draft = Draft {
                hazard: "H04",
                severity,
                confidence: Confidence::Proven,
                pid: process.pid,
                message: format!(
                    "{} has fd {} {}{socket} from {} through exec: {what}",
                    named(process),
                    descriptor.fd,
                    file.target,
                    named(parent)
                ),
                next: format!("fork-inventory fds {}", process.pid),
            };
            findings.push(draft.because([
                same((process.pid, descriptor.fd), (holder.pid, fd), view.snapshot.live),
                (fd_source(process.pid, descriptor.fd).replace("/fd/", "/fdinfo/"), "no O_CLOEXEC".into()),
            ]));
        }
    }
}
