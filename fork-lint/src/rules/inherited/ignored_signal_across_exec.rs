//! Rule `ignored-signal-across-exec`.

use crate::analysis::{FnId, Program, Region, RegionKind, Site, Target, call_sites};
use crate::catalogue::Effect;
use crate::facts::{Call, Val};
use crate::rules::child::site_place;
use crate::rules::subject::{called_name, finding, functions, path_of, step};
use crate::rules::workers::{at_fork, calls_in, starts_program};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A program is executed with a signal ignored
    ///
    /// ## What it does
    /// Reports forks whose child executes a program by a plain `exec` and does not give SIGPIPE its default disposition back,
    /// which the start-up code of every Rust program sets to ignored; and programs that ignore SIGCHLD and start others with
    /// `Command`, which resets SIGPIPE only.
    ///
    /// ## Why is this bad
    /// An ignored signal stays ignored through exec. A program that expects SIGPIPE goes on writing into a pipe that
    /// nobody reads any more: `yes | head` does not end. One that inherits an ignored SIGCHLD loses the status of its
    /// own children: their `waitpid` fails with ECHILD.
    ///
    /// ## Example
    /// ```rust
    /// if unsafe { libc::fork() } == 0 {
    ///     unsafe { libc::execv(path, argv); libc::_exit(127) }
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// if unsafe { libc::fork() } == 0 {
    ///     unsafe { libc::signal(libc::SIGPIPE, libc::SIG_DFL); libc::execv(path, argv); libc::_exit(127) }
    /// }
    /// ```
    /// `std::process::Command` resets SIGPIPE itself. Instead of ignoring SIGCHLD, wait for the children, or install a
    /// handler with `SA_NOCLDWAIT`: handlers do not survive exec.
    ///
    /// ## Limits
    /// A `main` that restores SIGPIPE for the whole program keeps the first part quiet. A signal whose number is not a
    /// constant counts as both.
    pub IgnoredSignalAcrossExec = "ignored-signal-across-exec", "H13", "inherited-state", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let restored = functions(program).any(|(id, f)| {
        call_sites(id, &f.body).any(|(site, call)| {
            !program.forks().child_only(site) && touches(program, call, "SIGPIPE") && !ignores(call)
        })
    });
    if !restored {
        for region in program.regions() {
            let f = region.function;
            let concerns = matches!(region.kind, RegionKind::Fork(_)) && !region.nested && program.unit_of(f).member;
            if concerns
                && !program.function(f).is_test
                && let Some(exec) = executes_unreset(program, region)
            {
                out.push(pipe(program, region, exec));
            }
        }
    }
    let starts = functions(program).find_map(|(id, f)| call_sites(id, &f.body).find(|(_, call)| starts(program, call)));
    let resets = |region: &Region| calls_in(program, region).iter().any(|&site| resets(program, site, "SIGCHLD"));
    if let Some((start, _)) = starts
        && !program.regions().iter().filter(|r| r.kind == RegionKind::PreExec).any(resets)
    {
        for (id, f) in functions(program) {
            for (site, call) in call_sites(id, &f.body) {
                if touches(program, call, "SIGCHLD") && ignores(call) && !program.forks().child_only(site) {
                    out.push(child(program, id, site, start));
                }
            }
        }
    }
}

fn pipe(program: &Program, region: &Region, exec: Site) -> Finding {
    let message = "the child of this fork executes a program with SIGPIPE ignored".to_owned();
    let mut found = at_fork(program, &IgnoredSignalAcrossExec, Level::Warning, region, message);
    found.label = "std has ignored SIGPIPE since before `main`".to_owned();
    found.steps.push(step(site_place(program, exec), "the program executed here inherits that"));
    found.help = "call `signal(SIGPIPE, SIG_DFL)` in the child before the exec".to_owned();
    found.subject = "SIGPIPE".to_owned();
    found
}

fn child(program: &Program, id: FnId, site: Site, start: Site) -> Finding {
    let message = "programs are started with SIGCHLD ignored".to_owned();
    let f = program.function(id);
    let mut found = finding(&IgnoredSignalAcrossExec, Level::Warning, f, site_place(program, site), message);
    found.label = "ignored through every exec from here on".to_owned();
    found.steps = vec![
        step(site_place(program, site), "ignores SIGCHLD"),
        step(site_place(program, start), "a program started here cannot wait for its own children"),
    ];
    found.help = "set it back in a `pre_exec` closure, or use a handler with `SA_NOCLDWAIT` instead".to_owned();
    found.subject = "SIGCHLD".to_owned();
    found
}

/// The plain exec of a child that leaves SIGPIPE alone.
fn executes_unreset(program: &Program, region: &Region) -> Option<Site> {
    let mut seen = vec![region.function];
    let mut exec = None;
    let mut todo: Vec<Site> = region.sites(program).collect();
    while let Some(site) = todo.pop() {
        if resets(program, site, "SIGPIPE") {
            return None;
        }
        for edge in program.graph().at(site).iter().filter(|e| e.how.here()) {
            match edge.to {
                Target::Leaf(path) => {
                    let execs = program.catalogue.entry(path).is_some_and(|e| e.effects.contains(&Effect::Exec));
                    // `Command::exec` resets SIGPIPE itself.
                    if execs && !path.as_str().starts_with("std::process") {
                        exec = exec.or(Some(site));
                    }
                }
                // A wrapper of `sigaction` was judged by what it is given here.
                Target::Fn(f) if !seen.contains(&f) && !sets_disposition(program, site) => {
                    seen.push(f);
                    todo.extend(call_sites(f, &program.function(f).body).map(|(site, _)| site));
                }
                _ => {}
            }
        }
    }
    exec
}

/// Whether the call at a site gives the signal another disposition than ignored, or may.
fn resets(program: &Program, site: Site, signal: &str) -> bool {
    program.call_at(site).is_some_and(|call| touches(program, call, signal) && !ignores(call))
}

/// Whether a call sets the disposition of this signal, or of one that is not a constant.
fn touches(program: &Program, call: &Call, signal: &str) -> bool {
    if !is_disposition(program, call) {
        return false;
    }
    match call.args.first() {
        Some(Val::Const(path) | Val::Ctor(path, _)) => path.last() == signal,
        Some(Val::Int(number)) => *number == if signal == "SIGPIPE" { 13 } else { 17 },
        _ => true,
    }
}

fn is_disposition(program: &Program, call: &Call) -> bool {
    let entry = path_of(call).and_then(|path| program.catalogue.entry(path));
    entry.is_some_and(|e| e.effects.contains(&Effect::SignalHandler))
}

fn sets_disposition(program: &Program, site: Site) -> bool {
    program.call_at(site).is_some_and(|call| is_disposition(program, call))
}

fn ignores(call: &Call) -> bool {
    fn ignored(val: &Val) -> bool {
        match val {
            Val::Const(path) => matches!(path.last(), "SIG_IGN" | "SigIgn"),
            Val::Ctor(path, vals) => path.last() == "SigIgn" || vals.iter().any(ignored),
            Val::Int(1) => true,
            Val::Inside(inner) => ignored(inner),
            Val::Computed(vals) => vals.iter().any(ignored),
            _ => false,
        }
    }
    call.args.iter().skip(1).any(ignored)
}

/// Whether a call starts a program by `Command`.
fn starts(program: &Program, call: &Call) -> bool {
    path_of(call).is_some_and(|path| {
        starts_program(program, path) || path.as_str().starts_with("std::process::") && called_name(call) == "exec"
    })
}
