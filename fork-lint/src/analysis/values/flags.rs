//! Whether a value has a flag set: through constants, `|`, branches, parameters, helper functions and captures.

use std::cell::Cell;

use crate::analysis::{FnId, Program, call_by_id};
use crate::catalogue::Role;
use crate::facts::{AssignOp, Call, Callee, Event, FnKind, LocalId, Sym, Term, Val, plain_path};

use super::flag::{Flag, Has};
use super::names::passes_by_name;

/// Whether `val`, in the body of function `id`, has the flag.
pub fn has_flag(program: &Program, id: FnId, val: &Val, flag: Flag) -> Has {
    let eval = Eval { program, flag, budget: Cell::new(BUDGET) };
    eval.value(&Env { f: id, outer: None, depth: 0 }, val, &mut Seen::default())
}

/// Whether `val`, in the body of function `id`, has the flag when that function is entered through these calls: each
/// with the function it is in, the outermost first.
pub fn has_flag_called(program: &Program, through: &[(FnId, &Call)], id: FnId, val: &Val, flag: Flag) -> Has {
    fn enter(eval: &Eval<'_>, outer: Option<(&Env<'_>, &[Val])>, rest: &[(FnId, &Call)], id: FnId, val: &Val) -> Has {
        match rest.split_first() {
            Some(((f, call), rest)) => {
                let env = Env { f: *f, outer, depth: 0 };
                enter(eval, Some((&env, &call.args)), rest, id, val)
            }
            None => eval.value(&Env { f: id, outer, depth: 0 }, val, &mut Seen::default()),
        }
    }
    let eval = Eval { program, flag, budget: Cell::new(BUDGET) };
    enter(&eval, None, through, id, val)
}

/// A function under evaluation: what its parameters are, when it was entered through a call.
struct Env<'e> {
    f: FnId,
    outer: Option<(&'e Env<'e>, &'e [Val])>,
    depth: u32,
}

/// Locals under evaluation (function, local), so that `x = x | y` ends.
type Seen = Vec<(FnId, LocalId)>;

/// How many calls deep a value is followed.
const DEPTH: u32 = 5;

/// How many values are looked at before the answer is "not known": a bound for code with very many branches.
const BUDGET: u32 = 4000;

struct Eval<'p> {
    program: &'p Program,
    flag: Flag,
    budget: Cell<u32>,
}

impl<'p> Eval<'p> {
    fn value(&self, env: &Env<'_>, val: &Val, seen: &mut Seen) -> Has {
        self.project(env, val, &[], seen)
    }

    /// `fields`: projections still to apply to the value, the next one last.
    fn project(&self, env: &Env<'_>, val: &Val, fields: &[Sym], seen: &mut Seen) -> Has {
        match self.budget.get().checked_sub(1) {
            Some(left) => self.budget.set(left),
            None => return Has::Maybe("the flags come from very many places"),
        }
        match val {
            Val::Int(n) => self.sure(self.flag.is_in(*n)),
            Val::Str(text) => self.sure(matches!(self.flag, Flag::Letter(c) if text.as_str().contains(c))),
            Val::Unit => Has::No,
            Val::Const(path) => self.constant(env, *path, fields, seen),
            Val::Or(vals) | Val::Phi(vals) => Has::any(vals.iter().map(|v| self.project(env, v, fields, seen))),
            Val::Inside(inner) => self.project(env, inner, fields, seen),
            Val::Field(base, name) => {
                let mut deeper = fields.to_vec();
                deeper.push(*name);
                self.project(env, base, &deeper, seen)
            }
            Val::Ctor(name, vals) => self.ctor(env, *name, vals, fields, seen),
            Val::Struct(_, given) => match fields.split_last() {
                Some((next, rest)) => match given.iter().find(|(n, _)| n == next) {
                    Some((_, v)) => self.project(env, v, rest, seen),
                    None => Has::Maybe("the field comes from another value"),
                },
                None => Has::Maybe("the flags are in a struct"),
            },
            Val::Computed(vals) => self.computed(env, vals, seen),
            Val::Local(local) => self.local(env, *local, fields, seen),
            Val::Captured(name, _) => self.captured(env, *name, fields, seen),
            Val::Result(id) => match call_by_id(&self.program.function(env.f).body, *id) {
                Some(call) => self.call(env, call, fields, seen),
                None => Has::Maybe("the value is not known"),
            },
            Val::Fn(path) => self.returned(env, *path, None, fields, seen),
            Val::Static(_) => Has::Maybe("the flags are in a static"),
            Val::Unknown => Has::Maybe("the value is not known"),
        }
    }

    fn sure(&self, set: bool) -> Has {
        if set { Has::Yes } else { Has::No }
    }

    fn constant(&self, env: &Env<'_>, path: Sym, fields: &[Sym], seen: &mut Seen) -> Has {
        if self.flag.is_named(path.last()) {
            return Has::Yes;
        }
        match self.program.const_def(path) {
            Some(def) if env.depth < DEPTH => {
                let inner = Env { f: env.f, outer: None, depth: env.depth + 1 };
                match self.project(&inner, &def.value, fields, seen) {
                    // A flag type's constant is what its name says, however the type makes it.
                    Has::Maybe(_) if is_other_flag(path) => Has::No,
                    has => has,
                }
            }
            _ if is_other_flag(path) => Has::No,
            _ => Has::Maybe("the constant's value is not at hand"),
        }
    }

    fn ctor(&self, env: &Env<'_>, name: Sym, vals: &[Val], fields: &[Sym], seen: &mut Seen) -> Has {
        if matches!(name.last(), "Err" | "None") {
            return Has::No;
        }
        let wraps = matches!(name.last(), "Ok" | "Some");
        match fields.split_last() {
            Some((next, rest)) if !wraps => match next.as_str().parse::<usize>().ok().and_then(|i| vals.get(i)) {
                Some(v) => self.project(env, v, rest, seen),
                None => Has::Maybe("the field is not known"),
            },
            _ => Has::any(vals.iter().map(|v| self.project(env, v, fields, seen))),
        }
    }

    /// Arithmetic: `a & !b` may clear, `1 << n` may set.
    fn computed(&self, env: &Env<'_>, vals: &[Val], seen: &mut Seen) -> Has {
        let parts = vals.iter().map(|v| self.value(env, v, seen));
        let named = vals.iter().all(|v| !matches!(v, Val::Int(n) if *n != 0)) || vals.len() == 1;
        match Has::any(parts) {
            Has::No if named => Has::No,
            Has::Maybe(why) => Has::Maybe(why),
            _ => Has::Maybe("the flags are computed"),
        }
    }

    fn local(&self, env: &Env<'_>, local: LocalId, fields: &[Sym], seen: &mut Seen) -> Has {
        if seen.contains(&(env.f, local)) {
            return Has::No;
        }
        seen.push((env.f, local));
        let f = self.program.function(env.f);
        let mut known = false;
        let mut parts = Vec::new();
        if let Some(index) = f.params.iter().position(|p| p.local == local) {
            known = true;
            parts.push(self.param(env, index, fields, seen));
        }
        for event in f.body.blocks.iter().flat_map(|b| &b.events) {
            match event {
                Event::Assign { local: l, op, value, .. } if *l == local => {
                    known = true;
                    parts.push(match (op, self.project(env, value, fields, seen)) {
                        (AssignOp::Other, Has::Yes) => Has::Maybe("the flag may be cleared again"),
                        (_, has) => has,
                    });
                }
                Event::Store { place: Val::Field(base, name), value, .. }
                    if **base == Val::Local(local) && fields.last() == Some(name) =>
                {
                    known = true;
                    parts.push(self.project(env, value, &fields[..fields.len() - 1], seen));
                }
                // `flags.insert(F)`, `flags.set(F, on)`
                Event::Call(call) if is_insert(call, local) => {
                    parts.push(call.args.get(1).map_or(Has::No, |v| self.value(env, v, seen)));
                }
                _ => {}
            }
        }
        seen.pop();
        if known { Has::any(parts) } else { Has::Maybe("the value is not known") }
    }

    fn param(&self, env: &Env<'_>, index: usize, fields: &[Sym], seen: &mut Seen) -> Has {
        if let Some((outer, args)) = env.outer {
            return args
                .get(index)
                .map_or(Has::Maybe("the argument is not known"), |v| self.project(outer, v, fields, seen));
        }
        if env.depth >= DEPTH {
            return Has::Maybe("the flags come through many calls");
        }
        let Some(callers) = self.program.values().all_callers(self.program, env.f) else {
            return Has::Maybe("the flags are a parameter whose callers are not all known");
        };
        Has::agreed(callers.into_iter().map(|(caller, call)| {
            let inner = Env { f: caller, outer: None, depth: env.depth + 1 };
            call.args
                .get(index)
                .map_or(Has::Maybe("the argument is not known"), |v| self.project(&inner, v, fields, seen))
        }))
    }

    fn captured(&self, env: &Env<'_>, name: Sym, fields: &[Sym], seen: &mut Seen) -> Has {
        let FnKind::Closure { parent } = self.program.function(env.f).kind else {
            return Has::Maybe("the value is captured");
        };
        let [parent] = self.program.by_path(parent) else { return Has::Maybe("the value is captured") };
        let body = &self.program.function(*parent).body;
        let outer = Env { f: *parent, outer: None, depth: env.depth + 1 };
        if outer.depth > DEPTH {
            return Has::Maybe("the value is captured");
        }
        let same: Vec<LocalId> =
            (0..body.locals.len() as LocalId).filter(|&l| body.locals[l as usize].name == name).collect();
        if same.is_empty() {
            return self.captured(&outer, name, fields, seen);
        }
        Has::any(same.into_iter().map(|l| self.local(&outer, l, fields, seen)))
    }

    fn call(&self, env: &Env<'_>, call: &Call, fields: &[Sym], seen: &mut Seen) -> Has {
        let (path, last) = match &call.callee {
            Callee::Path(path) => (Some(*path), path.last()),
            Callee::Unknown(text) => (None, text.last()),
            Callee::Dispatch { method, .. } => (None, method.as_str()),
            Callee::Param(_) | Callee::Indirect(_) => return Has::Maybe("the flags come from a function value"),
        };
        if let Some(path) = path
            && !self.program.by_path(path).is_empty()
        {
            let known = self.returned(env, path, Some(&call.args), fields, seen);
            // The methods that `bitflags!` writes have bodies that say less than their names.
            if !matches!(known, Has::Maybe(_)) || !is_of_flags(last) {
                return known;
            }
        }
        let transparent = path.is_some_and(|p| self.program.catalogue.roles(p).contains(&Role::Transparent));
        let args = || call.args.iter().map(|v| self.project(env, v, fields, &mut seen.clone())).collect::<Vec<_>>();
        match last {
            "empty" | "default" | "new" if call.args.is_empty() => Has::No,
            "zeroed" => Has::No,
            "all" if call.args.is_empty() => self.sure(matches!(self.flag, Flag::Cloexec { .. })),
            "then_some" | "then" | "unwrap_or" | "unwrap_or_else" | "bitor" | "union" => Has::any(args()),
            "difference" | "remove" | "bitand" | "intersection" | "not" | "complement" => match Has::any(args()) {
                Has::Yes => Has::Maybe("the flags are computed"),
                other => other,
            },
            _ if transparent || passes_by_name(last) || last == "new" => {
                call.args.first().map_or(Has::Maybe("the value is not known"), |v| self.project(env, v, fields, seen))
            }
            _ => Has::Maybe("the flags come from a function whose source is not at hand"),
        }
    }

    /// What a function of the program returns.
    fn returned(&self, env: &Env<'_>, path: Sym, args: Option<&[Val]>, fields: &[Sym], seen: &mut Seen) -> Has {
        if env.depth >= DEPTH {
            return Has::Maybe("the flags come through many calls");
        }
        let bodies = self.program.by_path(path);
        let mut parts = Vec::new();
        for &f in bodies {
            let inner = Env { f, outer: args.map(|a| (env, a)), depth: env.depth + 1 };
            for block in &self.program.function(f).body.blocks {
                if let Term::Return { value, by_question_mark: false, .. } = &block.term {
                    parts.push(self.project(&inner, value, fields, seen));
                }
            }
        }
        if parts.is_empty() { Has::Maybe("the function's result is not known") } else { Has::any(parts) }
    }
}

/// Names of what sets of flags are made with.
fn is_of_flags(name: &str) -> bool {
    matches!(
        name,
        "empty" | "all" | "union" | "bitor" | "difference" | "bitand" | "intersection" | "complement" | "not"
    )
}

fn is_insert(call: &Call, local: LocalId) -> bool {
    let name = match &call.callee {
        Callee::Path(path) | Callee::Unknown(path) => path.last(),
        Callee::Dispatch { method, .. } => method.as_str(),
        _ => return false,
    };
    matches!(name, "insert" | "set" | "toggle" | "bitor_assign") && call.args.first() == Some(&Val::Local(local))
}

/// A constant that is certainly a flag, mode or type other than close-on-exec: named as the C library names them,
/// or out of a crate that wraps it.
fn is_other_flag(path: Sym) -> bool {
    const PREFIXES: &[&str] = &[
        "O_",
        "SOCK_",
        "MSG_",
        "EFD_",
        "MFD_",
        "TFD_",
        "SFD_",
        "IN_",
        "EPOLL_",
        "PERF_",
        "FAN_",
        "AF_",
        "PF_",
        "F_",
        "FD_",
        "CLOCK_",
        "UFFD_",
        "PIDFD_",
        "S_I",
        "FSOPEN_",
        "OPEN_TREE_",
        "MAP_",
        "PROT_",
        "GRND_",
    ];
    const CRATES: &[&str] = &["c", "libc", "nix", "rustix", "linux_raw_sys", "std"];
    let plain = plain_path(path);
    let root = plain.as_str().split("::").next().unwrap_or_default();
    let owner = plain.as_str().rsplit("::").nth(1).unwrap_or_default();
    PREFIXES.iter().any(|p| path.last().starts_with(p)) || CRATES.contains(&root) || owner.contains("Flag")
}
