//! Forks whose child works on with what it has of the parent, and what the parent did before them.

use std::collections::HashSet;

use crate::analysis::{FnId, How, Program, Region, Site, Target, call_sites, reach};
use crate::catalogue::{Class, Effect, Role};
use crate::facts::{Span, Sym};
use crate::rules::child::{region_steps, site_place};
use crate::rules::subject::{called_name, finding, step};
use crate::rules::threads::site::{told_forks, works};
use crate::rules::{Finding, Level, Rule};

/// How many calls up, and how many down from there, code before a fork is looked for.
const DEPTH: (u32, u32) = (3, 2);

/// Children that live beside their parent and execute no other program.
pub(super) fn workers(program: &Program) -> Vec<&Region> {
    children(program).filter(|r| !r.parent_gone).collect()
}

/// Children that carry on as the program: their parent is gone.
pub(super) fn daemons(program: &Program) -> Vec<&Region> {
    children(program).filter(|r| r.parent_gone).collect()
}

/// Every child beside a parent that carries on, however short its life.
pub(super) fn beside(program: &Program) -> Vec<&Region> {
    told_forks(program).map(|fork| fork.region).filter(|r| !r.parent_gone).collect()
}

fn children(program: &Program) -> impl Iterator<Item = &Region> {
    told_forks(program).map(|fork| fork.region).filter(|r| {
        let effects = r.effects(program);
        !effects.has(Effect::Exec) && (r.parent_gone || r.goes_on(program) || works(effects) || lives(program, r))
    })
}

/// Whether the child has no way out and loops until it is killed, or waits for something beside its parent.
fn lives(program: &Program, region: &Region) -> bool {
    const WAITS: [&str; 11] = [
        "sleep",
        "usleep",
        "nanosleep",
        "pause",
        "poll",
        "ppoll",
        "select",
        "epoll_wait",
        "accept",
        "accept4",
        "sigwait",
    ];
    let waits = |site: Site| {
        let edges = program.graph().at(site);
        edges.iter().any(|e| matches!(e.to, Target::Leaf(path) if WAITS.contains(&path.last())))
    };
    if region.sites(program).any(waits) {
        return true;
    }
    region.walk.exits.is_empty()
        && region.walk.ends.iter().all(|&end| {
            let effects = program.effects_at(end);
            !effects.has(Effect::ExitNow) && !effects.has(Effect::Exit)
        })
}

/// Whether a function starts a program in a process of its own.
pub(super) fn starts_program(program: &Program, path: Sym) -> bool {
    matches!(path.as_str(), "std::process::Command::status" | "std::process::Command::output")
        || program.catalogue.roles(path).contains(&Role::SpawnsChild)
}

/// A finding about a fork's child, at the fork.
pub(super) fn at_fork(program: &Program, rule: &Rule, level: Level, region: &Region, message: String) -> Finding {
    let f = program.function(region.site.function);
    let mut found = finding(rule, level, f, site_place(program, region.site), message);
    found.steps = region_steps(program, region);
    found
}

/// A finding at a place before a fork, with the way on to its child.
pub(super) fn before_fork(program: &Program, rule: &Rule, level: Level, at: (Site, &str), region: &Region) -> Finding {
    let (site, what) = at;
    let place = site_place(program, site);
    let mut found = finding(rule, level, program.function(site.function), place, String::new());
    found.steps = vec![step(place, what)];
    found.steps.extend(region_steps(program, region));
    found.subject = program.call_at(site).map_or("", called_name).to_owned();
    found
}

/// A value that lives over a fork.
pub(super) struct Inherited {
    /// Its name, or its type's where it has none.
    pub(super) name: Sym,
    /// The type that makes it matter.
    pub(super) head: Sym,
    /// Where it came to be.
    pub(super) since: Span,
}

/// Locals of a class that hold a value when a fork happens.
pub(super) fn alive(program: &Program, site: Site, classes: &[Class]) -> Vec<Inherited> {
    let locals = &program.function(site.function).body.locals;
    let mut seen = HashSet::new();
    program
        .alive_at(site)
        .into_iter()
        .filter_map(|alive| {
            let local = locals.get(alive.local as usize)?;
            let head = class_in(program, &local.heads, classes)?;
            let name = if local.name.as_str().is_empty() { head } else { local.name };
            seen.insert(name).then_some(Inherited { name, head, since: alive.since })
        })
        .collect()
}

/// The type of one of the classes among type constructors, or in the fields of the program's own types among them.
pub(super) fn class_in(program: &Program, heads: &[Sym], classes: &[Class]) -> Option<Sym> {
    fn holds(program: &Program, head: Sym, classes: &[Class], depth: u32) -> bool {
        program.catalogue.classes(head).any(|c| classes.contains(&c))
            || classes.contains(&Class::Rng) && draws(program, head)
            || depth > 0
                && program.type_def(head).is_some_and(|ty| {
                    ty.fields
                        .iter()
                        .flat_map(|f| &f.heads)
                        .any(|h| *h != head && holds(program, *h, classes, depth - 1))
                })
    }
    heads.iter().copied().find(|head| holds(program, *head, classes, 3))
}

/// Whether a type of the program is a random generator: it implements what generators implement, or is called one.
fn draws(program: &Program, head: Sym) -> bool {
    const TRAITS: [&str; 5] = ["RngCore", "TryRngCore", "BlockRngCore", "SeedableRng", "TryRng"];
    let named = || head.last().ends_with("Rng") && head.last() != "OsRng";
    let implements = || {
        let impls = program.crates.iter().flat_map(|unit| &unit.facts.impls);
        impls.into_iter().any(|i| i.self_ty == head && TRAITS.contains(&i.trait_.last()))
    };
    program.type_def(head).is_some() && (named() || implements())
}

/// Calls that may run before a fork: in its function, in those that call it, and in what these call.
pub(super) fn calls_before(program: &Program, fork: Site) -> Vec<Site> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    up(program, fork, DEPTH.0, &mut found, &mut seen);
    found
}

fn up(program: &Program, to: Site, depth: u32, found: &mut Vec<Site>, seen: &mut HashSet<FnId>) {
    let body = &program.function(to.function).body;
    for (site, _) in call_sites(to.function, body) {
        let leads = site != to && reach(body, site.block, site.event + 1, |_, _, _| false).has(to.block, to.event);
        if leads && !program.forks().child_only(site) {
            found.push(site);
            down(program, site, DEPTH.1, found, seen);
        }
    }
    if depth > 0 && seen.insert(to.function) {
        for edge in program.graph().callers(to.function).filter(|e| e.how == How::Direct) {
            up(program, edge.site, depth - 1, found, seen);
        }
    }
}

fn down(program: &Program, site: Site, depth: u32, found: &mut Vec<Site>, seen: &mut HashSet<FnId>) {
    for edge in program.graph().at(site).iter().filter(|e| e.how == How::Direct) {
        let Target::Fn(f) = edge.to else { continue };
        if program.unit_of(f).member && seen.insert(f) {
            for (inner, _) in call_sites(f, &program.function(f).body) {
                found.push(inner);
                if depth > 0 {
                    down(program, inner, depth - 1, found, seen);
                }
            }
        }
    }
}

/// Calls that a child makes, with those of the user's functions that it calls.
pub(super) fn calls_in(program: &Program, region: &Region) -> Vec<Site> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for site in region.sites(program) {
        found.push(site);
        down(program, site, DEPTH.1, &mut found, &mut seen);
    }
    found
}
