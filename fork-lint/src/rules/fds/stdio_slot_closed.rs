//! Rule `stdio-slot-closed`.

use super::stdio::{Slot, slot_of};
use crate::analysis::values::Flow;
use crate::analysis::{FnId, Program, Site, Target, call_sites, calls, reach};
use crate::catalogue::{Effect, Role};
use crate::facts::{Call, Callee, Event, Fn, Val};
use crate::rules::subject::{called_name, finding, functions, place, shown};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A standard stream is closed and nothing takes its place
    ///
    /// ## What it does
    /// Reports `close` of descriptor 0, 1 or 2, and owning objects made of one of these numbers that are dropped, when
    /// nothing is opened or copied there afterwards: not in the function, nor in its callers.
    ///
    /// ## Why is this bad
    /// The next descriptor that the process opens gets the free number. A socket or a database file is then standard
    /// output to every library that prints, and to every program executed later.
    ///
    /// ## Example
    /// ```rust
    /// for fd in 0..=2 { unsafe { libc::close(fd) }; }
    /// let mut stdout = unsafe { File::from_raw_fd(1) }; // closes it when dropped
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let null = File::options().read(true).write(true).open("/dev/null")?;
    /// for fd in 0..=2 { unsafe { libc::dup2(null.as_raw_fd(), fd) }; }
    /// let mut stdout = ManuallyDrop::new(unsafe { File::from_raw_fd(1) });
    /// ```
    ///
    /// ## Limits
    /// In a child that executes another program it is a note: that program may have asked for it. Code that ends the
    /// process afterwards is not reported.
    pub StdioSlotClosed = "stdio-slot-closed", "H08", "fds", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for (id, f) in functions(program) {
        for (site, call) in call_sites(id, &f.body) {
            let Some(fd) = closes(program, call) else { continue };
            let Some(what) = stream(program, f, id, fd) else { continue };
            if replaced(program, site, 2) || !goes_on(program, f, site) {
                continue;
            }
            let level = if program.is_before_exec(site) { Level::Note } else { Level::Warning };
            let message = format!("{what} is closed and nothing takes its place");
            out.push(closed(f, call, level, message));
        }
        for (site, call) in call_sites(id, &f.body) {
            if f.entry.is_none() && owns_a_stream(program, id, f, call) && goes_on(program, f, site) {
                let message = format!(
                    "`{}` takes ownership of a standard stream, which is closed when it is dropped",
                    shown_callee(call)
                );
                out.push(closed(f, call, Level::Warning, message));
            }
        }
    }
}

fn closed(f: &Fn, call: &Call, level: Level, message: String) -> Finding {
    let mut found = finding(&StdioSlotClosed, level, f, place(call), message);
    found.label = "the next descriptor opened gets this number".to_owned();
    found.help = if called_name(call).starts_with("from_raw_fd") {
        "wrap the object in `ManuallyDrop`, or copy the descriptor first".to_owned()
    } else {
        "open `/dev/null` and `dup2` it onto the number instead".to_owned()
    };
    found.subject = called_name(call).to_owned();
    found
}

fn shown_callee(call: &Call) -> String {
    match call.callee {
        Callee::Path(path) => shown(path),
        _ => called_name(call).to_owned(),
    }
}

/// The descriptor that a call closes.
fn closes<'a>(program: &Program, call: &'a Call) -> Option<&'a Val> {
    program.call_roles(&call.callee).iter().find_map(|role| match role {
        Role::Closes { param } => call.args.get(*param as usize),
        _ => None,
    })
}

/// Which stream a closed descriptor is.
fn stream(program: &Program, f: &Fn, id: FnId, fd: &Val) -> Option<&'static str> {
    if super::sweep::counts_from(f, fd).is_some_and(|first| first <= 2) {
        return Some("a standard stream");
    }
    (slot_of(program, id, fd) == Slot::Stdio).then_some("a standard stream")
}

/// Whether a descriptor is opened or copied after a place: in its function, in one that this calls, or in those it returns to.
fn replaced(program: &Program, site: Site, depth: u32) -> bool {
    let fills = |c: &Call| {
        let names = ["dup2", "dup3", "dup2_stdin", "dup2_stdout", "dup2_stderr", "open", "freopen"];
        let roles = program.call_roles(&c.callee);
        roles.iter().any(|r| matches!(r, Role::Opens { .. })) || names.contains(&called_name(c))
    };
    let inside = |at: Site| {
        let edges = program.graph().at(at);
        edges.iter().any(|e| matches!(e.to, Target::Fn(g) if calls(&program.function(g).body).any(fills)))
    };
    let body = &program.function(site.function).body;
    let after = reach(body, site.block, site.event + 1, |_, _, _| false);
    call_sites(site.function, body)
        .filter(|(at, _)| after.has(at.block, at.event))
        .any(|(at, call)| fills(call) || inside(at))
        || depth > 0 && program.graph().callers(site.function).any(|e| replaced(program, e.site, depth - 1))
}

/// Whether the function goes on to return after a place, rather than end or replace the process.
fn goes_on(program: &Program, f: &Fn, site: Site) -> bool {
    reach(&f.body, site.block, site.event + 1, |block, event, what| {
        let at = Site { function: site.function, block, event };
        matches!(what, Event::Call(_)) && (program.diverges(at) || program.effects_at(at).has(Effect::Exec))
    })
    .returns(&f.body)
}

/// `File::from_raw_fd(1)` whose result is dropped here.
fn owns_a_stream(program: &Program, id: FnId, f: &Fn, call: &Call) -> bool {
    if called_name(call) != "from_raw_fd" || call.args.first().is_none_or(|fd| slot_of(program, id, fd) != Slot::Stdio)
    {
        return false;
    }
    let flow = Flow::of_result(program, id, call.id);
    let kept = |local: &crate::facts::LocalId| {
        let heads = f.body.locals.get(*local as usize).map_or(&[][..], |l| &l.heads);
        heads.iter().any(|h| matches!(h.last(), "ManuallyDrop" | "BorrowedFd"))
    };
    let locals: Vec<_> = flow.locals().collect();
    let events = || f.body.blocks.iter().flat_map(|b| &b.events);
    let moved = events().any(|e| matches!(e, Event::Move { local, .. } if locals.contains(local)));
    let dropped = events().any(|e| matches!(e, Event::Drop { local, .. } if locals.contains(local)));
    dropped && !moved && !flow.is_returned(&f.body) && flow.stored_in().is_empty() && !locals.iter().any(kept)
}
