//! Rule `guard-across-fork`.

use crate::analysis::{Held, Program, Region, Site, call_sites};
use crate::catalogue::{Class, Effect};
use crate::facts::{Callee, LocalId, Val};
use crate::rules::child::{site_place, witness_steps};
use crate::rules::subject::{finding, functions, step};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A lock's guard is alive across a fork
    ///
    /// ## What it does
    /// Reports a guard (`MutexGuard`, `RwLockReadGuard`, `StdoutLock`, and types with such a field) that is alive when the
    /// process forks, directly or in a function that is called, and whose child goes on or takes locks. Temporaries count: in
    /// `state.lock().unwrap().spawn()` the guard lives until the end of the statement.
    ///
    /// ## Why is this bad
    /// The child gets a copy of the lock in its taken state. If it takes the lock again it waits for itself; if it drops
    /// the guard, the lock's destructor runs with a list of waiters that do not exist in the child.
    ///
    /// ## Example
    /// ```rust
    /// let table = CHILDREN.lock().unwrap();
    /// match unsafe { fork() }? {
    ///     ForkResult::Child => run_worker(),
    ///     ForkResult::Parent { child } => table.insert(child),
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let child = match unsafe { fork() }? {
    ///     ForkResult::Child => run_worker(),
    ///     ForkResult::Parent { child } => child,
    /// };
    /// CHILDREN.lock().unwrap().insert(child);
    /// ```
    /// A lock that is held on purpose, so that no other thread holds it at the fork, is given up in the child with
    /// `std::mem::forget(guard)`, and the child takes it no more.
    ///
    /// ## Limits
    /// Guards in fields that outlive the function, and locks without guards, are not followed.
    pub GuardAcrossFork = "guard-across-fork", "H01", "locks", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for (f, function) in functions(program).filter(|(f, _)| program.summary(*f).has(Effect::Fork)) {
        for (site, _) in call_sites(f, &function.body) {
            if !program.effects_at(site).has(Effect::Fork) || program.forks().child_only(site) {
                continue;
            }
            for alive in program.held_at(site, Class::Guard) {
                out.extend(across(program, site, &alive));
            }
        }
    }
}

fn across(program: &Program, site: Site, alive: &Held) -> Option<Finding> {
    let function = program.function(site.function);
    let way = program.witness_at(site, Effect::Fork)?;
    let fork = way.calls.last()?.site;
    let region = program.regions().iter().find(|r| r.site == fork);
    if let (Some(region), Some(local)) = (region, alive.local)
        && region.site == site
        && forgotten(program, region, local)
    {
        return None;
    }
    let matters = region.is_none_or(|r| r.goes_on(program) || r.effects(program).has(Effect::Lock));
    let level = if matters { Level::Warning } else { Level::Note };
    let name = alive
        .local
        .and_then(|l| function.body.locals.get(l as usize))
        .map(|l| l.name.as_str())
        .filter(|n| !n.is_empty());
    let what = match name {
        Some(name) => format!("the guard `{name}`"),
        None => format!("a temporary `{}`", alive.head.last()),
    };
    let mut found =
        finding(&GuardAcrossFork, level, function, site_place(program, site), format!("{what} is alive across a fork"));
    found.label = "forks while the lock is held".to_owned();
    found.steps = vec![step(alive.since, "the lock is taken here")];
    found.steps.extend(witness_steps(program, &way, "forks"));
    if !matters {
        found.notes.push("the child was seen to take no lock and to end without returning".to_owned());
    }
    found.help = "end the guard before the fork, or `std::mem::forget` it first thing in the child".to_owned();
    found.subject = name.unwrap_or(alive.head.last()).to_owned();
    Some(found)
}

/// Whether the child forgets the guard.
fn forgotten(program: &Program, region: &Region, local: LocalId) -> bool {
    region.sites(program).filter_map(|site| program.call_at(site)).any(|call| {
        matches!(&call.callee, Callee::Path(path) if matches!(path.as_str(), "std::mem::forget" | "std::mem::ManuallyDrop::new"))
            && call.args.contains(&Val::Local(local))
    })
}
