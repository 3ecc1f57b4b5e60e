//! Rule `inherited-fd-not-marked`.

use std::collections::HashMap;

use super::late::marked_in;
use super::op::{FdOp, fd_ops};
use super::stdio::{Slot, slot_of};
use crate::analysis::values::{Flow, Has, str_of};
use crate::analysis::{FnId, Program, calls};
use crate::facts::{Call, Fn, Val};
use crate::rules::subject::{called_name, finding, functions, path_of, place, step};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A descriptor inherited from the program's starter is not marked close-on-exec
    ///
    /// ## What it does
    /// Reports `from_raw_fd` on a number that comes from the environment, or in a crate that reads `LISTEN_FDS`, when
    /// nothing sets close-on-exec on it.
    ///
    /// ## Why is this bad
    /// A descriptor that is handed over by a service manager or a parent arrives without close-on-exec: that is how it
    /// arrives at all. Unless the receiver marks it, its own children inherit it as well. A listening socket then stays
    /// open in every helper, and the port with it, after the service has stopped.
    ///
    /// ## Example
    /// ```rust
    /// let fd: RawFd = env::var("CONTROL_FD")?.parse()?;
    /// let control = unsafe { UnixStream::from_raw_fd(fd) };
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let fd: RawFd = env::var("CONTROL_FD")?.parse()?;
    /// unsafe { libc::fcntl(fd, libc::F_SETFD, libc::FD_CLOEXEC) };
    /// let control = unsafe { UnixStream::from_raw_fd(fd) };
    /// ```
    ///
    /// ## Limits
    /// Where the crate marks some descriptor, a number whose way from the environment is not seen is taken to be
    /// marked.
    pub InheritedFdNotMarked = "inherited-fd-not-marked", "H04", "fds", Warning, check
}

/// What a crate does with descriptors from outside.
#[derive(Default)]
struct Crate<'p> {
    /// Reads of `LISTEN_FDS` and the like.
    announced: Vec<(&'p Fn, &'p Call, String)>,
    /// `from_raw_fd` of a parameter or of a number that is computed.
    adopts: Vec<(&'p Fn, &'p Call)>,
    /// Something is marked close-on-exec.
    marks: bool,
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let mut crates: HashMap<&str, Crate<'_>> = HashMap::new();
    for (id, f) in functions(program) {
        let unit = crates.entry(program.unit_of(id).facts.name.as_str()).or_default();
        for call in calls(&f.body) {
            unit.marks |= fd_ops(program, id, call).iter().any(|op| matches!(op, FdOp::Cloexec { set: Has::Yes, .. }));
            match variable(program, id, call) {
                Some(name) => {
                    let told = announces(&name);
                    if !adopted_here(program, id, f, call, &name, out) && told {
                        unit.announced.push((f, call, name));
                    }
                }
                None if adopts(program, id, f, call) => unit.adopts.push((f, call)),
                None => {}
            }
        }
    }
    let mut names: Vec<_> = crates.keys().copied().collect();
    names.sort_unstable();
    for unit in names.iter().map(|name| &crates[name]).filter(|unit| !unit.marks) {
        if let (Some((_, read, name)), Some((f, adopt))) = (unit.announced.first(), unit.adopts.first()) {
            let mut found = unmarked(f, adopt, name);
            found.steps.push(step(place(read), format!("`{name}` says which descriptors were handed over")));
            found.steps.extend(unit.adopts.iter().map(|(_, call)| step(place(call), "one of them is taken over here")));
            found.notes.push("nothing in the crate sets close-on-exec".to_owned());
            out.push(found);
        }
    }
}

/// Reports `from_raw_fd` of what a variable of the environment says, in the same function. Whether there is one.
fn adopted_here(program: &Program, id: FnId, f: &Fn, read: &Call, name: &str, out: &mut Vec<Finding>) -> bool {
    let flow = Flow::of_result(program, id, read.id);
    let adopting = calls(&f.body).filter(|c| called_name(c) == "from_raw_fd" && flow.argument_of(c).is_some());
    let mut any = false;
    for call in adopting {
        any = true;
        if !marked_in(program, id, &flow) {
            let mut found = unmarked(f, call, name);
            found.steps.push(step(place(read), format!("its number comes from `{name}`")));
            found.steps.push(step(place(call), "and is taken over here"));
            out.push(found);
        }
    }
    any
}

fn unmarked(f: &Fn, call: &Call, name: &str) -> Finding {
    let message = format!("a descriptor handed over through `{name}` is not marked close-on-exec");
    let mut found = finding(&InheritedFdNotMarked, Level::Warning, f, place(call), message);
    found.label = "programs executed by this process inherit it again".to_owned();
    found.help = "call `fcntl(fd, F_SETFD, FD_CLOEXEC)` on it first".to_owned();
    found.subject = name.to_owned();
    found
}

/// The variable of the environment that a call reads.
fn variable(program: &Program, id: FnId, call: &Call) -> Option<String> {
    let path = path_of(call)?;
    let reads = matches!(path.as_str(), "std::env::var" | "std::env::var_os" | "c::getenv" | "c::secure_getenv");
    let name = str_of(program, id, call.args.first()?)?;
    reads.then(|| name.as_str().trim_end_matches('\0').to_owned())
}

/// A variable that announces descriptors by its name.
fn announces(name: &str) -> bool {
    name.split('_').next_back().is_some_and(|last| matches!(last, "FD" | "FDS" | "COMMFD"))
}

/// `from_raw_fd` of a number that this function did not make: a parameter, or one counted or computed here.
fn adopts(program: &Program, id: FnId, f: &Fn, call: &Call) -> bool {
    called_name(call) == "from_raw_fd"
        && call.args.first().is_some_and(|fd| match fd {
            Val::Local(local) => {
                f.params.iter().any(|p| p.local == *local) || super::sweep::counts_from(f, fd).is_some_and(|n| n >= 3)
            }
            Val::Computed(_) => true,
            Val::Int(3..) => true,
            Val::Const(_) => slot_of(program, id, fd) == Slot::Other,
            _ => false,
        })
}
