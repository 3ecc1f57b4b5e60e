//! Rule `cached-pid`.

use super::statics::{NO_FORK_SEEN, knows_forks, refers};
use crate::analysis::values::Flow;
use crate::analysis::{CrateUnit, FnId, Program, Region, calls};
use crate::catalogue::Role;
use crate::facts::{Call, Event, Span, StaticDef, Sym, Val};
use crate::rules::child::{region_steps, site_place};
use crate::rules::subject::{called_name, path_of, place, step};
use crate::rules::workers::{at_fork, calls_before, calls_in, daemons, workers};
use crate::rules::{Finding, Level, rule};

rule! {
    /// The process id is kept beyond a fork
    ///
    /// ## What it does
    /// Reports process ids kept in a static, a lazy cell or a thread-local, and process ids read before a fork and used by
    /// its child.
    ///
    /// ## Why is this bad
    /// In the child the kept id is the parent's. Log lines and metrics of two processes carry one id, temporary files
    /// and sockets named after it collide, a pid file names a process that has exited, and `kill` reaches the wrong one.
    ///
    /// ## Example
    /// ```rust
    /// static PID: LazyLock<u32> = LazyLock::new(std::process::id);
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// // Reading it is a cheap system call.
    /// fn pid() -> u32 { std::process::id() }
    /// ```
    ///
    /// ## Limits
    /// In a library that does not fork itself it is the callers' forks that matter, which cannot be seen. A static that is
    /// compared with the current id is how forks are noticed, and not reported; nor are ids that a name calls the parent's.
    pub CachedPid = "cached-pid", "H11", "inherited-state", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let forks: Vec<&Region> = workers(program).into_iter().chain(daemons(program)).collect();
    for unit in program.crates.iter().filter(|u| u.member && (u.library || !forks.is_empty())) {
        for held in &unit.facts.statics {
            let Some(read) = keeps_pid(program, unit, held) else { continue };
            if !knows_forks(program, unit, held) {
                out.push(kept(program, held, read, forks.first().copied()));
            }
        }
    }
    for region in forks {
        used_in_child(program, region, out);
    }
}

fn kept(program: &Program, held: &StaticDef, read: Span, fork: Option<&Region>) -> Finding {
    let mut steps = vec![step(read, "the process id is read here")];
    steps.extend(fork.into_iter().flat_map(|region| region_steps(program, region)));
    let notes = match fork {
        Some(_) => Vec::new(),
        None => vec![NO_FORK_SEEN.to_owned()],
    };
    Finding {
        rule: CachedPid.name,
        level: Level::Warning,
        message: format!("static `{}` keeps a process id, which is the parent's in a forked child", held.path.last()),
        span: held.span,
        label: "read once, and kept for the life of the process and of its children".to_owned(),
        steps,
        notes,
        help: "read the process id where it is needed: `std::process::id()`".to_owned(),
        fix: None,
        function: held.path,
        subject: held.path.last().to_owned(),
    }
}

/// Where a static gets a process id, if it does: in its initialiser, by a lazy cell's function, or by a store.
fn keeps_pid(program: &Program, unit: &CrateUnit, held: &StaticDef) -> Option<Span> {
    let read = held.init.and_then(|init| {
        reads_in(program, init, 3).or_else(|| if is_plain(held) { reads_below(program, init, 3) } else { None })
    });
    if read.is_some() {
        return read;
    }
    for f in &unit.facts.fns {
        let id = program.by_path(f.path).first().copied()?;
        for call in calls(&f.body) {
            if !call.args.first().is_some_and(|a| refers(a, held.path)) {
                continue;
            }
            let lazily =
                matches!(called_name(call), "get_or_init" | "get_or_try_init" | "call_once" | "get_or_insert_with");
            let function = call.args.iter().find_map(|a| match a {
                Val::Fn(path) => Some(*path),
                _ => None,
            });
            let stores = matches!(called_name(call), "set" | "store" | "swap" | "replace" | "push_str");
            let given = call.args.get(1);
            if lazily && let Some(read) = function.and_then(|path| reads_in(program, path, 2)) {
                return Some(if read == f.span { place(call) } else { read });
            }
            if stores && given.is_some_and(|v| is_pid(program, id, v)) {
                return Some(place(call));
            }
        }
        let stored = f.body.blocks.iter().flat_map(|b| &b.events).find_map(|event| match event {
            Event::Store { place, value, span, .. } if refers(place, held.path) && is_pid(program, id, value) => {
                Some(*span)
            }
            _ => None,
        });
        if stored.is_some() {
            return stored;
        }
    }
    None
}

/// Where a function, or a closure in it, reads the process id; itself when it is the reading function.
fn reads_in(program: &Program, path: Sym, depth: u32) -> Option<Span> {
    let given =
        |call: &Call| call.args.iter().any(|a| matches!(a, Val::Fn(p) if is_reader(program, *p))).then(|| place(call));
    for &f in program.by_path(path) {
        let body = &program.function(f).body;
        if let Some(read) = calls(body).find_map(|c| if reads_pid(program, c) { Some(place(c)) } else { given(c) }) {
            return Some(read);
        }
        let inner = program.values().closures_in(program.function(f).path).iter().map(|&c| program.function(c).path);
        if depth > 0
            && let Some(read) = inner.into_iter().find_map(|closure| reads_in(program, closure, depth - 1))
        {
            return Some(read);
        }
    }
    None
}

/// Whether a static holds text or numbers, and nothing that does something of its own.
fn is_plain(held: &StaticDef) -> bool {
    held.heads.iter().all(|head| {
        matches!(
            head.last(),
            "String" | "Vec" | "Box" | "Arc" | "LazyLock" | "OnceLock" | "OnceCell" | "Lazy" | "LazyCell" | "Option"
        )
    })
}

/// Where the functions of the program that this one calls read the process id, for a value that is made from it.
fn reads_below(program: &Program, path: Sym, depth: u32) -> Option<Span> {
    let depth = depth.checked_sub(1)?;
    let closures = program.values().closures_in(path).iter();
    program.by_path(path).iter().chain(closures).find_map(|&f| {
        let own = |to: &Sym| program.by_path(*to).iter().any(|&g| program.unit_of(g).member);
        let called = calls(&program.function(f).body).filter_map(path_of).filter(own);
        called.into_iter().find_map(|to| reads_in(program, to, 1).or_else(|| reads_below(program, to, depth)))
    })
}

fn reads_pid(program: &Program, call: &Call) -> bool {
    let Some(path) = path_of(call) else { return false };
    is_reader(program, path)
        || call.args.is_empty() && says_pid(path) && program.by_path(path).iter().any(|&f| reads_itself(program, f))
}

/// A function of the program's own that is named after the process id, and reads it.
fn says_pid(path: Sym) -> bool {
    path.as_str().rsplit("::").take(2).any(|part| part.split('_').any(|word| word == "pid"))
}

fn reads_itself(program: &Program, f: FnId) -> bool {
    calls(&program.function(f).body).filter_map(path_of).any(|path| is_reader(program, path))
}

fn is_reader(program: &Program, path: Sym) -> bool {
    program.catalogue.roles(path).contains(&Role::ReadsPid)
        && !path.last().contains("parent")
        && path.last() != "getppid"
}

/// Whether a value in a function derives from a reading of the process id there.
fn is_pid(program: &Program, id: FnId, val: &Val) -> bool {
    let body = &program.function(id).body;
    calls(body).filter(|c| reads_pid(program, c)).any(|c| Flow::of_result(program, id, c.id).carries(val))
}

/// Reports an id that is read before a fork and given to a call by its child.
fn used_in_child(program: &Program, region: &Region, out: &mut Vec<Finding>) {
    let function = region.site.function;
    let f = program.function(function);
    let child = calls_in(program, region);
    for site in calls_before(program, region.site).into_iter().filter(|s| s.function == function) {
        let Some(read) = program.call_at(site).filter(|c| reads_pid(program, c)) else { continue };
        let flow = Flow::of_result(program, function, read.id);
        let names = flow.locals().filter_map(|l| f.body.locals.get(l as usize)).map(|l| l.name);
        if names.into_iter().any(is_the_parents) {
            continue;
        }
        let user = child.iter().filter(|s| s.function == function).find(|s| {
            region.has(**s) && program.call_at(**s).is_some_and(|c| c.id != read.id && flow.argument_of(c).is_some())
        });
        if let Some(user) = user {
            let message = "the child of this fork uses the process id of its parent".to_owned();
            let mut found = at_fork(program, &CachedPid, Level::Warning, region, message);
            found.label = "from here on the id that was read is another process's".to_owned();
            found.steps.insert(0, step(place(read), "the process id is read here"));
            found.steps.push(step(site_place(program, *user), "and used by the child here"));
            found.help = "read it again after the fork".to_owned();
            found.subject = called_name(read).to_owned();
            out.push(found);
        }
    }
}

/// A name that says whose id it is.
fn is_the_parents(name: Sym) -> bool {
    ["parent", "ppid", "master", "supervisor", "leader"].iter().any(|word| name.as_str().contains(word))
}
