//! Loops and calls that close every descriptor from some number on.

use crate::analysis::values::{Flag, Has, has_flag};
use crate::analysis::{FnId, Program, Site, Target, call_by_id, call_sites, calls, successors};
use crate::catalogue::Role;
use crate::facts::{AssignOp, BlockId, Body, Call, Event, Fn, Sym, Val};
use crate::rules::subject::called_name;

/// How many calls deep a sweep is looked for.
const DEPTH: u32 = 5;

/// The calls from a function's body to the one that closes all descriptors, the last one included. `within` says which
/// calls of the body count.
pub(super) fn closes_all(program: &Program, id: FnId, within: &dyn std::ops::Fn(Site) -> bool) -> Option<Vec<Site>> {
    search(program, id, within, DEPTH, &mut Vec::new())
}

fn search(
    program: &Program,
    id: FnId,
    within: &dyn std::ops::Fn(Site) -> bool,
    depth: u32,
    seen: &mut Vec<FnId>,
) -> Option<Vec<Site>> {
    seen.push(id);
    let f = program.function(id);
    for (site, call) in call_sites(id, &f.body).filter(|(site, _)| within(*site)) {
        if sweeps(program, f, site, call, false) {
            return Some(vec![site]);
        }
        for edge in program.graph().at(site).iter().filter(|e| e.how.here()) {
            if let Target::Fn(to) = edge.to
                && depth > 0
                && !seen.contains(&to)
                && let Some(mut path) = search(program, to, &|_| true, depth - 1, seen)
            {
                path.insert(0, site);
                return Some(path);
            }
        }
    }
    None
}

/// Whether a call closes a range of descriptors, or one of each turn of a loop over all. `marked` says whether a range
/// that is only marked close-on-exec counts.
pub(super) fn sweeps(program: &Program, f: &Fn, site: Site, call: &Call, marked: bool) -> bool {
    let range = |flags: Option<&Val>| match flags {
        _ if marked => true,
        Some(flags) => has_flag(program, site.function, flags, Flag::cloexec("CLOSE_RANGE_CLOEXEC")) == Has::No,
        None => true,
    };
    let named = |val: &Val, name: &str| matches!(val, Val::Const(path) if path.last() == name);
    if called_name(call) == "syscall" && call.args.first().is_some_and(|n| named(n, "SYS_close_range")) {
        return range(call.args.get(3));
    }
    program.call_roles(&call.callee).iter().any(|role| match role {
        Role::ClosesRange => range(call.args.get(2)),
        Role::Closes { param } => {
            let fd = call.args.get(*param as usize);
            is_in_loop(&f.body, site.block)
                && fd.is_some_and(|fd| counts_from(f, fd).is_some() || lists_descriptors(program, f))
        }
        _ => false,
    })
}

/// The number that a loop's variable starts from, when it runs over a range or is counted up.
pub(super) fn counts_from(f: &Fn, fd: &Val) -> Option<i64> {
    origin(f, fd, 8)
}

fn origin(f: &Fn, val: &Val, depth: u32) -> Option<i64> {
    let depth = depth.checked_sub(1)?;
    match val {
        Val::Inside(inner) | Val::Field(inner, _) => origin(f, inner, depth),
        Val::Computed(vals) => vals.iter().find_map(|v| origin(f, v, depth)),
        Val::Ctor(path, vals) if is_range(*path) => Some(first(vals.first())),
        Val::Struct(path, fields) if is_range(*path) => {
            Some(first(fields.iter().find(|(name, _)| name.as_str() == "start").map(|(_, v)| v)))
        }
        Val::Result(call) => {
            let call = call_by_id(&f.body, *call)?;
            match called_name(call) {
                "next" | "into_iter" | "iter" | "rev" | "skip" | "clone" | "by_ref" => {
                    origin(f, call.args.first()?, depth)
                }
                "new" if matches!(&call.callee, crate::facts::Callee::Path(p) if p.as_str().contains("Range")) => {
                    Some(first(call.args.first()))
                }
                _ => None,
            }
        }
        Val::Local(local) => {
            let events = || f.body.blocks.iter().flat_map(|b| &b.events);
            let set = || {
                events().filter_map(|e| match e {
                    Event::Assign { local: l, op, value, .. } if l == local => Some((*op, value)),
                    _ => None,
                })
            };
            let counted = set().any(|(op, v)| {
                op == AssignOp::Other || matches!(v, Val::Computed(vs) if vs.contains(&Val::Local(*local)))
            });
            let start = set().find_map(|(op, v)| match v {
                Val::Int(n) if op == AssignOp::Set => Some(*n),
                Val::Const(_) if op == AssignOp::Set && counted => Some(first(Some(v))),
                _ => None,
            });
            match start {
                Some(n) if counted => Some(n),
                _ => set().filter(|(_, v)| **v != Val::Local(*local)).find_map(|(_, v)| origin(f, v, depth)),
            }
        }
        _ => None,
    }
}

fn is_range(path: Sym) -> bool {
    path.last().starts_with("Range")
}

/// The first number of a range; one that is not known is taken to leave the standard streams alone.
fn first(start: Option<&Val>) -> i64 {
    match start {
        Some(Val::Int(n)) => *n,
        Some(Val::Const(path)) if path.last().starts_with("STDIN") => 0,
        _ => 3,
    }
}

/// Whether the body reads the list of open descriptors, or the limit of their number.
pub(super) fn lists_descriptors(program: &Program, f: &Fn) -> bool {
    calls(&f.body).any(|call| {
        let listing = matches!(called_name(call), "read_dir" | "opendir" | "fdopendir" | "readdir" | "openat")
            && call.args.iter().any(|a| is_fd_folder(program, f, a, 4));
        listing || matches!(called_name(call), "getdtablesize" | "getrlimit" | "sysconf")
    })
}

fn is_fd_folder(program: &Program, f: &Fn, val: &Val, depth: u32) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let text =
        |t: &str| (t.contains("/proc/") || t.contains("/dev/")) && t.trim_end_matches(['/', '\0']).ends_with("/fd");
    match val {
        Val::Str(t) => text(t.as_str()),
        Val::Const(path) => program.const_def(*path).is_some_and(|d| is_fd_folder(program, f, &d.value, depth)),
        Val::Inside(inner) => is_fd_folder(program, f, inner, depth),
        Val::Phi(vals) => vals.iter().any(|v| is_fd_folder(program, f, v, depth)),
        Val::Result(call) => {
            call_by_id(&f.body, *call).is_some_and(|c| c.args.iter().any(|a| is_fd_folder(program, f, a, depth)))
        }
        Val::Local(local) => f.body.blocks.iter().flat_map(|b| &b.events).any(|e| match e {
            Event::Assign { local: l, value, .. } => l == local && is_fd_folder(program, f, value, depth),
            _ => false,
        }),
        _ => false,
    }
}

/// Whether a block can be reached from itself.
fn is_in_loop(body: &Body, block: BlockId) -> bool {
    let mut seen = vec![false; body.blocks.len()];
    let mut todo: Vec<BlockId> = body.blocks.get(block as usize).into_iter().flat_map(successors).collect();
    while let Some(b) = todo.pop() {
        if b == block {
            return true;
        }
        if let Some(next) = body.blocks.get(b as usize)
            && !std::mem::replace(&mut seen[b as usize], true)
        {
            todo.extend(successors(next));
        }
    }
    false
}
