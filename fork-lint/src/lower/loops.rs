//! Loops, labelled blocks, and the jumps out of them.

use super::Lower;
use super::control::phi;
use super::frame::{Leave, Op};
use super::pat::element;
use crate::facts::{Pat, Sym, Term, Val};
use crate::resolve::Ty;
use crate::syntax::Extent as _;

impl Lower<'_, '_> {
    pub(super) fn labelled_block(&mut self, block: &syn::Block, label: Sym, expect: &Ty) -> Op {
        let frame = self.frame();
        let after = frame.block();
        let depth = frame.scopes.len();
        frame.leaves.push(Leave {
            label: Some(label),
            on_break: after,
            on_continue: None,
            values: Vec::new(),
            broken: false,
            depth,
        });
        let op = self.block_value(block, expect);
        let live = !self.frame().dead;
        self.frame().goto(after);
        self.frame().enter(after);
        let mut ops = if live { vec![op] } else { Vec::new() };
        if let Some(leave) = self.frame().leaves.pop() {
            self.frame().dead = !live && !leave.broken;
            ops.extend(leave.values);
        }
        phi(ops)
    }

    pub(super) fn loop_expr(&mut self, label: Option<&syn::Label>, body: &syn::Block, expect: &Ty) -> Op {
        let frame = self.frame();
        let (head, after) = (frame.block(), frame.block());
        frame.goto(head);
        frame.enter(head);
        self.push_leave(label, after, head);
        let _ = self.block_value(body, expect);
        self.frame().goto(head);
        self.frame().enter(after);
        match self.frame().leaves.pop() {
            Some(leave) if leave.broken => phi(leave.values),
            _ => {
                self.frame().dead = true;
                Op::never()
            }
        }
    }

    pub(super) fn while_expr(&mut self, e: &syn::ExprWhile) -> Op {
        let end = self.span(e.span());
        let frame = self.frame();
        let (head, body, after) = (frame.block(), frame.block(), frame.block());
        frame.goto(head);
        frame.enter(head);
        frame.push_scope();
        let mark = self.temp_mark();
        self.cond(&e.cond, body, after);
        self.push_leave(e.label.as_ref(), after, head);
        self.frame().enter(body);
        let _ = self.block_value(&e.body, &Ty::Unknown);
        self.drop_temps(mark, &Op::unit(), e.span());
        self.frame().pop_scope(end);
        self.frame().goto(head);
        self.frame().leaves.pop();
        self.frame().enter(after);
        Op::unit()
    }

    pub(super) fn for_expr(&mut self, e: &syn::ExprForLoop) -> Op {
        let span = self.span(e.expr.span());
        let mark = self.temp_mark();
        let iter = self.expr(&e.expr, &Ty::Unknown);
        let item = element(self.cx, &iter.ty);
        // What the iterator itself does counts where the loop stands.
        self.next_call(&iter, span);
        let frame = self.frame();
        let (head, body, after) = (frame.block(), frame.block(), frame.block());
        frame.goto(head);
        frame.enter(head);
        frame.end(Term::Switch { on: Val::Unknown, arms: vec![(Pat::Opaque, body), (Pat::Any, after)], span });
        self.push_leave(e.label.as_ref(), after, head);
        self.frame().enter(body);
        self.frame().push_scope();
        self.bind(&e.pat, Op::new(Val::Field(Box::new(iter.val), Sym::new("[]")), item));
        let _ = self.block_value(&e.body, &Ty::Unknown);
        self.frame().pop_scope(span);
        self.frame().goto(head);
        self.frame().leaves.pop();
        self.frame().enter(after);
        self.drop_temps(mark, &Op::unit(), e.expr.span());
        Op::unit()
    }

    fn push_leave(&mut self, label: Option<&syn::Label>, on_break: u32, on_continue: u32) {
        let frame = self.frame();
        let depth = frame.scopes.len();
        let label = label.map(|l| Sym::new(&l.name.ident.to_string()));
        frame.leaves.push(Leave {
            label,
            on_break,
            on_continue: Some(on_continue),
            values: Vec::new(),
            broken: false,
            depth,
        });
    }

    pub(super) fn break_expr(&mut self, e: &syn::ExprBreak) -> Op {
        let value = e.expr.as_ref().map(|v| self.moved(v, &Ty::Unknown));
        let label = e.label.as_ref().map(|l| Sym::new(&l.ident.to_string()));
        let span = self.span(e.span());
        let frame = self.frame();
        let dead = frame.dead;
        let found = frame
            .leaves
            .iter_mut()
            .rev()
            .find(|l| if label.is_some() { l.label == label } else { l.on_continue.is_some() });
        if let Some(leave) = found {
            leave.broken |= !dead;
            leave.values.extend(value);
            let (target, depth) = (leave.on_break, leave.depth);
            frame.drop_above(depth, span);
            frame.goto(target);
        } else {
            frame.end(Term::Diverge);
        }
        Op::never()
    }
}
