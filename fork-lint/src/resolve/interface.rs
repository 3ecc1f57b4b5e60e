//! What one crate shows to the crates that use it: names, signatures, implementations, macros.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::ty::{TraitRef, Ty};
use crate::facts::Sym;
use crate::syntax::MacroDef;

/// Names, signatures, implementations and macros of one crate.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct Interface {
    /// Root of its canonical paths.
    pub root: String,
    /// From a stub: effects come from the catalogue, bodies are not there.
    pub stub: bool,
    pub(crate) modules: FxHashMap<Sym, Scope>,
    pub(crate) types: FxHashMap<Sym, TypeSig>,
    pub(crate) aliases: FxHashMap<Sym, (Vec<Sym>, Ty)>,
    pub(crate) traits: FxHashMap<Sym, TraitSig>,
    pub(crate) fns: FxHashMap<Sym, Arc<FnSig>>,
    /// Types of constants and statics.
    pub(crate) values: FxHashMap<Sym, Ty>,
    /// Type → its inherent functions by name.
    pub(crate) inherent: FxHashMap<Sym, FxHashMap<Sym, Vec<Assoc>>>,
    /// Type → implementations of traits for it; `*` for blanket ones.
    pub(crate) impls: FxHashMap<Sym, Vec<Arc<ImplSig>>>,
    pub(crate) macros: FxHashMap<Sym, MacroDef>,
}

/// The names of a module.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Scope {
    pub(crate) types: FxHashMap<Sym, Named>,
    pub(crate) values: FxHashMap<Sym, Named>,
    /// Macro name → path under which `macros` of its crate has it.
    pub(crate) macros: FxHashMap<Sym, Named>,
    /// Traits in scope, also those imported as `_`.
    pub(crate) traits: Vec<Sym>,
    /// Modules of crates known by stubs alone that are imported whole: they may bring names that no stub lists.
    pub(crate) open_globs: Vec<Sym>,
}

/// What a name means, and whether other crates may use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Named {
    pub(crate) def: Def,
    pub(crate) public: bool,
    /// From a glob import: anything else of that name goes before it.
    pub(crate) glob: bool,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub(crate) enum Def {
    Module(Sym),
    Type(Sym),
    Trait(Sym),
    Alias(Sym),
    Prim(Sym),
    Fn(Sym),
    Const(Sym),
    Static(Sym),
    /// A tuple or unit struct, as a value.
    Ctor(Sym),
    /// Enum and variant name.
    Variant(Sym, Sym),
    Macro(Sym),
    /// A path into a crate whose source is not at hand.
    Opaque(Sym),
}

/// A struct, enum or union.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct TypeSig {
    pub(crate) generics: Vec<Sym>,
    /// Fields of a struct or union.
    pub(crate) fields: Vec<(Sym, Ty)>,
    /// Variants of an enum with their fields.
    pub(crate) variants: Vec<(Sym, Vec<(Sym, Ty)>)>,
    pub(crate) copy: bool,
    pub(crate) derives: Vec<Sym>,
}

/// A trait.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct TraitSig {
    pub(crate) generics: Vec<Sym>,
    pub(crate) supers: Vec<TraitRef>,
    /// Method → its signature, and whether it has a body.
    pub(crate) methods: FxHashMap<Sym, (Arc<FnSig>, bool)>,
    /// Default associated types.
    pub(crate) assoc: Vec<(Sym, Ty)>,
}

/// A signature.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct FnSig {
    /// Generic parameters (of the function; of its impl too) with their bounds.
    pub(crate) generics: Vec<(Sym, Vec<TraitRef>)>,
    /// How many of them are the impl's; they come first.
    pub(crate) outer: usize,
    /// Parameter types, `self` first.
    pub(crate) params: Vec<Ty>,
    pub(crate) has_self: bool,
    pub(crate) ret: Ty,
    pub(crate) is_async: bool,
}

/// A function found on a type.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Assoc {
    pub(crate) path: Sym,
    /// The impl's self type, with its parameters.
    pub(crate) self_ty: Ty,
    pub(crate) sig: Arc<FnSig>,
    /// A constant, not a function.
    pub(crate) constant: bool,
}

/// An implementation of a trait.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct ImplSig {
    pub(crate) trait_: TraitRef,
    pub(crate) self_ty: Ty,
    pub(crate) assoc: Vec<(Sym, Ty)>,
    pub(crate) methods: FxHashMap<Sym, Arc<FnSig>>,
    pub(crate) stub: bool,
}
