//! Rule `pipe-end-left-open`.

use crate::analysis::values::Flow;
use crate::analysis::{FnId, Program, Site, Walk, call_by_id, call_sites, event_at};
use crate::catalogue::{Class, Role};
use crate::facts::{Call, Event, Fn, LocalId, Span, Val};
use crate::rules::child::site_place;
use crate::rules::subject::{called_name, finding, functions, place, step};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A process reads a pipe to its end and holds the writing end itself
    ///
    /// ## What it does
    /// Reports reads to the end of a pipe (`read_to_end`, `read_to_string`, `lines`) in a process that still has the writing
    /// end: after a fork on the side that reads, and after a `Command` was given the writing end and is still alive.
    ///
    /// ## Why is this bad
    /// A pipe has an end when nobody holds its writing end. The reader waits for the end, and the end for the reader
    /// to let go: the program hangs when the writer has long finished.
    ///
    /// ## Example
    /// ```rust
    /// let (mut reader, writer) = std::io::pipe()?;
    /// let mut command = Command::new("make");
    /// command.stdout(writer.try_clone()?).stderr(writer);
    /// let mut child = command.spawn()?;
    /// reader.read_to_string(&mut output)?;
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let (mut reader, writer) = std::io::pipe()?;
    /// let mut command = Command::new("make");
    /// command.stdout(writer.try_clone()?).stderr(writer);
    /// let mut child = command.spawn()?;
    /// drop(command);
    /// reader.read_to_string(&mut output)?;
    /// ```
    ///
    /// ## Limits
    /// Only pipes whose two ends are two variables, made in the function that forks or spawns, and reads in that function.
    pub PipeEndLeftOpen = "pipe-end-left-open", "H05", "fds", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for (id, f) in functions(program) {
        let ends = pipes(f);
        if ends.is_empty() {
            continue;
        }
        for fork in program.forks().in_fn(id) {
            for side in [&fork.parent, &fork.child] {
                for pipe in &ends {
                    by_fork(program, id, f, pipe, fork.site, side, out);
                }
            }
        }
        for pipe in &ends {
            by_command(program, id, f, pipe, out);
        }
    }
}

/// A pipe whose ends are two locals.
struct Pipe {
    made: Span,
    read: LocalId,
    write: LocalId,
}

/// `let (read, write) = pipe()?;`
fn pipes(f: &Fn) -> Vec<Pipe> {
    let mut all: Vec<Pipe> = Vec::new();
    let events: Vec<&Event> = f.body.blocks.iter().flat_map(|b| &b.events).collect();
    for call in crate::analysis::calls(&f.body) {
        if !matches!(called_name(call), "pipe" | "pipe2" | "pipe_with" | "os_pipe") {
            continue;
        }
        let end = |name: &str| {
            events.iter().find_map(|e| match e {
                Event::Assign { local, value: Val::Field(of, n), .. } if n.as_str() == name && is_result(of, call) => {
                    Some(*local)
                }
                _ => None,
            })
        };
        if let (Some(read), Some(write)) = (end("0"), end("1")) {
            all.push(Pipe { made: place(call), read, write });
        }
    }
    all
}

fn is_result(val: &Val, call: &Call) -> bool {
    match val {
        Val::Result(id) => *id == call.id,
        Val::Inside(inner) => is_result(inner, call),
        _ => false,
    }
}

/// Whether a call reads until the end: what it is given derives from the reading end.
fn reads_to_end(program: &Program, id: FnId, pipe: &Pipe, call: &Call) -> bool {
    let reads = matches!(called_name(call), "read_to_end" | "read_to_string" | "lines" | "copy" | "bytes");
    reads && Flow::of_local(program, id, pipe.read).argument_of(call) == Some(0)
}

/// On one side of a fork: the end is read to, and the writing end is still there.
fn by_fork(program: &Program, id: FnId, f: &Fn, pipe: &Pipe, fork: Site, side: &Walk, out: &mut Vec<Finding>) {
    let alive = |local: LocalId, site: Site| program.alive_at(site).iter().any(|a| a.local == local);
    if !alive(pipe.read, fork) || !alive(pipe.write, fork) {
        return;
    }
    let writer = Flow::of_local(program, id, pipe.write);
    for (site, call) in call_sites(id, &f.body).filter(|(site, _)| side.has(site.block, site.event)) {
        let closed =
            call_sites(id, &f.body).any(|(s, c)| s < site && side.has(s.block, s.event) && closes(program, c, &writer));
        let first = site > fork && reads_to_end(program, id, pipe, call);
        if first && !closed && alive(pipe.write, site) && !ended(f, pipe.write, fork, site, side) {
            out.push(held(f, pipe, site_place(program, fork), place(call), "this process keeps it over the fork"));
            return;
        }
    }
}

/// Whether the local is dropped or moved on the way.
fn ended(f: &Fn, local: LocalId, from: Site, to: Site, side: &Walk) -> bool {
    side.spans().any(|(block, first, last)| {
        (first..last).any(|event| {
            let site = Site { function: from.function, block, event };
            let between = site > from && site < to;
            between && matches!(event_at(&f.body, block, event), Some(Event::Drop { local: l, .. } | Event::Move { local: l, .. }) if *l == local)
        })
    })
}

fn closes(program: &Program, call: &Call, writer: &Flow) -> bool {
    let by_role = program.call_roles(&call.callee).iter().any(|role| match role {
        Role::Closes { param } => call.args.get(*param as usize).is_some_and(|a| writer.carries(a)),
        _ => false,
    });
    by_role || matches!(called_name(call), "drop" | "close") && call.args.first().is_some_and(|a| writer.carries(a))
}

/// A `Command` that is still alive holds the writing end it was given.
fn by_command(program: &Program, id: FnId, f: &Fn, pipe: &Pipe, out: &mut Vec<Finding>) {
    let writer = Flow::of_local(program, id, pipe.write);
    let gives = |call: &Call| {
        let end = call.args.get(1).is_some_and(|a| writer.carries(a) || is_copy(f, &writer, a));
        matches!(called_name(call), "stdout" | "stderr" | "stdin") && end
    };
    let Some((given, call)) = call_sites(id, &f.body).find(|(_, c)| gives(c)) else { return };
    let Some(command) = call.args.first().and_then(|a| receiver(f, a)) else { return };
    let heads = f.body.locals.get(command as usize).map_or(&[][..], |l| &l.heads);
    if !heads.iter().any(|h| h.last() == "Command") || program.catalogue.classes(heads[0]).any(|c| c == Class::Child) {
        return;
    }
    for (site, call) in call_sites(id, &f.body).filter(|(site, _)| *site > given) {
        if reads_to_end(program, id, pipe, call) && program.alive_at(site).iter().any(|a| a.local == command) {
            out.push(held(
                f,
                pipe,
                site_place(program, given),
                place(call),
                "the command keeps it until it is dropped",
            ));
            return;
        }
    }
}

/// The local at the head of a chain of builder calls.
fn receiver(f: &Fn, val: &Val) -> Option<LocalId> {
    match val {
        Val::Local(local) => Some(*local),
        Val::Result(id) => {
            let call = call_by_id(&f.body, *id)?;
            let builder = call.heads.first().is_some_and(|h| h.last() == "Command") && called_name(call) != "new";
            builder.then(|| receiver(f, call.args.first()?))?
        }
        _ => None,
    }
}

/// Whether a value is a copy of the writing end, which keeps the pipe open as well.
fn is_copy(f: &Fn, writer: &Flow, val: &Val) -> bool {
    match val {
        Val::Inside(inner) => is_copy(f, writer, inner),
        Val::Result(id) => call_by_id(&f.body, *id).is_some_and(|call| {
            let first = call.args.first();
            called_name(call) == "try_clone" && first.is_some_and(|a| writer.carries(a))
                || first.is_some_and(|a| matches!(a, Val::Result(inner) if inner < id) && is_copy(f, writer, a))
        }),
        _ => false,
    }
}

fn held(f: &Fn, pipe: &Pipe, at: Span, read: Span, how: &str) -> Finding {
    let message = "a pipe is read to its end by a process that holds the writing end".to_owned();
    let mut found = finding(&PipeEndLeftOpen, Level::Warning, f, read, message);
    found.label = "waits for an end that cannot come".to_owned();
    found.steps = vec![
        step(pipe.made, "both ends are made here"),
        step(at, how.to_owned()),
        step(read, "and reads until nobody holds it"),
    ];
    found.help = "drop or close the writing end, and the `Command` that holds it, before reading".to_owned();
    let name = f.body.locals.get(pipe.write as usize).map_or("pipe", |l| l.name.as_str());
    found.subject = name.to_owned();
    found
}
