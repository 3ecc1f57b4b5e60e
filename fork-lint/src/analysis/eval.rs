//! Evaluates values, and calls of small helper functions, for a walk.

use super::abs::Abs;
use super::walk::{Env, Exit, Walker};
use super::{FnId, Program};
use crate::catalogue::{Role, Shape};
use crate::facts::{Call, Callee, Sym, Val};

/// Helpers called by helpers are evaluated this deep.
const DEPTH: u32 = 3;
/// Calls that may run more functions than that are not evaluated.
const TARGETS: usize = 16;
/// Larger functions are not evaluated: a test of a fork's result is small.
const BLOCKS: usize = 40;

/// What a value is.
pub(super) fn value(program: &Program, env: &Env, val: &Val, depth: u32) -> Abs {
    let of = |v: &Val| value(program, env, v, depth);
    match val {
        Val::Int(value) => Abs::Int(*value),
        Val::Unit => Abs::variant("()"),
        Val::Local(local) => env.locals.get(local).cloned().unwrap_or(Abs::Any),
        Val::Result(call) => env.results.get(call).cloned().unwrap_or(Abs::Any),
        Val::Ctor(path, fields) => Abs::Ctor(Sym::new(path.last()), fields.iter().map(of).collect()),
        Val::Struct(path, _) => Abs::variant(path.last()),
        Val::Const(path) => constant(program, *path, depth),
        Val::Inside(inner) => of(inner).inside(),
        Val::Phi(values) => agree(values.iter().map(of)),
        Val::Computed(values) if values.len() == 1 => of(&values[0]),
        Val::Field(inner, name) => match (of(inner), name.as_str().parse::<usize>()) {
            (Abs::Ctor(_, fields), Ok(i)) => fields.into_iter().nth(i).unwrap_or(Abs::Any),
            (Abs::Child(shape), Ok(0)) => Abs::Child(shape),
            (Abs::Parent(shape), Ok(0)) => Abs::Parent(shape),
            _ => Abs::Any,
        },
        _ => Abs::Any,
    }
}

fn constant(program: &Program, path: Sym, depth: u32) -> Abs {
    if let Some(def) = program.const_def(path) {
        if depth >= DEPTH {
            return Abs::Any;
        }
        return value(program, &Env::default(), &def.value, depth + 1);
    }
    // A variant without fields is written like a constant.
    let text = path.as_str();
    let of_enum = text.rsplit_once("::").and_then(|(ty, name)| {
        program.type_def(Sym::new(ty))?.variants.iter().any(|v| v.as_str() == name).then_some(name)
    });
    of_enum.map_or(Abs::Any, Abs::variant)
}

/// The one value that all are; an error beside a value is the failure that this walk did not have.
fn agree(values: impl Iterator<Item = Abs>) -> Abs {
    let mut one: Option<Abs> = None;
    for value in values {
        match &one {
            Some(known) if *known == value => {}
            Some(known) if known.is_err() => one = Some(value),
            Some(_) if value.is_err() => {}
            Some(_) => return Abs::Any,
            None => one = Some(value),
        }
    }
    one.unwrap_or(Abs::Any)
}

/// What a call returns.
pub(super) fn call(program: &Program, env: &Env, call: &Call, depth: u32) -> Abs {
    let args: Vec<Abs> = call.args.iter().map(|arg| value(program, env, arg, depth)).collect();
    // In the body that forks every failure counts, so that nothing is assumed of calls that know nothing of the fork.
    let unknown = args.iter().all(|a| *a == Abs::Any);
    if unknown && depth != 1 {
        return Abs::Any;
    }
    let name = match &call.callee {
        Callee::Path(path) => path.last(),
        Callee::Dispatch { method, .. } => method.as_str(),
        _ => return Abs::Any,
    };
    if let Some(known) = by_name(program, call, name, &args, depth) {
        return known;
    }
    if program.call_roles(&call.callee).contains(&Role::Transparent) {
        return args.into_iter().next().unwrap_or(Abs::Any);
    }
    // Implementations of a trait, a number's own methods mostly: what all agree on.
    let targets = program.call_targets(&call.callee).fns;
    if targets.len() > if unknown { 1 } else { TARGETS } {
        return Abs::Any;
    }
    agree(targets.into_iter().map(|target| helper(program, target, args.clone(), depth)))
}

/// Methods of `Result` and `Option`, and tests named after a variant (`is_child`).
fn by_name(program: &Program, call: &Call, name: &str, args: &[Abs], depth: u32) -> Option<Abs> {
    let Callee::Path(path) = &call.callee else { return None };
    let of_std =
        path.as_str().starts_with("std::result::Result::") || path.as_str().starts_with("std::option::Option::");
    let first = args.first()?;
    if of_std && matches!(name, "map" | "and_then") {
        let Some(Val::Fn(closure)) = call.args.get(1) else { return None };
        let &[closure] = program.by_path(*closure) else { return None };
        let inner = helper(program, closure, vec![first.clone().inside()], depth);
        return Some(match (name, first) {
            (_, Abs::Any) => Abs::Any,
            ("map", Abs::Ctor(coat, fields)) if fields.len() == 1 => Abs::Ctor(*coat, vec![inner]),
            _ => inner,
        });
    }
    if of_std && matches!(name, "map_err" | "or_else" | "unwrap" | "expect" | "ok" | "unwrap_or_else" | "ok_or_else") {
        return Some(if name.starts_with("un") || name == "expect" { first.clone().inside() } else { first.clone() });
    }
    let variant = match name {
        "is_child" => "Child",
        "is_parent" => "Parent",
        "is_ok" => "Ok",
        "is_err" => "Err",
        "is_some" => "Some",
        "is_none" => "None",
        _ => return None,
    };
    if !of_std && !program.by_path(*path).is_empty() {
        return None;
    }
    let pat = crate::facts::Pat::Variant(Sym::new(variant), Vec::new());
    Some(match (first, variant) {
        (Abs::Child(Shape::Int(_)), "Child") => Abs::Int(1),
        (Abs::Child(Shape::Int(_)), "Parent") => Abs::Int(0),
        (Abs::Parent(_), "Parent") => Abs::Int(1),
        (value, _) => match value.fits(&pat) {
            super::abs::Fits::Yes => Abs::Int(1),
            super::abs::Fits::No => Abs::Int(0),
            super::abs::Fits::Maybe => Abs::Any,
        },
    })
}

/// What a small function of the program returns for these arguments.
fn helper(program: &Program, function: FnId, args: Vec<Abs>, depth: u32) -> Abs {
    let f = program.function(function);
    if depth >= DEPTH || f.body.blocks.len() > BLOCKS {
        return Abs::Any;
    }
    let mut env = Env::default();
    for (param, value) in f.params.iter().zip(args) {
        if value != Abs::Any {
            env.locals.insert(param.local, value);
        }
    }
    // Calls in the helper are not evaluated beyond what `Walker` does; recursion ends by the block bound and depth.
    let walker = Walker { program, function, diverges: &|_| false, fork: None, depth: depth + 1 };
    let walk = walker.run(0, 0, env);
    agree(walk.exits.into_iter().map(|Exit { value, .. }| value))
}
