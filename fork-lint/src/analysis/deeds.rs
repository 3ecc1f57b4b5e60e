//! What children do: the calls in each region, followed through the user's own functions, that have an effect.

use std::collections::{HashMap, HashSet, VecDeque};

use super::{Edge, Effects, FnId, Program, Region, RegionId, RegionKind, Site, Target, call_sites};
use crate::catalogue::{Effect, ForkKind};

/// Effects that a child should not have, the most telling first: a log line also formats, allocates and locks.
pub(super) const TELLING: [Effect; 10] = [
    Effect::Log,
    Effect::Stdio,
    Effect::Nss,
    Effect::Env,
    Effect::Lock,
    Effect::Setxid,
    Effect::UnsafeCall,
    Effect::Format,
    Effect::Alloc,
    Effect::Panic,
];
/// Functions followed from one region at most: beyond it the child is a program of its own.
const FUNCTIONS: usize = 400;
/// Events told of one region and effect, in the region's own body and below.
const TOLD: (usize, usize) = (12, 4);

/// What happens in a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Deed {
    /// A call with this effect.
    Effect(Effect),
    /// A call of which nothing is known.
    Unverified,
}

/// A call in a child, or in a function that it calls, and what it does.
#[derive(Clone, Debug)]
pub struct ChildEvent {
    /// The region.
    pub region: RegionId,
    /// What happens.
    pub deed: Deed,
    /// Calls from the region's body to the call that does it, which comes last. All but the last call functions of
    /// the user's own crates.
    pub path: Vec<Site>,
    /// Further calls of the same function that do the same.
    pub also: Vec<Site>,
    /// How many more places below the region do the same and are not told.
    pub more: usize,
}

impl ChildEvent {
    /// The call that does it.
    pub fn site(&self) -> Site {
        self.path[self.path.len() - 1]
    }
}

/// Everything that children do, region by region.
pub(super) fn child_events(program: &Program) -> Vec<ChildEvent> {
    let mut events = Vec::new();
    for (id, region) in program.regions().iter().enumerate() {
        let concerns = program.unit_of(region.site.function).member && !program.function(region.site.function).is_test;
        // What a `#[fork_safe]` function does is told where the promise is made.
        let promised = program.function(region.function).fork_safe && !matches!(region.kind, RegionKind::Fork(_));
        if concerns && !region.nested && !promised {
            events.extend(of_region(program, id, region));
        }
    }
    events
}

/// A function on the way and the call that led to it.
struct Step {
    function: FnId,
    call: Option<(usize, Site)>,
}

fn of_region(program: &Program, id: RegionId, region: &Region) -> Vec<ChildEvent> {
    let mut steps = vec![Step { function: region.function, call: None }];
    let mut seen = HashSet::from([region.function]);
    let mut todo = VecDeque::from([0]);
    let mut found: Vec<(usize, Deed, Vec<Site>)> = Vec::new();
    if !program.unit_of(region.function).member {
        // The callable is not the user's, the decision to run it in a child is.
        let deeds = telling(program.summary(region.function), false);
        return deeds.map(|deed| event(&steps, id, 0, deed, vec![region.site], 0)).collect();
    }
    while let Some(step) = todo.pop_front() {
        let f = steps[step].function;
        let mut here: HashMap<Deed, Vec<Site>> = HashMap::new();
        for (site, _) in call_sites(f, &program.function(f).body) {
            let in_child = if step == 0 { region.has(site) } else { !program.forks().child_only(site) };
            if !in_child {
                continue;
            }
            let edges = program.graph().at(site);
            for deed in deeds_of(program, region, edges) {
                // Before the sides part, an assertion is the parent's, on the fork's failure.
                if step == 0 && deed == Deed::Effect(Effect::Panic) && !of_child_alone(program, region, site) {
                    continue;
                }
                here.entry(deed).or_default().push(site);
            }
            for edge in edges.iter().filter(|e| e.how.here()) {
                if let Target::Fn(to) = edge.to
                    && program.unit_of(to).member
                    && !program.function(to).fork_safe
                    && steps.len() < FUNCTIONS
                    && seen.insert(to)
                {
                    todo.push_back(steps.len());
                    steps.push(Step { function: to, call: Some((step, site)) });
                }
            }
        }
        let mut here: Vec<(Deed, Vec<Site>)> = here.into_iter().collect();
        here.sort();
        found.extend(here.into_iter().map(|(deed, sites)| (step, deed, sites)));
    }
    told(&steps, id, found)
}

fn of_child_alone(program: &Program, region: &Region, site: Site) -> bool {
    let fork = program.forks().in_fn(region.function).iter().find(|fork| fork.site == region.site);
    fork.is_none_or(|fork| fork.parent_gone() || fork.child_only(site))
}

/// Keeps the first few of each deed and counts the others.
fn told(steps: &[Step], region: RegionId, found: Vec<(usize, Deed, Vec<Site>)>) -> Vec<ChildEvent> {
    let mut counts: HashMap<Deed, usize> = HashMap::new();
    let mut events: Vec<ChildEvent> = Vec::new();
    for (step, deed, mut sites) in found {
        let below = step != 0;
        let count = counts.entry(deed).or_default();
        if below && *count >= TOLD.1 {
            if let Some(first) = events.iter_mut().find(|e| e.deed == deed) {
                first.more += sites.len();
            }
            continue;
        }
        *count += usize::from(below);
        let more = sites.len().saturating_sub(TOLD.0);
        sites.truncate(TOLD.0);
        events.push(event(steps, region, step, deed, sites, more));
    }
    events
}

fn event(steps: &[Step], region: RegionId, step: usize, deed: Deed, sites: Vec<Site>, more: usize) -> ChildEvent {
    let mut path = Vec::new();
    let mut at = step;
    while let Some((before, site)) = steps[at].call {
        path.push(site);
        at = before;
    }
    path.reverse();
    let (first, also) = sites.split_first().map(|(f, rest)| (*f, rest.to_vec())).unwrap_or_default();
    path.push(first);
    ChildEvent { region, deed, path, also, more }
}

/// What a call does by itself: not through functions of the user's own, which are followed.
fn deeds_of(program: &Program, region: &Region, edges: &[Edge]) -> Vec<Deed> {
    let leaf = leaf_effects(program, edges);
    let theirs = edges.iter().filter(|e| e.how.here()).fold(Effects::NONE, |all, edge| match edge.to {
        Target::Fn(f) if !program.unit_of(f).member => all.union(program.summary(f)),
        _ => all,
    });
    let raw = region.kind.fork_kind() != ForkKind::Libc;
    let is_panic = leaf.has(Effect::Panic)
        && (leaf == Effects::one(Effect::Panic) || edges.iter().any(|e| program.diverges(e.site)));
    let mut deeds: Vec<Deed> = if is_panic {
        vec![Deed::Effect(Effect::Panic)]
    } else {
        // A panic deep in a dependency says little; the child's own unwraps do.
        telling(leaf.union(theirs), raw).filter(|d| *d != Deed::Effect(Effect::Panic)).collect()
    };
    if leaf.union(theirs).has(Effect::Exit) {
        deeds.push(Deed::Effect(Effect::Exit));
    }
    if edges.iter().any(|e| e.how.here() && e.to == Target::Unknown) {
        deeds.push(Deed::Unverified);
    }
    deeds
}

/// What catalogued callees do.
pub(super) fn leaf_effects(program: &Program, edges: &[Edge]) -> Effects {
    edges.iter().filter(|e| e.how.here()).fold(Effects::NONE, |all, edge| match edge.to {
        Target::Leaf(path) => all.union(program.catalogue.entry(path).map(super::entry_effects).unwrap_or_default()),
        _ => all,
    })
}

/// The most telling of some effects. `raw`: nothing was repaired after the fork, so that libc's set*id waits for ever.
pub(super) fn telling(effects: Effects, raw: bool) -> impl Iterator<Item = Deed> {
    let first = TELLING.into_iter().find(|&e| effects.has(e) && (raw || e != Effect::Setxid));
    first.into_iter().map(Deed::Effect)
}
