//! H01: a thread waits for a lock that nobody will release.

use super::Draft;
use super::view::{View, named};
use crate::model::{Confidence, Finding, LockKind, Severity};

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.snapshot.processes.iter().filter(|p| p.forked_without_exec) {
        for thread in &process.threads {
            let Some(wait) = &thread.wait else { continue };
            let Some(kind) = wait.lock else { continue };
            let orphaned = wait.owner.as_ref().is_some_and(|o| !o.here) && !wait.timed && kind != LockKind::GlibcWait;
            if !wait.hopeless && !orphaned {
                continue;
            }
            let place = wait.place.as_deref().unwrap_or("an unknown place");
            let who = if process.threads.len() == 1 { "waits" } else { "has a thread that waits" };
            let holder = match &wait.owner {
                Some(owner) => match &owner.name {
                    Some(name) => format!("its owner is thread {} ({name}) of the parent", owner.tid),
                    None => format!("its owner, thread {}, does not exist in this process", owner.tid),
                },
                None => "the process has one thread, and nobody else can release it".to_owned(),
            };
            let path = format!("/proc/{}/task/{}", process.pid, thread.tid);
            let [a, b, c, d] = wait.arguments;
            let mut evidence = vec![
                (format!("{path}/syscall"), format!("futex({a:#x}, {b:#x}, {c:#x}, timeout {d:#x})")),
                (format!("/proc/{}/stat", process.pid), "flags have PF_FORKNOEXEC: forked, no exec since".into()),
            ];
            if let Some(owner) = &wait.owner {
                evidence.push(("the lock's own word in memory".into(), format!("owner {}", owner.tid)));
                evidence.push((format!("/proc/{}/task", process.pid), format!("no thread {}", owner.tid)));
            }
            if wait.hopeless {
                let alone = "1 thread, private futex, no time-out, memory shared with nobody (kcmp)";
                evidence.push((format!("/proc/{}/task", process.pid), alone.into()));
            }
            let draft = Draft {
                hazard: "H01",
                severity: Severity::Error,
                confidence: Confidence::Proven,
                pid: process.pid,
                message: format!("{} {who} for ever for the {} `{place}`: {holder}", named(process), kind.words()),
                next: format!("fork-inventory locks {}", process.pid),
            };
            findings.push(draft.because(evidence));
        }
    }
}
