//! What a call may run: functions of the program, a catalogued function, or something that cannot be seen.

use std::collections::HashMap;

use super::{FnId, Program};
use crate::catalogue::{Effect, Entry, Role};
use crate::facts::{Callee, Sym};

/// Most implementations that a call through a trait is followed into.
const FEW: usize = 8;

/// What one call may run.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    /// Functions of the program.
    pub fns: Vec<FnId>,
    /// The catalogued function or macro.
    pub leaf: Option<Sym>,
    /// A trait decides which of `fns` it is.
    pub candidates: bool,
    /// Nothing is known of what runs.
    pub unknown: bool,
}

/// A set of effects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effects(u32);

impl Effects {
    /// No effect.
    pub const NONE: Effects = Effects(0);

    /// This one alone.
    pub fn one(effect: Effect) -> Effects {
        Effects(1 << effect as u32)
    }

    /// Whether it is in the set.
    pub fn has(self, effect: Effect) -> bool {
        self.0 & (1 << effect as u32) != 0
    }

    /// Adds one.
    pub fn add(&mut self, effect: Effect) {
        self.0 |= 1 << effect as u32;
    }

    /// Both sets.
    pub fn union(self, other: Effects) -> Effects {
        Effects(self.0 | other.0)
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Catalogue look-ups, remembered by path: the same few thousand callees are met again and again.
#[derive(Default)]
pub(super) struct Leaves {
    known: HashMap<Sym, Option<Effects>>,
}

impl Leaves {
    /// Effects of a catalogued path; none if the catalogue does not have it.
    pub(super) fn effects(&mut self, program: &Program, path: Sym) -> Option<Effects> {
        *self.known.entry(path).or_insert_with(|| program.catalogue.entry(path).map(entry_effects))
    }
}

/// Effects of a catalogued function, those that its roles imply included.
pub fn entry_effects(entry: &Entry) -> Effects {
    let mut effects = Effects::NONE;
    for &effect in &entry.effects {
        effects.add(effect);
    }
    for role in &entry.roles {
        match role {
            Role::Fork { .. } | Role::Daemon | Role::ForkEntry { .. } | Role::CloneEntry { .. } => effects.add(Effect::Fork),
            Role::StartsThreads => effects.add(Effect::ThreadStart),
            _ => {}
        }
    }
    effects
}

impl Program {
    /// What a call may run, its callable arguments not counted.
    pub fn call_targets(&self, callee: &Callee) -> Targets {
        match callee {
            Callee::Path(path) => self.path_targets(*path),
            Callee::Dispatch { trait_, method } => self.dispatch_targets(*trait_, *method),
            Callee::Param(_) => Targets::default(),
            Callee::Indirect(_) | Callee::Unknown(_) => Targets { unknown: true, ..Targets::default() },
        }
    }

    fn path_targets(&self, path: Sym) -> Targets {
        let fns = self.by_path(path).to_vec();
        let leaf = self.catalogue.entry(path).is_some().then_some(path);
        let unknown = fns.is_empty() && !self.catalogue.knows(path);
        Targets { fns, leaf, candidates: false, unknown }
    }

    fn dispatch_targets(&self, trait_: Sym, method: Sym) -> Targets {
        let path = Sym::new(&format!("{trait_}::{method}"));
        let leaf = self.catalogue.entry(path).is_some().then_some(path);
        // What the catalogue says of a trait of std holds for its usual implementations; the program's own few are
        // rarely the ones meant.
        let impls = self.implementations(trait_, method);
        if leaf.is_some() && trait_.as_str().starts_with("std::") || impls.len() > FEW {
            return Targets { fns: Vec::new(), leaf, candidates: true, unknown: leaf.is_none() };
        }
        let mut fns = impls.to_vec();
        fns.extend(self.by_path(path));
        let unknown = fns.is_empty() && leaf.is_none();
        Targets { fns, leaf, candidates: true, unknown }
    }

    /// Roles of what a call may run.
    pub fn call_roles(&self, callee: &Callee) -> &[Role] {
        match callee {
            Callee::Path(path) => self.catalogue.roles(*path),
            Callee::Dispatch { trait_, method } => {
                self.catalogue.roles(Sym::new(&format!("{trait_}::{method}")))
            }
            _ => &[],
        }
    }
}
