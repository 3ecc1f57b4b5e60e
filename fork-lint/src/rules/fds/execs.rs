//! Whether the program executes another one while a descriptor is open.

use std::collections::{HashMap, HashSet, VecDeque};

use super::op::{FdOp, fd_ops};
use super::sweep::{lists_descriptors, sweeps};
use crate::analysis::values::Has;
use crate::analysis::{Edge, FnId, How, Program, Site, Target, reach};
use crate::catalogue::{Effect, Role};
use crate::facts::Sym;
use crate::rules::Level;
use crate::rules::workers::starts_program;

/// Calls walked back from one place at most.
const PLACES: usize = 5_000;
/// How many calls deep a sweep of the descriptors is looked for.
const DEPTH: usize = 4;

/// Where a program executes another one.
pub(super) struct Execs<'p> {
    program: &'p Program,
    /// For every function, whether something it calls executes a program that inherits descriptors.
    may: Vec<bool>,
    /// A thread's code does.
    in_thread: bool,
    /// The program has a `main`.
    whole: bool,
    /// Every such call comes after one that marks or closes all descriptors.
    all_swept: bool,
}

/// Whether a descriptor that is open at a place reaches another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reaches {
    /// It may.
    May,
    /// Nothing is executed after that place.
    NothingExecuted,
    /// All descriptors are marked or closed before every exec.
    AllMarked,
}

impl Reaches {
    /// How bad a descriptor without close-on-exec is.
    pub(super) fn level(self) -> Level {
        if self == Reaches::May { Level::Warning } else { Level::Note }
    }

    /// Why it does no harm today.
    pub(super) fn why_not(self) -> Option<String> {
        match self {
            Reaches::May => None,
            Reaches::NothingExecuted => Some("no call that executes another program was seen after it".to_owned()),
            Reaches::AllMarked => {
                Some("all descriptors are marked or closed before every exec that was seen".to_owned())
            }
        }
    }
}

impl<'p> Execs<'p> {
    pub(super) fn find(program: &'p Program) -> Execs<'p> {
        let sweeping = Sweeping::find(program);
        let mut may = vec![false; program.fn_count()];
        let mut swept = false;
        let mut known: HashMap<Site, bool> = HashMap::new();
        let direct = |edge: &&Edge| matches!(edge.to, Target::Leaf(path) if executes(program, path));
        let mut todo: Vec<Site> = program.graph().edges().iter().filter(direct).map(|edge| edge.site).collect();
        while let Some(site) = todo.pop() {
            if *known.entry(site).or_insert_with(|| sweeping.comes_before(program, site)) {
                swept = true;
            } else if !std::mem::replace(&mut may[site.function], true) {
                todo.extend(program.graph().callers(site.function).map(|edge| edge.site));
            }
        }
        let in_thread = program
            .graph()
            .edges()
            .iter()
            .any(|edge| edge.how == How::Thread && matches!(edge.to, Target::Fn(f) if may[f]));
        let all_swept = swept && !(0..program.fn_count()).any(|f| may[f] && program.is_own(f));
        Execs { program, may, in_thread, whole: program.has_main(), all_swept }
    }

    /// Whether what is open after the call at a site is inherited by a program executed later. The users of a library are
    /// not seen: they may execute one; a library beside a `main` is judged by what that `main` does. What only a child
    /// runs is judged by what that child executes.
    pub(super) fn after(&self, site: Site) -> Reaches {
        if self.all_swept {
            return Reaches::AllMarked;
        }
        let program = self.program;
        let mut seen = HashSet::from([site]);
        let mut todo = VecDeque::from([site]);
        let (mut entered, mut unseen) = (false, false);
        while let Some(site) = todo.pop_front() {
            let f = site.function;
            let function = program.function(f);
            let outside = program.is_exported(f) && !self.whole;
            if seen.len() > PLACES || outside || self.executes_after(site) {
                return Reaches::May;
            }
            let mut callers = program.graph().callers(f).peekable();
            if function.entry.is_some() && self.in_thread {
                return Reaches::May;
            }
            entered |= function.entry.is_some();
            unseen |= function.entry.is_none() && callers.peek().is_none();
            let here = callers.filter(|edge| edge.how != How::Child).map(|edge| edge.site);
            todo.extend(here.filter(|site| seen.insert(*site)));
        }
        if unseen && !entered { Reaches::May } else { Reaches::NothingExecuted }
    }

    /// Whether the function goes on, after a call, to one that executes a program.
    fn executes_after(&self, site: Site) -> bool {
        let later = reach(&self.program.function(site.function).body, site.block, site.event + 1, |_, _, _| false);
        self.program.graph().from(site.function).iter().any(|edge| {
            let executes = match edge.to {
                Target::Fn(f) => self.may[f],
                Target::Leaf(path) => executes(self.program, path),
                Target::Unknown => false,
            };
            executes && later.has(edge.site.block, edge.site.event)
        })
    }
}

fn executes(program: &Program, path: Sym) -> bool {
    let entry = program.catalogue.entry(path);
    starts_program(program, path) || entry.is_some_and(|e| e.effects.contains(&Effect::Exec))
}

/// Calls after which no descriptor above the standard streams passes into an executed program.
struct Sweeping {
    sites: HashSet<Site>,
    fns: HashSet<FnId>,
}

impl Sweeping {
    fn find(program: &Program) -> Sweeping {
        let mut sweeping = Sweeping { sites: HashSet::new(), fns: HashSet::new() };
        for edge in program.graph().edges() {
            let Target::Leaf(path) = edge.to else { continue };
            let concerns = |role: &Role| {
                matches!(
                    role,
                    Role::ClosesRange | Role::Closes { .. } | Role::Fcntl | Role::SetsCloexec { .. } | Role::Syscall
                )
            };
            if program.catalogue.roles(path).iter().any(concerns) && sweeps_or_marks(program, edge.site) {
                sweeping.sites.insert(edge.site);
            }
        }
        let mut level: Vec<FnId> = sweeping.sites.iter().map(|site| site.function).collect();
        for _ in 0..DEPTH {
            let mut above = Vec::new();
            for f in level {
                if !sweeping.fns.insert(f) {
                    continue;
                }
                // What a child sweeps leaves its parent's descriptors as they are: only `pre_exec` is told of here.
                for edge in program.graph().callers(f).filter(|e| e.how.here() || e.how == How::Child) {
                    sweeping.sites.insert(edge.site);
                    if edge.how.here() && !program.forks().child_only(edge.site) {
                        above.push(edge.site.function);
                    }
                }
            }
            level = above;
        }
        sweeping
    }

    /// Whether every way through the function to a call passes a sweep.
    fn comes_before(&self, program: &Program, site: Site) -> bool {
        let f = site.function;
        if !program.graph().from(f).iter().any(|edge| edge.site != site && self.sites.contains(&edge.site)) {
            return false;
        }
        let body = &program.function(f).body;
        let unswept = reach(body, 0, 0, |block, event, _| {
            let here = Site { function: f, block, event };
            here != site && self.sites.contains(&here)
        });
        !unswept.has(site.block, site.event)
    }
}

/// Whether a call closes all descriptors, or marks each in a loop over all.
fn sweeps_or_marks(program: &Program, site: Site) -> bool {
    let Some(call) = program.call_at(site) else { return false };
    let f = program.function(site.function);
    if sweeps(program, f, site, call, true) {
        return true;
    }
    let marks = |op: &FdOp<'_>| matches!(op, FdOp::Cloexec { set: Has::Yes | Has::Maybe(_), .. });
    lists_descriptors(program, f) && fd_ops(program, site.function, call).iter().any(marks)
}
