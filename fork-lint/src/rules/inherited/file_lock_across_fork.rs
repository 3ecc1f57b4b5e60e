//! Rule `file-lock-across-fork`.

use crate::analysis::{Program, Region, Site};
use crate::catalogue::{Class, Role};
use crate::facts::{Call, Val};
use crate::rules::child::site_place;
use crate::rules::subject::{called_name, finding, step};
use crate::rules::workers::{alive, at_fork, calls_before, calls_in, daemons, workers};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A file lock is taken before a fork and means something else after it
    ///
    /// ## What it does
    /// Reports locks of `fcntl` and `lockf` that are taken before the process becomes a daemon or forks a child that works
    /// on, and locks of `flock` taken before a fork whose parent carries on.
    ///
    /// ## Why is this bad
    /// A lock of `fcntl` belongs to the process: the child does not have it, and when the parent of a daemon exits, nobody
    /// does. A second instance starts as if there were none. A lock of `flock` belongs to the open file: parent
    /// and child hold it together, so it excludes neither from the other, and when one of them unlocks it both have lost it.
    ///
    /// ## Example
    /// ```rust
    /// unsafe { libc::lockf(pid_file.as_raw_fd(), libc::F_TLOCK, 0) };
    /// unsafe { libc::daemon(0, 0) };
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// unsafe { libc::daemon(0, 0) };
    /// unsafe { libc::lockf(pid_file.as_raw_fd(), libc::F_TLOCK, 0) };
    /// ```
    ///
    /// ## Limits
    /// A lock that is released before the fork in another function is not seen to be.
    pub FileLockAcrossFork = "file-lock-across-fork", "H18", "inherited-state", Warning, check
}

/// Whom a lock belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Process,
    OpenFile,
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for region in daemons(program) {
        report(program, region, &[Owner::Process], out);
    }
    for region in workers(program) {
        report(program, region, &[Owner::Process, Owner::OpenFile], out);
        for held in alive(program, region.site, &[Class::FileLock]) {
            let message = format!("file lock `{}` is shared with the child of this fork", held.name);
            let mut found = at_fork(program, &FileLockAcrossFork, Level::Warning, region, message);
            found.label = "held when the process forks".to_owned();
            found.steps.insert(0, step(held.since, "taken by the parent here"));
            found.help = HELP.to_owned();
            found.subject = held.name.as_str().to_owned();
            out.push(found);
        }
    }
}

const HELP: &str = "take the lock after the fork, in the process that relies on it";

fn report(program: &Program, region: &Region, owners: &[Owner], out: &mut Vec<Finding>) {
    let before = calls_before(program, region.site);
    let owner = |site: &Site| program.call_at(*site).and_then(|call| lock_of(program, call));
    let Some(taken) = before.iter().rev().find(|site| owner(site).is_some_and(|o| owners.contains(&o))) else { return };
    let released = before.iter().any(|site| site > taken && program.call_at(*site).is_some_and(unlocks));
    let again = calls_in(program, region).iter().any(|site| owner(site).is_some());
    if released || again {
        return;
    }
    let Some(call) = program.call_at(*taken) else { return };
    let name = called_name(call);
    let (message, label) = match owner(taken) {
        Some(Owner::Process) => (
            format!("the child of the fork that follows does not have the lock of `{name}`"),
            "belongs to this process alone",
        ),
        _ => (
            format!("the lock of `{name}` is shared with the child of the fork that follows"),
            "belongs to the open file",
        ),
    };
    let told = at_fork(program, &FileLockAcrossFork, Level::Warning, region, message.clone());
    let f = program.function(taken.function);
    let mut found = finding(&FileLockAcrossFork, Level::Warning, f, site_place(program, *taken), message);
    found.label = label.to_owned();
    found.steps = vec![step(site_place(program, *taken), "taken here")];
    found.steps.extend(told.steps);
    found.help = HELP.to_owned();
    found.subject = name.to_owned();
    out.push(found);
}

/// Whom the lock belongs to that a call takes, if it takes one.
fn lock_of(program: &Program, call: &Call) -> Option<Owner> {
    let named = |names: &[&str]| call.args.iter().any(|a| mentions(a, names));
    let name = called_name(call);
    if name == "fcntl" || name.starts_with("fcntl_lock") {
        return (name != "fcntl" || named(&["F_SETLK", "F_SETLKW"])).then_some(Owner::Process);
    }
    if !program.call_roles(&call.callee).contains(&Role::LocksFile) || unlocks(call) {
        return None;
    }
    Some(if name == "lockf" { Owner::Process } else { Owner::OpenFile })
}

fn unlocks(call: &Call) -> bool {
    let off = ["LOCK_UN", "F_ULOCK", "F_UNLCK", "Unlock", "UnlockNonblock"];
    called_name(call).starts_with("unlock") || call.args.iter().any(|a| mentions(a, &off))
}

fn mentions(val: &Val, names: &[&str]) -> bool {
    match val {
        Val::Const(path) => names.contains(&path.last()),
        Val::Ctor(path, vals) => names.contains(&path.last()) || vals.iter().any(|v| mentions(v, names)),
        Val::Or(vals) | Val::Phi(vals) => vals.iter().any(|v| mentions(v, names)),
        Val::Inside(inner) => mentions(inner, names),
        _ => false,
    }
}
