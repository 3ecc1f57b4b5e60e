//! Method look-up on light types: autoderef, inherent functions, implementations, bounds, traits in scope.

use std::sync::Arc;

use super::cx::{Cx, ModId};
use super::interface::{FnSig, ImplSig};
use super::ty::{Subst, TraitRef, Ty, unify};
use super::types::{TyEnv, method_path};
use crate::facts::{Callee, Sym};

/// A method that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) callee: Callee,
    pub(crate) sig: Option<Arc<FnSig>>,
    /// What the impl's generic parameters and `Self` stand for.
    pub(crate) subst: Subst,
}

/// How far autoderef goes; longer chains do not occur in practice.
const DEREFS: usize = 10;

impl Cx<'_> {
    /// The method `name` on a receiver of type `ty`.
    pub(crate) fn method(&self, ty: &Ty, name: Sym, env: &TyEnv) -> Option<Found> {
        let mut at = ty.clone();
        for _ in 0..DEREFS {
            if let Some(found) = self.method_at(&at, name, env) {
                return Some(found);
            }
            match self.deref(&at) {
                Some(next) => at = next,
                None => break,
            }
        }
        None
    }

    /// `*value`
    pub(crate) fn deref(&self, ty: &Ty) -> Option<Ty> {
        match ty {
            Ty::Ref(inner) | Ty::Ptr(inner) => Some((**inner).clone()),
            Ty::Adt(path, args) => match path.as_str() {
                "std::boxed::Box" | "std::rc::Rc" | "std::sync::Arc" => args.first().cloned(),
                _ => {
                    let target =
                        self.project(Ty::Assoc(Arc::new(ty.clone()), Sym::new("std::ops::Deref"), Sym::new("Target")));
                    (!matches!(target, Ty::Unknown | Ty::Assoc(..))).then_some(target)
                }
            },
            _ => None,
        }
    }

    /// The method on exactly this type, without dereferencing.
    fn method_at(&self, ty: &Ty, name: Sym, env: &TyEnv) -> Option<Found> {
        match ty {
            Ty::Param(param) => self.bound_method(env.bounds(*param), ty, name),
            Ty::Bounds(bounds, _) => self.bound_method(bounds, ty, name),
            Ty::SelfTy => env.trait_.and_then(|t| self.bound_method(&[TraitRef::bare(t)], ty, name)),
            Ty::Unknown | Ty::Never | Ty::Ref(_) | Ty::Ptr(_) => None,
            Ty::Assoc(of, trait_, assoc) => self.assoc_method(of, *trait_, *assoc, ty, name, env),
            Ty::Fn(_) | Ty::FnPtr(..) => None,
            _ => self.type_method(ty, name, env.module),
        }
    }

    /// On `T::Item` and the like: the bounds in the trait are not kept, so only traits in scope can say.
    fn assoc_method(&self, _of: &Ty, _trait: Sym, _name: Sym, ty: &Ty, method: Sym, env: &TyEnv) -> Option<Found> {
        self.scope_trait(env.module, method).map(|t| self.dispatch(t, method, ty))
    }

    /// An inherent function, or one of an implementation for the type.
    pub(crate) fn type_method(&self, ty: &Ty, name: Sym, module: ModId) -> Option<Found> {
        let head = ty.head()?;
        let inherent = self.world.inherent(head, name);
        if let Some(entry) = inherent.iter().find(|e| fits(&e.self_ty, ty)).or(inherent.first())
            && !entry.constant
        {
            let mut subst = Subst::default();
            unify(&entry.self_ty, ty, &mut subst);
            subst.insert(Sym::new("Self"), ty.clone());
            return Some(Found { callee: Callee::Path(entry.path), sig: Some(entry.sig.clone()), subst });
        }
        let in_scope = self.traits_in_scope(module);
        let imps = self.world.impls(head, &in_scope);
        let has = |imp: &ImplSig| imp.methods.contains_key(&name) || self.trait_has(imp.trait_.path, name);
        let imp = imps.iter().find(|i| has(i) && fits(&i.self_ty, ty)).or_else(|| imps.iter().find(|i| has(i)));
        if let Some(imp) = imp {
            return Some(self.impl_found(imp, head, ty, name));
        }
        // A derive gives the methods of well-known traits without an impl to be seen.
        if let Some(found) = self.derived(head, ty, name) {
            return Some(found);
        }
        let blanket = Sym::new("*");
        let imps = self.world.impls(blanket, &in_scope);
        let imp = imps
            .iter()
            .find(|i| in_scope.contains(&i.trait_.path) && has(i))
            .or_else(|| imps.iter().find(|i| i.stub && has(i) && !in_scope.iter().any(|t| self.trait_has(*t, name))))?;
        Some(self.impl_found(imp, blanket, ty, name))
    }

    fn impl_found(&self, imp: &ImplSig, head: Sym, ty: &Ty, name: Sym) -> Found {
        let mut subst = Subst::default();
        unify(&imp.self_ty, ty, &mut subst);
        subst.insert(Sym::new("Self"), ty.clone());
        self.bind_trait(&imp.trait_, &mut subst);
        for (n, t) in &imp.assoc {
            let known = t.subst(&subst);
            subst.insert(*n, known);
        }
        let trait_ = imp.trait_.path;
        match imp.methods.get(&name) {
            Some(sig) => {
                let written = method_path(head, Some(trait_), name);
                // What a stub says of a trait's method holds for its implementations, unless one says otherwise.
                let path = if imp.stub && self.catalogue.entry(written).is_none() {
                    super::paths::join(trait_, name)
                } else {
                    written
                };
                Found { callee: Callee::Path(path), sig: Some(sig.clone()), subst }
            }
            None => {
                let sig = self.world.trait_sig(trait_).and_then(|t| t.methods.get(&name)).map(|(s, _)| s.clone());
                Found { callee: Callee::Path(super::paths::join(trait_, name)), sig, subst }
            }
        }
    }

    fn derived(&self, head: Sym, ty: &Ty, name: Sym) -> Option<Found> {
        let trait_ = match name.as_str() {
            "clone" | "clone_from" => "Clone",
            "eq" | "ne" => "PartialEq",
            "cmp" => "Ord",
            "partial_cmp" => "PartialOrd",
            "hash" => "Hash",
            "fmt" => "Debug",
            _ => return None,
        };
        let sig = self.world.type_sig(head)?;
        if !sig.derives.iter().any(|d| d.as_str() == trait_) {
            return None;
        }
        let allocates = trait_ == "Clone"
            && !sig.copy
            && owns_memory(sig.fields.iter().chain(sig.variants.iter().flat_map(|(_, f)| f)).map(|(_, t)| t));
        let path = if allocates { "std::clone::Clone::clone_deep" } else { "std::clone::Clone::clone_derived" };
        let mut subst = Subst::default();
        subst.insert(Sym::new("Self"), ty.clone());
        let ret = if trait_ == "Clone" { ty.clone() } else { Ty::Unknown };
        let sig =
            Arc::new(FnSig { params: vec![Ty::Ref(Arc::new(ty.clone()))], has_self: true, ret, ..FnSig::default() });
        Some(Found { callee: Callee::Path(Sym::new(path)), sig: Some(sig), subst })
    }

    fn bound_method(&self, bounds: &[TraitRef], ty: &Ty, name: Sym) -> Option<Found> {
        let mut queue: Vec<TraitRef> = bounds.to_vec();
        let mut seen = 0;
        while seen < queue.len() && seen < 64 {
            let bound = queue[seen].clone();
            seen += 1;
            let Some(sig) = self.world.trait_sig(bound.path) else { continue };
            if sig.methods.contains_key(&name) {
                let mut found = self.dispatch(bound.path, name, ty);
                self.bind_trait(&bound, &mut found.subst);
                return Some(found);
            }
            for upper in &sig.supers {
                if !queue.iter().any(|q| q.path == upper.path) {
                    queue.push(upper.clone());
                }
            }
        }
        None
    }

    fn bind_trait(&self, bound: &TraitRef, subst: &mut Subst) {
        if let Some(sig) = self.world.trait_sig(bound.path) {
            for (name, ty) in sig.generics.iter().zip(bound.args.iter()) {
                subst.insert(*name, ty.clone());
            }
        }
        for (name, ty) in bound.assoc.iter() {
            subst.insert(*name, ty.clone());
        }
    }

    /// A call that the trait decides.
    pub(crate) fn dispatch(&self, trait_: Sym, method: Sym, ty: &Ty) -> Found {
        let sig = self.world.trait_sig(trait_).and_then(|t| t.methods.get(&method)).map(|(s, _)| s.clone());
        let mut subst = Subst::default();
        subst.insert(Sym::new("Self"), ty.clone());
        let written = super::paths::join(trait_, method);
        // A catalogued trait method says by itself what it does.
        let callee = if self.catalogue.entry(written).is_some() {
            Callee::Path(written)
        } else {
            Callee::Dispatch { trait_, method }
        };
        Found { callee, sig, subst }
    }

    pub(crate) fn trait_has(&self, trait_: Sym, name: Sym) -> bool {
        self.world.trait_sig(trait_).is_some_and(|t| t.methods.contains_key(&name))
    }

    pub(crate) fn traits_in_scope(&self, mut module: ModId) -> Vec<Sym> {
        let mut out = Vec::new();
        loop {
            let info = &self.modules[module];
            if let Some(scope) = self.world.scope(info.path) {
                out.extend(scope.traits.iter().copied());
            }
            match (info.block, info.parent) {
                (true, Some(parent)) => module = parent,
                _ => break,
            }
        }
        out
    }

    /// The one trait imported by name that has this method: evidence enough where the receiver's type is not known.
    pub(crate) fn scope_trait(&self, module: ModId, name: Sym) -> Option<Sym> {
        let mut having = self.traits_in_scope(module).into_iter().filter(|t| self.trait_has(*t, name));
        let first = having.next()?;
        having.all(|t| t == first).then_some(first)
    }
}

/// The impl's self type may be this type: no known part contradicts.
fn fits(pattern: &Ty, ty: &Ty) -> bool {
    match (pattern, ty) {
        (Ty::Unknown | Ty::Param(_) | Ty::Assoc(..) | Ty::SelfTy, _)
        | (_, Ty::Unknown | Ty::Param(_) | Ty::Assoc(..)) => true,
        (Ty::Adt(a, xs), Ty::Adt(b, ys)) => a == b && xs.iter().zip(ys.iter()).all(|(x, y)| fits(x, y)),
        (Ty::Ref(x), Ty::Ref(y)) | (Ty::Ptr(x), Ty::Ptr(y)) | (Ty::Slice(x), Ty::Slice(y)) => fits(x, y),
        (Ty::Ref(x), y) => fits(x, y),
        (Ty::Tuple(xs), Ty::Tuple(ys)) => xs.len() == ys.len() && xs.iter().zip(ys.iter()).all(|(x, y)| fits(x, y)),
        (a, b) => a == b,
    }
}

/// A derived `Clone` of such fields takes memory.
fn owns_memory<'a>(fields: impl Iterator<Item = &'a Ty>) -> bool {
    fields.into_iter().any(|ty| {
        ty.heads(true).iter().any(|h| {
            matches!(
                h.as_str(),
                "std::string::String"
                    | "std::vec::Vec"
                    | "std::boxed::Box"
                    | "std::collections::HashMap"
                    | "std::collections::BTreeMap"
                    | "std::collections::VecDeque"
                    | "std::path::PathBuf"
                    | "std::ffi::CString"
                    | "std::ffi::OsString"
            )
        })
    })
}
