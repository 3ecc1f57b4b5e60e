//! H07: parent and child move one file offset.

use super::Draft;
use super::view::{View, fd_source, named, names, same};
use crate::model::{Confidence, Finding, Kind, Relation, Severity};

const O_APPEND: u32 = libc::O_APPEND.cast_unsigned();

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.subjects() {
        for (descriptor, file) in view.files(process).filter(|(_, f)| f.kind == Kind::File) {
            let inherited = matches!(descriptor.relation, Relation::Inherited | Relation::Duplicated);
            let moved = file.position.is_some_and(|p| p > 0);
            let appends = file.flags.is_some_and(|f| f & O_APPEND != 0);
            if !inherited || descriptor.fd <= 2 || !moved || appends {
                continue;
            }
            let others = view.others(process, descriptor.file);
            if others.is_empty() {
                continue;
            }
            let severity = if file.writes() { Severity::Warning } else { Severity::Info };
            let verb = if file.writes() { "write" } else { "read" };
            let first = others.first().map(|(p, fd)| (p.pid, *fd)).unwrap_or_default();
            let draft = Draft {
                hazard: "H07",
                severity,
                confidence: Confidence::Proven,
                pid: process.pid,
                message: format!(
                    "{} shares the offset of {} (fd {}) with {}: what one {verb}s moves the other",
                    named(process),
                    file.target,
                    descriptor.fd,
                    names(&others)
                ),
                next: format!("fork-inventory fds {}", process.pid),
            };
            findings.push(draft.because([
                same((process.pid, descriptor.fd), first, view.snapshot.live),
                (
                    fd_source(process.pid, descriptor.fd).replace("/fd/", "/fdinfo/"),
                    format!(
                        "pos {}, flags {:#o} without O_APPEND",
                        file.position.unwrap_or(0),
                        file.flags.unwrap_or(0)
                    ),
                ),
            ]));
        }
    }
}
