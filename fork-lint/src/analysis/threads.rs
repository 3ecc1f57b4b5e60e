//! Threads as resources: a start counts until what it returned is joined, shut down or, for a runtime, dropped.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

use super::{Graph, How, Program, Reach, Site, Target, call_sites, event_at, reach};
use crate::catalogue::{Class, Effect, Role};
use crate::facts::{Body, Call, CallId, Callee, Event, FnKind, LocalId, Sym, Term, Val};

/// Helpers that join what they are given are followed this deep.
const DEPTH: u32 = 3;

/// Remembers which starts outlive their function.
#[derive(Default)]
pub(super) struct Starts {
    lasting: Mutex<HashMap<Site, bool>>,
}

impl Starts {
    /// Whether threads started by the call at a site are still there when its function returns.
    pub(super) fn lasting(&self, program: &Program, graph: &Graph, site: Site) -> bool {
        let mut known = self.lasting.lock().unwrap_or_else(|e| e.into_inner());
        *known.entry(site).or_insert_with(|| {
            let body = &program.function(site.function).body;
            let held = Held::of(program, body, site);
            held.escapes || (!held.at_once && after(program, graph, &held, site, &|_| false).returns(body))
        })
    }
}

/// Whether an edge starts threads that are still there when the call returns: not one into the closure of a scope that
/// joins them.
pub(super) fn counts(program: &Program, effect: Effect, how: How, site: Site) -> bool {
    effect != Effect::ThreadStart
        || how != How::Callable
        || !program.call_at(site).is_some_and(|call| ends_threads(program, call))
}

/// What of the body runs after a start while its threads are still there. They are not beyond a place that `left` names.
pub(super) fn while_running(program: &Program, graph: &Graph, start: Site, left: &dyn Fn(Site) -> bool) -> Reach {
    let body = &program.function(start.function).body;
    let held = Held::of(program, body, start);
    if held.at_once {
        return Reach::default();
    }
    after(program, graph, &held, start, left)
}

fn after(program: &Program, graph: &Graph, held: &Held, start: Site, left: &dyn Fn(Site) -> bool) -> Reach {
    let body = &program.function(start.function).body;
    let f = start.function;
    reach(body, start.block, start.event + 1, |block, event, what| {
        held.ended_by(program, body, what) || {
            let site = Site { function: f, block, event };
            left(site) || graph.at(site).iter().any(|e| matches!(e.to, Target::Leaf(path) if diverges(program, path)))
        }
    })
}

fn diverges(program: &Program, path: Sym) -> bool {
    program.catalogue.roles(path).contains(&Role::Diverges)
}

fn ends_threads(program: &Program, call: &Call) -> bool {
    program.call_roles(&call.callee).contains(&Role::EndsThreads)
}

/// What holds the threads of one start.
#[derive(Default)]
struct Held {
    locals: HashSet<LocalId>,
    results: HashSet<CallId>,
    /// Kept beyond the function: returned, or stored.
    escapes: bool,
    /// A runtime that no local holds: gone at the end of its statement.
    at_once: bool,
    /// Receivers of the message that is the last thing the thread does.
    awaited: HashSet<LocalId>,
}

impl Held {
    fn of(program: &Program, body: &Body, start: Site) -> Held {
        let mut held = Held::default();
        let Some(Event::Call(call)) = event_at(body, start.block, start.event) else { return held };
        held.awaited = last_message(program, body, call).unwrap_or_default();
        held.results.insert(call.id);
        // Values flow forwards; a loop may carry them back, which a second pass sees.
        for _ in 0..2 {
            for event in body.blocks.iter().flat_map(|b| &b.events) {
                held.flow(event);
            }
        }
        held.escapes |=
            body.blocks.iter().any(|b| matches!(&b.term, Term::Return { value, .. } if held.mentions(value)));
        held.at_once = held.locals.is_empty() && !held.escapes && is_runtime(program, &call.heads);
        held
    }

    fn flow(&mut self, event: &Event) {
        match event {
            Event::Assign { local, value, .. } if self.mentions(value) => {
                self.locals.insert(*local);
            }
            Event::Store { place, value, .. } if self.mentions(value) => match place {
                Val::Local(local) => {
                    self.locals.insert(*local);
                }
                _ => self.escapes = true,
            },
            Event::Call(call) if call.args.iter().any(|arg| self.mentions(arg)) => {
                self.results.insert(call.id);
                // `handles.push(spawn(..))`: what is given goes into the receiver.
                if let Some((Val::Local(receiver), rest)) = call.args.split_first()
                    && rest.iter().any(|arg| self.mentions(arg))
                {
                    self.locals.insert(*receiver);
                }
            }
            _ => {}
        }
    }

    fn mentions(&self, val: &Val) -> bool {
        match val {
            Val::Local(local) => self.locals.contains(local),
            Val::Result(call) => self.results.contains(call),
            Val::Field(inner, _) | Val::Inside(inner) => self.mentions(inner),
            Val::Ctor(_, values) | Val::Or(values) | Val::Phi(values) | Val::Computed(values) => {
                values.iter().any(|v| self.mentions(v))
            }
            Val::Struct(_, fields) => fields.iter().any(|(_, v)| self.mentions(v)),
            _ => false,
        }
    }

    /// Whether the event ends the threads.
    fn ended_by(&self, program: &Program, body: &Body, event: &Event) -> bool {
        match event {
            Event::Call(call) => {
                let given = call.args.iter().position(|arg| self.mentions(arg));
                let receives = matches!(&call.callee, Callee::Path(path) if path.last().starts_with("recv"));
                receives && matches!(call.args.first(), Some(Val::Local(from)) if self.awaited.contains(from))
                    || given.is_some_and(|arg| {
                        ends_argument(program, call, arg as u32, 0) || self.drops(program, body, call)
                    })
            }
            Event::Drop { local, .. } => {
                let heads = body.locals.get(*local as usize).map_or(&[][..], |l| &l.heads);
                self.locals.contains(local) && (is_runtime(program, heads) || drop_joins(program, heads))
            }
            _ => false,
        }
    }

    /// `drop(runtime)`
    fn drops(&self, program: &Program, body: &Body, call: &Call) -> bool {
        matches!(&call.callee, Callee::Path(path) if path.as_str() == "std::mem::drop")
            && call.args.iter().any(|arg| {
                matches!(arg, Val::Local(l) if body.locals.get(*l as usize).is_some_and(|l| is_runtime(program, &l.heads) || drop_joins(program, &l.heads)))
            })
    }
}

/// The other ends of the channel on which a thread's closure sends before it ends: who has received has seen it end, but
/// for the little that is left of it.
fn last_message(program: &Program, body: &Body, start: &Call) -> Option<HashSet<LocalId>> {
    let closure = start.args.iter().find_map(|arg| match arg {
        Val::Fn(path) => program.by_path(*path).first(),
        _ => None,
    })?;
    let (_, last) = call_sites(*closure, &program.function(*closure).body).last()?;
    let (Callee::Path(path), Some(Val::Captured(sender, _))) = (&last.callee, last.args.first()) else { return None };
    if path.last() != "send" {
        return None;
    }
    let made = |local: LocalId| {
        body.blocks.iter().flat_map(|b| &b.events).find_map(|event| match event {
            Event::Assign { local: to, value, .. } if *to == local => source(value),
            _ => None,
        })
    };
    let locals = || 0..body.locals.len() as LocalId;
    let channel = locals().find(|&l| body.locals[l as usize].name == *sender).and_then(made)?;
    Some(locals().filter(|&l| made(l) == Some(channel)).collect())
}

/// The call that a value is part of the result of.
fn source(val: &Val) -> Option<CallId> {
    match val {
        Val::Result(call) => Some(*call),
        Val::Field(inner, _) | Val::Inside(inner) => source(inner),
        _ => None,
    }
}

fn is_runtime(program: &Program, heads: &[Sym]) -> bool {
    heads.iter().any(|&head| program.catalogue.classes(head).any(|c| c == Class::Runtime))
}

/// Whether a type's own destructor joins its threads.
fn drop_joins(program: &Program, heads: &[Sym]) -> bool {
    heads.iter().any(|head| {
        let path = Sym::new(&format!("<{head} as std::ops::Drop>::drop"));
        program.by_path(path).iter().any(|&f| ends_param(program, f, 0, 0))
    })
}

/// Whether a call ends the threads that its argument holds.
fn ends_argument(program: &Program, call: &Call, arg: u32, depth: u32) -> bool {
    ends_threads(program, call)
        || depth < DEPTH
            && matches!(call.callee, Callee::Path(_))
            && program.call_targets(&call.callee).fns.iter().any(|&f| ends_param(program, f, arg, depth + 1))
}

fn ends_param(program: &Program, f: super::FnId, param: u32, depth: u32) -> bool {
    let function = program.function(f);
    let Some(param) = function.params.get(param as usize) else { return false };
    if matches!(function.kind, FnKind::MacroArm) {
        return false;
    }
    let mut held = Held { locals: HashSet::from([param.local]), ..Held::default() };
    for event in function.body.blocks.iter().flat_map(|b| &b.events) {
        held.flow(event);
    }
    call_sites(f, &function.body).any(|(_, call)| {
        call.args
            .iter()
            .position(|a| held.mentions(a))
            .is_some_and(|arg| ends_argument(program, call, arg as u32, depth))
    })
}
