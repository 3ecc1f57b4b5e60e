//! Child regions: what a forked child runs, from the fork to where it stops being a copy of its parent.

use std::collections::{HashMap, HashSet};

use super::callables::{Callable, Handling};
use super::uses::{Use, UseMap, captured};
use super::walk::{Env, Walk, Walker};
use super::{Effects, FnId, Forks, Graph, How, Program, Site, Target, call_sites, diverge, syscall};
use crate::catalogue::{Effect, ForkKind, Role};
use crate::facts::Callee;

/// Index of a [`Region`].
pub type RegionId = usize;

/// How the child comes to run the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegionKind {
    /// The child's side of a call that returns twice.
    Fork(ForkKind),
    /// A callable that `Command` runs between fork and exec.
    PreExec,
    /// The entry function of a raw clone.
    CloneEntry(ForkKind),
    /// A callable that a function runs in a child that it forks.
    ForkEntry,
}

impl RegionKind {
    /// Which repair libc makes in the child.
    pub fn fork_kind(self) -> ForkKind {
        match self {
            RegionKind::Fork(kind) | RegionKind::CloneEntry(kind) => kind,
            RegionKind::PreExec | RegionKind::ForkEntry => ForkKind::Libc,
        }
    }
}

/// Code that runs in a child.
#[derive(Clone, Debug)]
pub struct Region {
    /// How.
    pub kind: RegionKind,
    /// The fork, or the call that is given the callable.
    pub site: Site,
    /// Calls from `site` down to the one that forks or registers, when `site` is a wrapper's call.
    pub through: Vec<Site>,
    /// The function whose body the region is in.
    pub function: FnId,
    /// What the child runs of that body.
    pub walk: Walk,
    /// The parent is gone: the child carries on as the program.
    pub parent_gone: bool,
    /// The region lies in another region of the same body.
    pub nested: bool,
}

impl Region {
    /// The calls of the region's body that are in it.
    pub fn sites<'a>(&'a self, program: &'a Program) -> impl Iterator<Item = Site> + 'a {
        call_sites(self.function, &program.function(self.function).body).map(|(site, _)| site).filter(|s| self.has(*s))
    }

    /// What the child does, callees included.
    pub fn effects(&self, program: &Program) -> Effects {
        self.sites(program).fold(Effects::NONE, |all, site| all.union(program.effects_at(site)))
    }

    /// Whether the child goes on beyond what is known: it returns to the caller, or calls what it was given.
    pub fn goes_on(&self, program: &Program) -> bool {
        let by_return = matches!(self.kind, RegionKind::Fork(_)) && !self.walk.exits.is_empty();
        by_return || self.calls_what_it_was_given(program)
    }

    /// Whether the child is meant to go on: its function is a fork for its callers, the parent is gone, or it calls what
    /// it was given.
    pub fn goes_on_by_design(&self, program: &Program) -> bool {
        let returns = matches!(self.kind, RegionKind::Fork(_)) && program.forks().wrapper(self.function).is_some();
        returns || self.parent_gone || self.calls_what_it_was_given(program)
    }

    /// Whether the call at a site of the region's body is in it. The fork itself is not.
    pub fn has(&self, site: Site) -> bool {
        site.function == self.function && site != self.site && self.walk.has(site.block, site.event)
    }

    fn calls_what_it_was_given(&self, program: &Program) -> bool {
        // What a private function is given, its callers in the program give: that is followed.
        let public = program.is_exported(self.function);
        self.sites(program).any(|site| match program.call_at(site).map(|call| &call.callee) {
            Some(Callee::Param(_)) => public,
            Some(Callee::Indirect(_)) => true,
            _ => false,
        })
    }
}

/// All regions of a program.
pub(super) fn find(
    program: &Program,
    graph: &Graph,
    never: &[bool],
    forks: &Forks,
    handling: &HashMap<FnId, Handling>,
    uses: &UseMap,
) -> Vec<Region> {
    let mut regions: Vec<Region> = forks
        .iter()
        .map(|fork| Region {
            kind: RegionKind::Fork(fork.form.kind),
            site: fork.site,
            through: fork_path(forks, fork.form.wrapper),
            function: fork.site.function,
            walk: fork.child.clone(),
            parent_gone: parent_gone(program, fork),
            nested: false,
        })
        .collect();
    let diverges = |site| diverge::call_diverges(program, graph, never, site);
    let mut seen = HashSet::new();
    let mut owners: Vec<&FnId> = handling.keys().collect();
    owners.sort();
    for &owner in owners {
        for pass in &handling[&owner].passes {
            let Some(call) = program.call_at(pass.site) else { continue };
            let ways = uses.of_argument(program, call, pass.arg);
            for way in Use::CHILD.into_iter().filter(|way| ways.has(*way)) {
                let kind = match way {
                    Use::PreExec if execs_in_place(program, graph, owner) => continue,
                    Use::PreExec => RegionKind::PreExec,
                    Use::ForkEntry => RegionKind::ForkEntry,
                    _ => match syscall::clone_kind(program, &program.function(owner).body, call) {
                        Some(kind) => RegionKind::CloneEntry(kind),
                        None => continue,
                    },
                };
                for function in callable_fns(program, handling, owner, pass.what) {
                    if !seen.insert((function, pass.site, way)) {
                        continue;
                    }
                    let walker = Walker { program, function, diverges: &diverges, fork: None, depth: 0 };
                    regions.push(Region {
                        kind,
                        site: pass.site,
                        through: registered(program, uses, pass.site, pass.arg, way),
                        function,
                        walk: walker.run(0, 0, Env::default()),
                        parent_gone: false,
                        nested: false,
                    });
                }
            }
        }
    }
    mark_nested(&mut regions);
    regions
}

/// Whether a function's `Command` is executed in this process (`exec`) and never spawned: its callables then run
/// without a fork.
fn execs_in_place(program: &Program, graph: &Graph, f: FnId) -> bool {
    let mut execs = false;
    for edge in graph.from(f).iter().filter(|e| e.how == How::Direct) {
        let Target::Leaf(path) = edge.to else { continue };
        let Some(entry) = program.catalogue.entry(path) else { continue };
        if entry.roles.contains(&Role::SpawnsChild) || entry.effects.contains(&Effect::Wait) {
            return false;
        }
        execs |= entry.effects.contains(&Effect::Exec);
    }
    execs
}

/// Functions of the program that a callable stands for.
pub(super) fn callable_fns(
    program: &Program,
    handling: &HashMap<FnId, Handling>,
    owner: FnId,
    callable: Callable,
) -> Vec<FnId> {
    match callable {
        Callable::Fn(path) => program.by_path(path).to_vec(),
        Callable::Param(_) => Vec::new(),
        Callable::Captured(name) => captured(program, handling, owner, name)
            .into_iter()
            .flat_map(|(outer, held)| {
                held.into_iter().flat_map(move |c| match c {
                    Callable::Fn(path) => program.by_path(path).to_vec(),
                    other => callable_fns(program, handling, outer, other),
                })
            })
            .collect(),
    }
}

/// Calls from a wrapper down to the fork itself.
fn fork_path(forks: &Forks, mut wrapper: Option<FnId>) -> Vec<Site> {
    let mut path = Vec::new();
    while let Some(f) = wrapper {
        let Some(fork) = forks.in_fn(f).first() else { break };
        if path.contains(&fork.site) {
            break;
        }
        path.push(fork.site);
        wrapper = fork.form.wrapper;
    }
    path
}

/// Calls from a function that is given a callable down to the one that registers it.
fn registered(program: &Program, uses: &UseMap, site: Site, arg: u32, way: Use) -> Vec<Site> {
    let Some(call) = program.call_at(site) else { return Vec::new() };
    program
        .call_targets(&call.callee)
        .fns
        .into_iter()
        .map(|f| uses.path(program, f, arg, way))
        .find(|path| !path.is_empty())
        .unwrap_or_default()
}

/// Whether the child carries on as the program. In `main`, a parent that returns is gone as well.
fn parent_gone(program: &Program, fork: &super::Fork) -> bool {
    let in_main = program.function(fork.site.function).entry.is_some();
    let parent_leaves = in_main
        && !fork.child.exits.is_empty()
        && !fork.parent.exits.is_empty()
        && fork.parent.exits.iter().all(|exit| !fork.child.has_block(exit.block));
    fork.parent_gone() || parent_leaves
}

fn mark_nested(regions: &mut [Region]) {
    let mut by_fn: HashMap<FnId, Vec<usize>> = HashMap::new();
    for (i, region) in regions.iter().enumerate() {
        by_fn.entry(region.function).or_default().push(i);
    }
    for ids in by_fn.values() {
        let inside = |i: usize, o: usize| {
            let (inner, outer) = (&regions[i], &regions[o]);
            i != o && inner.site != outer.site && !outer.parent_gone && outer.has(inner.site)
        };
        // Of two that lie in each other (a loop around both), the first is the outer one.
        let inner: Vec<usize> =
            ids.iter().copied().filter(|&i| ids.iter().any(|&o| inside(i, o) && (o < i || !inside(o, i)))).collect();
        for i in inner {
            regions[i].nested = true;
        }
    }
}
