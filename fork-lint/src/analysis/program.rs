//! The linked program: facts of all crates, indexed by path.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::BeforeExec;
use super::parts::Parts;
use super::values::ValueIndex;
use crate::catalogue::Catalogue;
use crate::facts::{Body, Call, CallId, Callee, ConstDef, CrateFacts, Event, Fn, StaticDef, Sym, TypeDef};

/// A function of the program: an index into its list of functions.
pub type FnId = usize;

/// A crate of the program.
#[derive(Clone, Debug)]
pub struct CrateUnit {
    /// Its facts.
    pub facts: CrateFacts,
    /// One of the packages the user asked about (else a dependency).
    pub member: bool,
    /// The crate is a library (or proc-macro) whose public items others call; else a program with its own `main`.
    pub library: bool,
}

/// All crates of a program, linked by path.
pub struct Program {
    /// The crates, dependencies before dependents.
    pub crates: Vec<CrateUnit>,
    /// What is known of functions and types by catalogue and configuration.
    pub catalogue: Catalogue,
    /// (crate, index in its `fns`) of every function.
    fns: Vec<(usize, usize)>,
    by_path: HashMap<Sym, Vec<FnId>>,
    types: HashMap<Sym, (usize, usize)>,
    statics: HashMap<Sym, (usize, usize)>,
    consts: HashMap<Sym, (usize, usize)>,
    /// (trait, method) → implementations.
    dispatch: HashMap<(Sym, Sym), Vec<FnId>>,
    values: OnceLock<ValueIndex>,
    pub(super) before_exec: OnceLock<BeforeExec>,
    /// What is computed when a rule first asks.
    pub(super) parts: OnceLock<Parts>,
}

impl Program {
    /// Whether other crates can call a function.
    pub fn is_exported(&self, f: FnId) -> bool {
        self.function(f).public && self.unit_of(f).library
    }

    /// Whether a function is the user's own, and not under test.
    pub fn is_own(&self, f: FnId) -> bool {
        self.unit_of(f).member && !self.function(f).is_test
    }

    /// Links crates; `crates` has dependencies before dependents.
    pub fn link(crates: Vec<CrateUnit>, mut catalogue: Catalogue) -> Program {
        for (defined, known) in crates.iter().flat_map(|unit| &unit.facts.catalogued) {
            if let Some(entry) = catalogue.entry(*known).cloned() {
                catalogue.add(*defined, entry);
            }
        }
        let mut program = Program {
            crates,
            catalogue,
            fns: Vec::new(),
            by_path: HashMap::new(),
            types: HashMap::new(),
            statics: HashMap::new(),
            consts: HashMap::new(),
            dispatch: HashMap::new(),
            values: OnceLock::new(),
            before_exec: OnceLock::new(),
            parts: OnceLock::new(),
        };
        for (c, unit) in program.crates.iter().enumerate() {
            for (i, f) in unit.facts.fns.iter().enumerate() {
                let id = program.fns.len();
                program.fns.push((c, i));
                program.by_path.entry(f.path).or_default().push(id);
            }
            program.types.extend(unit.facts.types.iter().enumerate().map(|(i, t)| (t.path, (c, i))));
            program.statics.extend(unit.facts.statics.iter().enumerate().map(|(i, s)| (s.path, (c, i))));
            program.consts.extend(unit.facts.consts.iter().enumerate().map(|(i, k)| (k.path, (c, i))));
            for imp in &unit.facts.impls {
                for &method in &imp.methods {
                    let path = Sym::new(&format!("<{} as {}>::{method}", imp.self_ty, imp.trait_));
                    if let Some(ids) = program.by_path.get(&path) {
                        let known = program.dispatch.entry((imp.trait_, method)).or_default();
                        known.extend(ids.iter().copied().filter(|id| !known.contains(id)).collect::<Vec<_>>());
                    }
                }
            }
        }
        program
    }

    /// How many functions there are; ids run from 0.
    pub fn fn_count(&self) -> usize {
        self.fns.len()
    }

    /// The function.
    pub fn function(&self, id: FnId) -> &Fn {
        let (c, i) = self.fns[id];
        &self.crates[c].facts.fns[i]
    }

    /// The crate it is in.
    pub fn unit_of(&self, id: FnId) -> &CrateUnit {
        &self.crates[self.fns[id].0]
    }

    /// Functions of that path (more than one for implementations that differ only in generic arguments).
    pub fn by_path(&self, path: Sym) -> &[FnId] {
        self.by_path.get(&path).map_or(&[], Vec::as_slice)
    }

    /// Implementations of a trait's method in the program.
    pub fn implementations(&self, trait_: Sym, method: Sym) -> &[FnId] {
        self.dispatch.get(&(trait_, method)).map_or(&[], Vec::as_slice)
    }

    /// The type of that path.
    pub fn type_def(&self, path: Sym) -> Option<&TypeDef> {
        self.types.get(&path).map(|&(c, i)| &self.crates[c].facts.types[i])
    }

    /// The static of that path.
    pub fn static_def(&self, path: Sym) -> Option<&StaticDef> {
        self.statics.get(&path).map(|&(c, i)| &self.crates[c].facts.statics[i])
    }

    /// The constant of that path.
    pub fn const_def(&self, path: Sym) -> Option<&ConstDef> {
        self.consts.get(&path).map(|&(c, i)| &self.crates[c].facts.consts[i])
    }

    /// Functions used as values, and closures by where they are written; made on first use.
    pub fn values(&self) -> &ValueIndex {
        self.values.get_or_init(|| ValueIndex::build(self))
    }

    /// The functions of the program that a callee may be (empty for catalogued, unknown and indirect ones).
    pub fn targets(&self, callee: &Callee) -> Vec<FnId> {
        match callee {
            Callee::Path(path) => self.by_path(*path).to_vec(),
            Callee::Dispatch { trait_, method } => self.implementations(*trait_, *method).to_vec(),
            _ => Vec::new(),
        }
    }
}

/// All calls of a body, in block order.
pub fn calls(body: &Body) -> impl Iterator<Item = &Call> {
    body.blocks.iter().flat_map(|b| &b.events).filter_map(|e| match e {
        Event::Call(call) => Some(call),
        _ => None,
    })
}

/// The call of that id.
pub fn call_by_id(body: &Body, id: CallId) -> Option<&Call> {
    calls(body).find(|c| c.id == id)
}
