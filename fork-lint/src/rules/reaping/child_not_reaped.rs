//! Rule `child-not-reaped`.

use std::collections::HashSet;

use super::fate::{Fate, fate};
use super::sigchld::reaped_elsewhere;
use crate::analysis::{FnId, How, Program, Reach, Site, Target, call_sites, reach};
use crate::catalogue::{Effect, Role};
use crate::facts::{Call, Entry, Event, Fn, FnKind, Term};
use crate::rules::subject::{called_name, finding, functions, place, shown, step};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A child process is started and never waited for
    ///
    /// ## What it does
    /// Reports `spawn` and `fork` whose child is neither waited for nor kept: the result is thrown away, only tested for
    /// success, or held by a variable that ends without `wait` or `try_wait`. Functions that return the child are followed
    /// to their callers.
    ///
    /// ## Why is this bad
    /// std does not wait for a child when its handle is dropped. The ended child stays a zombie for as long as its
    /// parent lives, its pid in use; a program that runs for weeks and starts helpers on every event fills the process
    /// table, and nobody learns that a helper failed.
    ///
    /// ## Example
    /// ```rust
    /// if let Err(e) = Command::new("notify-send").arg(text).spawn() {
    ///     log::warn!("cannot notify: {e}");
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// match Command::new("notify-send").arg(text).spawn() {
    ///     Ok(mut child) => { thread::spawn(move || child.wait()); }
    ///     Err(e) => log::warn!("cannot notify: {e}"),
    /// }
    /// ```
    ///
    /// ## Limits
    /// Nothing is said in a program that handles or ignores `SIGCHLD`, or waits for any child. A child started as
    /// the last thing before the program ends is a note: init reaps it. A child given to any other function, stored or
    /// captured by a closure counts as waited for.
    pub ChildNotReaped = "child-not-reaped", "H19", "reaping", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let spawns = starters(program);
    if spawns.is_empty() || reaped_elsewhere(program) {
        return;
    }
    let handing: HashSet<FnId> = spawns.iter().filter(|s| s.fate == Fate::Returned).map(|s| s.site.function).collect();
    for spawn in spawns.iter().filter(|s| s.fate == Fate::Forgotten) {
        out.push(forgotten(program, spawn, None));
    }
    for (id, f) in functions(program) {
        for (site, call) in call_sites(id, &f.body) {
            let callee = program.graph().at(site).iter().find_map(|edge| match edge.to {
                Target::Fn(to) if edge.how == How::Direct && handing.contains(&to) => Some(to),
                _ => None,
            });
            if let Some(callee) = callee
                && fate(program, id, call.id) == Fate::Forgotten
            {
                let origin = spawns.iter().find(|s| s.site.function == callee);
                out.push(forgotten(program, &Spawn { site, f, call, fate: Fate::Forgotten }, origin));
            }
        }
    }
}

/// A call that starts a child.
struct Spawn<'p> {
    site: Site,
    f: &'p Fn,
    call: &'p Call,
    fate: Fate,
}

fn starters(program: &Program) -> Vec<Spawn<'_>> {
    let mut all = Vec::new();
    for (id, f) in functions(program) {
        for (site, call) in call_sites(id, &f.body) {
            let roles = program.call_roles(&call.callee);
            let own = !program.targets(&call.callee).is_empty();
            if roles.contains(&Role::SpawnsChild) && !own && !program.is_before_exec(site) {
                all.push(Spawn { site, f, call, fate: fate(program, id, call.id) });
            }
        }
        for fork in program.forks().in_fn(id) {
            let Some(call) = program.call_at(fork.site) else { continue };
            let parent_stays = !fork.parent_gone() && !fork.parent.exits.is_empty();
            let direct = program.call_roles(&call.callee).iter().any(|r| matches!(r, Role::Fork { .. }));
            if direct && parent_stays && fork.child.exits.is_empty() && f.kind != FnKind::MacroArm {
                all.push(Spawn { site: fork.site, f, call, fate: fate(program, id, call.id) });
            }
        }
    }
    all
}

fn forgotten(program: &Program, spawn: &Spawn<'_>, origin: Option<&Spawn<'_>>) -> Finding {
    let ends = ends_soon(program, spawn);
    let level = if ends { Level::Note } else { Level::Warning };
    let what = match spawn.call.callee {
        crate::facts::Callee::Path(path) => shown(path),
        _ => called_name(spawn.call).to_owned(),
    };
    let message = format!("the child that `{what}` starts is never waited for");
    let mut found = finding(&ChildNotReaped, level, spawn.f, place(spawn.call), message);
    found.label = "becomes a zombie when it ends".to_owned();
    if let Some(origin) = origin {
        found.steps.push(step(place(origin.call), "the child is started here and returned"));
        found.steps.push(step(place(spawn.call), "and forgotten here"));
    } else if spawn.call.expanded_at.is_some() {
        found.steps.push(step(spawn.call.span, "started in the macro's body"));
    }
    if ends {
        found.notes.push("the program ends soon afterwards, and init reaps the child".to_owned());
    }
    found.help =
        "keep the child and call `wait`, for instance on a thread of its own, or `try_wait` now and then".to_owned();
    found.subject = what;
    found
}

/// Whether little follows the call before the program ends: in `main`, or where the process exits on every path.
fn ends_soon(program: &Program, spawn: &Spawn<'_>) -> bool {
    let Site { function, block, event } = spawn.site;
    let body = &spawn.f.body;
    let mut following = 0;
    let rest = reach(body, block, event + 1, |block, event, what| {
        let Event::Call(call) = what else { return false };
        let site = Site { function, block, event };
        let quiet = called_name(call).ends_with('!') || program.call_roles(&call.callee).contains(&Role::Transparent);
        following += usize::from(!quiet);
        program.diverges(site)
    });
    let looks_again = rest.has(block, event);
    let returns = rest.ended(body).any(|b| matches!(b.term, Term::Return { by_question_mark: false, .. }));
    let is_main = matches!(spawn.f.entry, Some(Entry::Main));
    !looks_again && following <= 6 && if returns { is_main } else { exits(program, spawn, &rest) }
}

/// Whether the process ends in what follows.
fn exits(program: &Program, spawn: &Spawn<'_>, rest: &Reach) -> bool {
    call_sites(spawn.site.function, &spawn.f.body)
        .filter(|(site, _)| rest.has(site.block, site.event))
        .map(|(site, _)| program.effects_at(site))
        .any(|effects| effects.has(Effect::Exit) || effects.has(Effect::ExitNow) || effects.has(Effect::Exec))
}
