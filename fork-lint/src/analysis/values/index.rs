//! Which functions are also used as values, and where closures are written: what must be known to follow a parameter
//! or a captured variable.

use std::collections::{HashMap, HashSet};

use crate::analysis::{FnId, How, Program};
use crate::facts::{Call, Event, FnKind, Sym, Term, Val};

/// Uses of functions other than calls.
#[derive(Debug, Default)]
pub struct ValueIndex {
    as_value: HashSet<Sym>,
    closures: HashMap<Sym, Vec<FnId>>,
}

impl ValueIndex {
    /// Reads every value of the program once.
    pub(in crate::analysis) fn build(program: &Program) -> ValueIndex {
        let mut index = ValueIndex::default();
        for id in 0..program.fn_count() {
            let f = program.function(id);
            if let FnKind::Closure { parent } = f.kind {
                index.closures.entry(parent).or_default().push(id);
            }
            each_value(f, &mut |val| {
                if let Val::Fn(path) = val {
                    index.as_value.insert(*path);
                }
            });
        }
        index
    }

    /// Closures written in the function of that path.
    pub fn closures_in(&self, path: Sym) -> &[FnId] {
        self.closures.get(&path).map_or(&[], Vec::as_slice)
    }

    /// All calls of a function, when there are some and no others can exist: it is private, decided by no trait,
    /// and never used as a value.
    pub fn all_callers<'p>(&self, program: &'p Program, id: FnId) -> Option<Vec<(FnId, &'p Call)>> {
        let f = program.function(id);
        let fixed = matches!(f.kind, FnKind::Free | FnKind::Inherent { .. });
        if !fixed || program.is_exported(id) || self.as_value.contains(&f.path) {
            return None;
        }
        let known: Vec<_> = callers(program, id).collect();
        (!known.is_empty()).then_some(known)
    }
}

/// The calls of a function by its name or through a trait.
pub fn callers(program: &Program, id: FnId) -> impl Iterator<Item = (FnId, &Call)> {
    let edges = program.graph().callers(id).filter(|e| matches!(e.how, How::Direct | How::Candidate));
    edges.filter_map(|e| Some((e.site.function, program.call_at(e.site)?)))
}

/// Every value written in a function, with the values inside it.
fn each_value(f: &crate::facts::Fn, see: &mut impl FnMut(&Val)) {
    for block in &f.body.blocks {
        for event in &block.events {
            match event {
                Event::Call(call) => call.args.iter().for_each(|v| walk(v, see)),
                Event::Assign { value, .. } => walk(value, see),
                Event::Store { place, value, .. } => {
                    walk(place, see);
                    walk(value, see);
                }
                Event::Drop { .. } | Event::Move { .. } => {}
            }
        }
        match &block.term {
            Term::Switch { on, .. } => walk(on, see),
            Term::Return { value, .. } => walk(value, see),
            Term::Goto(_) | Term::Diverge => {}
        }
    }
}

fn walk(val: &Val, see: &mut impl FnMut(&Val)) {
    see(val);
    match val {
        Val::Field(inner, _) | Val::Inside(inner) => walk(inner, see),
        Val::Ctor(_, vals) | Val::Or(vals) | Val::Phi(vals) | Val::Computed(vals) => {
            vals.iter().for_each(|v| walk(v, see))
        }
        Val::Struct(_, fields) => fields.iter().for_each(|(_, v)| walk(v, see)),
        _ => {}
    }
}
