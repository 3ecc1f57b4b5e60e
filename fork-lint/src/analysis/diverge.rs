//! Functions that never return to their caller.

use super::{FnId, Graph, How, Program, Site, Target, cfg};
use crate::catalogue::Role;
use crate::facts::Event;

/// For every function, whether it never returns.
pub(super) fn never_return(program: &Program, graph: &Graph) -> Vec<bool> {
    let n = program.fn_count();
    let mut never = vec![false; n];
    let mut todo: Vec<FnId> = (0..n).rev().collect();
    while let Some(f) = todo.pop() {
        if never[f] || program.function(f).body.blocks.is_empty() {
            continue;
        }
        let body = &program.function(f).body;
        let reached = cfg::reach(body, 0, 0, |block, event, what| {
            matches!(what, Event::Call(_)) && call_diverges(program, graph, &never, Site { function: f, block, event })
        });
        if !reached.returns(body) {
            never[f] = true;
            todo.extend(graph.callers(f).filter(|e| e.how == How::Direct).map(|e| e.site.function));
        }
    }
    never
}

/// Whether the call at a site never returns.
pub(super) fn call_diverges(program: &Program, graph: &Graph, never: &[bool], site: Site) -> bool {
    let mut certain = false;
    for edge in graph.at(site).iter().filter(|e| e.how.here()) {
        match edge.to {
            Target::Leaf(path) if program.catalogue.roles(path).contains(&Role::Diverges) => return true,
            Target::Leaf(_) => {}
            Target::Fn(f) if edge.how == How::Direct && never[f] => certain = true,
            Target::Fn(_) if edge.how == How::Callable => {}
            Target::Fn(_) | Target::Unknown => return false,
        }
    }
    certain
}
