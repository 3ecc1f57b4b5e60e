//! What every function does, its callees included, with the shortest way to each effect.

use super::targets::Leaves;
use super::{Edge, Effects, FnId, Graph, Program, Site, Target};
use crate::catalogue::Effect;
use crate::facts::Sym;

/// No next hop.
const NONE: u32 = u32::MAX;

/// Effects of all functions.
#[derive(Debug, Default)]
pub struct Summaries {
    effects: Vec<Effects>,
    /// For each effect, the edge that every function takes first on its shortest way to it.
    next: Vec<Vec<u32>>,
}

/// A way to an effect: calls in order, and what the last one calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The calls.
    pub calls: Vec<Edge>,
    /// The catalogued function or macro at the end.
    pub leaf: Sym,
}

impl Witness {
    /// Whether a trait's implementation had to be guessed on the way.
    pub fn guessed(&self) -> bool {
        self.calls.iter().any(|edge| edge.how == super::How::Candidate)
    }
}

impl Summaries {
    /// What a function does when it is called.
    pub fn of(&self, f: FnId) -> Effects {
        self.effects.get(f).copied().unwrap_or_default()
    }

    /// The shortest way from a function to an effect that it has.
    pub fn witness(&self, graph: &Graph, f: FnId, effect: Effect) -> Option<Witness> {
        let next = &self.next[effect as usize];
        let mut calls = Vec::new();
        let mut at = f;
        loop {
            let id = *next.get(at)?;
            if id == NONE || calls.len() > 10_000 {
                return None;
            }
            let edge = graph.edges()[id as usize];
            calls.push(edge);
            match edge.to {
                Target::Fn(f) => at = f,
                Target::Leaf(leaf) => return Some(Witness { calls, leaf }),
                Target::Unknown => return None,
            }
        }
    }
}

/// Computes them: for each effect a breadth-first search from the calls that have it, against the calls. An edge counts
/// when `counts` says so.
pub(super) fn summarise(
    program: &Program,
    graph: &Graph,
    counts: &dyn std::ops::Fn(Effect, &Edge) -> bool,
) -> Summaries {
    let n = program.fn_count();
    let mut effects = vec![Effects::NONE; n];
    let mut leaves = Leaves::default();
    let of_edge: Vec<Effects> = graph
        .edges()
        .iter()
        .map(|edge| match edge.to {
            Target::Leaf(path) if edge.how.here() => leaves.effects(program, path).unwrap_or_default(),
            _ => Effects::NONE,
        })
        .collect();
    let mut next = Vec::with_capacity(Effect::ALL.len());
    for effect in Effect::ALL {
        let mut first = vec![NONE; n];
        let mut level: Vec<FnId> = Vec::new();
        for (i, edge) in graph.edges().iter().enumerate() {
            let f = edge.site.function;
            if of_edge[i].has(effect) && first[f] == NONE && counts(effect, edge) {
                first[f] = i as u32;
                level.push(f);
            }
        }
        while !level.is_empty() {
            let mut above = Vec::new();
            for f in level {
                effects[f].add(effect);
                if program.promises(f, effect) {
                    continue;
                }
                for &i in graph.into(f) {
                    let edge = &graph.edges()[i as usize];
                    let caller = edge.site.function;
                    if first[caller] == NONE && edge.how.here() && counts(effect, edge) {
                        first[caller] = i;
                        above.push(caller);
                    }
                }
            }
            level = above;
        }
        next.push(first);
    }
    Summaries { effects, next }
}

impl Program {
    /// What the call at a site does in this process before it returns.
    pub fn effects_at(&self, site: Site) -> Effects {
        self.graph().at(site).iter().filter(|e| e.how.here()).fold(Effects::NONE, |all, edge| {
            all.union(match edge.to {
                Target::Fn(f) => self.summary(f),
                Target::Leaf(path) => self.catalogue.entry(path).map(super::entry_effects).unwrap_or_default(),
                Target::Unknown => Effects::NONE,
            })
        })
    }

    /// The shortest way from the call at a site to an effect.
    pub fn witness_at(&self, site: Site, effect: Effect) -> Option<Witness> {
        let ways = self.graph().at(site).iter().filter(|e| e.how.here()).filter_map(|edge| match edge.to {
            Target::Fn(f) if !self.promises(f, effect) => {
                let mut way = self.summaries().witness(self.graph(), f, effect)?;
                way.calls.insert(0, *edge);
                Some(way)
            }
            Target::Leaf(leaf) => {
                let has = self.catalogue.entry(leaf).is_some_and(|e| super::entry_effects(e).has(effect));
                has.then(|| Witness { calls: vec![*edge], leaf })
            }
            Target::Fn(_) | Target::Unknown => None,
        });
        ways.min_by_key(|way| way.calls.len())
    }
}

/// Whether any call of the program, dependencies included, starts a thread.
pub(super) fn starts_threads(program: &Program) -> bool {
    program.graph().edges().iter().any(|edge| {
        matches!(edge.to, Target::Leaf(path)
            if program.catalogue.entry(path).is_some_and(|e| super::entry_effects(e).has(Effect::ThreadStart)))
    })
}
