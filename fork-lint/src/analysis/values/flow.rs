//! Which values of a function are the same thing: what a call made, under every name it is given.

use std::collections::HashSet;

use crate::analysis::{FnId, Program, call_by_id, calls};
use crate::catalogue::Role;
use crate::facts::{Body, Call, CallId, Callee, Event, Fn, LocalId, Sym, Term, Val};

use super::names::holds_by_name;

/// How many calls deep a value is followed into helper functions.
const DEPTH: u32 = 4;

/// The values of one body that derive from an origin: the result of a call, a local, a parameter, a capture.
/// Holds for the whole body, whatever the order of events.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    locals: HashSet<LocalId>,
    results: HashSet<CallId>,
    captured: HashSet<Sym>,
    places: Vec<Val>,
}

impl Flow {
    /// What derives from the result of a call.
    pub fn of_result(program: &Program, id: FnId, call: CallId) -> Flow {
        let mut flow = Flow::default();
        flow.results.insert(call);
        flow.close(program, program.function(id), DEPTH);
        flow
    }

    /// What derives from a local, for instance an array that a call fills.
    pub fn of_local(program: &Program, id: FnId, local: LocalId) -> Flow {
        Flow::from_local(program, program.function(id), local, DEPTH)
    }

    /// What derives from a parameter; `None` when there is none of that index.
    pub fn of_param(program: &Program, id: FnId, param: usize) -> Option<Flow> {
        let f = program.function(id);
        f.params.get(param).map(|p| Flow::from_local(program, f, p.local, DEPTH))
    }

    /// The same thing, seen from a closure written in `parent`; `None` when the closure does not refer to it.
    pub fn into_closure(&self, program: &Program, parent: FnId, closure: FnId) -> Option<Flow> {
        let names = &program.function(parent).body.locals;
        let mut inner = Flow::default();
        let own = self.locals.iter().filter_map(|&l| names.get(l as usize)).map(|l| l.name);
        inner.captured = own.chain(self.captured.iter().copied()).filter(|n| !n.as_str().is_empty()).collect();
        let f = program.function(closure);
        inner.close(program, f, DEPTH);
        inner.is_used_in(f).then_some(inner)
    }

    /// Whether a value is the thing, or holds it.
    pub fn carries(&self, val: &Val) -> bool {
        match val {
            Val::Local(local) => self.locals.contains(local),
            Val::Result(call) => self.results.contains(call),
            Val::Captured(name, _) => self.captured.contains(name),
            Val::Inside(inner) => self.carries(inner),
            Val::Field(inner, _) => self.places.contains(val) || self.carries(inner),
            Val::Ctor(_, vals) | Val::Phi(vals) => vals.iter().any(|v| self.carries(v)),
            Val::Struct(_, fields) => fields.iter().any(|(_, v)| self.carries(v)),
            Val::Static(_) => self.places.contains(val),
            _ => false,
        }
    }

    /// Whether a function hands it to its caller (not as the error of a `?`).
    pub fn is_returned(&self, body: &Body) -> bool {
        body.blocks.iter().any(|b| match &b.term {
            Term::Return { value, by_question_mark: false, .. } => self.carries(value),
            _ => false,
        })
    }

    /// The places outside the function's locals that it is stored in.
    pub fn stored_in(&self) -> &[Val] {
        &self.places
    }

    /// The locals that hold it.
    pub fn locals(&self) -> impl Iterator<Item = LocalId> + '_ {
        self.locals.iter().copied()
    }

    /// Index of the first argument of a call that is the thing.
    pub fn argument_of(&self, call: &Call) -> Option<usize> {
        call.args.iter().position(|a| self.carries(a))
    }

    fn from_local(program: &Program, f: &Fn, local: LocalId, depth: u32) -> Flow {
        let mut flow = Flow::default();
        flow.locals.insert(local);
        flow.close(program, f, depth);
        flow
    }

    /// Adds all that derives from what is there, to a fixed point.
    fn close(&mut self, program: &Program, f: &Fn, depth: u32) {
        loop {
            let before = (self.locals.len(), self.results.len(), self.places.len());
            for event in f.body.blocks.iter().flat_map(|b| &b.events) {
                match event {
                    Event::Assign { local, value, .. } if !self.locals.contains(local) && self.carries(value) => {
                        self.locals.insert(*local);
                    }
                    Event::Store { place, value, .. } if !self.places.contains(place) && self.carries(value) => {
                        self.places.push(place.clone());
                    }
                    Event::Call(call) if !self.results.contains(&call.id) => {
                        let given = call.args.iter().enumerate().filter(|(_, a)| self.carries(a));
                        if given.into_iter().any(|(i, _)| hands_back(program, call, i, depth)) {
                            self.results.insert(call.id);
                        }
                    }
                    _ => {}
                }
            }
            if before == (self.locals.len(), self.results.len(), self.places.len()) {
                return;
            }
        }
    }

    fn is_used_in(&self, f: &Fn) -> bool {
        calls(&f.body).any(|c| self.argument_of(c).is_some()) || !self.locals.is_empty() || self.is_returned(&f.body)
    }
}

/// Whether a call's result is, or holds, its argument of that index.
fn hands_back(program: &Program, call: &Call, arg: usize, depth: u32) -> bool {
    let path = match call.callee {
        Callee::Path(path) => path,
        Callee::Unknown(path) => return holds_by_name(path.last()) && arg == 0,
        Callee::Dispatch { method, .. } => return holds_by_name(method.as_str()) && arg == 0,
        Callee::Param(_) | Callee::Indirect(_) => return false,
    };
    if program.catalogue.roles(path).contains(&Role::Transparent) {
        return arg == 0;
    }
    let bodies = program.by_path(path);
    if bodies.is_empty() {
        return arg == 0 && holds_by_name(path.last());
    }
    depth > 0
        && bodies.iter().any(|&id| {
            let f = program.function(id);
            f.params.get(arg).is_some_and(|p| Flow::from_local(program, f, p.local, depth - 1).is_returned(&f.body))
        })
}

/// The local that a value refers to, looking through conversions (`fds.as_mut_ptr()`).
pub fn root_local(program: &Program, body: &Body, val: &Val) -> Option<LocalId> {
    match val {
        Val::Local(local) => Some(*local),
        Val::Inside(inner) | Val::Field(inner, _) => root_local(program, body, inner),
        Val::Computed(vals) => match vals.as_slice() {
            [one] => root_local(program, body, one),
            _ => None,
        },
        Val::Result(id) => {
            let call = call_by_id(body, *id)?;
            let first = call.args.first()?;
            // A call's result comes after its arguments: ids fall, so this ends.
            let earlier = !matches!(first, Val::Result(inner) if inner >= id);
            (earlier && hands_back(program, call, 0, 1)).then(|| root_local(program, body, first))?
        }
        _ => None,
    }
}
