//! What becomes of callables: called here, in a child, in another thread, kept for later. A fixed point over the program.

use std::collections::HashMap;

use super::callables::{Callable, Handling};
use super::{FnId, Program, Site};
use crate::catalogue::Role;
use crate::facts::{Call, FnKind, Sym};

/// A set of ways in which a callable is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses(u8);

/// One way in which a callable is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Use {
    /// Runs during the call.
    Called,
    /// Runs in a forked child that will exec.
    PreExec,
    /// Is the entry function of a raw clone.
    CloneEntry,
    /// Runs in a forked child.
    ForkEntry,
    /// Runs in another thread.
    Thread,
    /// Kept: runs later, or never.
    Stored,
    /// Runs as a signal handler.
    Handler,
}

impl Use {
    /// Every use.
    pub const ALL: [Use; 7] =
        [Use::Called, Use::PreExec, Use::CloneEntry, Use::ForkEntry, Use::Thread, Use::Stored, Use::Handler];
    /// The uses that run the callable in a child process.
    pub const CHILD: [Use; 3] = [Use::PreExec, Use::CloneEntry, Use::ForkEntry];
}

impl Uses {
    /// Whether the use is in the set.
    pub fn has(self, way: Use) -> bool {
        self.0 & (1 << way as u8) != 0
    }

    /// This one alone.
    pub fn one(way: Use) -> Uses {
        Uses(1 << way as u8)
    }

    /// Both sets.
    pub fn union(self, other: Uses) -> Uses {
        Uses(self.0 | other.0)
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A callable whose uses are computed: a parameter, or a closure by its own body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Node {
    Param(FnId, u32),
    Closure(FnId),
}

/// Where the uses of a node come from.
#[derive(Clone, Copy, Debug)]
enum Flow {
    /// Used so at that place.
    Direct(Uses, Site),
    /// Given on at that place to that parameter.
    Given(Node, Site),
    /// Handled by that closure: what happens there happens where the closure runs.
    InClosure(FnId, Source),
}

/// What a closure does with what it captures.
#[derive(Clone, Copy, Debug)]
enum Source {
    Direct(Uses, Site),
    Given(Node, Site),
}

/// Uses of every parameter and closure.
#[derive(Debug, Default)]
pub struct UseMap {
    uses: HashMap<Node, Uses>,
    /// The place that first gave a node a use: the next call on the way to where it runs.
    from: HashMap<(Node, Use), Site>,
}

impl UseMap {
    fn has(&self, node: Node, way: Use) -> bool {
        self.uses.get(&node).is_some_and(|uses| uses.has(way))
    }

    /// What `call` does with the callable in argument `arg`; never empty.
    pub fn of_argument(&self, program: &Program, call: &Call, arg: u32) -> Uses {
        let known = role_uses(program.call_roles(&call.callee), arg);
        if !known.is_empty() {
            return known;
        }
        let targets = program.call_targets(&call.callee);
        let uses = targets.fns.iter().fold(Uses::default(), |uses, &f| {
            uses.union(self.uses.get(&Node::Param(f, arg)).copied().unwrap_or_default())
        });
        if uses.is_empty() { Uses::one(Use::Called) } else { uses }
    }

    /// The calls from a parameter on down to the one that uses it so.
    pub fn path(&self, program: &Program, function: FnId, param: u32, way: Use) -> Vec<Site> {
        let mut path = Vec::new();
        let mut node = Node::Param(function, param);
        while let Some(&site) = self.from.get(&(node, way)) {
            if path.contains(&site) {
                break;
            }
            path.push(site);
            let Some(call) = program.call_at(site) else { break };
            let next = program.call_targets(&call.callee).fns.into_iter().find_map(|f| {
                (0..call.args.len() as u32).map(|i| Node::Param(f, i)).find(|n| self.from.contains_key(&(*n, way)))
            });
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        path
    }
}

/// Roles that a catalogued function gives to one of its parameters.
fn role_uses(roles: &[Role], arg: u32) -> Uses {
    roles.iter().fold(Uses::default(), |uses, role| {
        let way = match role {
            Role::PreExec { param } if *param == arg => Use::PreExec,
            Role::CloneEntry { param } if *param == arg => Use::CloneEntry,
            Role::ForkEntry { param } if *param == arg => Use::ForkEntry,
            Role::ThreadEntry { param } if *param == arg => Use::Thread,
            Role::Stores { param } if *param == arg => Use::Stored,
            Role::Handler { param } if *param == arg => Use::Handler,
            _ => return uses,
        };
        uses.union(Uses::one(way))
    })
}

/// Computes the uses of all callables. `in_child` says whether a place is run by a forked child alone.
pub(super) fn solve(
    program: &Program,
    handling: &HashMap<FnId, Handling>,
    in_child: &dyn std::ops::Fn(Site) -> bool,
) -> UseMap {
    let mut flows: HashMap<Node, Vec<Flow>> = HashMap::new();
    for (&id, what) in handling {
        Collect { program, handling, in_child, flows: &mut flows }.function(id, what);
    }
    let mut map = UseMap::default();
    let mut dependents: HashMap<Node, Vec<Node>> = HashMap::new();
    for (&node, sources) in &flows {
        for flow in sources {
            for on in flow.depends() {
                dependents.entry(on).or_default().push(node);
            }
        }
    }
    // Sorted, so that the first witness found does not depend on the map's order.
    let mut todo: Vec<Node> = flows.keys().copied().collect();
    todo.sort_by_key(|node| match node {
        Node::Param(f, i) => (*f, *i),
        Node::Closure(f) => (*f, u32::MAX),
    });
    while let Some(node) = todo.pop() {
        let before = map.uses.get(&node).copied().unwrap_or_default();
        let mut now = before;
        for flow in &flows[&node] {
            for way in Use::ALL {
                if !now.has(way)
                    && let Some(site) = flow.gives(way, &map)
                {
                    now = now.union(Uses::one(way));
                    map.from.insert((node, way), site);
                }
            }
        }
        if now != before {
            map.uses.insert(node, now);
            todo.extend(dependents.get(&node).into_iter().flatten().copied().filter(|n| flows.contains_key(n)));
        }
    }
    map
}

impl Flow {
    fn depends(&self) -> Vec<Node> {
        match self {
            Flow::Direct(..) => Vec::new(),
            Flow::Given(node, _) => vec![*node],
            Flow::InClosure(closure, source) => {
                let mut on = vec![Node::Closure(*closure)];
                if let Source::Given(node, _) = source {
                    on.push(*node);
                }
                on
            }
        }
    }

    /// The place that gives this use, if the flow does.
    fn gives(&self, way: Use, map: &UseMap) -> Option<Site> {
        match self {
            Flow::Direct(uses, site) => uses.has(way).then_some(*site),
            Flow::Given(node, site) => map.has(*node, way).then_some(*site),
            Flow::InClosure(closure, source) => {
                // Called in a closure: used as the closure is.
                if way != Use::Called && source.gives(Use::Called, map) {
                    return map.from.get(&(Node::Closure(*closure), way)).copied();
                }
                let by_itself = source.gives(way, map) && (way != Use::Called || map.has(Node::Closure(*closure), way));
                by_itself.then_some(source.site())
            }
        }
    }
}

impl Source {
    fn gives(&self, way: Use, map: &UseMap) -> bool {
        match self {
            Source::Direct(uses, _) => uses.has(way),
            Source::Given(node, _) => map.has(*node, way),
        }
    }

    fn site(&self) -> Site {
        match self {
            Source::Direct(_, site) | Source::Given(_, site) => *site,
        }
    }
}

struct Collect<'a> {
    program: &'a Program,
    handling: &'a HashMap<FnId, Handling>,
    in_child: &'a dyn std::ops::Fn(Site) -> bool,
    flows: &'a mut HashMap<Node, Vec<Flow>>,
}

impl Collect<'_> {
    fn function(&mut self, id: FnId, what: &Handling) {
        for &(site, callable) in &what.calls {
            let way = if (self.in_child)(site) { Use::ForkEntry } else { Use::Called };
            self.source(id, callable, Source::Direct(Uses::one(way), site));
        }
        for pass in &what.passes {
            let Some(call) = self.program.call_at(pass.site) else { continue };
            for source in self.given(call, pass.arg, pass.site) {
                self.source(id, pass.what, source);
            }
        }
        let head = Site { function: id, block: 0, event: 0 };
        for &callable in &what.stored {
            self.source(id, callable, Source::Direct(Uses::one(Use::Stored), head));
        }
    }

    /// What a call does with a callable argument.
    fn given(&self, call: &Call, arg: u32, site: Site) -> Vec<Source> {
        let known = role_uses(self.program.call_roles(&call.callee), arg);
        let called = if (self.in_child)(site) { Use::ForkEntry } else { Use::Called };
        if !known.is_empty() {
            return vec![Source::Direct(known, site)];
        }
        let targets = self.program.call_targets(&call.callee);
        if targets.fns.is_empty() {
            return vec![Source::Direct(Uses::one(called), site)];
        }
        let mut sources: Vec<Source> =
            targets.fns.into_iter().map(|f| Source::Given(Node::Param(f, arg), site)).collect();
        if called == Use::ForkEntry {
            sources.push(Source::Direct(Uses::one(called), site));
        }
        sources
    }

    /// Adds a flow to what `callable` stands for in `id`.
    fn source(&mut self, id: FnId, callable: Callable, source: Source) {
        for (node, closure) in self.nodes(id, callable) {
            let flow = match (closure, source) {
                (Some(closure), source) => Flow::InClosure(closure, source),
                (None, Source::Direct(uses, site)) => Flow::Direct(uses, site),
                (None, Source::Given(to, site)) => Flow::Given(to, site),
            };
            self.flows.entry(node).or_default().push(flow);
        }
    }

    /// The nodes that a callable in `id` stands for, each with the closure it is seen from.
    fn nodes(&self, id: FnId, callable: Callable) -> Vec<(Node, Option<FnId>)> {
        match callable {
            Callable::Param(i) => vec![(Node::Param(id, i), None)],
            Callable::Fn(path) => self
                .program
                .by_path(path)
                .iter()
                .filter(|&&f| matches!(self.program.function(f).kind, FnKind::Closure { .. }))
                .map(|&f| (Node::Closure(f), None))
                .collect(),
            Callable::Captured(name) => {
                let Some((owner, held)) = captured(self.program, self.handling, id, name) else { return Vec::new() };
                held.into_iter().flat_map(|c| self.nodes(owner, c)).map(|(node, _)| (node, Some(id))).collect()
            }
        }
    }
}

/// The callables that `name` holds in the function around a closure, and that function.
pub(super) fn captured(
    program: &Program,
    handling: &HashMap<FnId, Handling>,
    closure: FnId,
    name: Sym,
) -> Option<(FnId, Vec<Callable>)> {
    let mut inner = closure;
    // Closures nest a few levels deep at most; the bound guards against cyclic facts.
    for _ in 0..16 {
        let FnKind::Closure { parent } = program.function(inner).kind else { return None };
        let owner = *program.by_path(parent).first()?;
        let locals = &program.function(owner).body.locals;
        if let Some(what) = handling.get(&owner) {
            let held: Vec<Callable> = what
                .locals
                .iter()
                .filter(|(local, _)| locals.get(**local as usize).is_some_and(|l| l.name == name))
                .flat_map(|(_, held)| held.iter().copied())
                .collect();
            if !held.is_empty() {
                return Some((owner, held));
            }
        }
        inner = owner;
    }
    None
}
