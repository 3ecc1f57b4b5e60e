//! What becomes of a child that was started: waited for, handed on, or forgotten.

use std::collections::HashSet;

use crate::analysis::values::{Flow, passes_by_name};
use crate::analysis::{FnId, Program, calls};
use crate::catalogue::Role;
use crate::facts::{BlockId, Body, Call, CallId, Event, Fn, LocalId, Pat, Sym, Term, Val};
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
    "is_ok",
    "is_err",
    "is_some",
    "is_none",
    "id",
    "kill",
    "start_kill",
    "err",
    "as_ref",
    "as_mut",
    "as_raw",
    "drop",
    "forget",
    "display",
    "debug",
    "to_string",
    "eq",
    "ne",
    "is_ok_and",
    "fmt",
];

/// Methods whose result holds the child that they are given.
const HOLDS: &[&str] = &["as_ref", "as_mut", "id", "as_raw", "map", "and_then", "ok"];

/// What becomes of the child that `call` of function `id` starts.
pub(super) fn fate(program: &Program, id: FnId, call: CallId) -> Fate {
    let f = program.function(id);
    let mut thing = Thing { locals: HashSet::new(), results: HashSet::from([call]), failed: error_blocks(&f.body) };
    thing.close(program, &f.body);
    thing.fate(program, id, f)
}

/// The values of a body that are the child, its result, or its pid.
struct Thing {
    locals: HashSet<LocalId>,
    results: HashSet<CallId>,
    /// Blocks entered with an error: what is taken out there is no child.
    failed: HashSet<BlockId>,
}

/// Blocks that only the arm of an error leads to.
fn error_blocks(body: &Body) -> HashSet<BlockId> {
    fn is_error(pat: &Pat) -> bool {
        match pat {
            Pat::Variant(name, _) => name.last() == "Err",
            Pat::OneOf(pats) => pats.iter().any(is_error),
            _ => false,
        }
    }
    let arms = body.blocks.iter().filter_map(|b| match &b.term {
        Term::Switch { arms, .. } => Some(arms),
        _ => None,
    });
    arms.flatten().filter(|(pat, _)| is_error(pat)).map(|(_, block)| *block).collect()
}

impl Thing {
    fn is(&self, val: &Val) -> bool {
        match val {
            Val::Local(local) => self.locals.contains(local),
            Val::Result(call) => self.results.contains(call),
            Val::Inside(inner) => self.is(inner),
            // Its streams are parts, which reap nothing.
            Val::Field(inner, name) => !matches!(name.as_str(), "stdin" | "stdout" | "stderr") && self.is(inner),
            Val::Ctor(path, vals) => path.last() != "Err" && is_plain(*path) && vals.iter().any(|v| self.is(v)),
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
            let events = body
                .blocks
                .iter()
                .enumerate()
                .flat_map(|(b, block)| block.events.iter().map(move |e| (b as BlockId, e)));
            for (block, event) in events {
                match event {
                    Event::Assign { value: Val::Inside(_), .. } if self.failed.contains(&block) => {}
                    Event::Assign { local, value, .. } if self.is(value) => {
                        self.locals.insert(*local);
                    }
                    Event::Call(call)
                        if call.args.first().is_some_and(|a| self.is(a)) && self.hands_back(program, call) =>
                    {
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
        // `.map(|_| ())` throws the child away.
        if let Some(kept) = closure_keeps(program, call) {
            return kept;
        }
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
        if given_closure(call).is_some_and(|path| program.by_path(path).len() == 1) {
            return closure_takes(program, call);
        }
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

/// For `map`, `and_then` and the like with a closure at hand: whether its result holds what it is given.
fn closure_keeps(program: &Program, call: &Call) -> Option<bool> {
    let &[closure] = program.by_path(given_closure(call)?) else { return None };
    let flow = Flow::of_param(program, closure, 0)?;
    Some(flow.is_returned(&program.function(closure).body))
}

/// Whether a closure given to `map` and the like hands the child to other code.
fn closure_takes(program: &Program, call: &Call) -> bool {
    let Some(&[closure]) = given_closure(call).map(|path| program.by_path(path)) else { return false };
    let Some(flow) = Flow::of_param(program, closure, 0) else { return false };
    let takes = |c: &Call| flow.argument_of(c).is_some() && !LOOKS.contains(&called_name(c)) && !is_macro(c);
    calls(&program.function(closure).body).any(takes) || !flow.stored_in().is_empty()
}

fn given_closure(call: &Call) -> Option<Sym> {
    let takes_closure =
        matches!(called_name(call), "map" | "and_then" | "inspect" | "map_or" | "is_ok_and" | "is_some_and");
    match call.args.last() {
        Some(Val::Fn(path)) if takes_closure => Some(*path),
        _ => None,
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
        Val::Field(inner, part) => {
            !matches!(part.as_str(), "stdin" | "stdout" | "stderr") && uses_captured(inner, names)
        }
        Val::Ctor(_, vals) | Val::Phi(vals) => vals.iter().any(|v| uses_captured(v, names)),
        Val::Struct(_, fields) => fields.iter().any(|(_, v)| uses_captured(v, names)),
        _ => false,
    }
}

/// A tuple, or a variant of `Result` or `Option`.
fn is_plain(path: Sym) -> bool {
    matches!(path.last(), "" | "Ok" | "Some" | "Err")
}
