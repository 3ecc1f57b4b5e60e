//! Control flow: blocks, branches, matches, returns, `?`.

use super::Lower;
use super::frame::Op;
use super::pat;
use crate::facts::{AssignOp, Pat, Sym, Term, Val};
use crate::resolve::{Ty, ident_sym};
use crate::syntax::Extent as _;

impl Lower<'_, '_> {
    pub(super) fn control(&mut self, expr: &syn::Expr, expect: &Ty) -> Op {
        match expr {
            syn::Expr::Block(e) => match &e.label {
                Some(label) => self.labelled_block(&e.block, Sym::new(&label.name.ident.to_string()), expect),
                None => self.block_value(&e.block, expect),
            },
            syn::Expr::Unsafe(e) => self.block_value(&e.block, expect),
            syn::Expr::Const(e) => self.block_value(&e.block, expect),
            syn::Expr::TryBlock(e) => self.block_value(&e.block, expect),
            syn::Expr::If(e) => self.if_expr(e, expect),
            syn::Expr::Match(e) => self.match_expr(e, expect),
            syn::Expr::Let(e) => {
                let op = self.scrutinee(&e.expr);
                self.bind(&e.pat, op);
                Op::new(Val::Unknown, Ty::Prim(Sym::new("bool")))
            }
            syn::Expr::Loop(e) => self.loop_expr(e.label.as_ref(), &e.body, expect),
            syn::Expr::While(e) => self.while_expr(e),
            syn::Expr::ForLoop(e) => self.for_expr(e),
            syn::Expr::Return(e) => {
                let ret = self.frame().ret.clone();
                let op = match &e.expr {
                    Some(value) => self.moved(value, &ret),
                    None => Op::unit(),
                };
                self.leave_function(op, e.span(), false);
                Op::never()
            }
            syn::Expr::Break(e) => self.break_expr(e),
            syn::Expr::Continue(e) => {
                let label = e.label.as_ref().map(|l| Sym::new(&l.ident.to_string()));
                let span = self.span(e.span());
                let frame = self.frame();
                let found = frame
                    .leaves
                    .iter()
                    .rev()
                    .find(|l| l.on_continue.is_some() && (label.is_none() || l.label == label));
                if let Some((target, depth)) = found.and_then(|l| l.on_continue.map(|c| (c, l.depth))) {
                    frame.drop_above(depth, span);
                    frame.goto(target);
                }
                Op::never()
            }
            syn::Expr::Yield(e) => {
                if let Some(value) = &e.expr {
                    let _ = self.expr(value, &Ty::Unknown);
                }
                Op::unknown()
            }
            _ => Op::unknown(),
        }
    }

    /// A block in its own scope, with its value.
    pub(super) fn block_value(&mut self, block: &syn::Block, expect: &Ty) -> Op {
        let end = self.span(block.brace_token.span.close());
        self.frame().push_scope();
        let module = self.frame().module;
        self.block_items(&block.stmts);
        let op = self.statements(&block.stmts, expect);
        let frame = self.frame();
        if let Val::Local(local) = op.val {
            frame.event(crate::facts::Event::Move { local, span: end });
        }
        frame.pop_scope(end);
        self.set_module(module);
        op
    }

    pub(super) fn statements(&mut self, stmts: &[syn::Stmt], expect: &Ty) -> Op {
        let mut last = Op::unit();
        for (i, stmt) in stmts.iter().enumerate() {
            let tail = i + 1 == stmts.len();
            last = Op::unit();
            match stmt {
                syn::Stmt::Local(local) => self.let_stmt(local),
                syn::Stmt::Item(_) => {}
                syn::Stmt::Expr(expr, semi) => {
                    if !self.cx.cfg_active(attrs_of(expr)) {
                        continue;
                    }
                    if tail && semi.is_none() {
                        let mark = self.temp_mark();
                        last = self.expr(expr, expect);
                        self.drop_temps(mark, &last, expr.span());
                    } else {
                        let mark = self.temp_mark();
                        let op = self.expr(expr, &Ty::Unknown);
                        self.mark_unused(expr, &op);
                        self.drop_temps(mark, &Op::unit(), expr.span());
                        if tail && op.ty == Ty::Never {
                            last = Op::never();
                        }
                    }
                }
                syn::Stmt::Macro(mac) => {
                    if !self.cx.cfg_active(&mac.attrs) {
                        continue;
                    }
                    let mark = self.temp_mark();
                    let op =
                        self.macro_stmt(&mac.mac, if tail && mac.semi_token.is_none() { expect } else { &Ty::Unknown });
                    if tail && (mac.semi_token.is_none() || op.ty == Ty::Never) {
                        last = op;
                    }
                    self.drop_temps(mark, &last.clone(), mac.mac.path.span());
                }
            }
        }
        last
    }

    fn let_stmt(&mut self, local: &syn::Local) {
        if !self.cx.cfg_active(&local.attrs) {
            return;
        }
        let (pat, annotated) = match &local.pat {
            syn::Pat::Type(t) => (&*t.pat, Some(self.cx.lower_ty(&t.ty, self.env()))),
            pat => (pat, None),
        };
        let Some(init) = &local.init else {
            if let syn::Pat::Ident(ident) = pat {
                let span = self.span(ident.ident.span());
                self.frame().local(ident_sym(&ident.ident), annotated.unwrap_or(Ty::Unknown), span);
            }
            return;
        };
        let mark = self.temp_mark();
        let mut op = self.expr(&init.expr, annotated.as_ref().unwrap_or(&Ty::Unknown));
        if let Some(ty) = annotated {
            op.ty = merge(ty, op.ty);
        }
        let wild = matches!(pat, syn::Pat::Wild(_));
        if wild {
            self.mark_unused(&init.expr, &op);
        } else {
            self.move_out(&op, init.expr.span());
        }
        if let Some((_, diverge)) = &init.diverge {
            let span = self.span(init.expr.span());
            let test = self.test_of(pat, &op.ty);
            let frame = self.frame();
            let (ok, other) = (frame.block(), frame.block());
            frame.end(Term::Switch { on: op.val.clone(), arms: vec![(test, ok), (Pat::Any, other)], span });
            frame.enter(other);
            let _ = self.expr(diverge, &Ty::Unknown);
            self.frame().end(Term::Diverge);
            self.frame().enter(ok);
        } else if let Some(test) = self.comparison(&init.expr, &op) {
            // `let is_child = pid == 0;`
            self.bind(pat, op);
            self.drop_temps(mark, &Op::unit(), init.expr.span());
            if let syn::Pat::Ident(ident) = pat
                && let Some(local) = self.frame().find(ident_sym(&ident.ident))
            {
                self.frame().tests.insert(local, test);
            }
            return;
        }
        self.bind(pat, op);
        self.drop_temps(mark, &Op::unit(), local.span());
    }

    fn if_expr(&mut self, e: &syn::ExprIf, expect: &Ty) -> Op {
        let end = self.span(e.span());
        let frame = self.frame();
        let (then, other, join) = (frame.block(), frame.block(), frame.block());
        frame.push_scope();
        let mark = self.temp_mark();
        self.cond(&e.cond, then, other);
        self.frame().enter(then);
        let a = self.block_value(&e.then_branch, expect);
        self.frame().pop_scope(end);
        let a = self.arm(a, tail_of(&e.then_branch.stmts).unwrap_or(e.then_branch.brace_token.span.close()));
        self.frame().goto(join);
        self.frame().enter(other);
        let b = match &e.else_branch {
            Some((_, expr)) => self.expr(expr, expect),
            None => Op::unit(),
        };
        let b = self.arm(b, e.else_branch.as_ref().map_or(e.span(), |(_, expr)| tail(expr)));
        self.frame().goto(join);
        self.frame().enter(join);
        self.frame().dead = a.is_none() && b.is_none();
        self.drop_temps(mark, &Op::unit(), e.span());
        self.join(a.into_iter().chain(b).collect())
    }

    fn match_expr(&mut self, e: &syn::ExprMatch, expect: &Ty) -> Op {
        let span = self.span(e.expr.span());
        let end = self.span(e.brace_token.span.close());
        let mark = self.temp_mark();
        let op = self.scrutinee(&e.expr);
        let join = self.frame().block();
        let mut results = Vec::new();
        let arms: Vec<&syn::Arm> = e.arms.iter().filter(|a| self.cx.cfg_active(&a.attrs)).collect();
        let mut table = Vec::with_capacity(arms.len());
        for arm in &arms {
            let (pat, _) = pat::split_guard(&arm.pat);
            let test = self.test_of(pat, &op.ty);
            let block = self.frame().block();
            table.push((test, block));
        }
        let exhausted = !table.iter().any(|(p, _)| *p == Pat::Any);
        let mut switch = table.clone();
        // A match is exhaustive: the last arm takes what is left.
        if exhausted && let Some(last) = switch.last_mut() {
            last.0 = if matches!(last.0, Pat::Opaque) { Pat::Any } else { last.0.clone() };
        }
        self.frame().end(Term::Switch { on: op.val.clone(), arms: switch, span });
        for (i, arm) in arms.iter().enumerate() {
            self.frame().enter(table[i].1);
            self.frame().push_scope();
            let (pat, guard) = pat::split_guard(&arm.pat);
            self.bind(pat, op.clone());
            if let Some(guard) = guard {
                let body = self.frame().block();
                let rest = self.frame().block();
                self.cond(guard, body, rest);
                self.frame().enter(rest);
                let arms = table[i + 1..].to_vec();
                self.frame().end(if arms.is_empty() {
                    Term::Diverge
                } else {
                    Term::Switch { on: op.val.clone(), arms, span }
                });
                self.frame().enter(body);
            }
            let mark = self.temp_mark();
            let value = match &arm.body {
                body if !self.cx.cfg_active(attrs_of(body)) => Op::unit(),
                body => self.expr(body, expect),
            };
            self.drop_temps(mark, &value, arm.span());
            self.frame().pop_scope(end);
            results.extend(self.arm(value, tail(&arm.body)));
            self.frame().goto(join);
        }
        self.frame().enter(join);
        self.frame().dead = results.is_empty();
        self.drop_temps(mark, &Op::unit(), e.span());
        self.join(results)
    }

    /// The value of a branch that is about to end, if its end is reached.
    fn arm(&mut self, op: Op, at: proc_macro2::Span) -> Option<Arm> {
        let span = self.span(at);
        let frame = self.frame();
        (!frame.dead).then_some(Arm { op, block: frame.cur, span })
    }

    /// The value where branches meet. Values that differ go through a local that each branch sets, so that a walk
    /// along one branch knows which it is.
    fn join(&mut self, arms: Vec<Arm>) -> Op {
        let same = arms.windows(2).all(|pair| pair[0].op.val == pair[1].op.val);
        let informs = arms.iter().any(|arm| !matches!(arm.op.val, Val::Unknown | Val::Unit));
        if !informs || same {
            return phi(arms.into_iter().map(|arm| arm.op).collect());
        }
        let ty = phi(arms.iter().map(|arm| arm.op.clone()).collect()).ty;
        let local = self.frame().unowned(ty.clone(), arms[0].span);
        for arm in arms {
            let event = crate::facts::Event::Assign { local, op: AssignOp::Set, value: arm.op.val, span: arm.span };
            self.frame().body.blocks[arm.block as usize].events.push(event);
        }
        Op::new(Val::Local(local), ty)
    }

    pub(super) fn leave_function(&mut self, op: Op, span: proc_macro2::Span, by_question_mark: bool) {
        let span = self.span(span);
        let frame = self.frame();
        frame.drop_above(0, span);
        if !by_question_mark {
            frame.returned.push(op.ty);
        }
        frame.end(Term::Return { value: op.val, span, by_question_mark });
    }

    pub(super) fn question(&mut self, e: &syn::ExprTry, expect: &Ty) -> Op {
        let _ = expect;
        let op = self.moved(&e.expr, &Ty::Unknown);
        let span = self.span(e.span());
        let (inner, error) = match op.ty.peeled() {
            Ty::Adt(path, args) if path.as_str() == "std::result::Result" => {
                (args.first().cloned().unwrap_or(Ty::Unknown), args.get(1).cloned().unwrap_or(Ty::Unknown))
            }
            Ty::Adt(path, args) if path.as_str() == "std::option::Option" => {
                (args.first().cloned().unwrap_or(Ty::Unknown), Ty::Unknown)
            }
            _ => (Ty::Unknown, Ty::Unknown),
        };
        let frame = self.frame();
        let (out, on) = (frame.block(), frame.block());
        let failed =
            Pat::OneOf(vec![Pat::Variant(Sym::new("Err"), vec![Pat::Any]), Pat::Variant(Sym::new("None"), Vec::new())]);
        frame.end(Term::Switch { on: op.val.clone(), arms: vec![(failed, out), (Pat::Any, on)], span });
        frame.enter(out);
        let inside = Val::Inside(Box::new(op.val));
        self.convert_error(&error, inside.clone(), span);
        let value = Op::new(Val::Ctor(Sym::new("Err"), vec![inside.clone()]), Ty::Unknown);
        self.leave_function(value, e.question_token.span, true);
        self.frame().enter(on);
        Op::new(inside, inner)
    }

    pub(super) fn set_local(&mut self, local: u32, value: Val, span: crate::facts::Span) {
        self.frame().assign(local, AssignOp::Set, value, span);
    }
}

/// A branch that ends.
struct Arm {
    op: Op,
    block: u32,
    span: crate::facts::Span,
}

/// The place of the value that an expression ends with.
fn tail(expr: &syn::Expr) -> proc_macro2::Span {
    let stmts = match expr {
        syn::Expr::Block(e) => &e.block.stmts,
        syn::Expr::Unsafe(e) => &e.block.stmts,
        _ => return expr.span(),
    };
    tail_of(stmts).unwrap_or(expr.span())
}

fn tail_of(stmts: &[syn::Stmt]) -> Option<proc_macro2::Span> {
    match stmts.last()? {
        syn::Stmt::Expr(expr, None) => Some(tail(expr)),
        stmt => Some(stmt.span()),
    }
}

/// One of these values.
pub(super) fn phi(mut ops: Vec<Op>) -> Op {
    match ops.len() {
        0 => Op::never(),
        1 => ops.remove(0),
        _ => {
            let ty =
                ops.iter().map(|o| &o.ty).find(|t| !t.is_unknown() && **t != Ty::Never).cloned().unwrap_or(Ty::Unknown);
            if ops.iter().all(|o| o.val == ops[0].val) {
                return Op::new(ops.remove(0).val, ty);
            }
            Op::new(Val::Phi(ops.into_iter().map(|o| o.val).collect()), ty)
        }
    }
}

/// An annotation filled up with what the value tells.
fn merge(annotated: Ty, found: Ty) -> Ty {
    match (&annotated, &found) {
        (Ty::Unknown, _) => found,
        (Ty::Adt(a, xs), Ty::Adt(b, ys)) if a == b && xs.len() == ys.len() => {
            Ty::Adt(*a, xs.iter().zip(ys.iter()).map(|(x, y)| merge(x.clone(), y.clone())).collect())
        }
        _ => annotated,
    }
}

fn attrs_of(expr: &syn::Expr) -> &[syn::Attribute] {
    match expr {
        syn::Expr::Block(e) => &e.attrs,
        syn::Expr::If(e) => &e.attrs,
        syn::Expr::Match(e) => &e.attrs,
        syn::Expr::Call(e) => &e.attrs,
        syn::Expr::MethodCall(e) => &e.attrs,
        syn::Expr::Macro(e) => &e.attrs,
        syn::Expr::Unsafe(e) => &e.attrs,
        syn::Expr::Assign(e) => &e.attrs,
        syn::Expr::Return(e) => &e.attrs,
        syn::Expr::Path(e) => &e.attrs,
        syn::Expr::Lit(e) => &e.attrs,
        syn::Expr::ForLoop(e) => &e.attrs,
        syn::Expr::While(e) => &e.attrs,
        syn::Expr::Loop(e) => &e.attrs,
        syn::Expr::Binary(e) => &e.attrs,
        syn::Expr::Try(e) => &e.attrs,
        syn::Expr::Tuple(e) => &e.attrs,
        syn::Expr::Struct(e) => &e.attrs,
        syn::Expr::Await(e) => &e.attrs,
        syn::Expr::Closure(e) => &e.attrs,
        _ => &[],
    }
}
