//! Rule `cloexec-lost-by-dup`.

use std::cell::LazyCell;

use super::creation::{Creation, creations};
use super::execs::{Execs, Reaches};
use super::fd_without_cloexec::repair;
use super::late::set_later;
use super::op::{FdOp, fd_ops};
use super::stdio::{Slot, slot_of};
use crate::analysis::values::Has;
use crate::analysis::{FnId, Program, Site, call_sites, reach};
use crate::catalogue::Role;
use crate::facts::{Call, Event, Term, Val};
use crate::rules::subject::{called_name, finding, functions, place, shown};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A copied descriptor loses close-on-exec
    ///
    /// ## What it does
    /// Reports `dup`, `fcntl(F_DUPFD)` and `dup2` or `dup3` without the flag when the copy is not meant for a standard
    /// stream. Copies made in a forked child, where they are meant for the program it executes, are not reported.
    ///
    /// ## Why is this bad
    /// Close-on-exec belongs to the descriptor, not to what it refers to: the copy starts without it, however carefully
    /// the original was opened, and passes into every program executed from then on.
    ///
    /// ## Example
    /// ```rust
    /// let copy = unsafe { libc::dup(socket.as_raw_fd()) };
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let copy = unsafe { libc::fcntl(socket.as_raw_fd(), libc::F_DUPFD_CLOEXEC, 3) };
    /// let copy = socket.try_clone()?;
    /// ```
    ///
    /// ## Limits
    /// A copy that is closed again in the same function is not reported. A copy of a standard stream is a note: programs executed later have that stream anyway. `dup2` onto a number
    /// that is not known is not reported.
    pub CloexecLostByDup = "cloexec-lost-by-dup", "H04", "fds", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let execs = LazyCell::new(|| Execs::find(program));
    for creation in creations(program).into_iter().filter(|c| c.dup && c.has == Has::No) {
        let onto = creation.call.args.get(1).filter(|_| matches!(called_name(creation.call), "dup2" | "dup3"));
        if let Some(onto) = onto
            && !replaces_a_descriptor(program, creation.id, onto)
        {
            continue;
        }
        if set_later(program, &creation).is_none() && !closed_again(program, &creation) {
            let name = shown(creation.path);
            let mut found =
                lost(program, creation.site, creation.call, name, onto.is_some(), execs.after(creation.site));
            found.fix = repair(&creation);
            out.push(found);
        }
    }
    for (id, f) in functions(program) {
        for (site, call) in call_sites(id, &f.body) {
            let copies = fd_ops(program, id, call).iter().any(|op| matches!(op, FdOp::Duplicate));
            if copies && !program.is_before_exec(site) {
                out.push(lost(program, site, call, "fcntl(F_DUPFD)".to_owned(), false, execs.after(site)));
            }
        }
    }
}

/// Whether the copy is closed on every way out of the function that makes it: that a program is executed in between by
/// another thread would be needed.
fn closed_again(program: &Program, creation: &Creation<'_>) -> bool {
    let flow = creation.flow(program);
    let body = &creation.f.body;
    let closes = |call: &Call| {
        program.call_roles(&call.callee).iter().any(|role| match role {
            Role::Closes { param } => call.args.get(*param as usize).is_some_and(|fd| flow.carries(fd)),
            _ => false,
        })
    };
    let open = reach(
        body,
        creation.site.block,
        creation.site.event + 1,
        |_, _, event| matches!(event, Event::Call(call) if closes(call)),
    );
    // There is nothing to close where the copy failed.
    let left_open = open.ended(body).any(|block| match &block.term {
        Term::Return { by_question_mark, value, .. } => {
            !by_question_mark && !matches!(value, Val::Ctor(path, _) if path.last() == "Err")
        }
        _ => false,
    });
    crate::analysis::calls(body).any(closes) && !left_open && flow.stored_in().is_empty()
}

/// `dup2` onto a number that another descriptor of this program has.
fn replaces_a_descriptor(program: &Program, id: FnId, onto: &Val) -> bool {
    slot_of(program, id, onto) == Slot::Other
}

fn lost(program: &Program, site: Site, call: &Call, name: String, onto: bool, reaches: Reaches) -> Finding {
    let of_stream = call.args.first().is_some_and(|fd| slot_of(program, site.function, fd) == Slot::Stdio);
    let level = if of_stream { Level::Note } else { reaches.level() };
    let f = program.function(site.function);
    let message = format!("`{name}` copies a descriptor without close-on-exec");
    let mut found = finding(&CloexecLostByDup, level, f, place(call), message);
    found.label = "the copy passes into every program executed from here on".to_owned();
    if of_stream {
        found.notes.push("the original is a standard stream, which executed programs have anyway".to_owned());
    }
    found.notes.extend(reaches.why_not());
    found.help = if onto {
        "call `dup3` with `O_CLOEXEC`".to_owned()
    } else {
        "call `fcntl(fd, F_DUPFD_CLOEXEC, 3)`, or `try_clone` of the owning std type".to_owned()
    };
    found.subject = name;
    found
}
