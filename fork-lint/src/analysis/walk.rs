//! Walks a body as one of the processes that a fork leaves.

use std::collections::BTreeMap;

use super::abs::{Abs, Fits};
use super::{FnId, Program, Site, eval};
use crate::facts::{AssignOp, BlockId, CallId, Event, LocalId, Span, Term, Val};

/// What is known at a point: locals and results of calls. What is absent is not known.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Env {
    /// Values of locals.
    pub locals: BTreeMap<LocalId, Abs>,
    /// Values of calls' results.
    pub results: BTreeMap<CallId, Abs>,
}

impl Env {
    /// Keeps what both know; whether anything was lost. In a helper an error beside a value is the failure that this side
    /// of the fork did not have.
    fn join(&mut self, other: &Env, helper: bool) -> bool {
        let mut turned = false;
        if helper {
            for (local, value) in self.locals.iter_mut().filter(|(_, value)| value.is_err()) {
                if let Some(better) = other.locals.get(local).filter(|better| !better.is_err()) {
                    *value = better.clone();
                    turned = true;
                }
            }
        }
        let before = (self.locals.len(), self.results.len());
        self.locals.retain(|local, value| match other.locals.get(local) {
            Some(theirs) => theirs == value || helper && theirs.is_err(),
            None => false,
        });
        self.results.retain(|call, value| other.results.get(call) == Some(value));
        turned || before != (self.locals.len(), self.results.len())
    }
}

/// How a walk leaves the body.
#[derive(Clone, Debug)]
pub struct Exit {
    /// The block it leaves from.
    pub block: BlockId,
    /// What is returned, as known to the walk.
    pub value: Abs,
    /// Where.
    pub span: Span,
    /// Left by `?`.
    pub by_question_mark: bool,
}

/// What a walk reached.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    spans: Vec<Option<(u32, u32)>>,
    ended: Vec<bool>,
    /// Returns reached, one for each block that returns.
    pub exits: Vec<Exit>,
    /// Calls that end the walk, because they never return.
    pub ends: Vec<Site>,
}

impl Walk {
    /// Whether the event is reached.
    pub fn has(&self, block: BlockId, event: u32) -> bool {
        self.spans.get(block as usize).copied().flatten().is_some_and(|(from, to)| from <= event && event < to)
    }

    /// Whether any event of the block, or its end, is reached.
    pub fn has_block(&self, block: BlockId) -> bool {
        self.spans.get(block as usize).copied().flatten().is_some()
    }

    /// Whether the end of the block is reached.
    pub fn ends(&self, block: BlockId) -> bool {
        self.ended.get(block as usize).copied().unwrap_or_default()
    }

    /// The reached events of each block: block, from, to (exclusive).
    pub fn spans(&self) -> impl Iterator<Item = (BlockId, u32, u32)> + '_ {
        self.spans.iter().enumerate().filter_map(|(b, span)| span.map(|(from, to)| (b as BlockId, from, to)))
    }
}

/// Where a walk starts and how it judges calls.
pub(super) struct Walker<'a> {
    /// The program.
    pub program: &'a Program,
    /// The function walked.
    pub function: FnId,
    /// Whether the call at a site never returns.
    pub diverges: &'a dyn std::ops::Fn(Site) -> bool,
    /// The fork whose side is walked, and what it returns on that side; executed again it is not known.
    pub fork: Option<(CallId, Abs)>,
    /// How many helpers deep the walk is.
    pub depth: u32,
}

impl Walker<'_> {
    /// Walks on from event `from` of a block, with what is known there.
    pub(super) fn run(&self, block: BlockId, from: u32, env: Env) -> Walk {
        let body = &self.program.function(self.function).body;
        let n = body.blocks.len();
        let mut out = Walk { spans: vec![None; n], ended: vec![false; n], ..Walk::default() };
        let mut known: Vec<Option<Env>> = vec![None; n];
        let mut exits: BTreeMap<BlockId, Exit> = BTreeMap::new();
        let mut todo = vec![(block, from, env, true)];
        while let Some((b, from, env, first)) = todo.pop() {
            let Some(code) = body.blocks.get(b as usize) else { continue };
            let mut env = env;
            if !first {
                match &mut known[b as usize] {
                    Some(old) => {
                        if !old.join(&env, self.depth > 0) {
                            continue;
                        }
                        env = old.clone();
                    }
                    slot => *slot = Some(env.clone()),
                }
            }
            let len = code.events.len() as u32;
            let (mut to, mut ended) = (len, false);
            for e in from..len {
                let site = Site { function: self.function, block: b, event: e };
                if self.event(site, &code.events[e as usize], &mut env, first && e == from) {
                    (to, ended) = (e + 1, true);
                    if !out.ends.contains(&site) {
                        out.ends.push(site);
                    }
                    break;
                }
            }
            let span = &mut out.spans[b as usize];
            *span = Some(span.map_or((from, to), |(f, t)| (f.min(from), t.max(to))));
            if ended {
                continue;
            }
            out.ended[b as usize] = true;
            match &code.term {
                Term::Goto(next) => todo.push((*next, 0, env, false)),
                Term::Switch { on, arms, .. } => {
                    let value = self.value(&env, on);
                    for (pat, next) in arms {
                        match value.fits(pat) {
                            Fits::No => continue,
                            Fits::Maybe => todo.push((*next, 0, env.clone(), false)),
                            Fits::Yes => {
                                todo.push((*next, 0, env.clone(), false));
                                break;
                            }
                        }
                    }
                }
                Term::Return { value, span, by_question_mark } => {
                    let value = self.value(&env, value);
                    exits
                        .entry(b)
                        .and_modify(|exit| {
                            if exit.value != value {
                                exit.value = Abs::Any;
                            }
                        })
                        .or_insert(Exit { block: b, value, span: *span, by_question_mark: *by_question_mark });
                }
                Term::Diverge => {}
            }
        }
        out.exits = exits.into_values().collect();
        out
    }

    fn value(&self, env: &Env, val: &Val) -> Abs {
        eval::value(self.program, env, val, self.depth)
    }

    /// Applies an event; true if it ends the walk.
    fn event(&self, site: Site, event: &Event, env: &mut Env, start: bool) -> bool {
        match event {
            Event::Call(call) => {
                let value = match &self.fork {
                    Some((fork, value)) if *fork == call.id => {
                        if start {
                            value.clone()
                        } else {
                            Abs::Any
                        }
                    }
                    _ => {
                        if (self.diverges)(site) {
                            return true;
                        }
                        eval::call(self.program, env, call, self.depth)
                    }
                };
                match value {
                    Abs::Any => env.results.remove(&call.id),
                    value => env.results.insert(call.id, value),
                };
            }
            Event::Assign { local, op, value, .. } => {
                let value = match op {
                    AssignOp::Set => self.value(env, value),
                    AssignOp::Or | AssignOp::Other => Abs::Any,
                };
                match value {
                    Abs::Any => env.locals.remove(local),
                    value => env.locals.insert(*local, value),
                };
            }
            Event::Store { place: Val::Local(local), .. } => {
                env.locals.remove(local);
            }
            Event::Store { .. } | Event::Drop { .. } | Event::Move { .. } => {}
        }
        false
    }
}
