//! Patterns: what they test, and what they bind.

use super::Lower;
use super::frame::Op;
use crate::facts::{CmpOp, Pat, Sym, Val};
use crate::resolve::{Cx, Def, Ns, Ty, ident_sym};

/// A pattern without its guard.
pub(super) fn split_guard(pat: &syn::Pat) -> (&syn::Pat, Option<&syn::Expr>) {
    match pat {
        syn::Pat::Guard(g) => (&g.pat, Some(&g.guard)),
        pat => (pat, None),
    }
}

/// Type of the items that iterating over a value gives.
pub(super) fn element(cx: &Cx<'_>, ty: &Ty) -> Ty {
    let by_ref = matches!(ty, Ty::Ref(_));
    let give = |t: Ty| if by_ref { Ty::Ref(std::sync::Arc::new(t)) } else { t };
    match ty.peeled() {
        Ty::Slice(t) => give((**t).clone()),
        Ty::Adt(path, args) => match path.as_str() {
            "std::iter::It" | "std::ops::Range" | "std::ops::RangeInclusive" => {
                args.first().cloned().unwrap_or(Ty::Unknown)
            }
            "std::vec::Vec"
            | "std::collections::VecDeque"
            | "std::option::Option"
            | "std::collections::HashSet"
            | "std::collections::BTreeSet" => args.first().cloned().map_or(Ty::Unknown, give),
            "std::collections::HashMap" | "std::collections::BTreeMap" if args.len() >= 2 => {
                Ty::Tuple([give(args[0].clone()), give(args[1].clone())].into())
            }
            _ => {
                let item = |t: &str| {
                    cx.project(Ty::Assoc(std::sync::Arc::new(ty.peeled().clone()), Sym::new(t), Sym::new("Item")))
                };
                let found = item("std::iter::Iterator");
                if matches!(found, Ty::Unknown | Ty::Assoc(..)) { item("std::iter::IntoIterator") } else { found }
            }
        },
        Ty::Bounds(bounds, _) => bounds
            .iter()
            .flat_map(|b| b.assoc.iter())
            .find(|(n, _)| n.as_str() == "Item")
            .map_or(Ty::Unknown, |(_, t)| t.clone()),
        _ => Ty::Unknown,
    }
}

impl Lower<'_, '_> {
    /// What a pattern tests of the value.
    pub(super) fn test_of(&mut self, pat: &syn::Pat, ty: &Ty) -> Pat {
        match pat {
            syn::Pat::Wild(_) | syn::Pat::Rest(_) => Pat::Any,
            syn::Pat::Ident(ident) => {
                if let Some((_, sub)) = &ident.subpat {
                    return self.test_of(sub, ty);
                }
                // A bare name may be a constant or a variant.
                match self.constant_pat(&[ident_sym(&ident.ident)]) {
                    Some(test) => test,
                    None => Pat::Any,
                }
            }
            syn::Pat::Paren(p) => self.test_of(&p.pat, ty),
            syn::Pat::Reference(r) => self.test_of(&r.pat, ty.peeled()),
            syn::Pat::Type(t) => self.test_of(&t.pat, ty),
            syn::Pat::Guard(_) => Pat::Opaque,
            syn::Pat::Or(or) => Pat::OneOf(or.cases.iter().map(|p| self.test_of(p, ty)).collect()),
            syn::Pat::Lit(lit) => match self.int_of(&lit.lit) {
                Some(n) => Pat::Cmp(CmpOp::Eq, n),
                None => Pat::Opaque,
            },
            syn::Pat::Range(range) => self.range_test(range),
            syn::Pat::Path(path) => {
                let segs: Vec<Sym> = path.path.segments.iter().map(|s| ident_sym(&s.ident)).collect();
                self.constant_pat(&segs).unwrap_or_else(|| variant(&segs, Vec::new()))
            }
            syn::Pat::TupleStruct(t) => {
                let segs: Vec<Sym> = t.path.segments.iter().map(|s| ident_sym(&s.ident)).collect();
                if self.is_struct(&segs) {
                    return Pat::Any;
                }
                let parts = t.elems.iter().map(|p| self.test_of(p, &Ty::Unknown)).collect();
                variant(&segs, parts)
            }
            syn::Pat::Struct(s) => {
                let segs: Vec<Sym> = s.path.segments.iter().map(|s| ident_sym(&s.ident)).collect();
                if self.is_struct(&segs) {
                    return Pat::Any;
                }
                let parts: Vec<Pat> = s.fields.iter().map(|f| self.test_of(&f.pat, &Ty::Unknown)).collect();
                variant(&segs, parts)
            }
            syn::Pat::Tuple(t) => {
                if t.elems.iter().all(|p| self.test_of(p, &Ty::Unknown) == Pat::Any) {
                    Pat::Any
                } else {
                    Pat::Opaque
                }
            }
            _ => Pat::Opaque,
        }
    }

    fn range_test(&mut self, range: &syn::PatRange) -> Pat {
        let bound = |this: &mut Self, e: &Option<Box<syn::Expr>>| e.as_ref().and_then(|e| this.int_expr(e));
        let (low, high) = (bound(self, &range.start), bound(self, &range.end));
        match (low, high, range.start.is_some(), range.end.is_some()) {
            (Some(low), _, _, false) => Pat::Cmp(CmpOp::Ge, low),
            (_, Some(high), false, _) => {
                Pat::Cmp(if matches!(range.limits, syn::RangeLimits::Closed(_)) { CmpOp::Le } else { CmpOp::Lt }, high)
            }
            // `1..=MAX` is as good as its lower bound for a pid.
            (Some(low), _, _, true) if low > 0 => Pat::Cmp(CmpOp::Ge, low),
            (_, Some(high), _, _) if high < 0 => Pat::Cmp(CmpOp::Le, high),
            _ => Pat::Opaque,
        }
    }

    fn int_of(&mut self, lit: &syn::Lit) -> Option<i64> {
        match lit {
            syn::Lit::Int(n) => n.base10_parse::<i128>().ok().map(|n| n as i64),
            syn::Lit::Bool(b) => Some(i64::from(b.value)),
            _ => None,
        }
    }

    fn int_expr(&mut self, expr: &syn::Expr) -> Option<i64> {
        match expr {
            syn::Expr::Lit(lit) => self.int_of(&lit.lit),
            syn::Expr::Unary(u) if matches!(u.op, syn::UnOp::Neg(_)) => self.int_expr(&u.expr).map(|n| -n),
            syn::Expr::Paren(p) => self.int_expr(&p.expr),
            syn::Expr::Group(p) => self.int_expr(&p.expr),
            _ => None,
        }
    }

    /// A path pattern that is a constant (tested by value where known) or a unit variant.
    fn constant_pat(&mut self, segs: &[Sym]) -> Option<Pat> {
        let first = segs.first()?;
        if first.as_str() == "Self" {
            return (segs.len() == 2).then(|| variant(segs, Vec::new()));
        }
        // Bindings are lower case; look up only what may be an item.
        if segs.len() == 1 && first.as_str().starts_with(|c: char| c.is_ascii_lowercase() || c == '_') {
            return None;
        }
        let module = self.frame().module;
        let resolved = self.cx.resolve_path(module, segs, false, Ns::Values)?;
        match resolved.def {
            Def::Variant(_, name) => Some(Pat::Variant(name, Vec::new())),
            Def::Const(path) if resolved.used == segs.len() => {
                let known = self.cx.facts.consts.iter().find(|c| c.path == path).map(|c| c.value.clone());
                Some(match known {
                    Some(Val::Int(n)) => Pat::Cmp(CmpOp::Eq, n),
                    _ => Pat::Opaque,
                })
            }
            Def::Ctor(_) => Some(Pat::Any),
            Def::Opaque(path) if path.last().bytes().any(|b| b.is_ascii_lowercase()) => {
                Some(Pat::Variant(Sym::new(path.last()), Vec::new()))
            }
            _ if resolved.used < segs.len() => Some(variant(segs, Vec::new())),
            _ => Some(Pat::Opaque),
        }
    }

    /// The path names a struct, which always fits.
    fn is_struct(&mut self, segs: &[Sym]) -> bool {
        if segs.first().is_some_and(|s| s.as_str() == "Self") {
            return segs.len() == 1;
        }
        let module = self.frame().module;
        let resolved = self
            .cx
            .resolve_path(module, segs, false, Ns::Values)
            .or_else(|| self.cx.resolve_path(module, segs, false, Ns::Types));
        matches!(resolved, Some(r) if r.used == segs.len() && matches!(r.def, Def::Ctor(_) | Def::Type(_) | Def::Alias(_)))
    }

    /// Declares and assigns what a pattern binds.
    pub(super) fn bind(&mut self, pat: &syn::Pat, op: Op) {
        match pat {
            syn::Pat::Ident(ident) => {
                let name = ident_sym(&ident.ident);
                if let Some((_, sub)) = &ident.subpat {
                    self.bind(sub, op.clone());
                } else if self.constant_pat(&[name]).is_some() {
                    return;
                }
                let span = self.span(ident.ident.span());
                let ty = if ident.by_ref.is_some() { Ty::Ref(std::sync::Arc::new(op.ty)) } else { op.ty };
                let local = self.frame().local(name, ty, span);
                self.set_local(local, op.val, span);
            }
            syn::Pat::Paren(p) => self.bind(&p.pat, op),
            syn::Pat::Guard(g) => self.bind(&g.pat, op),
            syn::Pat::Reference(r) => {
                let ty = op.ty.peeled().clone();
                self.bind(&r.pat, Op::new(op.val, ty));
            }
            syn::Pat::Type(t) => {
                let ty = self.cx.lower_ty(&t.ty, self.env());
                let ty = if ty.is_unknown() { op.ty } else { ty };
                self.bind(&t.pat, Op::new(op.val, ty));
            }
            syn::Pat::Or(or) => {
                // Each case binds the same names.
                if let Some(first) = or.cases.first() {
                    self.bind(first, op);
                }
            }
            syn::Pat::Tuple(t) => {
                let tys = match op.ty.peeled() {
                    Ty::Tuple(parts) => parts.to_vec(),
                    _ => Vec::new(),
                };
                let rest = t.elems.iter().position(|p| matches!(p, syn::Pat::Rest(_)));
                let count = t.elems.len();
                for (i, part) in t.elems.iter().enumerate() {
                    let at = if rest.is_some_and(|r| i > r) { tys.len().saturating_sub(count - i) } else { i };
                    let ty = tys.get(at).cloned().unwrap_or(Ty::Unknown);
                    let val = match &op.val {
                        Val::Ctor(name, parts) if name.as_str().is_empty() => {
                            parts.get(at).cloned().unwrap_or(Val::Unknown)
                        }
                        val => Val::Field(Box::new(val.clone()), Sym::new(&at.to_string())),
                    };
                    self.bind(part, Op::new(val, ty));
                }
            }
            syn::Pat::TupleStruct(t) => {
                let segs: Vec<Sym> = t.path.segments.iter().map(|s| ident_sym(&s.ident)).collect();
                let tys = self.parts_of(&segs, &op.ty);
                let single = t.elems.len() == 1;
                for (i, part) in t.elems.iter().enumerate() {
                    let ty = tys.get(i).map_or(Ty::Unknown, |(_, t)| t.clone());
                    let val = if single {
                        Val::Inside(Box::new(op.val.clone()))
                    } else {
                        Val::Field(Box::new(op.val.clone()), Sym::new(&i.to_string()))
                    };
                    self.bind(part, Op::new(val, ty));
                }
            }
            syn::Pat::Struct(s) => {
                let segs: Vec<Sym> = s.path.segments.iter().map(|s| ident_sym(&s.ident)).collect();
                let tys = self.parts_of(&segs, &op.ty);
                for field in &s.fields {
                    let name = match &field.member {
                        syn::Member::Named(ident) => ident_sym(ident),
                        syn::Member::Unnamed(index) => Sym::new(&index.index.to_string()),
                    };
                    let ty = tys.iter().find(|(n, _)| *n == name).map_or(Ty::Unknown, |(_, t)| t.clone());
                    self.bind(&field.pat, Op::new(Val::Field(Box::new(op.val.clone()), name), ty));
                }
            }
            syn::Pat::Slice(s) => {
                let ty = element(self.cx, &op.ty);
                for (i, part) in s.elems.iter().enumerate() {
                    let val = Val::Field(Box::new(op.val.clone()), Sym::new(&i.to_string()));
                    self.bind(part, Op::new(val, ty.clone()));
                }
            }
            _ => {}
        }
    }

    /// Fields of the variant or struct a pattern names, typed by the value's type.
    fn parts_of(&mut self, segs: &[Sym], ty: &Ty) -> Vec<(Sym, Ty)> {
        let Some(&last) = segs.last() else { return Vec::new() };
        let by_ref = matches!(ty, Ty::Ref(_));
        let mut of = ty.peeled().clone();
        // The value's type may be unknown where the pattern's path is not.
        if of.head().is_none() && !matches!(of, Ty::Tuple(_)) {
            let module = self.frame().module;
            if let Some(r) = self.cx.resolve_path(module, segs, false, Ns::Values) {
                of = match r.def {
                    Def::Variant(path, _) | Def::Ctor(path) => Ty::Adt(path, std::sync::Arc::from([])),
                    _ => of,
                };
            }
        }
        for _ in 0..4 {
            if let Ty::Adt(path, args) = &of
                && let Some(sig) = self.cx.world.type_sig(*path)
            {
                let with = sig.generics.iter().copied().zip(args.iter().cloned()).collect();
                let fields = match sig.variants.iter().find(|(v, _)| *v == last) {
                    Some((_, fields)) => Some(fields),
                    None if sig.variants.is_empty() => Some(&sig.fields),
                    None => None,
                };
                if let Some(fields) = fields {
                    let wrap =
                        |t: Ty| if by_ref && !matches!(t, Ty::Ref(_)) { Ty::Ref(std::sync::Arc::new(t)) } else { t };
                    return fields.iter().map(|(n, t)| (*n, wrap(t.subst(&with)))).collect();
                }
            }
            match self.cx.deref(&of) {
                Some(next) => of = next,
                None => break,
            }
        }
        Vec::new()
    }
}

fn variant(segs: &[Sym], parts: Vec<Pat>) -> Pat {
    Pat::Variant(segs.last().copied().unwrap_or(Sym::new("")), parts)
}
