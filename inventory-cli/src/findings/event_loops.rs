//! H10: an event loop that two processes have, or that watches what its process has closed.

use super::Draft;
use super::view::{View, fd_source, named, names, same};
use crate::model::{Confidence, Finding, Kind, Severity};

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.subjects() {
        for (descriptor, file) in view.files(process) {
            let (severity, what) = match file.kind {
                Kind::Epoll => (Severity::Warning, "epoll instance"),
                Kind::IoUring => (Severity::Warning, "io_uring"),
                Kind::Inotify => (Severity::Info, "inotify instance"),
                Kind::Timerfd => (Severity::Info, "timer descriptor"),
                _ => continue,
            };
            let others = view.others(process, descriptor.file);
            let forked = process.forked_without_exec || others.iter().any(|(p, _)| p.forked_without_exec);
            if process.forked_without_exec && !others.is_empty() && forked {
                let first = others.first().map(|(p, fd)| (p.pid, *fd)).unwrap_or_default();
                let watches = match file.watches.len() {
                    0 => String::new(),
                    1 => ", which watches 1 descriptor".to_owned(),
                    n => format!(", which watches {n} descriptors"),
                };
                let draft = Draft {
                    hazard: "H10",
                    severity,
                    confidence: Confidence::Proven,
                    pid: process.pid,
                    message: format!(
                        "{} shares the {what} at fd {} with {}{watches}",
                        named(process),
                        descriptor.fd,
                        names(&others)
                    ),
                    next: format!("fork-inventory fds {}", process.pid),
                };
                findings.push(draft.because([same((process.pid, descriptor.fd), first, view.snapshot.live)]));
            }
            let gone: Vec<String> = file.watches.iter().filter(|w| w.gone).map(|w| w.fd.to_string()).collect();
            if file.kind == Kind::Epoll && !gone.is_empty() && others.is_empty() {
                let draft = Draft {
                    hazard: "H10",
                    severity: Severity::Warning,
                    confidence: Confidence::Proven,
                    pid: process.pid,
                    message: format!(
                        "{} has closed fd {} and its epoll instance (fd {}) watches it still: another process keeps the file \
                         open, so that events for it go on",
                        named(process),
                        gone.join(", "),
                        descriptor.fd
                    ),
                    next: format!("fork-inventory fds {}", process.pid),
                };
                findings.push(draft.because([
                    (
                        fd_source(process.pid, descriptor.fd).replace("/fd/", "/fdinfo/"),
                        format!("tfd: {}", gone.join(", ")),
                    ),
                    ("kcmp(KCMP_EPOLL_TFD)".into(), "not what the process has under that number".into()),
                ]));
            }
        }
    }
}
