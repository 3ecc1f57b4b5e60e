//! Expressions that are no control flow: values, fields, operators, literals, assignments.

use std::sync::Arc;

use super::Lower;
use super::assign::is_compound;
use super::frame::Op;
use super::path::Named;
use crate::facts::{AssignOp, Callee, Event, Sym, UnseenKind, Val};
use crate::resolve::{Ty, ident_sym, join};
use crate::syntax::Extent as _;

impl Lower<'_, '_> {
    /// Lowers an expression; `expect` is the type its place asks for, where known.
    pub(super) fn expr(&mut self, expr: &syn::Expr, expect: &Ty) -> Op {
        self.depth += 1;
        if self.depth > super::MAX_DEPTH {
            self.depth -= 1;
            let span = self.span(expr.span());
            self.cx.unseen(
                UnseenKind::Bound,
                format!("expression nested more than {} deep", super::MAX_DEPTH),
                Some(span),
            );
            return Op::unknown();
        }
        let op = self.expr_inner(expr, expect);
        self.depth -= 1;
        op
    }

    fn expr_inner(&mut self, expr: &syn::Expr, expect: &Ty) -> Op {
        match expr {
            syn::Expr::Lit(lit) => literal(&lit.lit),
            syn::Expr::Path(path) => self.path_value(path),
            syn::Expr::Paren(e) => self.expr(&e.expr, expect),
            syn::Expr::Group(e) => self.expr(&e.expr, expect),
            syn::Expr::Reference(e) => {
                let inner = match expect {
                    Ty::Ref(t) => (**t).clone(),
                    _ => Ty::Unknown,
                };
                let op = self.expr(&e.expr, &inner);
                Op::new(op.val, Ty::Ref(Arc::new(op.ty)))
            }
            syn::Expr::RawAddr(e) => {
                let op = self.expr(&e.expr, &Ty::Unknown);
                Op::new(op.val, Ty::Ptr(Arc::new(op.ty)))
            }
            syn::Expr::Call(call) => self.call(call, expect),
            syn::Expr::MethodCall(call) => self.method_call(call, expect),
            syn::Expr::Field(field) => self.field(field),
            syn::Expr::Index(index) => {
                let base = self.expr(&index.expr, &Ty::Unknown);
                let at = self.expr(&index.index, &Ty::Unknown);
                self.index(base, &at)
            }
            syn::Expr::Cast(cast) => {
                let op = self.expr(&cast.expr, &Ty::Unknown);
                let ty = self.cx.lower_ty(&cast.ty, self.env());
                let ty = if ty.is_unknown() { op.ty } else { ty };
                Op::new(op.val, ty)
            }
            syn::Expr::Unary(unary) => self.unary(unary),
            syn::Expr::Binary(binary) => self.binary(binary),
            syn::Expr::Assign(assign) => self.assign(&assign.left, &assign.right, assign.span()),
            syn::Expr::Tuple(tuple) => {
                let wants: Vec<Ty> = match expect {
                    Ty::Tuple(parts) => parts.to_vec(),
                    _ => Vec::new(),
                };
                let ops: Vec<Op> = tuple
                    .elems
                    .iter()
                    .enumerate()
                    .map(|(i, e)| self.moved(e, wants.get(i).unwrap_or(&Ty::Unknown)))
                    .collect();
                if ops.is_empty() {
                    return Op::unit();
                }
                let (vals, tys): (Vec<Val>, Vec<Ty>) = ops.into_iter().map(|o| (o.val, o.ty)).unzip();
                Op::new(Val::Ctor(Sym::new(""), vals), Ty::Tuple(tys.into()))
            }
            syn::Expr::Array(array) => {
                let ops: Vec<Op> = array.elems.iter().map(|e| self.moved(e, &Ty::Unknown)).collect();
                let ty = ops.first().map_or(Ty::Unknown, |o| o.ty.clone());
                Op::new(
                    Val::Ctor(Sym::new("[]"), ops.into_iter().take(16).map(|o| o.val).collect()),
                    Ty::Slice(Arc::new(ty)),
                )
            }
            syn::Expr::Repeat(repeat) => {
                let op = self.expr(&repeat.expr, &Ty::Unknown);
                Op::new(Val::Ctor(Sym::new("[]"), vec![op.val]), Ty::Slice(Arc::new(op.ty)))
            }
            syn::Expr::Struct(lit) => self.struct_literal(lit, expect),
            syn::Expr::Range(range) => {
                let start = range.start.as_ref().map(|e| self.expr(e, &Ty::Unknown));
                let end = range.end.as_ref().map(|e| self.expr(e, &Ty::Unknown));
                let of = start
                    .iter()
                    .chain(end.iter())
                    .map(|o| o.ty.clone())
                    .find(|t| !t.is_unknown())
                    .unwrap_or(Ty::Prim(Sym::new("i32")));
                let vals = start.into_iter().chain(end).map(|o| o.val).collect();
                Op::new(Val::Ctor(Sym::new("std::ops::Range"), vals), Ty::adt("std::ops::Range", vec![of]))
            }
            syn::Expr::Macro(mac) => self.macro_expr(&mac.mac, expect),
            syn::Expr::Closure(closure) => self.closure(closure, expect),
            syn::Expr::Async(block) => self.async_block(block),
            syn::Expr::Await(e) => {
                let op = self.expr(&e.base, &Ty::Unknown);
                self.awaited(op, e.span())
            }
            syn::Expr::Try(e) => self.question(e, expect),
            syn::Expr::Infer(_) | syn::Expr::Verbatim(_) => Op::unknown(),
            flow => self.control(flow, expect),
        }
    }

    /// An expression whose value moves to a new place: a local that owns something is moved out of.
    pub(super) fn moved(&mut self, expr: &syn::Expr, expect: &Ty) -> Op {
        let op = self.expr(expr, expect);
        self.move_out(&op, expr.span());
        op
    }

    pub(super) fn move_out(&mut self, op: &Op, span: proc_macro2::Span) {
        if let Val::Local(local) = op.val
            && self.is_move(&op.ty)
        {
            let span = self.span(span);
            self.frame().event(Event::Move { local, span });
        }
    }

    fn is_move(&self, ty: &Ty) -> bool {
        match ty {
            // `Option<T>` and its kind are copied only where what they hold is.
            Ty::Adt(path, args) => {
                !self.cx.world.type_sig(*path).is_some_and(|s| s.copy) || args.iter().any(|t| self.is_move(t))
            }
            Ty::Tuple(parts) => parts.iter().any(|t| self.is_move(t)),
            _ => false,
        }
    }

    fn path_value(&mut self, path: &syn::ExprPath) -> Op {
        match self.named(path) {
            Named::Value(op) => op,
            Named::Fn(found) => match found.callee {
                Callee::Path(path) => Op::new(Val::Fn(path), Ty::Fn(path)),
                Callee::Dispatch { trait_, method } => {
                    let path = join(trait_, method);
                    Op::new(Val::Fn(path), Ty::Fn(path))
                }
                _ => Op::unknown(),
            },
            // A variant or tuple struct as a function: `.map(Some)`.
            Named::Ctor(path, ty) => Op::new(Val::Ctor(path, Vec::new()), ty),
            Named::Unknown(_) => Op::unknown(),
        }
    }

    fn field(&mut self, field: &syn::ExprField) -> Op {
        let base = self.expr(&field.base, &Ty::Unknown);
        let name = match &field.member {
            syn::Member::Named(ident) => ident_sym(ident),
            syn::Member::Unnamed(index) => Sym::new(&index.index.to_string()),
        };
        let ty = self.field_ty(&base.ty, name);
        // A part of a tuple built here is that part.
        if let (Val::Ctor(tuple, parts), Ok(at)) = (&base.val, name.as_str().parse::<usize>())
            && tuple.as_str().is_empty()
            && let Some(part) = parts.get(at)
        {
            return Op::new(part.clone(), ty);
        }
        Op::new(Val::Field(Box::new(base.val), name), ty)
    }

    pub(super) fn field_ty(&self, base: &Ty, name: Sym) -> Ty {
        let mut at = base.clone();
        for _ in 0..8 {
            match &at {
                Ty::Tuple(parts) => {
                    if let Ok(i) = name.as_str().parse::<usize>() {
                        return parts.get(i).cloned().unwrap_or(Ty::Unknown);
                    }
                }
                Ty::Adt(path, args) => {
                    if let Some(sig) = self.cx.world.type_sig(*path)
                        && let Some((_, ty)) = sig.fields.iter().find(|(n, _)| *n == name)
                    {
                        let with = sig.generics.iter().copied().zip(args.iter().cloned()).collect();
                        return ty.subst(&with);
                    }
                }
                _ => {}
            }
            match self.cx.deref(&at) {
                Some(next) => at = next,
                None => return Ty::Unknown,
            }
        }
        Ty::Unknown
    }

    fn index(&mut self, base: Op, at: &Op) -> Op {
        let range = matches!(&at.ty, Ty::Adt(p, _) if p.as_str().starts_with("std::ops::Range"));
        let mut ty = base.ty.peeled().clone();
        for _ in 0..4 {
            match &ty {
                Ty::Slice(inner) => {
                    let out = if range { Ty::Slice(inner.clone()) } else { (**inner).clone() };
                    return Op::new(Val::Field(Box::new(base.val), index_name(&at.val)), out);
                }
                Ty::Prim(p) if p.as_str() == "str" => return Op::new(base.val, ty),
                Ty::Adt(path, args) if path.as_str().starts_with("std::collections::") && args.len() == 2 => {
                    return Op::new(Val::Field(Box::new(base.val), index_name(&at.val)), args[1].clone());
                }
                _ => {}
            }
            match self.cx.deref(&ty) {
                Some(next) => ty = next.peeled().clone(),
                None => break,
            }
        }
        Op::new(Val::Field(Box::new(base.val), index_name(&at.val)), Ty::Unknown)
    }

    fn unary(&mut self, unary: &syn::ExprUnary) -> Op {
        match &unary.op {
            syn::UnOp::Deref(_) => {
                let op = self.expr(&unary.expr, &Ty::Unknown);
                let ty = self.cx.deref(&op.ty).unwrap_or(Ty::Unknown);
                Op::new(op.val, ty)
            }
            syn::UnOp::Neg(_) => {
                let op = self.expr(&unary.expr, &Ty::Unknown);
                match op.val {
                    Val::Int(n) => Op::new(Val::Int(n.wrapping_neg()), op.ty),
                    val => Op::new(Val::Computed(vec![val]), op.ty),
                }
            }
            _ => {
                let op = self.expr(&unary.expr, &Ty::Unknown);
                Op::new(Val::Computed(vec![op.val]), op.ty)
            }
        }
    }

    fn binary(&mut self, binary: &syn::ExprBinary) -> Op {
        use syn::BinOp;
        let bool_ty = Ty::Prim(Sym::new("bool"));
        match &binary.op {
            BinOp::And(_) | BinOp::Or(_) => self.short_circuit(binary),
            BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) => {
                let l = self.expr(&binary.left, &Ty::Unknown);
                let r = self.expr(&binary.right, &Ty::Unknown);
                Op::new(Val::Computed(vec![l.val, r.val]), bool_ty)
            }
            BinOp::BitOr(_) => {
                let l = self.expr(&binary.left, &Ty::Unknown);
                let r = self.expr(&binary.right, &Ty::Unknown);
                let ty = if l.ty.is_unknown() { r.ty } else { l.ty };
                Op::new(Val::Or(vec![l.val, r.val]), ty)
            }
            BinOp::BitOrAssign(_) => self.compound(&binary.left, &binary.right, AssignOp::Or, binary.span()),
            op if is_compound(op) => self.compound(&binary.left, &binary.right, AssignOp::Other, binary.span()),
            _ => {
                let l = self.expr(&binary.left, &Ty::Unknown);
                let r = self.expr(&binary.right, &Ty::Unknown);
                Op::new(Val::Computed(vec![l.val, r.val]), l.ty)
            }
        }
    }

    fn struct_literal(&mut self, lit: &syn::ExprStruct, expect: &Ty) -> Op {
        let as_type = syn::TypePath { attrs: Vec::new(), qself: lit.qself.clone(), path: lit.path.clone() };
        let mut ty = self.cx.lower_ty(&syn::Type::Path(as_type), self.env());
        let mut name = ty.head();
        // `Enum::Variant { .. }`
        let segs: Vec<Sym> = lit.path.segments.iter().map(|s| ident_sym(&s.ident)).collect();
        let mut fields_of: Option<Vec<(Sym, Ty)>> = None;
        if let (Some(head), Some(last)) = (ty.head(), segs.last())
            && let Some(sig) = self.cx.world.type_sig(head)
        {
            if let Some((_, fields)) = sig.variants.iter().find(|(v, _)| v == last) {
                name = Some(join(head, *last));
                fields_of = Some(fields.clone());
            } else {
                fields_of = Some(sig.fields.clone());
            }
        }
        if let (Ty::Adt(_, args), Ty::Adt(_, wanted)) = (&ty, expect)
            && args.is_empty()
            && !wanted.is_empty()
            && ty.head() == expect.head()
        {
            ty = expect.clone();
        }
        let mut fields = Vec::new();
        for field in &lit.fields {
            if !self.cx.cfg_active(&field.attrs) {
                continue;
            }
            let member = match &field.member {
                syn::Member::Named(ident) => ident_sym(ident),
                syn::Member::Unnamed(index) => Sym::new(&index.index.to_string()),
            };
            let want = fields_of
                .as_ref()
                .and_then(|f| f.iter().find(|(n, _)| *n == member))
                .map_or(Ty::Unknown, |(_, t)| t.clone());
            let op = self.moved(&field.expr, &want);
            fields.push((member, op.val));
        }
        if let Some(rest) = &lit.rest {
            let op = self.expr(rest, &ty);
            fields.push((Sym::new(".."), op.val));
        }
        Op::new(Val::Struct(name.unwrap_or(Sym::new("")), fields), ty)
    }
}

fn index_name(at: &Val) -> Sym {
    match at {
        Val::Int(n) => Sym::new(&n.to_string()),
        _ => Sym::new("[]"),
    }
}

fn literal(lit: &syn::Lit) -> Op {
    let prim = |name: &str| Ty::Prim(Sym::new(name));
    match lit {
        syn::Lit::Int(n) => {
            let ty = if n.suffix().is_empty() { "i32" } else { n.suffix() };
            Op::new(n.base10_parse::<i128>().map_or(Val::Unknown, |n| Val::Int(n as i64)), prim(ty))
        }
        syn::Lit::Bool(b) => Op::new(Val::Int(i64::from(b.value)), prim("bool")),
        syn::Lit::Str(s) => Op::new(Val::Str(Sym::new(&s.value())), Ty::Ref(Arc::new(prim("str")))),
        syn::Lit::Char(_) => Op::new(Val::Unknown, prim("char")),
        syn::Lit::Float(_) => Op::new(Val::Unknown, prim("f64")),
        syn::Lit::Byte(b) => Op::new(Val::Int(i64::from(b.value())), prim("u8")),
        syn::Lit::ByteStr(s) => Op::new(
            Val::Str(Sym::new(&String::from_utf8_lossy(&s.value()))),
            Ty::Ref(Arc::new(Ty::Slice(Arc::new(prim("u8"))))),
        ),
        syn::Lit::CStr(s) => Op::new(
            Val::Str(Sym::new(&s.value().to_string_lossy())),
            Ty::Ref(Arc::new(Ty::adt("std::ffi::CStr", Vec::new()))),
        ),
        _ => Op::unknown(),
    }
}
