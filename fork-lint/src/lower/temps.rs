//! What a statement leaves behind: temporaries that are dropped at its end, results nobody looks at.

use super::Lower;
use super::call::strip;
use super::frame::Op;
use crate::facts::{Event, Val};

impl Lower<'_, '_> {
    pub(super) fn temp_mark(&mut self) -> usize {
        self.frame().temps.len()
    }

    /// The statement ends: temporaries made since are dropped, but for the one that is its value.
    pub(super) fn drop_temps(&mut self, mark: usize, value: &Op, span: proc_macro2::Span) {
        if self.frame().temps.len() <= mark {
            return;
        }
        let span = self.span(span);
        let frame = self.frame();
        let keep = match value.val {
            Val::Local(local) => Some(local),
            _ => None,
        };
        for local in frame.temps.split_off(mark).into_iter().rev() {
            if Some(local) == keep {
                frame.temps.push(local);
            } else {
                frame.event(Event::Drop { local, span });
            }
        }
    }

    /// Notes that nobody looks at a call's result.
    pub(super) fn mark_unused(&mut self, expr: &syn::Expr, op: &Op) {
        if !matches!(
            strip(expr),
            syn::Expr::Call(_)
                | syn::Expr::MethodCall(_)
                | syn::Expr::Try(_)
                | syn::Expr::Await(_)
                | syn::Expr::Macro(_)
        ) {
            return;
        }
        let mut val = &op.val;
        while let Val::Inside(inner) = val {
            val = inner;
        }
        let Val::Result(id) = *val else { return };
        for block in self.frame().body.blocks.iter_mut().rev() {
            for event in block.events.iter_mut().rev() {
                if let Event::Call(call) = event
                    && call.id == id
                {
                    call.unused = true;
                    return;
                }
            }
        }
    }
}
