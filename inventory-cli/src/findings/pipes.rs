//! H05: a reader waits for the end of a pipe whose writing end somebody else has kept.

use super::Draft;
use super::view::{View, fd_source, named, names};
use crate::model::{Confidence, Finding, Kind, Process, Severity};

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for reader in view.snapshot.processes.iter().filter(|p| !p.kernel_thread) {
        for thread in &reader.threads {
            let Some(wait) = thread.wait.as_ref().filter(|w| w.call == libc::SYS_read) else { continue };
            let Ok(fd) = i32::try_from(wait.arguments[0]) else { continue };
            let Some((_, file)) = view.descriptor(reader, fd).filter(|(_, f)| f.kind == Kind::Pipe) else { continue };
            let Some(inode) = file.inode else { continue };
            let ends = view.with_inode(Kind::Pipe, inode).filter(|(_, f)| f.writes());
            let mut writers: Vec<(&Process, i32)> = ends.flat_map(|(n, _)| view.all(n)).collect();
            writers.sort_by_key(|(p, fd)| (p.pid, *fd));
            writers.dedup_by_key(|(p, _)| p.pid);
            let itself = writers.iter().any(|(p, _)| p.pid == reader.pid);
            let only_itself = itself && writers.len() == 1 && reader.threads.len() == 1;
            // Standard output is handed to children on purpose; further numbers are what a fork leaves behind.
            let left: Vec<(&Process, i32)> =
                writers.iter().copied().filter(|(p, fd)| *fd > 2 && p.pid != reader.pid).collect();
            let forked = left.iter().any(|(p, _)| p.forked_without_exec || p.forked_from.is_some());
            let (severity, confidence, message) = if only_itself {
                let message = format!("{} waits for the end of a pipe that only it can write to", named(reader));
                (Severity::Error, Confidence::Likely, message)
            } else if itself && !left.is_empty() {
                let message = format!(
                    "{} waits for a pipe that it keeps open for writing itself, with {}: it will never see the end",
                    named(reader),
                    names(&left)
                );
                (Severity::Warning, Confidence::Proven, message)
            } else if left.len() >= 2 && forked {
                let message = format!(
                    "{} waits in read for a pipe that {} keep open for writing: it sees the end when the last of them goes",
                    named(reader),
                    names(&left)
                );
                (Severity::Warning, Confidence::Likely, message)
            } else {
                continue;
            };
            let next = format!("fork-inventory who-holds pipe:{inode}");
            let draft = Draft { hazard: "H05", severity, confidence, pid: reader.pid, message, next };
            let mut evidence =
                vec![(format!("/proc/{}/task/{}/syscall", reader.pid, thread.tid), format!("read({fd}, …)"))];
            evidence.extend(
                writers.iter().take(8).map(|(p, fd)| (fd_source(p.pid, *fd), format!("pipe:[{inode}], for writing"))),
            );
            findings.push(draft.because(evidence));
        }
    }
}
