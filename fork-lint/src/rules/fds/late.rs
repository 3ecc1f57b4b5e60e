//! Whether a descriptor made without close-on-exec gets it afterwards, and where.

use crate::analysis::values::{Flow, Has, callers};
use crate::analysis::{FnId, Program, call_sites};
use crate::catalogue::Role;
use crate::facts::Call;

use super::creation::Creation;
use super::op::{FdOp, fd_ops};

/// How many calls deep helpers and callers are searched.
const DEPTH: u32 = 3;

/// The call that sets close-on-exec on the created descriptor, and the function it is in.
pub(super) fn set_later<'p>(program: &'p Program, creation: &Creation<'p>) -> Option<(FnId, &'p Call)> {
    in_function(program, creation.id, &creation.flow(program), DEPTH)
}

/// Whether close-on-exec is set on the thing, in its function or near it.
pub(super) fn marked_in(program: &Program, id: FnId, flow: &Flow) -> bool {
    in_function(program, id, flow, DEPTH).is_some()
}

fn in_function<'p>(program: &'p Program, id: FnId, flow: &Flow, depth: u32) -> Option<(FnId, &'p Call)> {
    by_callee(program, id, flow, depth).or_else(|| by_caller(program, id, flow, depth))
}

/// In the function itself, a helper it calls, or a closure written in it.
fn by_callee<'p>(program: &'p Program, id: FnId, flow: &Flow, depth: u32) -> Option<(FnId, &'p Call)> {
    let f = program.function(id);
    for (site, call) in call_sites(id, &f.body) {
        // What a child does to its copy leaves the parent's as it is.
        if program.forks().child_only(site) {
            continue;
        }
        let sets = fd_ops(program, id, call)
            .iter()
            .any(|op| matches!(op, FdOp::Cloexec { fd, set: Has::Yes | Has::Maybe(_) } if flow.carries(fd)));
        if sets {
            return Some((id, call));
        }
        // A wrapper of `fcntl` has every command in its body; which one it runs was judged above.
        if depth > 0
            && !program.call_roles(&call.callee).contains(&Role::Fcntl)
            && let Some(arg) = flow.argument_of(call)
        {
            for target in program.targets(&call.callee) {
                let inner = Flow::of_param(program, target, arg);
                if inner.is_some_and(|flow| by_callee(program, target, &flow, depth - 1).is_some()) {
                    return Some((id, call));
                }
            }
        }
    }
    let in_child = |closure: FnId| {
        let mut callers = program.graph().callers(closure).peekable();
        callers.peek().is_some() && callers.all(|edge| program.forks().child_only(edge.site))
    };
    program.values().closures_in(f.path).iter().filter(|&&closure| !in_child(closure)).find_map(|&closure| {
        let inner = flow.into_closure(program, id, closure)?;
        by_callee(program, closure, &inner, depth.checked_sub(1)?)
    })
}

/// In every function that is handed the descriptor.
fn by_caller<'p>(program: &'p Program, id: FnId, flow: &Flow, depth: u32) -> Option<(FnId, &'p Call)> {
    let depth = depth.checked_sub(1)?;
    if !flow.is_returned(&program.function(id).body) {
        return None;
    }
    let mut first = None;
    for (caller, call) in callers(program, id) {
        let found = in_function(program, caller, &Flow::of_result(program, caller, call.id), depth)?;
        first.get_or_insert(found);
    }
    first
}
