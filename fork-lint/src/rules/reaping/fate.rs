//! What becomes of a child that was started: waited for, handed on, or forgotten.

use std::collections::HashSet;

use crate::analysis::values::passes_by_name;
use crate::analysis::{FnId, Program, calls};
use crate::catalogue::Role;
use crate::facts::{Body, Call, CallId, Event, Fn, LocalId, Sym, Term, Val};
use crate::rules::subject::called_name;

/// The end of a child's handle or pid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Waited for, stored, or given to code that may wait for it.
    Kept,
    /// Returned to the caller.
    Returned,
    /// Dropped without a wait.
    Forgotten,
}

/// Methods that only look at a child, or at the result of starting it. Killing it does not reap it.
const LOOKS: &[&str] = &[
    "is_ok", "is_err", "is_some", "is_none", "id", "kill", "start_kill", "err", "as_ref", "as_mut", "as_raw", "drop", "forget",
    "display", "debug", "to_string", "eq", "ne", "is_ok_and", "fmt",
];

/// Methods whose result holds the child that they are given.
const HOLDS: &[&str] = &["as_ref", "as_mut", "id", "as_raw", "map", "and_then", "ok"];

/// What becomes of the child that `call` of function `id` starts.
pub(super) fn fate(program: &Program, id: FnId, call: CallId) -> Fate {
    let f = program.function(id);
    let mut thing = Thing { locals: HashSet::new(), results: HashSet::from([call]) };
    thing.close(program, &f.body);
    thing.fate(program, id, f)
}

/// The values of a body that are the child, its result, or its pid.
struct Thing {
    locals: HashSet<LocalId>,
    results: HashSet<CallId>,
}

impl Thing {
    fn is(&self, val: &Val) -> bool {
        match val {
            Val::Local(local) => self.locals.contains(local),
            Val::Result(call) => self.results.contains(call),
            Val::Inside(inner) => self.is(inner),
            // Its streams are parts, which reap nothing.
            Val::Field(inner, name) => !matches!(name.as_str(), "stdin" | "stdout" | "stderr") && self.is(inner),
            Val::Ctor(path, vals) => is_plain(*path) && vals.iter().any(|v| self.is(v)),
            Val::Phi(vals) => vals.iter().any(|v| self.is(v)),
            Val::Computed(vals) => matches!(vals.as_slice(), [one] if self.is(one)),
            _ => false,
        }
    }

    /// Put into a value of the program's own: who owns that decides.
    fn is_wrapped(&self, val: &Val) -> bool {
        match val {
            Val::Ctor(path, vals) => {
                vals.iter().any(|v| self.is_wrapped(v)) || !is_plain(*path) && vals.iter().any(|v| self.is(v))
            }
            Val::Struct(_, fields) => fields.iter().any(|(_, v)| self.is(v) || self.is_wrapped(v)),
            Val::Phi(vals) => vals.iter().any(|v| self.is_wrapped(v)),
            Val::Inside(inner) => self.is_wrapped(inner),
            _ => false,
        }
    }

    fn close(&mut self, program: &Program, body: &Body) {
        loop {
            let before = self.locals.len() + self.results.len();
            for event in body.blocks.iter().flat_map(|b| &b.events) {
                match event {
                    Event::Assign { local, value, .. } if self.is(value) => {
                        self.locals.insert(*local);
                    }
                    Event::Call(call) if call.args.first().is_some_and(|a| self.is(a)) && self.hands_back(program, call) => {
                        self.results.insert(call.id);
                    }
                    _ => {}
                }
            }
            if before == self.locals.len() + self.results.len() {
                return;
            }
        }
    }

    fn hands_back(&self, program: &Program, call: &Call) -> bool {
        let name = called_name(call);
        let own = !program.targets(&call.callee).is_empty();
        let transparent = program.call_roles(&call.callee).contains(&Role::Transparent);
        !own && (transparent || HOLDS.contains(&name) || passes_by_name(name))
    }

    fn fate(&self, program: &Program, id: FnId, f: &Fn) -> Fate {
        let mut returned = false;
        for block in &f.body.blocks {
            for event in &block.events {
                let kept = match event {
                    Event::Call(call) => self.is_taken_by(program, call),
                    Event::Store { value, .. } => self.is(value) || self.is_wrapped(value),
                    Event::Assign { value, .. } => self.is_wrapped(value),
                    Event::Drop { .. } | Event::Move { .. } => false,
                };
                if kept {
                    return Fate::Kept;
                }
            }
            if let Term::Return { value, by_question_mark: false, .. } = &block.term {
                if self.is_wrapped(value) {
                    return Fate::Kept;
                }
                returned |= self.is(value);
            }
        }
        if self.is_captured(program, id, f) {
            return Fate::Kept;
        }
        if returned { Fate::Returned } else { Fate::Forgotten }
    }

    /// Whether a call may reap the child, or keeps it for someone who may.
    fn is_taken_by(&self, program: &Program, call: &Call) -> bool {
        let Some(_) = call.args.iter().find(|a| self.is(a) || self.is_wrapped(a)) else { return false };
        if program.call_roles(&call.callee).contains(&Role::Reaps) {
            return true;
        }
        let name = called_name(call);
        let looks = LOOKS.contains(&name) || is_macro(call) || self.results.contains(&call.id);
        !looks || !program.targets(&call.callee).is_empty()
    }

    /// Whether a closure refers to the child: it may wait for it.
    fn is_captured(&self, program: &Program, id: FnId, f: &Fn) -> bool {
        let names: HashSet<Sym> = self
            .locals
            .iter()
            .filter_map(|&l| f.body.locals.get(l as usize))
            .map(|l| l.name)
            .filter(|n| !n.as_str().is_empty())
            .collect();
        program.values().closures_in(f.path).iter().any(|&closure| {
            let body = &program.function(closure).body;
            let uses = |val: &Val| uses_captured(val, &names);
            closure != id
                && (calls(body).any(|c| !LOOKS.contains(&called_name(c)) && !is_macro(c) && c.args.iter().any(uses))
                    || body.blocks.iter().any(|b| matches!(&b.term, Term::Return { value, .. } if uses(value))))
        })
    }
}

/// A catalogued macro (`println!`) reads what it is given.
fn is_macro(call: &Call) -> bool {
    called_name(call).ends_with('!')
}

fn uses_captured(val: &Val, names: &HashSet<Sym>) -> bool {
    match val {
        Val::Captured(name, _) => names.contains(name),
        Val::Inside(inner) => uses_captured(inner, names),
        Val::Field(inner, part) => !matches!(part.as_str(), "stdin" | "stdout" | "stderr") && uses_captured(inner, names),
        Val::Ctor(_, vals) | Val::Phi(vals) => vals.iter().any(|v| uses_captured(v, names)),
        Val::Struct(_, fields) => fields.iter().any(|(_, v)| uses_captured(v, names)),
        _ => false,
    }
}

/// A tuple, or a variant of `Result` or `Option`.
fn is_plain(path: Sym) -> bool {
    matches!(path.last(), "" | "Ok" | "Some" | "Err")
}
