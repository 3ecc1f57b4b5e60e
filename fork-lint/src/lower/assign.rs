//! Assignments.

use super::Lower;
use super::frame::Op;
use crate::facts::{AssignOp, Event, Span, Sym, Val};
use crate::resolve::Ty;

impl Lower<'_, '_> {
    pub(super) fn compound(
        &mut self,
        left: &syn::Expr,
        right: &syn::Expr,
        op: AssignOp,
        span: proc_macro2::Span,
    ) -> Op {
        let value = self.expr(right, &Ty::Unknown);
        let place = self.expr(left, &Ty::Unknown);
        let span = self.span(span);
        self.store(place, op, value.val, span);
        Op::unit()
    }

    pub(super) fn assign(&mut self, left: &syn::Expr, right: &syn::Expr, span: proc_macro2::Span) -> Op {
        let at = self.span(span);
        match left {
            syn::Expr::Infer(_) => {
                let _ = self.expr(right, &Ty::Unknown);
            }
            // `(a, b) = pair`
            syn::Expr::Tuple(tuple) => {
                let value = self.moved(right, &Ty::Unknown);
                for (i, part) in tuple.elems.iter().enumerate() {
                    if matches!(part, syn::Expr::Infer(_)) {
                        continue;
                    }
                    let place = self.expr(part, &Ty::Unknown);
                    let val = match &value.val {
                        Val::Ctor(name, parts) if name.as_str().is_empty() => {
                            parts.get(i).cloned().unwrap_or(Val::Unknown)
                        }
                        val => Val::Field(Box::new(val.clone()), Sym::new(&i.to_string())),
                    };
                    self.store(place, AssignOp::Set, val, at);
                }
            }
            _ => {
                let place = self.expr(left, &Ty::Unknown);
                let value = self.moved(right, &place.ty);
                // `let x; … x = value;` tells the type late.
                if let Val::Local(local) = place.val
                    && place.ty.is_unknown()
                {
                    let ty = value.ty.clone();
                    let frame = self.frame();
                    frame.body.locals[local as usize].heads = ty.heads(false);
                    frame.tys[local as usize] = ty;
                } else if let Val::Local(local) = place.val
                    && super::frame::owns(&place.ty)
                    && matches!(left, syn::Expr::Path(_))
                {
                    // What it held is dropped.
                    self.frame().event(Event::Drop { local, span: at });
                }
                self.store(place, AssignOp::Set, value.val, at);
            }
        }
        Op::unit()
    }

    fn store(&mut self, place: Op, op: AssignOp, value: Val, span: Span) {
        let event = match place.val {
            Val::Local(local) => Event::Assign { local, op, value, span },
            place => Event::Store { place, op, value, span },
        };
        self.frame().event(event);
    }
}

pub(super) fn is_compound(op: &syn::BinOp) -> bool {
    use syn::BinOp::{
        AddAssign, BitAndAssign, BitXorAssign, DivAssign, MulAssign, RemAssign, ShlAssign, ShrAssign, SubAssign,
    };
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}
