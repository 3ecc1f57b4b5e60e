//! `#[fork_safe]`: what breaks the promise of a function that carries it. Its callers take the promise as given.

use super::deeds::{Deed, TELLING, leaf_effects, telling};
use super::{Effects, FnId, Program, Site, Target, call_sites};
use crate::catalogue::Effect;
use crate::facts::FnKind;

/// Calls that break a promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The function that carries `#[fork_safe]`.
    pub promises: FnId,
    /// What it does all the same.
    pub deed: Deed,
    /// The call, in its body or in a closure of it.
    pub site: Site,
}

impl Program {
    /// What a caller has to reckon with: a promise is believed, and checked where it is made.
    pub(super) fn believed(&self, f: FnId, effects: Effects) -> Effects {
        if !self.function(f).fork_safe {
            return effects;
        }
        let kept = Effect::ALL.into_iter().filter(|e| effects.has(*e) && !is_promised(*e));
        kept.fold(Effects::NONE, |all, effect| all.union(Effects::one(effect)))
    }

    /// Whether a function promises not to have an effect.
    pub(super) fn promises(&self, f: FnId, effect: Effect) -> bool {
        self.function(f).fork_safe && is_promised(effect)
    }
}

/// Whether a `#[fork_safe]` function promises not to have an effect, whatever it calls.
fn is_promised(effect: Effect) -> bool {
    TELLING.contains(&effect) || matches!(effect, Effect::Exit | Effect::ThreadStart)
}

/// Every breach of a promise by the user's own functions.
pub(super) fn breaches(program: &Program) -> Vec<Breach> {
    let promising = |&f: &FnId| program.function(f).fork_safe && program.is_own(f);
    (0..program.fn_count()).filter(promising).flat_map(|f| of_function(program, f)).collect()
}

fn of_function(program: &Program, promises: FnId) -> Vec<Breach> {
    let mut bodies = vec![promises];
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&f) = bodies.get(at) {
        at += 1;
        for (site, _) in call_sites(f, &program.function(f).body) {
            // A child that it forks itself is judged as one.
            if program.forks().child_only(site) {
                continue;
            }
            for to in closures(program, f, site) {
                if !bodies.contains(&to) {
                    bodies.push(to);
                }
            }
            found.extend(deeds(program, f, site).into_iter().map(|deed| Breach { promises, deed, site }));
        }
    }
    found
}

/// Closures of the function itself that run during the call.
fn closures(program: &Program, f: FnId, site: Site) -> impl Iterator<Item = FnId> {
    let parent = program.function(f).path;
    program.graph().at(site).iter().filter(|e| e.how.here()).filter_map(move |edge| match edge.to {
        Target::Fn(to) if program.function(to).kind == (FnKind::Closure { parent }) => Some(to),
        _ => None,
    })
}

fn deeds(program: &Program, f: FnId, site: Site) -> Vec<Deed> {
    let edges = program.graph().at(site);
    let own = leaf_effects(program, edges);
    let parent = program.function(f).path;
    let below = edges.iter().filter(|e| e.how.here()).fold(Effects::NONE, |all, edge| match edge.to {
        Target::Fn(to) if program.function(to).kind != (FnKind::Closure { parent }) => all.union(program.summary(to)),
        _ => all,
    });
    let all = own.union(below);
    if all.has(Effect::ThreadStart) {
        return vec![Deed::Effect(Effect::ThreadStart)];
    }
    let mut deeds: Vec<Deed> = if program.diverges(site) && own.has(Effect::Panic) {
        vec![Deed::Effect(Effect::Panic)]
    } else {
        let only_below = |deed: &Deed| *deed == Deed::Effect(Effect::Panic) && !own.has(Effect::Panic);
        telling(all, true).filter(|deed| !only_below(deed)).collect()
    };
    if all.has(Effect::Exit) {
        deeds.push(Deed::Effect(Effect::Exit));
    }
    if edges.iter().any(|e| e.how.here() && e.to == Target::Unknown) {
        deeds.push(Deed::Unverified);
    }
    deeds
}
