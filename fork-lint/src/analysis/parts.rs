//! The parts of the analysis, computed once, when a rule first asks.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use super::callables::{Callable, Handling, handling};
use super::held::Holders;
use super::threads::Starts;
use super::uses::{Use, UseMap, solve};
use super::{
    Breach, ChildEvent, Edge, Effects, FnId, Forks, Graph, How, Order, Program, Region, RegionId, Site, Summaries,
    Target, contract, deeds, diverge, forks, graph, order, regions, summary, threads,
};
use crate::catalogue::Effect;
use crate::facts::Callee;

/// Everything that follows from the call graph.
pub(super) struct Parts {
    graph: Graph,
    never: Vec<bool>,
    handling: HashMap<FnId, Handling>,
    uses: UseMap,
    forks: Forks,
    regions: Vec<Region>,
    summaries: Summaries,
    child_events: OnceLock<Vec<ChildEvent>>,
    orders: Vec<OnceLock<Order>>,
    holders: OnceLock<Holders>,
    thread_checks: OnceLock<BTreeSet<Site>>,
    starts_threads: OnceLock<bool>,
    has_main: OnceLock<bool>,
    breaches: OnceLock<Vec<Breach>>,
}

impl Parts {
    pub(super) fn build(program: &Program) -> Parts {
        let n = program.fn_count();
        let direct = Graph::new(n, graph::direct_edges(program));
        let never = diverge::never_return(program, &direct);
        let forks = forks::find(program, &direct, &never);
        let handling: HashMap<FnId, Handling> =
            (0..n).map(|f| (f, handling(program, f))).filter(|(_, h)| !h.is_empty()).collect();
        let uses = solve(program, &handling, &|site| forks.child_only(site));
        let callable = callable_edges(program, &handling, &uses);
        // A captured closure whose body is known is no longer something unseen.
        let known: HashSet<Site> = callable.iter().map(|e| e.site).collect();
        let resolved = |e: &&Edge| {
            e.to == Target::Unknown && e.how == How::Direct && known.contains(&e.site) && is_indirect(program, e.site)
        };
        let mut edges: Vec<Edge> = direct.edges().iter().filter(|e| !resolved(e)).copied().collect();
        edges.extend(callable);
        let graph = Graph::new(n, edges);
        let regions = regions::find(program, &graph, &never, &forks, &handling, &uses);
        let starts = Starts::default();
        let summaries = summary::summarise(program, &graph, &|effect, edge| {
            !forks.child_only(edge.site)
                && threads::counts(program, effect, edge.how, edge.site)
                && (effect != Effect::ThreadStart || starts.lasting(program, &graph, edge.site))
        });
        let orders = regions.iter().map(|_| OnceLock::new()).collect();
        let child_events = OnceLock::new();
        Parts {
            graph,
            never,
            handling,
            uses,
            forks,
            regions,
            summaries,
            child_events,
            orders,
            holders: OnceLock::new(),
            thread_checks: OnceLock::new(),
            starts_threads: OnceLock::new(),
            has_main: OnceLock::new(),
            breaches: OnceLock::new(),
        }
    }
}

fn is_indirect(program: &Program, site: Site) -> bool {
    program.call_at(site).is_some_and(|call| matches!(call.callee, Callee::Indirect(_)))
}

/// Edges to callables: given to a call, or called through a captured variable.
fn callable_edges(program: &Program, handling: &HashMap<FnId, Handling>, uses: &UseMap) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (&owner, what) in handling {
        for pass in &what.passes {
            let Some(call) = program.call_at(pass.site) else { continue };
            let ways = uses.of_argument(program, call, pass.arg);
            let targets = callable_targets(program, handling, owner, pass.what);
            for way in Use::ALL.into_iter().filter(|way| ways.has(*way)) {
                let how = match way {
                    Use::Called => How::Callable,
                    Use::Thread => How::Thread,
                    Use::PreExec | Use::CloneEntry | Use::ForkEntry => How::Child,
                    Use::Stored | Use::Handler => How::Later,
                };
                edges.extend(targets.iter().map(|&to| Edge { site: pass.site, to, how }));
            }
        }
        for &(site, callable) in &what.calls {
            let targets = callable_targets(program, handling, owner, callable);
            edges.extend(targets.into_iter().map(|to| Edge { site, to, how: How::Callable }));
        }
    }
    let mut seen = HashSet::new();
    edges.retain(|edge| seen.insert(*edge));
    edges
}

fn callable_targets(program: &Program, handling: &HashMap<FnId, Handling>, owner: FnId, what: Callable) -> Vec<Target> {
    if let Callable::Fn(path) = what
        && program.catalogue.entry(path).is_some()
    {
        let fns = program.by_path(path).iter().map(|&f| Target::Fn(f));
        return fns.chain([Target::Leaf(path)]).collect();
    }
    regions::callable_fns(program, handling, owner, what).into_iter().map(Target::Fn).collect()
}

impl Program {
    fn parts(&self) -> &Parts {
        self.parts.get_or_init(|| Parts::build(self))
    }

    /// The call graph.
    pub fn graph(&self) -> &Graph {
        &self.parts().graph
    }

    /// Every call that returns twice, or in the child only.
    pub fn forks(&self) -> &Forks {
        &self.parts().forks
    }

    /// Code that runs in forked children.
    pub fn regions(&self) -> &[Region] {
        &self.parts().regions
    }

    /// What children do that they should not, or that cannot be seen.
    pub fn child_events(&self) -> &[ChildEvent] {
        self.parts().child_events.get_or_init(|| deeds::child_events(self))
    }

    /// What is known of the threads where a region's child is made.
    pub fn region_order(&self, region: RegionId) -> &Order {
        self.parts().orders[region].get_or_init(|| self.order(self.regions()[region].site))
    }

    /// Types that hold guards, temporary files or buffered writers.
    pub(super) fn holders(&self) -> &Holders {
        self.parts().holders.get_or_init(|| Holders::find(self))
    }

    /// Calls that prove that the process has one thread.
    pub(super) fn thread_checks(&self) -> &BTreeSet<Site> {
        self.parts().thread_checks.get_or_init(|| order::thread_checks(self))
    }

    /// Whether any call of the program, dependencies included, starts a thread.
    pub fn starts_threads(&self) -> bool {
        *self.parts().starts_threads.get_or_init(|| summary::starts_threads(self))
    }

    /// Whether the user's own packages have a program.
    pub fn has_main(&self) -> bool {
        let find = || (0..self.fn_count()).any(|f| self.is_own(f) && self.function(f).entry.is_some());
        *self.parts().has_main.get_or_init(find)
    }

    /// Every breach of a promise by the user's own functions.
    pub fn breaches(&self) -> &[Breach] {
        self.parts().breaches.get_or_init(|| contract::breaches(self))
    }

    /// What a function does when it is called, its callees included; what only a child that it forks does is left out.
    pub fn summary(&self, f: FnId) -> Effects {
        self.believed(f, self.parts().summaries.of(f))
    }

    /// Effects of all functions.
    pub fn summaries(&self) -> &Summaries {
        &self.parts().summaries
    }

    /// Whether the call at a site never returns.
    pub fn diverges(&self, site: Site) -> bool {
        diverge::call_diverges(self, self.graph(), &self.parts().never, site)
    }

    /// How the callables that a body handles are used.
    pub fn handling(&self, f: FnId) -> Option<&Handling> {
        self.parts().handling.get(&f)
    }

    /// What a call does with a callable argument.
    pub fn uses(&self) -> &UseMap {
        &self.parts().uses
    }
}
