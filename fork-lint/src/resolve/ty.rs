//! Light types: what a binding, a field or a return value is, as far as signatures say.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::facts::Sym;

/// A type. `Unknown` wherever the text does not say; nothing is guessed.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub enum Ty {
    /// Not known.
    #[default]
    Unknown,
    /// `!`
    Never,
    /// A primitive (`i32`, `str`).
    Prim(Sym),
    /// A struct, enum or union with its type arguments.
    Adt(Sym, Arc<[Ty]>),
    /// A tuple; empty for `()`.
    Tuple(Arc<[Ty]>),
    /// `&T`, `&mut T`
    Ref(Arc<Ty>),
    /// `*const T`, `*mut T`
    Ptr(Arc<Ty>),
    /// `[T]`, `[T; n]`
    Slice(Arc<Ty>),
    /// A function item or closure, by path.
    Fn(Sym),
    /// `fn(A) -> R`
    FnPtr(Arc<[Ty]>, Arc<Ty>),
    /// A generic parameter of the function or impl at hand.
    Param(Sym),
    /// `dyn A + B` (true) or `impl A + B` (false)
    Bounds(Arc<[TraitRef]>, bool),
    /// `<T as Trait>::Name`; the trait is empty when not written.
    Assoc(Arc<Ty>, Sym, Sym),
    /// `Self` in a trait.
    SelfTy,
}

/// A trait with its arguments: `Fn(A) -> R` has `args = [(A,)]` and `assoc = [(Output, R)]`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct TraitRef {
    /// Path of the trait.
    pub path: Sym,
    /// Its type arguments.
    pub args: Arc<[Ty]>,
    /// Its associated types where given.
    pub assoc: Arc<[(Sym, Ty)]>,
}

/// What generic parameters stand for; `Self` is kept under the name `Self`.
pub(crate) type Subst = FxHashMap<Sym, Ty>;

impl Ty {
    pub(crate) fn unit() -> Ty {
        Ty::Tuple(Arc::from([]))
    }

    pub(crate) fn adt(path: &str, args: Vec<Ty>) -> Ty {
        Ty::Adt(Sym::new(path), Arc::from(args))
    }

    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self, Ty::Unknown)
    }

    /// Without references and raw pointers around it.
    pub(crate) fn peeled(&self) -> &Ty {
        let mut ty = self;
        while let Ty::Ref(inner) | Ty::Ptr(inner) = ty {
            ty = inner;
        }
        ty
    }

    /// Path of the outermost type constructor.
    pub(crate) fn head(&self) -> Option<Sym> {
        match self {
            Ty::Adt(path, _) | Ty::Prim(path) => Some(*path),
            Ty::Slice(_) => Some(Sym::new("[]")),
            Ty::Tuple(_) => Some(Sym::new("()")),
            _ => None,
        }
    }

    /// Puts types in place of generic parameters and `Self`.
    pub(crate) fn subst(&self, with: &Subst) -> Ty {
        let list = |tys: &Arc<[Ty]>| -> Arc<[Ty]> { tys.iter().map(|t| t.subst(with)).collect() };
        match self {
            Ty::Param(name) => with.get(name).cloned().unwrap_or_else(|| self.clone()),
            Ty::SelfTy => with.get(&Sym::new("Self")).cloned().unwrap_or(Ty::SelfTy),
            Ty::Adt(path, args) if !args.is_empty() => Ty::Adt(*path, list(args)),
            Ty::Tuple(parts) if !parts.is_empty() => Ty::Tuple(list(parts)),
            Ty::Ref(t) => Ty::Ref(Arc::new(t.subst(with))),
            Ty::Ptr(t) => Ty::Ptr(Arc::new(t.subst(with))),
            Ty::Slice(t) => Ty::Slice(Arc::new(t.subst(with))),
            Ty::FnPtr(params, ret) => Ty::FnPtr(list(params), Arc::new(ret.subst(with))),
            Ty::Bounds(bounds, dynamic) => Ty::Bounds(bounds.iter().map(|b| b.subst(with)).collect(), *dynamic),
            Ty::Assoc(of, trait_, name) => Ty::Assoc(Arc::new(of.subst(with)), *trait_, *name),
            _ => self.clone(),
        }
    }

    /// Type constructors outermost first: of a value (through wrappers that own what they hold), or all of them.
    pub(crate) fn heads(&self, all: bool) -> Vec<Sym> {
        let mut out = Vec::new();
        self.collect_heads(all, &mut out, 0);
        out
    }

    fn collect_heads(&self, all: bool, out: &mut Vec<Sym>, depth: usize) {
        if depth > 8 || out.len() >= 12 {
            return;
        }
        match self {
            Ty::Adt(path, args) => {
                out.push(*path);
                let through = all || owns_its_argument(path.as_str());
                for arg in args.iter().take(if through { args.len() } else { 0 }) {
                    arg.collect_heads(all, out, depth + 1);
                }
            }
            Ty::Tuple(parts) => parts.iter().for_each(|t| t.collect_heads(all, out, depth + 1)),
            Ty::Ref(t) | Ty::Ptr(t) | Ty::Slice(t) => t.collect_heads(all, out, depth + 1),
            Ty::Bounds(bounds, _) => out.extend(bounds.iter().map(|b| b.path)),
            _ => {}
        }
    }
}

/// Wrappers whose value is, for our purposes, the value they hold.
fn owns_its_argument(path: &str) -> bool {
    matches!(
        path,
        "std::option::Option"
            | "std::result::Result"
            | "std::boxed::Box"
            | "std::rc::Rc"
            | "std::sync::Arc"
            | "std::vec::Vec"
            | "std::pin::Pin"
            | "std::mem::ManuallyDrop"
            | "std::collections::VecDeque"
            | "std::cell::RefCell"
            | "std::cell::Cell"
            | "std::task::Poll"
    )
}

impl TraitRef {
    pub(crate) fn bare(path: Sym) -> TraitRef {
        TraitRef { path, args: Arc::from([]), assoc: Arc::from([]) }
    }

    pub(crate) fn subst(&self, with: &Subst) -> TraitRef {
        TraitRef {
            path: self.path,
            args: self.args.iter().map(|t| t.subst(with)).collect(),
            assoc: self.assoc.iter().map(|(n, t)| (*n, t.subst(with))).collect(),
        }
    }

    /// For an `Fn*` bound: parameter types and return type.
    pub(crate) fn callable(&self) -> Option<(Vec<Ty>, Ty)> {
        if !is_fn_trait(self.path.as_str()) {
            return None;
        }
        let params = match self.args.first() {
            Some(Ty::Tuple(parts)) => parts.to_vec(),
            _ => Vec::new(),
        };
        let ret = self.assoc.iter().find(|(n, _)| n.as_str() == "Output").map_or(Ty::Unknown, |(_, t)| t.clone());
        Some((params, ret))
    }
}

/// `Fn`, `FnMut`, `FnOnce` and their async forms.
pub(crate) fn is_fn_trait(path: &str) -> bool {
    matches!(
        path,
        "std::ops::Fn"
            | "std::ops::FnMut"
            | "std::ops::FnOnce"
            | "std::ops::AsyncFn"
            | "std::ops::AsyncFnMut"
            | "std::ops::AsyncFnOnce"
    )
}

/// Learns what the generic parameters in `pattern` stand for from an actual type.
pub(crate) fn unify(pattern: &Ty, actual: &Ty, out: &mut Subst) {
    match (pattern, actual) {
        (_, Ty::Unknown) => {}
        (Ty::Param(name), actual) => {
            let known = out.entry(*name).or_insert(Ty::Unknown);
            if known.is_unknown() || less_known(known, actual) {
                *known = actual.clone();
            }
        }
        (Ty::Adt(a, xs), Ty::Adt(b, ys)) if a == b => xs.iter().zip(ys.iter()).for_each(|(x, y)| unify(x, y, out)),
        (Ty::Tuple(xs), Ty::Tuple(ys)) => xs.iter().zip(ys.iter()).for_each(|(x, y)| unify(x, y, out)),
        (Ty::Ref(x), Ty::Ref(y)) | (Ty::Ptr(x), Ty::Ptr(y)) | (Ty::Slice(x), Ty::Slice(y)) => unify(x, y, out),
        (Ty::Ptr(x), Ty::Ref(y)) => unify(x, y, out),
        (Ty::FnPtr(xs, x), Ty::FnPtr(ys, y)) => {
            xs.iter().zip(ys.iter()).for_each(|(x, y)| unify(x, y, out));
            unify(x, y, out);
        }
        _ => {}
    }
}

fn less_known(old: &Ty, new: &Ty) -> bool {
    matches!((old, new), (Ty::Adt(a, xs), Ty::Adt(b, _)) if a == b && xs.iter().any(Ty::is_unknown))
}
