//! Functions and closures given as values: who is handed what, and what becomes of a function's callable parameters.

use std::collections::HashMap;

use super::{FnId, Program, Site};
use crate::catalogue::Role;
use crate::facts::{Body, Call, CallId, Callee, Event, Fn, FnKind, LocalId, Sym, Term, Val};

/// A callable, as the body that handles it knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Callable {
    /// A function item or a closure.
    Fn(Sym),
    /// The body's own parameter.
    Param(u32),
    /// Something of that name in the enclosing function.
    Captured(Sym),
}

/// A callable given as an argument.
#[derive(Clone, Debug)]
pub struct Pass {
    /// The call that receives it.
    pub site: Site,
    /// Index of the argument.
    pub arg: u32,
    /// What is given.
    pub what: Callable,
}

/// What one body does with callables.
#[derive(Clone, Debug, Default)]
pub struct Handling {
    /// Given to calls.
    pub passes: Vec<Pass>,
    /// Called directly: a parameter, or a captured variable.
    pub calls: Vec<(Site, Callable)>,
    /// Put into a field, a static or the return value.
    pub stored: Vec<Callable>,
    /// Held by locals.
    pub locals: HashMap<LocalId, Vec<Callable>>,
}

impl Handling {
    /// Whether the body handles no callable.
    pub fn is_empty(&self) -> bool {
        self.passes.is_empty() && self.calls.is_empty() && self.stored.is_empty() && self.locals.is_empty()
    }
}

/// Reads one body.
pub(super) fn handling(program: &Program, id: FnId) -> Handling {
    let f = program.function(id);
    let mut reader = Reader { program, f, out: Handling::default(), results: HashMap::new() };
    for (i, param) in f.params.iter().enumerate() {
        if param.callable {
            reader.out.locals.insert(param.local, vec![Callable::Param(i as u32)]);
        }
    }
    // Blocks do not follow the flow where branches meet: what locals hold is read until nothing is added.
    loop {
        let before = reader.size();
        reader.body(id, &f.body);
        if reader.size() == before {
            break;
        }
        (reader.out.passes, reader.out.calls, reader.out.stored) = Default::default();
    }
    reader.out
}

struct Reader<'a> {
    program: &'a Program,
    f: &'a Fn,
    out: Handling,
    results: HashMap<CallId, Vec<Callable>>,
}

impl Reader<'_> {
    /// How much is known of what locals and results hold.
    fn size(&self) -> usize {
        self.out.locals.values().chain(self.results.values()).map(Vec::len).sum()
    }

    fn body(&mut self, id: FnId, body: &Body) {
        for (b, block) in body.blocks.iter().enumerate() {
            for (e, event) in block.events.iter().enumerate() {
                match event {
                    Event::Call(call) => self.call(Site { function: id, block: b as u32, event: e as u32 }, call),
                    Event::Assign { local, value, .. } => {
                        let held = self.held(value);
                        if !held.is_empty() {
                            add(self.out.locals.entry(*local).or_default(), held);
                        }
                    }
                    Event::Store { value, .. } => {
                        let held = self.held(value);
                        self.out.stored.extend(held);
                    }
                    Event::Drop { .. } | Event::Move { .. } => {}
                }
            }
            if let Term::Return { value, .. } = &block.term {
                let held = self.held(value);
                self.out.stored.extend(held);
            }
        }
    }

    fn call(&mut self, site: Site, call: &Call) {
        match &call.callee {
            Callee::Param(i) => self.out.calls.push((site, Callable::Param(*i))),
            Callee::Indirect(name) if matches!(self.f.kind, FnKind::Closure { .. }) => {
                self.out.calls.push((site, Callable::Captured(*name)));
            }
            _ => {}
        }
        let wraps = self.wraps(call);
        for (arg, value) in call.args.iter().enumerate() {
            let held = self.held(value);
            if held.is_empty() {
                continue;
            }
            if wraps && arg == 0 {
                add(self.results.entry(call.id).or_default(), held);
            } else {
                self.out.passes.extend(held.into_iter().map(|what| Pass { site, arg: arg as u32, what }));
            }
        }
    }

    /// Whether the call's result is its argument in another coat.
    fn wraps(&self, call: &Call) -> bool {
        let Callee::Path(path) = &call.callee else { return false };
        matches!(
            path.as_str(),
            "std::boxed::Box::new"
                | "std::boxed::Box::pin"
                | "std::sync::Arc::new"
                | "std::rc::Rc::new"
                | "std::pin::Pin::new"
        ) || self.program.catalogue.roles(*path).contains(&Role::Transparent) && self.program.by_path(*path).is_empty()
    }

    /// Callables in a value; those that go into a struct literal are noted as stored.
    fn held(&mut self, value: &Val) -> Vec<Callable> {
        match value {
            Val::Fn(path) => vec![Callable::Fn(*path)],
            Val::Local(local) => self.out.locals.get(local).cloned().unwrap_or_default(),
            Val::Captured(name, _) if matches!(self.f.kind, FnKind::Closure { .. }) => vec![Callable::Captured(*name)],
            Val::Result(id) => self.results.get(id).cloned().unwrap_or_default(),
            Val::Inside(inner) => self.held(inner),
            Val::Ctor(_, values) | Val::Phi(values) => values.iter().flat_map(|v| self.held(v)).collect(),
            Val::Struct(_, fields) => {
                for (_, value) in fields {
                    let held = self.held(value);
                    self.out.stored.extend(held);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}

fn add(to: &mut Vec<Callable>, held: Vec<Callable>) {
    for callable in held {
        if !to.contains(&callable) {
            to.push(callable);
        }
    }
}
