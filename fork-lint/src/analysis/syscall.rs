//! Forks by raw system call, and what the flags of a clone say.

use super::{Program, calls};
use crate::catalogue::{ForkKind, Role};
use crate::facts::{Body, Call, Event, LocalId, Sym, Val};

/// The kind of fork that `syscall(SYS_fork | SYS_vfork | SYS_clone | SYS_clone3, ..)` is.
pub(super) fn raw_fork(program: &Program, body: &Body, call: &Call) -> Option<ForkKind> {
    if !program.call_roles(&call.callee).contains(&Role::Syscall) {
        return None;
    }
    let mut names = Names { program, body, found: Vec::new(), ints: Vec::new() };
    names.read(call.args.first()?, 0);
    let number =
        |name: &str| names.found.iter().any(|n| n.strip_prefix("__NR_").or(n.strip_prefix("SYS_")) == Some(name));
    // Written as a number: those of x86-64.
    let is = |name: &str, x86: i64| number(name) || names.found.is_empty() && names.ints == [x86];
    if is("fork", 57) || is("clone3", 435) {
        return Some(ForkKind::Raw);
    }
    if is("vfork", 58) {
        return Some(ForkKind::Vfork);
    }
    is("clone", 56).then(|| clone_kind(program, body, call)).flatten()
}

/// The kind of fork that a clone with these arguments is; none if it makes a thread.
pub(super) fn clone_kind(program: &Program, body: &Body, call: &Call) -> Option<ForkKind> {
    let mut names = Names { program, body, found: Vec::new(), ints: Vec::new() };
    for arg in &call.args {
        names.read(arg, 0);
    }
    let has = |flag: &str| names.found.contains(&flag);
    match (has("CLONE_VM"), has("CLONE_VFORK")) {
        _ if has("CLONE_THREAD") => None,
        (true, true) => Some(ForkKind::Vfork),
        // Shares the memory and runs beside the parent: a thread in all but name.
        (true, false) => None,
        (false, _) => Some(ForkKind::Raw),
    }
}

/// Collects the constants that a value is made of.
struct Names<'a> {
    program: &'a Program,
    body: &'a Body,
    found: Vec<&'static str>,
    ints: Vec<i64>,
}

impl Names<'_> {
    fn read(&mut self, val: &Val, depth: u32) {
        if depth > 6 {
            return;
        }
        match val {
            Val::Int(value) => self.ints.push(*value),
            Val::Const(path) => self.constant(*path, depth),
            // A constant of libc that no stub has, spelled with small letters (`SYS_clone`).
            Val::Fn(path) => self.found.push(path.last()),
            Val::Local(local) => self.local(*local, depth),
            Val::Result(id) => {
                let body = self.body;
                if let Some(call) = calls(body).find(|c| c.id == *id) {
                    call.args.iter().for_each(|arg| self.read(arg, depth + 1));
                }
            }
            Val::Or(values) | Val::Phi(values) | Val::Computed(values) | Val::Ctor(_, values) => {
                values.iter().for_each(|v| self.read(v, depth + 1));
            }
            Val::Inside(inner) | Val::Field(inner, _) => self.read(inner, depth + 1),
            _ => {}
        }
    }

    fn constant(&mut self, path: Sym, depth: u32) {
        self.found.push(path.last());
        if let Some(def) = self.program.const_def(path) {
            self.read(&def.value, depth + 1);
        }
    }

    fn local(&mut self, local: LocalId, depth: u32) {
        let body = self.body;
        for event in body.blocks.iter().flat_map(|b| &b.events) {
            if let Event::Assign { local: to, value, .. } = event
                && *to == local
            {
                self.read(value, depth + 1);
            }
        }
    }
}
