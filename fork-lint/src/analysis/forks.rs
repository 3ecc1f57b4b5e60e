//! Fork sites: every call that returns twice, and functions that are such calls for their callers.

use std::collections::{BTreeMap, HashMap};

use super::abs::Abs;
use super::walk::{Env, Exit, Walk, Walker};
use super::{FnId, Graph, How, Program, Site, Target, diverge, syscall};
use crate::catalogue::{ForkKind, Role};
use crate::facts::Call;

/// A function is looked at again when its callees turn out to fork, this often at most.
const ROUNDS: u8 = 6;

/// What a call that returns twice gives to both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// What the child sees.
    pub child: Abs,
    /// What the parent sees after success; none if the parent never comes back.
    pub parent: Option<Abs>,
    /// Which repair runs in the child.
    pub kind: ForkKind,
    /// The function of the program that forks, for a wrapper.
    pub wrapper: Option<FnId>,
}

/// A call that returns twice, or in the child only.
#[derive(Clone, Debug)]
pub struct Fork {
    /// The call.
    pub site: Site,
    /// What both sides see.
    pub form: Form,
    /// What the child runs of this body.
    pub child: Walk,
    /// What the parent runs of it after the fork; nothing if it never comes back.
    pub parent: Walk,
    /// What the child returns where nothing failed in it.
    returns: Vec<Exit>,
}

impl Fork {
    /// Whether the parent is gone after the fork: the child carries on as the program.
    pub fn parent_gone(&self) -> bool {
        self.parent.exits.is_empty() && (self.form.parent.is_none() || !self.parent.ends.is_empty())
    }

    /// Whether an event of the body is run by the child and not by the parent, which carries on.
    pub fn child_only(&self, site: Site) -> bool {
        self.site.function == site.function
            && !self.parent_gone()
            && self.child.has(site.block, site.event)
            && !self.parent.has(site.block, site.event)
    }
}

/// All forks of a program.
#[derive(Debug, Default)]
pub struct Forks {
    by_fn: BTreeMap<FnId, Vec<Fork>>,
    wrappers: HashMap<FnId, Form>,
}

impl Forks {
    /// Every fork, in the order of functions.
    pub fn iter(&self) -> impl Iterator<Item = &Fork> {
        self.by_fn.values().flatten()
    }

    /// The forks in a function's body.
    pub fn in_fn(&self, f: FnId) -> &[Fork] {
        self.by_fn.get(&f).map_or(&[], Vec::as_slice)
    }

    /// What a function that returns twice gives its callers.
    pub fn wrapper(&self, f: FnId) -> Option<&Form> {
        self.wrappers.get(&f)
    }

    /// Whether the place is run by a forked child alone while the parent carries on elsewhere.
    pub fn child_only(&self, site: Site) -> bool {
        self.in_fn(site.function).iter().any(|fork| fork.child_only(site))
    }
}

/// Finds them, to a fixed point over wrappers.
pub(super) fn find(program: &Program, graph: &Graph, never: &[bool]) -> Forks {
    let mut forks = Forks::default();
    let mut rounds: HashMap<FnId, u8> = HashMap::new();
    let mut todo: Vec<FnId> = Vec::new();
    for edge in graph.edges() {
        if let Target::Leaf(path) = edge.to
            && program
                .catalogue
                .roles(path)
                .iter()
                .any(|r| matches!(r, Role::Fork { .. } | Role::Daemon | Role::Syscall))
            && todo.last() != Some(&edge.site.function)
        {
            todo.push(edge.site.function);
        }
    }
    while let Some(f) = todo.pop() {
        let round = rounds.entry(f).or_default();
        if *round >= ROUNDS {
            continue;
        }
        *round += 1;
        let found = in_function(program, graph, never, &forks, f);
        let form = wrapper_form(program, f, &found);
        if !found.is_empty() {
            forks.by_fn.insert(f, found);
        }
        if let Some(form) = form
            && forks.wrappers.get(&f) != Some(&form)
        {
            forks.wrappers.insert(f, form);
            todo.extend(graph.callers(f).filter(|e| e.how != How::Callable).map(|e| e.site.function));
        }
    }
    forks
}

fn in_function(program: &Program, graph: &Graph, never: &[bool], known: &Forks, f: FnId) -> Vec<Fork> {
    let mut found: Vec<Fork> = Vec::new();
    let mut last = None;
    for edge in graph.from(f) {
        if last == Some(edge.site) {
            continue;
        }
        last = Some(edge.site);
        let Some(call) = program.call_at(edge.site) else { continue };
        let Some(form) = form(program, graph, known, edge.site, call) else { continue };
        let walk = |side: &Abs, depth: u32| {
            let diverges = |site| diverge::call_diverges(program, graph, never, site);
            let walker =
                Walker { program, function: f, diverges: &diverges, fork: Some((call.id, side.clone())), depth };
            walker.run(edge.site.block, edge.site.event, Env::default())
        };
        let child = walk(&form.child, 0);
        let parent = form.parent.as_ref().map(|side| walk(side, 0)).unwrap_or_default();
        let unknown = child.exits.iter().any(|exit| exit.value == Abs::Any);
        let returns = if unknown { walk(&form.child, 1).exits } else { child.exits.clone() };
        found.push(Fork { site: edge.site, form, child, parent, returns });
    }
    found
}

/// What a call gives to both sides, if it returns twice.
fn form(program: &Program, graph: &Graph, known: &Forks, site: Site, call: &Call) -> Option<Form> {
    for role in program.call_roles(&call.callee) {
        match role {
            Role::Fork { child, kind } => {
                return Some(Form {
                    child: Abs::Child(child.clone()),
                    parent: Some(Abs::Parent(child.clone())),
                    kind: *kind,
                    wrapper: None,
                });
            }
            Role::Daemon => {
                return Some(Form { child: Abs::Done, parent: None, kind: ForkKind::Libc, wrapper: None });
            }
            _ => {}
        }
    }
    let zero = crate::catalogue::Shape::Int(0);
    if let Some(kind) = syscall::raw_fork(program, &program.function(site.function).body, call) {
        return Some(Form { child: Abs::Child(zero.clone()), parent: Some(Abs::Parent(zero)), kind, wrapper: None });
    }
    graph.at(site).iter().find_map(|edge| match edge.to {
        Target::Fn(f) => known.wrapper(f).map(|form| Form { wrapper: Some(f), ..form.clone() }),
        _ => None,
    })
}

/// What a function is to its callers, by what its sides return.
fn wrapper_form(program: &Program, f: FnId, forks: &[Fork]) -> Option<Form> {
    if program.function(f).entry.is_some() {
        return None;
    }
    forks.iter().filter(|fork| !forks.iter().any(|outer| outer.child_only(fork.site))).find_map(|fork| {
        let kind = fork.form.kind;
        if fork.child.exits.is_empty() {
            return None;
        }
        if fork.parent.exits.is_empty() {
            return Some(Form { child: Abs::Done, parent: None, kind, wrapper: None });
        }
        let theirs: Vec<&Abs> = fork.parent.exits.iter().map(|e| &e.value).filter(|v| !v.is_err()).collect();
        let told = |exit: &&Exit| {
            let own = &exit.value;
            let known = !matches!(own, Abs::Any) && !own.is_err() && !own.is_unit();
            known && theirs.iter().all(|v| own.differs(v) || *v != own && !fork.parent.has_block(exit.block))
        };
        let own = fork.returns.iter().find(told)?.value.clone();
        let same = theirs.first().filter(|first| ***first != Abs::Any && theirs.iter().all(|v| v == *first));
        let parent = match same {
            Some(value) => Some((*value).clone()),
            None => Some(own.shape().map_or(Abs::Any, Abs::Parent)),
        };
        Some(Form { child: own, parent, kind, wrapper: None })
    })
}
