//! From types in the source to [`Ty`].

use std::sync::Arc;

use super::cx::{Cx, ModId};
use super::idents::ident_sym;
use super::interface::Def;
use super::paths::join;
use super::ty::{Subst, TraitRef, Ty};
use super::world::Ns;
use crate::facts::Sym;

/// What a type is read against.
#[derive(Clone, Debug)]
pub(crate) struct TyEnv {
    pub(crate) module: ModId,
    /// Generic parameters in scope with their bounds.
    pub(crate) generics: Vec<(Sym, Vec<TraitRef>)>,
    /// What `Self` is; `Ty::SelfTy` in a trait.
    pub(crate) self_ty: Option<Ty>,
    /// The trait, inside its definition or implementation.
    pub(crate) trait_: Option<Sym>,
}

impl TyEnv {
    pub(crate) fn new(module: ModId) -> TyEnv {
        TyEnv { module, generics: Vec::new(), self_ty: None, trait_: None }
    }

    fn is_param(&self, name: Sym) -> bool {
        self.generics.iter().any(|(n, _)| *n == name)
    }

    /// Bounds of a generic parameter.
    pub(crate) fn bounds(&self, name: Sym) -> &[TraitRef] {
        self.generics.iter().rev().find(|(n, _)| *n == name).map_or(&[], |(_, b)| b)
    }
}

impl Cx<'_> {
    pub(crate) fn lower_ty(&self, ty: &syn::Type, env: &TyEnv) -> Ty {
        match ty {
            syn::Type::Path(path) => self.lower_path_ty(path, env),
            syn::Type::Reference(r) => Ty::Ref(Arc::new(self.lower_ty(&r.elem, env))),
            syn::Type::Ptr(p) => Ty::Ptr(Arc::new(self.lower_ty(&p.elem, env))),
            syn::Type::Slice(s) => Ty::Slice(Arc::new(self.lower_ty(&s.elem, env))),
            syn::Type::Array(a) => Ty::Slice(Arc::new(self.lower_ty(&a.elem, env))),
            syn::Type::Tuple(t) => Ty::Tuple(t.elems.iter().map(|t| self.lower_ty(t, env)).collect()),
            syn::Type::Paren(p) => self.lower_ty(&p.elem, env),
            syn::Type::Group(g) => self.lower_ty(&g.elem, env),
            syn::Type::Never(_) => Ty::Never,
            syn::Type::ImplTrait(i) => Ty::Bounds(self.lower_bounds(i.bounds.iter(), env).into(), false),
            syn::Type::TraitObject(t) => Ty::Bounds(self.lower_bounds(t.bounds.iter(), env).into(), true),
            syn::Type::FnPtr(f) => {
                let params = f.inputs.iter().map(|a| self.lower_ty(&a.ty, env)).collect();
                Ty::FnPtr(params, Arc::new(self.lower_ret(&f.output, env)))
            }
            _ => Ty::Unknown,
        }
    }

    pub(crate) fn lower_ret(&self, ret: &syn::ReturnType, env: &TyEnv) -> Ty {
        match ret {
            syn::ReturnType::Default => Ty::unit(),
            syn::ReturnType::Type(_, ty) => self.lower_ty(ty, env),
        }
    }

    pub(crate) fn lower_bounds<'b>(
        &self,
        bounds: impl Iterator<Item = &'b syn::TypeParamBound>,
        env: &TyEnv,
    ) -> Vec<TraitRef> {
        bounds
            .filter_map(|bound| match bound {
                syn::TypeParamBound::Trait(t) => self.lower_trait_ref(&t.path, env),
                _ => None,
            })
            .collect()
    }

    /// A trait path with its arguments, `Fn(A) -> R` included.
    pub(crate) fn lower_trait_ref(&self, path: &syn::Path, env: &TyEnv) -> Option<TraitRef> {
        let segs: Vec<Sym> = path.segments.iter().map(|s| ident_sym(&s.ident)).collect();
        let resolved = self.resolve_path(env.module, &segs, path.leading_colon.is_some(), Ns::Types)?;
        let trait_ = match resolved.def {
            Def::Trait(t) | Def::Opaque(t) => t,
            _ => return None,
        };
        let mut out = TraitRef::bare(trait_);
        match &path.segments.last()?.arguments {
            syn::PathArguments::Parenthesized(p) => {
                let params: Arc<[Ty]> = p.inputs.iter().map(|a| self.lower_ty(&a.ty, env)).collect();
                out.args = Arc::from([Ty::Tuple(params)]);
                out.assoc = Arc::from([(Sym::new("Output"), self.lower_ret(&p.output, env))]);
            }
            syn::PathArguments::AngleBracketed(args) => {
                out.args = self.lower_args(args, env).into();
                out.assoc = args
                    .args
                    .iter()
                    .filter_map(|a| match a {
                        syn::GenericArgument::AssocType(a) => Some((ident_sym(&a.ident), self.lower_ty(&a.ty, env))),
                        _ => None,
                    })
                    .collect();
            }
            syn::PathArguments::None => {}
        }
        Some(out)
    }

    pub(crate) fn lower_args(&self, args: &syn::AngleBracketedGenericArguments, env: &TyEnv) -> Vec<Ty> {
        args.args
            .iter()
            .filter_map(|a| match a {
                syn::GenericArgument::Type(t) => Some(self.lower_ty(t, env)),
                syn::GenericArgument::Const(_) => Some(Ty::Unknown),
                _ => None,
            })
            .collect()
    }

    fn lower_path_ty(&self, ty: &syn::TypePath, env: &TyEnv) -> Ty {
        let segs: Vec<Sym> = ty.path.segments.iter().map(|s| ident_sym(&s.ident)).collect();
        if let Some(qself) = &ty.qself {
            let of = self.lower_ty(&qself.ty, env);
            let trait_ = (qself.position > 0)
                .then(|| {
                    self.resolve_path(env.module, &segs[..qself.position], ty.path.leading_colon.is_some(), Ns::Types)
                })
                .flatten()
                .and_then(|r| match r.def {
                    Def::Trait(t) => Some(t),
                    _ => None,
                });
            let name = segs.last().copied().unwrap_or(Sym::new(""));
            return self.project(Ty::Assoc(Arc::new(of), trait_.unwrap_or(Sym::new("")), name));
        }
        let Some(&first) = segs.first() else { return Ty::Unknown };
        if first.as_str() == "Self" {
            let base = env.self_ty.clone().unwrap_or(Ty::Unknown);
            return segs[1..].iter().fold(base, |of, name| {
                self.project(Ty::Assoc(Arc::new(of), env.trait_.unwrap_or(Sym::new("")), *name))
            });
        }
        if env.is_param(first) {
            return segs[1..].iter().fold(Ty::Param(first), |of, name| Ty::Assoc(Arc::new(of), Sym::new(""), *name));
        }
        let Some(resolved) = self.resolve_path(env.module, &segs, ty.path.leading_colon.is_some(), Ns::Types) else {
            return Ty::Unknown;
        };
        let args = match ty.path.segments.iter().nth(resolved.used - 1).map(|s| &s.arguments) {
            Some(syn::PathArguments::AngleBracketed(args)) => self.lower_args(args, env),
            _ => Vec::new(),
        };
        let base = self.apply(resolved.def, args);
        segs[resolved.used..].iter().fold(base, |of, name| self.project(Ty::Assoc(Arc::new(of), Sym::new(""), *name)))
    }

    /// A named type with its arguments; aliases are seen through.
    pub(crate) fn apply(&self, def: Def, args: Vec<Ty>) -> Ty {
        match def {
            Def::Type(path) | Def::Ctor(path) | Def::Opaque(path) => Ty::Adt(path, args.into()),
            Def::Variant(path, _) => Ty::Adt(path, args.into()),
            Def::Prim(name) => Ty::Prim(name),
            Def::Trait(path) => {
                Ty::Bounds(Arc::from([TraitRef { path, args: args.into(), assoc: Arc::from([]) }]), true)
            }
            Def::Alias(path) => match self.world.alias(path) {
                Some((generics, ty)) => {
                    let with: Subst = generics
                        .iter()
                        .enumerate()
                        .map(|(i, g)| (*g, args.get(i).cloned().unwrap_or(Ty::Unknown)))
                        .collect();
                    ty.subst(&with)
                }
                None => Ty::Unknown,
            },
            _ => Ty::Unknown,
        }
    }

    /// An associated type, where an implementation says what it is.
    pub(crate) fn project(&self, ty: Ty) -> Ty {
        let Ty::Assoc(of, trait_, name) = &ty else { return ty };
        match &**of {
            Ty::Bounds(bounds, _) => {
                let given = bounds.iter().flat_map(|b| b.assoc.iter()).find(|(n, _)| n == name);
                given.map_or_else(|| ty.clone(), |(_, t)| t.clone())
            }
            Ty::Param(_) | Ty::SelfTy | Ty::Unknown | Ty::Assoc(..) => ty.clone(),
            known => {
                let known = known.peeled();
                let Some(head) = known.head() else { return Ty::Unknown };
                for imp in self.world.impls(head, &[]) {
                    if !trait_.as_str().is_empty() && imp.trait_.path != *trait_ {
                        continue;
                    }
                    if let Some((_, t)) = imp.assoc.iter().find(|(n, _)| n == name) {
                        let mut with = Subst::default();
                        super::ty::unify(&imp.self_ty, known, &mut with);
                        return t.subst(&with);
                    }
                }
                Ty::Unknown
            }
        }
    }

    /// Generic parameters with bounds from the list and from `where`.
    pub(crate) fn lower_generics(&self, generics: &syn::Generics, env: &mut TyEnv) -> Vec<(Sym, Vec<TraitRef>)> {
        let from = env.generics.len();
        for param in generics.params.iter() {
            match param {
                syn::GenericParam::Type(t) => env.generics.push((ident_sym(&t.ident), Vec::new())),
                syn::GenericParam::Const(c) => env.generics.push((ident_sym(&c.ident), Vec::new())),
                syn::GenericParam::Lifetime(_) => {}
            }
        }
        for param in generics.params.iter() {
            if let syn::GenericParam::Type(t) = param {
                let bounds = self.lower_bounds(t.bounds.iter(), env);
                add_bounds(env, ident_sym(&t.ident), bounds);
            }
        }
        for predicate in generics.where_clause.iter().flat_map(|w| &w.predicates) {
            if let syn::WherePredicate::Type(p) = predicate
                && let syn::Type::Path(path) = &p.bounded_ty
                && let Some(ident) = path.path.get_ident()
            {
                let bounds = self.lower_bounds(p.bounds.iter(), env);
                add_bounds(env, ident_sym(ident), bounds);
            }
        }
        env.generics[from..].to_vec()
    }

    /// Path of the type an impl is for; `*` for a blanket implementation, `?` for a type that is not known: what is
    /// implemented for that is implemented for nothing that is.
    pub(crate) fn self_path(&self, ty: &Ty) -> Sym {
        match ty {
            Ty::Adt(path, _) | Ty::Prim(path) => *path,
            Ty::Ref(inner) | Ty::Ptr(inner) => self.self_path(inner),
            Ty::Slice(_) => Sym::new("[]"),
            Ty::Tuple(_) => Sym::new("()"),
            Ty::Bounds(bounds, true) => bounds.first().map_or(Sym::new("*"), |b| Sym::new(&format!("dyn {}", b.path))),
            Ty::Unknown => Sym::new("?"),
            _ => Sym::new("*"),
        }
    }
}

fn add_bounds(env: &mut TyEnv, name: Sym, bounds: Vec<TraitRef>) {
    if let Some((_, known)) = env.generics.iter_mut().rev().find(|(n, _)| *n == name) {
        known.extend(bounds);
    }
}

/// Path of a type's or trait implementation's function.
pub(crate) fn method_path(self_path: Sym, trait_: Option<Sym>, name: Sym) -> Sym {
    match trait_ {
        Some(t) => Sym::new(&format!("<{self_path} as {t}>::{name}")),
        None => join(self_path, name),
    }
}
