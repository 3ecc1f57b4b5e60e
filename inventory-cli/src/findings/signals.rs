//! H13: signals that a child is deaf to because its parent was.

use super::Draft;
use super::view::{View, named};
use crate::model::{Confidence, Finding, Kind, Severity};
use crate::render::signal_names;

const fn bit(signal: i32) -> u64 {
    1 << (signal - 1)
}

/// Signals by which processes are asked to end, or told of the end of others.
const ENDING: u64 =
    bit(libc::SIGTERM) | bit(libc::SIGINT) | bit(libc::SIGHUP) | bit(libc::SIGQUIT) | bit(libc::SIGCHLD);

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.subjects().filter(|p| !matches!(p.state, 'Z' | 'X')) {
        let Some(parent) = view.parent(process).filter(|p| p.pid != process.pid) else { continue };
        let (Some(own), Some(theirs)) = (process.signals, parent.signals) else { continue };
        let reads_them = view.files(process).any(|(_, f)| f.kind == Kind::Signalfd)
            || process.threads.iter().any(|t| t.wait.as_ref().is_some_and(|w| w.call == libc::SYS_rt_sigtimedwait));
        let handled_elsewhere = process.threads_total > 1;
        let blocked = own.blocked & theirs.blocked & ENDING;
        let mut tell = |severity, confidence, set: u64, how: &str, field: &str, what: &str| {
            let draft = Draft {
                hazard: "H13",
                severity,
                confidence,
                pid: process.pid,
                message: format!(
                    "{} has {} {how}, as {} has: {what}",
                    named(process),
                    signal_names(set),
                    named(parent)
                ),
                next: format!("fork-inventory signals {}", process.pid),
            };
            findings.push(draft.because([process.pid, parent.pid].map(|pid| {
                let set =
                    if pid == process.pid { set } else { set & (theirs.blocked | theirs.ignored | theirs.caught) };
                (format!("/proc/{pid}/status"), format!("{field} has {}", signal_names(set)))
            })));
        };
        if blocked != 0 && !reads_them && !handled_elsewhere {
            let confidence = if process.forked_without_exec { Confidence::Likely } else { Confidence::Proven };
            tell(Severity::Warning, confidence, blocked, "blocked", "SigBlk", "it does not hear them");
        }
        let ignored = own.ignored & theirs.ignored & (bit(libc::SIGTERM) | bit(libc::SIGCHLD));
        if ignored != 0 && !process.forked_without_exec {
            tell(Severity::Warning, Confidence::Likely, ignored, "ignored", "SigIgn", "ignoring passes through exec");
        }
        if own.ignored & theirs.ignored & bit(libc::SIGPIPE) != 0 && !process.forked_without_exec {
            let what = "ignoring passes through exec; many programs rely on dying by it";
            tell(Severity::Info, Confidence::Likely, bit(libc::SIGPIPE), "ignored", "SigIgn", what);
        }
        let caught = own.caught & theirs.caught & (bit(libc::SIGTERM) | bit(libc::SIGINT) | bit(libc::SIGCHLD));
        if caught != 0 && process.forked_without_exec && own.caught == theirs.caught && parent.threads_total > 1 {
            let what = "the handlers are the parent's, and its threads are not here";
            tell(Severity::Info, Confidence::Likely, caught, "caught", "SigCgt", what);
        }
    }
}
