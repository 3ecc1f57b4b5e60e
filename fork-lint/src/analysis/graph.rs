//! The call graph: every call with what it may run, forwards and backwards.

use super::{FnId, Program, Site, Targets, call_sites};
use crate::facts::Sym;

/// One thing that a call may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Edge {
    /// The call.
    pub site: Site,
    /// What it runs.
    pub to: Target,
    /// How.
    pub how: How,
}

/// The end of an [`Edge`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A function of the program.
    Fn(FnId),
    /// A catalogued function or macro.
    Leaf(Sym),
    /// Something that cannot be seen.
    Unknown,
}

/// How an [`Edge`] comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// The callee is exactly that.
    Direct,
    /// One of the implementations that a trait may choose.
    Candidate,
    /// A callable argument, run during the call.
    Callable,
    /// A callable argument, run by another thread.
    Thread,
    /// A callable argument, run in a child process.
    Child,
    /// A callable argument, kept for later.
    Later,
}

impl How {
    /// Whether the target runs in this thread before the call returns.
    pub fn here(self) -> bool {
        matches!(self, How::Direct | How::Candidate | How::Callable)
    }
}

/// All edges, indexed by caller and by callee.
#[derive(Debug, Default)]
pub struct Graph {
    edges: Vec<Edge>,
    out: Vec<u32>,
    into: Vec<u32>,
    into_at: Vec<u32>,
}

impl Graph {
    /// Indexes edges of a program with `n` functions.
    pub fn new(n: usize, mut edges: Vec<Edge>) -> Graph {
        edges.sort_by_key(|e| e.site);
        let mut out = vec![0u32; n + 1];
        let mut into_at = vec![0u32; n + 1];
        for edge in &edges {
            out[edge.site.function + 1] += 1;
            if let Target::Fn(f) = edge.to {
                into_at[f + 1] += 1;
            }
        }
        for i in 0..n {
            out[i + 1] += out[i];
            into_at[i + 1] += into_at[i];
        }
        let mut next = into_at.clone();
        let mut into = vec![0u32; into_at[n] as usize];
        for (i, edge) in edges.iter().enumerate() {
            if let Target::Fn(f) = edge.to {
                into[next[f] as usize] = i as u32;
                next[f] += 1;
            }
        }
        Graph { edges, out, into, into_at }
    }

    /// Every edge.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The edges of a function's calls, in the order of its body.
    pub fn from(&self, f: FnId) -> &[Edge] {
        &self.edges[self.out[f] as usize..self.out[f + 1] as usize]
    }

    /// The edges of one call.
    pub fn at(&self, site: Site) -> &[Edge] {
        let all = self.from(site.function);
        let start = all.partition_point(|e| e.site < site);
        let end = start + all[start..].partition_point(|e| e.site == site);
        &all[start..end]
    }

    /// Indices into [`Graph::edges`] of the edges that end in a function.
    pub fn into(&self, f: FnId) -> &[u32] {
        &self.into[self.into_at[f] as usize..self.into_at[f + 1] as usize]
    }

    /// The edges that end in a function.
    pub fn callers(&self, f: FnId) -> impl Iterator<Item = &Edge> {
        self.into(f).iter().map(|&i| &self.edges[i as usize])
    }
}

/// The edges of every call to its callee; callable arguments are not yet counted.
pub(super) fn direct_edges(program: &Program) -> Vec<Edge> {
    let mut edges = Vec::new();
    for id in 0..program.fn_count() {
        for (site, call) in call_sites(id, &program.function(id).body) {
            let Targets { fns, leaf, candidates, unknown } = program.call_targets(&call.callee);
            let how = if candidates { How::Candidate } else { How::Direct };
            edges.extend(fns.into_iter().map(|f| Edge { site, to: Target::Fn(f), how }));
            // What a catalogued path does is known whoever implements it.
            edges.extend(leaf.map(|leaf| Edge { site, to: Target::Leaf(leaf), how: How::Direct }));
            edges.extend(unknown.then_some(Edge { site, to: Target::Unknown, how }));
        }
    }
    edges
}
