//! Paths in expressions: locals, items, associated functions and constants.

use crate::facts::{Callee, FnKind, Sym, Val};
use crate::resolve::{Def, FnSig, Found, Ns, Subst, Ty, ident_sym, join, method_path, spelled_constant, unify};
use std::sync::Arc;

use super::Lower;
use super::frame::Op;

/// What a path in an expression names.
pub(super) enum Named {
    Value(Op),
    Fn(Found),
    /// A tuple struct or variant with fields, and its type.
    Ctor(Sym, Ty),
    Unknown(Sym),
}

impl Lower<'_, '_> {
    pub(super) fn named(&mut self, path: &syn::ExprPath) -> Named {
        if path.qself.is_none()
            && path.path.leading_colon.is_none()
            && let Some(ident) = path.path.get_ident()
            && let Some(op) = self.local_named(ident_sym(ident))
        {
            return Named::Value(op);
        }
        let segs: Vec<Sym> = path.path.segments.iter().map(|s| ident_sym(&s.ident)).collect();
        let text = || Sym::new(&segs.iter().map(|s| s.as_str()).collect::<Vec<_>>().join("::"));
        if let Some(qself) = &path.qself {
            let of = self.cx.lower_ty(&qself.ty, self.env());
            let trait_ = (qself.position > 0)
                .then(|| {
                    self.cx.resolve_path(
                        self.frames[self.frames.len() - 1].module,
                        &segs[..qself.position],
                        path.path.leading_colon.is_some(),
                        Ns::Types,
                    )
                })
                .flatten()
                .and_then(|r| match r.def {
                    Def::Trait(t) | Def::Opaque(t) => Some(t),
                    _ => None,
                });
            let Some(&name) = segs.last() else { return Named::Unknown(text()) };
            return self.associated(&of, trait_, name).unwrap_or(Named::Unknown(text()));
        }
        let Some(&first) = segs.first() else { return Named::Unknown(text()) };
        if first.as_str() == "Self" || self.env().generics.iter().any(|(n, _)| *n == first) {
            let of = if first.as_str() == "Self" {
                self.env().self_ty.clone().unwrap_or(Ty::SelfTy)
            } else {
                Ty::Param(first)
            };
            if segs.len() == 1 {
                return match of.head() {
                    Some(head) => Named::Ctor(head, of),
                    None => Named::Unknown(text()),
                };
            }
            let last = segs[segs.len() - 1];
            let of = segs[1..segs.len() - 1]
                .iter()
                .fold(of, |of, name| self.cx.project(Ty::Assoc(Arc::new(of), Sym::new(""), *name)));
            if let Some(head) = of.head()
                && let Some(sig) = self.cx.world.type_sig(head)
                && sig.variants.iter().any(|(v, _)| *v == last)
            {
                return self.variant(head, last, Some(of));
            }
            return self.associated(&of, None, last).unwrap_or(Named::Unknown(text()));
        }
        let module = self.frames[self.frames.len() - 1].module;
        let Some(resolved) = self.cx.resolve_path(module, &segs, path.path.leading_colon.is_some(), Ns::Values) else {
            return Named::Unknown(text());
        };
        let turbofish = |at: usize| match path.path.segments.iter().nth(at).map(|s| &s.arguments) {
            Some(syn::PathArguments::AngleBracketed(args)) => Some(args.clone()),
            _ => None,
        };
        if resolved.used == segs.len() {
            let args = turbofish(segs.len() - 1).map(|a| self.cx.lower_args(&a, self.env())).unwrap_or_default();
            return self.item(resolved.def, args, text());
        }
        // `Type::<A>::name` or `Trait::name`: one associated item is left.
        if resolved.used + 1 != segs.len() {
            return Named::Unknown(text());
        }
        let name = segs[segs.len() - 1];
        match resolved.def {
            Def::Trait(t) => {
                let found = self.cx.dispatch(t, name, &Ty::Unknown);
                Named::Fn(found)
            }
            def => {
                let args = turbofish(resolved.used - 1).map(|a| self.cx.lower_args(&a, self.env())).unwrap_or_default();
                let of = self.cx.apply(def, args);
                self.associated(&of, None, name).unwrap_or_else(|| self.opaque_associated(&of, name, text()))
            }
        }
    }

    /// A function of a type that is known by its path alone.
    fn opaque_associated(&self, of: &Ty, name: Sym, text: Sym) -> Named {
        match of {
            Ty::Adt(head, _) if self.cx.world.is_open(*head) => {
                let path = join(*head, name);
                // A constant of an opaque type is spelled as one.
                if spelled_constant(name.as_str()) {
                    return Named::Value(Op::new(Val::Const(path), of.clone()));
                }
                Named::Fn(Found { callee: Callee::Path(path), sig: None, subst: Subst::default() })
            }
            _ => Named::Unknown(text),
        }
    }

    /// A local, or a captured one of an enclosing function.
    pub(super) fn local_named(&mut self, name: Sym) -> Option<Op> {
        let last = self.frames.len() - 1;
        if let Some(local) = self.frames[last].find(name) {
            let ty = self.frames[last].tys[local as usize].clone();
            return Some(match &ty {
                Ty::Fn(path) => Op::new(Val::Fn(*path), ty),
                _ => Op::new(Val::Local(local), ty),
            });
        }
        for at in (0..last).rev() {
            if let Some(local) = self.frames[at].find(name) {
                let ty = self.frames[at].tys[local as usize].clone();
                return Some(match &ty {
                    Ty::Fn(path) => Op::new(Val::Fn(*path), ty),
                    _ => Op::new(Val::Captured(name, ty.heads(false)), ty),
                });
            }
        }
        None
    }

    fn item(&mut self, def: Def, args: Vec<Ty>, text: Sym) -> Named {
        match def {
            Def::Fn(path) => {
                let sig = self.cx.world.fn_sig(path).cloned();
                let subst = sig.as_ref().map(|s| explicit(s, &args)).unwrap_or_default();
                Named::Fn(Found { callee: Callee::Path(path), sig, subst })
            }
            Def::Const(path) => {
                let ty = self.cx.world.value_ty(path).cloned().unwrap_or(Ty::Unknown);
                Named::Value(Op::new(Val::Const(path), ty))
            }
            Def::Static(path) => {
                let ty = self.cx.world.value_ty(path).cloned().unwrap_or(Ty::Unknown);
                Named::Value(Op::new(Val::Static(path), ty))
            }
            Def::Ctor(path) => {
                let ty = Ty::Adt(path, args.into());
                let unit = self.cx.world.type_sig(path).is_some_and(|s| s.fields.is_empty());
                if unit { Named::Value(Op::new(Val::Ctor(path, Vec::new()), ty)) } else { Named::Ctor(path, ty) }
            }
            Def::Variant(of, name) => self.variant(of, name, None),
            Def::Opaque(path) => {
                let last = path.last();
                if spelled_constant(last) {
                    Named::Value(Op::new(Val::Const(path), Ty::Unknown))
                } else if last.starts_with(|c: char| c.is_ascii_uppercase()) {
                    Named::Ctor(path, Ty::Adt(path, Arc::from([])))
                } else {
                    Named::Fn(Found { callee: Callee::Path(path), sig: None, subst: Subst::default() })
                }
            }
            _ => Named::Unknown(text),
        }
    }

    fn variant(&mut self, of: Sym, name: Sym, ty: Option<Ty>) -> Named {
        let sig = self.cx.world.type_sig(of);
        let generics = sig.map_or(0, |s| s.generics.len());
        let unit = sig.and_then(|s| s.variants.iter().find(|(n, _)| *n == name)).is_some_and(|(_, f)| f.is_empty());
        let ty = ty.unwrap_or_else(|| Ty::Adt(of, vec![Ty::Unknown; generics].into()));
        let path = join(of, name);
        if unit { Named::Value(Op::new(Val::Ctor(path, Vec::new()), ty)) } else { Named::Ctor(path, ty) }
    }

    /// `<of as trait_>::name`, `of::name`
    pub(super) fn associated(&mut self, of: &Ty, trait_: Option<Sym>, name: Sym) -> Option<Named> {
        if let Some(t) = trait_ {
            if let Some(head) = of.head() {
                let imps = self.cx.world.impls(head, &[t]);
                if let Some(imp) = imps.iter().find(|i| i.trait_.path == t && i.methods.contains_key(&name)) {
                    let mut subst = Subst::default();
                    unify(&imp.self_ty, of, &mut subst);
                    subst.insert(Sym::new("Self"), of.clone());
                    let path = if imp.stub { join(t, name) } else { method_path(head, Some(t), name) };
                    return Some(Named::Fn(Found {
                        callee: Callee::Path(path),
                        sig: imp.methods.get(&name).cloned(),
                        subst,
                    }));
                }
                if self.cx.trait_has(t, name) {
                    let mut found = self.cx.dispatch(t, name, of);
                    found.callee = Callee::Path(join(t, name));
                    return Some(Named::Fn(found));
                }
            }
            return Some(Named::Fn(self.cx.dispatch(t, name, of)));
        }
        if let Some(head) = of.head()
            && let Some(entry) = self.cx.world.inherent(head, name).first().cloned()
        {
            if entry.constant {
                return Some(Named::Value(Op::new(Val::Const(entry.path), entry.sig.ret.clone())));
            }
            let mut subst = Subst::default();
            unify(&entry.self_ty, of, &mut subst);
            subst.insert(Sym::new("Self"), of.clone());
            return Some(Named::Fn(Found { callee: Callee::Path(entry.path), sig: Some(entry.sig), subst }));
        }
        let env = self.env().clone();
        self.cx.method(of, name, &env).map(Named::Fn)
    }

    /// A function's own body refers to itself by this when its kind must be known.
    pub(super) fn closure_kind(&self) -> FnKind {
        FnKind::Closure { parent: self.frames[self.frames.len() - 1].path }
    }
}

/// What a turbofish says of the function's own parameters.
pub(super) fn explicit(sig: &FnSig, args: &[Ty]) -> Subst {
    sig.generics[sig.outer.min(sig.generics.len())..]
        .iter()
        .zip(args)
        .filter(|(_, t)| !t.is_unknown())
        .map(|((n, _), t)| (*n, t.clone()))
        .collect()
}
