//! Thread order: what may have started a thread before a place is reached, from the program's entries on.

use std::collections::{BTreeSet, HashSet, VecDeque};

use super::{Edge, FnId, How, Program, Site, Target, Witness, reach, threads};
use crate::catalogue::{Effect, Role};
use crate::facts::{Entry, FnKind};

/// Calls walked back from one place at most.
const PLACES: usize = 20_000;

/// What is known of the threads at a place.
#[derive(Clone, Debug)]
pub enum Order {
    /// Threads are running: this was seen.
    Live(Evidence),
    /// A whole program, and no thread start reaches the place.
    Latent,
    /// Reached from outside: callers may have threads.
    Unknown {
        /// A public function through which it is reached; none if its callers cannot be seen at all.
        public: Option<FnId>,
        /// Every such function states the condition: it is `unsafe`, or its documentation speaks of threads.
        stated: bool,
    },
    /// Reached only in a child, which has one thread.
    Child,
    /// Reached only past a check that the process has one thread.
    Checked,
}

/// Why threads are running at a place.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// What it is.
    pub what: Seen,
    /// Calls from the function where it was seen down to the place, outermost first; the place itself is not in it.
    pub calls: Vec<Site>,
}

/// A sign of running threads.
#[derive(Clone, Debug)]
pub enum Seen {
    /// This call starts a thread that is still there.
    Start(Witness),
    /// `main` runs on a runtime with threads.
    RuntimeMain(FnId),
    /// An async function, block or closure: it runs on a runtime.
    Async(FnId),
    /// A callable run by a thread that is started there.
    InThread(Site),
}

impl Order {
    /// Whether threads were seen.
    pub fn live(&self) -> Option<&Evidence> {
        match self {
            Order::Live(evidence) => Some(evidence),
            _ => None,
        }
    }
}

struct State {
    site: Site,
    below: Option<usize>,
}

impl Program {
    /// What is known of the threads of this process when the call at a site runs.
    pub fn order(&self, site: Site) -> Order {
        Search {
            program: self,
            states: vec![State { site, below: None }],
            seen: HashSet::from([site]),
            entered: false,
            runtime_alone: false,
            public: Vec::new(),
            unseen: false,
            checked: false,
            is_async: None,
        }
        .run()
    }
}

struct Search<'a> {
    program: &'a Program,
    states: Vec<State>,
    seen: HashSet<Site>,
    /// A `main` was reached.
    entered: bool,
    /// A `main` on a single-threaded runtime was reached.
    runtime_alone: bool,
    public: Vec<FnId>,
    /// A function without callers that is no entry was reached.
    unseen: bool,
    checked: bool,
    is_async: Option<Evidence>,
}

impl Search<'_> {
    fn run(mut self) -> Order {
        let mut todo = VecDeque::from([0]);
        while let Some(at) = todo.pop_front() {
            if let Some(what) = self.visit(at, &mut todo) {
                return Order::Live(Evidence { what, calls: self.calls(at) });
            }
        }
        // A program whose own library holds the place is judged by its `main`, not by callers that might exist.
        if self.entered {
            self.public.clear();
        }
        if let Some(evidence) = self.is_async.take()
            && (!self.runtime_alone || !self.public.is_empty())
        {
            return Order::Live(evidence);
        }
        if !self.public.is_empty() {
            let stated = self.public.iter().all(|&f| states_condition(self.program, f));
            return Order::Unknown { public: self.public.first().copied(), stated };
        }
        match (self.entered, self.unseen, self.checked) {
            (true, ..) => Order::Latent,
            // Who calls it was not seen, nor were threads: of a program that can be verified no further.
            (_, true, _) if self.program.has_main() => Order::Latent,
            (_, true, _) => Order::Unknown { public: None, stated: false },
            (_, _, true) => Order::Checked,
            _ => Order::Child,
        }
    }

    /// Looks at one place on the way back; what it proves, if anything.
    fn visit(&mut self, at: usize, todo: &mut VecDeque<usize>) -> Option<Seen> {
        let program = self.program;
        let site = self.states[at].site;
        let f = site.function;
        let function = program.function(f);
        if function.is_test {
            return None;
        }
        if program.forks().in_fn(f).iter().any(|fork| fork.site != site && fork.child_only(site)) {
            return None;
        }
        if self.is_checked(site) {
            self.checked = true;
            return None;
        }
        if let Some(start) = self.started_before(site) {
            return Some(Seen::Start(start));
        }
        match function.entry {
            Some(Entry::ThreadedRuntimeMain) => return Some(Seen::RuntimeMain(f)),
            Some(Entry::Main) => self.entered = true,
            Some(Entry::CurrentThreadRuntimeMain) => {
                self.entered = true;
                self.runtime_alone = true;
            }
            None => {}
        }
        if function.is_async && function.entry.is_none() && self.is_async.is_none() {
            self.is_async = Some(Evidence { what: Seen::Async(f), calls: self.calls(at) });
        }
        let unit = program.unit_of(f);
        if program.is_exported(f) && unit.member {
            self.public.push(f);
        }
        let edges: Vec<Edge> = program.graph().callers(f).copied().collect();
        if edges.is_empty() && function.entry.is_none() && !function.public {
            self.no_callers(f);
        }
        for edge in edges {
            match edge.how {
                How::Thread => return Some(Seen::InThread(edge.site)),
                How::Child => continue,
                How::Direct | How::Candidate | How::Callable | How::Later => {}
            }
            if self.states.len() < PLACES && self.seen.insert(edge.site) {
                todo.push_back(self.states.len());
                self.states.push(State { site: edge.site, below: Some(at) });
            }
        }
        None
    }

    /// A function that nothing is seen to call: a trait's method is called by whoever knows the trait.
    fn no_callers(&mut self, f: FnId) {
        let unit = self.program.unit_of(f);
        let by_trait = matches!(self.program.function(f).kind, FnKind::TraitImpl { .. } | FnKind::Provided { .. });
        if by_trait && unit.library && unit.member {
            self.public.push(f);
        } else {
            self.unseen = true;
        }
    }

    /// Calls from that state's function down to the place.
    fn calls(&self, at: usize) -> Vec<Site> {
        let mut calls = Vec::new();
        let mut state = &self.states[at];
        while let Some(below) = state.below {
            calls.push(state.site);
            state = &self.states[below];
        }
        calls
    }

    /// A call before `site` in its function that starts a thread which is still there.
    fn started_before(&self, site: Site) -> Option<Witness> {
        let program = self.program;
        let mut last = None;
        for edge in program.graph().from(site.function) {
            let starts = match edge.to {
                Target::Fn(f) => program.summary(f).has(Effect::ThreadStart),
                Target::Leaf(path) => {
                    program.catalogue.entry(path).is_some_and(|e| super::entry_effects(e).has(Effect::ThreadStart))
                }
                Target::Unknown => false,
            };
            let counts =
                starts && edge.how.here() && threads::counts(program, Effect::ThreadStart, edge.how, edge.site);
            if !counts || edge.site == site || last == Some(edge.site) || program.forks().child_only(edge.site) {
                continue;
            }
            last = Some(edge.site);
            // What daemonizes in between leaves them behind.
            let left =
                |s: Site| program.forks().in_fn(s.function).iter().any(|fork| fork.site == s && fork.parent_gone());
            if threads::while_running(program, program.graph(), edge.site, &left).has(site.block, site.event) {
                return program.witness_at(edge.site, Effect::ThreadStart);
            }
        }
        None
    }

    /// Whether every way to the site passes a check that the process has one thread.
    fn is_checked(&self, site: Site) -> bool {
        let checks = self.program.thread_checks();
        if !checks.range(Site::first(site.function)..Site::first(site.function + 1)).any(|check| *check != site) {
            return false;
        }
        let body = &self.program.function(site.function).body;
        let unchecked = reach(body, 0, 0, |block, event, _| {
            let here = Site { function: site.function, block, event };
            here != site && checks.contains(&here)
        });
        !unchecked.has(site.block, site.event)
    }
}

/// The calls that prove that the process has one thread, and those of helpers that make such a call.
pub(super) fn thread_checks(program: &Program) -> BTreeSet<Site> {
    let graph = program.graph();
    let proves = |edge: &&Edge| matches!(edge.to, Target::Leaf(path) if program.catalogue.roles(path).contains(&Role::ChecksThreads));
    let mut sites: BTreeSet<Site> = graph.edges().iter().filter(proves).map(|edge| edge.site).collect();
    let helpers: BTreeSet<FnId> = sites.iter().map(|site| site.function).collect();
    let calls = helpers.iter().flat_map(|&f| graph.callers(f)).filter(|edge| edge.how == How::Direct);
    sites.extend(calls.map(|edge| edge.site));
    sites
}

/// Whether a function puts the condition on its callers.
pub fn states_condition(program: &Program, f: FnId) -> bool {
    let function = program.function(f);
    function.is_unsafe || function.minds_threads
}
