//! H08: 0, 1 or 2 is closed, or something else has taken the number.

use super::Draft;
use super::view::{View, fd_source, named};
use crate::model::{Confidence, Finding, Kind, Process, Relation, Severity};

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.subjects().filter(|p| !matches!(p.state, 'Z' | 'X')) {
        let Some(table) = &process.descriptors else { continue };
        // Without any descriptor it is not known that the table could be read.
        if table.is_empty() {
            continue;
        }
        for (fd, name) in [(0, "standard input"), (1, "standard output"), (2, "standard error")] {
            let entry = view.descriptor(process, fd);
            let (severity, message, value) = match entry {
                None => {
                    let message =
                        format!("{} has closed {name}: the next file it opens takes its number", named(process));
                    (Severity::Info, message, "no such descriptor".to_owned())
                }
                Some((descriptor, file)) => {
                    let listens = file.socket.as_ref().is_some_and(|s| s.state == "listen");
                    let own = matches!(descriptor.relation, Relation::Own | Relation::Unknown);
                    let wrong = match file.kind {
                        Kind::Epoll
                        | Kind::Eventfd
                        | Kind::Timerfd
                        | Kind::Signalfd
                        | Kind::Inotify
                        | Kind::IoUring => true,
                        Kind::Pidfd | Kind::Fanotify => true,
                        Kind::Socket => listens && own && !is_inetd(view, process),
                        _ => false,
                    };
                    if !wrong {
                        continue;
                    }
                    let what = file.target.trim_start_matches("anon_inode:");
                    let message = format!("{} has {what} in the place of {name}", named(process));
                    (Severity::Warning, message, file.target.clone())
                }
            };
            let draft = Draft {
                hazard: "H08",
                severity,
                confidence: Confidence::Proven,
                pid: process.pid,
                message,
                next: format!("fork-inventory fds {}", process.pid),
            };
            findings.push(draft.because([(fd_source(process.pid, fd), value)]));
        }
    }
}

/// A server that is started for a socket (inetd) has the same one as 0 and 1.
fn is_inetd(view: &View<'_>, process: &Process) -> bool {
    let file = |fd: i32| view.descriptor(process, fd).map(|(d, _)| d.file);
    file(0).is_some() && file(0) == file(1)
}
