//! What a call does to the flags of an existing descriptor.

use crate::analysis::values::{Flag, Has, has_flag};
use crate::analysis::{FnId, Program, call_by_id};
use crate::catalogue::Role;
use crate::facts::{AssignOp, Call, Event, Fn, LocalId, Val};
use crate::rules::subject::{called_name, path_of};

/// An operation on a descriptor's flags.
#[derive(Clone, Debug)]
pub(super) enum FdOp<'a> {
    /// Close-on-exec is written, or cleared.
    Cloexec {
        /// The descriptor.
        fd: &'a Val,
        /// What is written.
        set: Has,
    },
    /// `F_SETFL`: status flags are written.
    StatusFlags {
        /// The value written.
        flags: &'a Val,
    },
    /// `F_SETFD` with a value.
    DescriptorFlags {
        /// The value written.
        flags: &'a Val,
    },
    /// `F_DUPFD`: copied without close-on-exec.
    Duplicate,
}

/// What a call does to a descriptor's flags; `F_SETFD` gives both [`FdOp::DescriptorFlags`] and [`FdOp::Cloexec`].
pub(super) fn fd_ops<'a>(program: &'a Program, id: FnId, call: &'a Call) -> Vec<FdOp<'a>> {
    let Some(fd) = call.args.first() else { return Vec::new() };
    let f = program.function(id);
    if let Some(path) = path_of(call) {
        for role in program.catalogue.roles(path) {
            match *role {
                Role::SetsCloexec { param } => {
                    let Some(fd) = call.args.get(param as usize) else { continue };
                    // `fcntl_setfd(fd, flags)` sets what it is given; a switch (`set_cloexec(true)`) likewise.
                    let set = match call.args.get(param as usize + 1) {
                        Some(Val::Int(0)) => Has::No,
                        Some(flags) if call.args.len() == 2 && path.last().ends_with("setfd") => {
                            match has_flag(program, id, flags, Flag::Descriptor) {
                                Has::Maybe(_) if takes_out(f, flags, 4) => Has::No,
                                has => has,
                            }
                        }
                        _ => Has::Yes,
                    };
                    return vec![FdOp::Cloexec { fd, set }];
                }
                Role::ClearsCloexec { param } => {
                    let Some(fd) = call.args.get(param as usize) else { continue };
                    return vec![FdOp::Cloexec { fd, set: Has::No }];
                }
                Role::Fcntl => return fcntl(program, id, f, call, fd),
                _ => {}
            }
        }
    }
    if called_name(call) == "ioctl" {
        return fcntl(program, id, f, call, fd);
    }
    // A helper with a switch, or a method whose source is not at hand, by the name such functions have.
    let known = !program.targets(&call.callee).is_empty();
    let set = match (called_name(call), call.args.get(1)) {
        ("set_cloexec" | "set_close_on_exec" | "_set_cloexec", Some(Val::Int(0))) => Has::No,
        ("set_cloexec" | "set_close_on_exec" | "_set_cloexec", _) if !known => Has::Yes,
        _ => return Vec::new(),
    };
    vec![FdOp::Cloexec { fd, set }]
}

fn fcntl<'a>(program: &'a Program, id: FnId, f: &'a Fn, call: &'a Call, fd: &'a Val) -> Vec<FdOp<'a>> {
    let name = called_name(call);
    // Typed wrappers have the command in their name, or as an enum whose payload is the argument.
    let (command, flags) = match call.args.get(1) {
        _ if name.starts_with("fcntl_") => (name.trim_start_matches("fcntl_"), call.args.get(1)),
        Some(Val::Ctor(path, payload)) => (path.last(), payload.first()),
        Some(command) => (command_name(f, command, 4), call.args.get(2)),
        None => return Vec::new(),
    };
    match (command, flags) {
        ("F_SETFD" | "setfd", Some(flags)) => {
            let set = match has_flag(program, id, flags, Flag::Descriptor) {
                Has::Maybe(_) if takes_out(f, flags, 4) => Has::No,
                has => has,
            };
            vec![FdOp::DescriptorFlags { flags }, FdOp::Cloexec { fd, set }]
        }
        ("F_SETFL" | "setfl", Some(flags)) => vec![FdOp::StatusFlags { flags }],
        ("F_DUPFD" | "dupfd", _) => vec![FdOp::Duplicate],
        ("FIOCLEX", _) => vec![FdOp::Cloexec { fd, set: Has::Yes }],
        ("FIONCLEX", _) => vec![FdOp::Cloexec { fd, set: Has::No }],
        _ => Vec::new(),
    }
}

/// The name of a command constant, through locals that hold nothing else.
fn command_name(f: &Fn, val: &Val, depth: u32) -> &'static str {
    match val {
        Val::Const(path) => path.last(),
        Val::Int(0) => "F_DUPFD",
        Val::Int(2) => "F_SETFD",
        Val::Int(4) => "F_SETFL",
        Val::Int(0x5451) => "FIOCLEX",
        Val::Int(0x5450) => "FIONCLEX",
        Val::Local(local) if depth > 0 => only_value(f, *local).map_or("", |v| command_name(f, v, depth - 1)),
        Val::Inside(inner) if depth > 0 => command_name(f, inner, depth - 1),
        _ => "",
    }
}

/// Whether a value is what was read from the descriptor, less close-on-exec: `flags & !FD_CLOEXEC`.
fn takes_out(f: &Fn, val: &Val, depth: u32) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let named = |v: &Val| matches!(v, Val::Const(path) if path.last().contains("CLOEXEC"));
    match val {
        Val::Computed(vals) => vals.iter().any(|v| named(v) || takes_out(f, v, depth)),
        Val::Inside(inner) => takes_out(f, inner, depth),
        Val::Ctor(_, vals) => vals.iter().any(|v| takes_out(f, v, depth)),
        Val::Result(call) => call_by_id(&f.body, *call).is_some_and(|call| removes(call, &named)),
        Val::Local(local) => {
            let changed = f.body.blocks.iter().flat_map(|b| &b.events).any(|e| match e {
                Event::Assign { local: l, op: AssignOp::Other, value, .. } if l == local => {
                    named(value) || takes_out(f, value, depth)
                }
                Event::Call(call) => call.args.first() == Some(val) && removes(call, &named),
                _ => false,
            });
            changed || only_value(f, *local).is_some_and(|v| takes_out(f, v, depth))
        }
        _ => false,
    }
}

/// `flags.remove(F)`, `flags.difference(F)`, `flags.set(F, false)`
fn removes(call: &Call, named: &impl std::ops::Fn(&Val) -> bool) -> bool {
    let off = match called_name(call) {
        "remove" | "difference" | "toggle" => true,
        "set" => call.args.get(2) == Some(&Val::Int(0)),
        _ => false,
    };
    off && call.args.get(1).is_some_and(named)
}

/// The value of a local that is assigned once.
fn only_value(f: &Fn, local: LocalId) -> Option<&Val> {
    let mut set = f.body.blocks.iter().flat_map(|b| &b.events).filter_map(|e| match e {
        Event::Assign { local: l, value, .. } if *l == local => Some(value),
        _ => None,
    });
    let one = set.next()?;
    set.next().is_none().then_some(one)
}
