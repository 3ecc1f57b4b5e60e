//! Which number a descriptor has, as far as that decides whether it is a standard stream.

use crate::analysis::{FnId, Program, call_by_id};
use crate::facts::{Event, LocalId, Val};
use crate::rules::subject::called_name;

/// Where a descriptor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// 0, 1 or 2.
    Stdio,
    /// Certainly none of them: a number above, or what an owning object holds.
    Other,
    /// Not known.
    Unknown,
}

/// The slot of a descriptor given by number, constant, or `as_raw_fd` of an object.
pub(super) fn slot_of(program: &Program, id: FnId, val: &Val) -> Slot {
    slot(program, id, val, 6)
}

fn slot(program: &Program, id: FnId, val: &Val, depth: u32) -> Slot {
    let Some(depth) = depth.checked_sub(1) else { return Slot::Unknown };
    match val {
        Val::Int(0..=2) => Slot::Stdio,
        Val::Int(3..) => Slot::Other,
        Val::Const(path) if is_stdio_constant(path.last()) => Slot::Stdio,
        Val::Const(path) => program.const_def(*path).map_or(Slot::Unknown, |def| slot(program, id, &def.value, depth)),
        Val::Inside(inner) => slot(program, id, inner, depth),
        Val::Phi(vals) => agreed(vals.iter().map(|v| slot(program, id, v, depth))),
        Val::Local(local) => agreed(assigned(program, id, *local).map(|v| slot(program, id, v, depth))),
        Val::Result(call) => {
            let Some(call) = call_by_id(&program.function(id).body, *call) else { return Slot::Unknown };
            match (called_name(call), call.args.first()) {
                ("stdin" | "stdout" | "stderr", _) => Slot::Stdio,
                ("as_raw_fd" | "as_fd" | "lock" | "borrow_raw" | "into_raw_fd", Some(of)) => {
                    match slot(program, id, of, depth) {
                        Slot::Unknown if called_name(call).contains("fd") => Slot::Other,
                        known => known,
                    }
                }
                _ => Slot::Unknown,
            }
        }
        _ => Slot::Unknown,
    }
}

fn is_stdio_constant(name: &str) -> bool {
    matches!(name, "STDIN_FILENO" | "STDOUT_FILENO" | "STDERR_FILENO" | "STDIN" | "STDOUT" | "STDERR")
}

fn agreed(slots: impl Iterator<Item = Slot>) -> Slot {
    let mut slots = slots;
    match slots.next() {
        Some(first) if slots.all(|s| s == first) => first,
        _ => Slot::Unknown,
    }
}

/// The values assigned to a local.
fn assigned(program: &Program, id: FnId, local: LocalId) -> impl Iterator<Item = &Val> {
    program.function(id).body.blocks.iter().flat_map(|b| &b.events).filter_map(move |e| match e {
        Event::Assign { local: l, value, .. } if *l == local => Some(value),
        _ => None,
    })
}
