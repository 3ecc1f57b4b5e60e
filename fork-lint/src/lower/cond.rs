//! Conditions: what a branch tests of which value.

use super::Lower;
use super::call::strip;
use super::frame::Op;
use crate::facts::{Callee, CmpOp, Pat, Sym, Term, Val};
use crate::resolve::Ty;
use crate::syntax::Extent as _;

impl Lower<'_, '_> {
    /// `a == 0` as a test, from the value that was computed for it.
    pub(super) fn comparison(&self, expr: &syn::Expr, op: &Op) -> Option<(Val, Pat)> {
        let syn::Expr::Binary(binary) = strip(expr) else { return None };
        let cmp = cmp_op(&binary.op)?;
        let Val::Computed(parts) = &op.val else { return None };
        let [left, right] = &parts[..] else { return None };
        compare(left, cmp, right)
    }

    /// Branches on a condition: enters `then` or `other`; bindings of `let` live in the current scope.
    pub(super) fn cond(&mut self, expr: &syn::Expr, then: u32, other: u32) {
        match strip(expr) {
            syn::Expr::Unary(e) if matches!(e.op, syn::UnOp::Not(_)) => self.cond(&e.expr, other, then),
            syn::Expr::Binary(e) if matches!(e.op, syn::BinOp::And(_)) => {
                let mid = self.frame().block();
                self.cond(&e.left, mid, other);
                self.frame().enter(mid);
                self.cond(&e.right, then, other);
            }
            syn::Expr::Binary(e) if matches!(e.op, syn::BinOp::Or(_)) => {
                let mid = self.frame().block();
                self.cond(&e.left, then, mid);
                self.frame().enter(mid);
                self.cond(&e.right, then, other);
            }
            syn::Expr::Binary(e) if cmp_op(&e.op).is_some() => {
                let span = self.span(expr.span());
                let l = self.expr(&e.left, &Ty::Unknown);
                let r = self.expr(&e.right, &Ty::Unknown);
                let (on, pat) = cmp_op(&e.op)
                    .and_then(|op| compare(&l.val, op, &r.val))
                    .unwrap_or((Val::Computed(vec![l.val, r.val]), Pat::Opaque));
                self.frame().end(Term::Switch { on, arms: vec![(pat, then), (Pat::Any, other)], span });
            }
            syn::Expr::Let(e) => {
                let op = self.scrutinee(&e.expr);
                let span = self.span(e.span());
                let pat = self.test_of(&e.pat, &op.ty);
                let ok = self.frame().block();
                self.frame().end(Term::Switch { on: op.val.clone(), arms: vec![(pat, ok), (Pat::Any, other)], span });
                self.frame().enter(ok);
                self.bind(&e.pat, op);
                self.frame().goto(then);
            }
            syn::Expr::Macro(e) if e.mac.path.is_ident("matches") => {
                match super::macros::parse_matches(&e.mac.tokens) {
                    Some((scrutinee, pat, guard)) => {
                        let op = self.expr(&scrutinee, &Ty::Unknown);
                        let span = self.span(e.span());
                        let test = self.test_of(&pat, &op.ty);
                        let ok = self.frame().block();
                        self.frame().end(Term::Switch {
                            on: op.val.clone(),
                            arms: vec![(test, ok), (Pat::Any, other)],
                            span,
                        });
                        self.frame().enter(ok);
                        match guard {
                            Some(guard) => {
                                self.bind(&pat, op);
                                self.cond(&guard, then, other);
                            }
                            None => self.frame().goto(then),
                        }
                    }
                    None => {
                        let span = self.span(e.span());
                        self.frame().end(Term::Switch {
                            on: Val::Unknown,
                            arms: vec![(Pat::Opaque, then), (Pat::Any, other)],
                            span,
                        });
                    }
                }
            }
            syn::Expr::Macro(e) if e.mac.path.is_ident("cfg") => {
                let holds = e.mac.parse_body::<syn::Meta>().is_ok_and(|meta| self.cx.input.cfg.eval(&meta));
                self.frame().goto(if holds { then } else { other });
            }
            plain => {
                let span = self.span(plain.span());
                let op = self.expr(plain, &Ty::Prim(Sym::new("bool")));
                let (on, pat) = self.truth(&op);
                self.frame().end(Term::Switch { on, arms: vec![(pat, then), (Pat::Any, other)], span });
            }
        }
    }

    /// What a bool value tests.
    fn truth(&mut self, op: &Op) -> (Val, Pat) {
        if let Val::Local(local) = op.val
            && let Some(test) = self.frame().tests.get(&local)
        {
            return test.clone();
        }
        // `.is_ok()` and its kind say which variant the receiver has.
        if let Val::Result(id) = op.val
            && let Some(call) = crate::analysis::call_by_id(&self.frames[self.frames.len() - 1].body, id)
            && let Callee::Path(path) = call.callee
            && let Some(on) = call.args.first()
        {
            let variant =
                |names: &[&str]| Pat::OneOf(names.iter().map(|n| Pat::Variant(Sym::new(n), vec![Pat::Any])).collect());
            let pat = match path.as_str() {
                "std::result::Result::is_ok" => Some(variant(&["Ok"])),
                "std::result::Result::is_err" => Some(variant(&["Err"])),
                "std::option::Option::is_some" => Some(variant(&["Some"])),
                "std::option::Option::is_none" => Some(Pat::Variant(Sym::new("None"), Vec::new())),
                _ => None,
            };
            if let Some(pat) = pat {
                return (on.clone(), pat);
            }
        }
        (op.val.clone(), Pat::Cmp(CmpOp::Ne, 0))
    }

    pub(super) fn short_circuit(&mut self, binary: &syn::ExprBinary) -> Op {
        let frame = self.frame();
        let (then, other, join) = (frame.block(), frame.block(), frame.block());
        self.cond(&syn::Expr::Binary(binary.clone()), then, other);
        for block in [then, other] {
            self.frame().enter(block);
            self.frame().goto(join);
        }
        self.frame().enter(join);
        Op::new(Val::Unknown, Ty::Prim(Sym::new("bool")))
    }
}

fn cmp_op(op: &syn::BinOp) -> Option<CmpOp> {
    Some(match op {
        syn::BinOp::Eq(_) => CmpOp::Eq,
        syn::BinOp::Ne(_) => CmpOp::Ne,
        syn::BinOp::Lt(_) => CmpOp::Lt,
        syn::BinOp::Le(_) => CmpOp::Le,
        syn::BinOp::Gt(_) => CmpOp::Gt,
        syn::BinOp::Ge(_) => CmpOp::Ge,
        _ => return None,
    })
}

/// `left op right` as a test of one of them.
fn compare(left: &Val, op: CmpOp, right: &Val) -> Option<(Val, Pat)> {
    let flipped = match op {
        CmpOp::Lt => CmpOp::Gt,
        CmpOp::Le => CmpOp::Ge,
        CmpOp::Gt => CmpOp::Lt,
        CmpOp::Ge => CmpOp::Le,
        same => same,
    };
    match (left, right) {
        (on, Val::Int(n)) => Some((on.clone(), Pat::Cmp(op, *n))),
        (Val::Int(n), on) => Some((on.clone(), Pat::Cmp(flipped, *n))),
        (on, Val::Ctor(path, args)) | (Val::Ctor(path, args), on)
            if args.is_empty() && matches!(op, CmpOp::Eq | CmpOp::Ne) =>
        {
            let pat = Pat::Variant(Sym::new(path.last()), Vec::new());
            Some((on.clone(), if op == CmpOp::Eq { pat } else { Pat::Not(Box::new(pat)) }))
        }
        _ => None,
    }
}
