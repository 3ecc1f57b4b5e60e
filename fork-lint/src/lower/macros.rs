//! Macros in bodies: catalogued ones are calls, others are expanded, unknown ones give up their arguments.

use syn::parse::Parser;

use super::Lower;
use super::frame::Op;
use crate::facts::{Callee, FnKind, Pat, Sym, Term, UnseenKind, Val};
use crate::resolve::{Site, Ty, TyEnv, join, path_text};
use crate::syntax::{CfgBranch, Seen, SelectArm, args_as_exprs, builtin, code_in, parse_flat};

impl Lower<'_, '_> {
    /// A macro as a statement: what it declares is seen by the statements after it.
    pub(super) fn macro_stmt(&mut self, mac: &syn::Macro, expect: &Ty) -> Op {
        self.invocation(mac, expect, false)
    }

    pub(super) fn macro_expr(&mut self, mac: &syn::Macro, expect: &Ty) -> Op {
        self.invocation(mac, expect, true)
    }

    fn invocation(&mut self, mac: &syn::Macro, expect: &Ty, scoped: bool) -> Op {
        if mac.path.is_ident("macro_rules") {
            return Op::unit();
        }
        let at = mac.path.segments.last().map_or_else(proc_macro2::Span::call_site, |s| s.ident.span());
        let span = self.span(at);
        let module = self.frame().module;
        let path = self.cx.macro_path(module, &mac.path);
        if let Some(path) = path
            && self.cx.catalogue.entry(path).is_some()
        {
            return self.catalogued(path, mac, span);
        }
        if let Some(op) = self.known(path, mac, expect) {
            return op;
        }
        match self.cx.open_macro(module, mac) {
            Some(Ok(tokens)) => {
                let outer = self.site;
                self.site = Site { unit: None, expanded_at: Some(outer.expanded_at.unwrap_or(span)) };
                let limits = self.cx.limits;
                let op = match parse_flat(syn::Block::parse_within, tokens, &limits) {
                    Ok(stmts) => self.expansion(&stmts, expect, scoped, at),
                    Err(trouble) => {
                        self.cx.unseen(
                            UnseenKind::Macro,
                            format!("`{}!` expands to what does not parse: {}", path_text(&mac.path), trouble.what),
                            Some(span),
                        );
                        Op::unknown()
                    }
                };
                self.site = outer;
                self.cx.close_macro();
                op
            }
            Some(Err(error)) => {
                self.cx.unseen(
                    UnseenKind::Macro,
                    format!("`{}!` cannot be expanded: {error}", path_text(&mac.path)),
                    Some(span),
                );
                self.opaque(path, mac, span)
            }
            None => {
                self.cx.facts.stats.macros_unseen += 1;
                self.opaque(path, mac, span)
            }
        }
    }

    fn expansion(&mut self, stmts: &[syn::Stmt], expect: &Ty, scoped: bool, at: proc_macro2::Span) -> Op {
        // A single expression in parentheses or groups is the macro's value.
        if let [syn::Stmt::Expr(expr, None)] = stmts {
            return self.expr(expr, expect);
        }
        if !scoped {
            self.block_items(stmts);
            return self.statements(stmts, expect);
        }
        let end = self.span(at);
        self.frame().push_scope();
        let module = self.frame().module;
        self.block_items(stmts);
        let op = self.statements(stmts, expect);
        self.frame().pop_scope(end);
        self.set_module(module);
        op
    }

    /// A macro that the catalogue speaks of: its arguments are evaluated, then it is called.
    fn catalogued(&mut self, path: Sym, mac: &syn::Macro, span: crate::facts::Span) -> Op {
        let vals = self.macro_args(Some(path), mac);
        let ty = self.cx.world.alias(path).map_or(Ty::Unknown, |(_, t)| t.clone());
        // `vec![]` takes no memory.
        if path.as_str() == "std::vec!" && mac.tokens.is_empty() {
            return self.emit(Callee::Path(Sym::new("std::vec::Vec::new")), vals, ty, span);
        }
        self.emit(Callee::Path(path), vals, ty, span)
    }

    /// The expressions a macro's arguments hold, lowered in order.
    fn macro_args(&mut self, path: Option<Sym>, mac: &syn::Macro) -> Vec<Val> {
        let limits = self.cx.limits;
        let name = path.unwrap_or_else(|| Sym::new(&path_text(&mac.path)));
        let exprs = match builtin(name, mac.tokens.clone()) {
            Some(Ok(Seen::Args(args))) => args.exprs,
            Some(Ok(Seen::Matches { value, message, .. })) => std::iter::once(value).chain(message.exprs).collect(),
            _ => match args_as_exprs(mac.tokens.clone(), &limits) {
                Some(exprs) => exprs,
                None => code_in(mac.tokens.clone(), &limits),
            },
        };
        exprs.iter().map(|e| self.expr(e, &Ty::Unknown).val).collect()
    }

    /// `select!`: everything waited for is begun, one arm's body runs.
    fn select(&mut self, arms: &[SelectArm], expect: &Ty, span: crate::facts::Span) -> Op {
        let waits: Vec<Op> = arms
            .iter()
            .map(|arm| {
                let ops: Vec<Op> = arm.wait.iter().map(|e| self.expr(e, &Ty::Unknown)).collect();
                ops.into_iter().next_back().map_or(Op::unknown(), |op| self.awaited(op, proc_macro2::Span::call_site()))
            })
            .collect();
        let join = self.frame().block();
        let blocks: Vec<u32> = arms.iter().map(|_| self.frame().block()).collect();
        let table = blocks.iter().map(|b| (Pat::Opaque, *b)).collect();
        self.frame().end(Term::Switch { on: Val::Unknown, arms: table, span });
        let mut values = Vec::new();
        for ((arm, block), wait) in arms.iter().zip(blocks).zip(waits) {
            self.frame().enter(block);
            self.frame().push_scope();
            if let Some(pat) = &arm.pat {
                self.bind(pat, wait);
            }
            if let Some(guard) = &arm.guard {
                let _ = self.expr(guard, &Ty::Unknown);
            }
            let value = self.expr(&arm.body, expect);
            self.frame().pop_scope(span);
            if !self.frame().dead {
                values.push(value);
            }
            self.frame().goto(join);
        }
        self.frame().enter(join);
        self.frame().dead = values.is_empty();
        super::control::phi(values)
    }

    /// Macros of the language that are neither calls nor rules.
    fn known(&mut self, path: Option<Sym>, mac: &syn::Macro, expect: &Ty) -> Option<Op> {
        let limits = self.cx.limits;
        let spelled = path.unwrap_or_else(|| Sym::new(&path_text(&mac.path)));
        match spelled.last().trim_end_matches('!') {
            "select" | "select_biased" => {
                if let Some(Ok(Seen::Select(arms))) = builtin(spelled, mac.tokens.clone()) {
                    let span = self.span(mac.path.segments.last()?.ident.span());
                    return Some(self.select(&arms, expect, span));
                }
            }
            "cfg_if" | "cfg_select" => {
                if let Some(Ok(Seen::Branches(branches))) = builtin(spelled, mac.tokens.clone()) {
                    let holds = |b: &CfgBranch| {
                        b.condition.as_ref().is_none_or(|c| self.cx.input.cfg.holds(c.clone()) == Some(true))
                    };
                    let Some(branch) = branches.into_iter().find(holds) else { return Some(Op::unit()) };
                    let stmts = parse_flat(syn::Block::parse_within, branch.body, &limits).ok()?;
                    self.block_items(&stmts);
                    return Some(self.statements(&stmts, expect));
                }
            }
            "thread_local" | "lazy_static" => {
                self.block_statics(mac);
                return Some(Op::unit());
            }
            _ => {}
        }
        let name = match path {
            Some(path) if path.as_str().starts_with("std::") => path.last().trim_end_matches('!').to_owned(),
            None => path_text(&mac.path),
            _ => return None,
        };
        match name.as_str() {
            "cfg" => {
                let holds = mac.parse_body::<syn::Meta>().is_ok_and(|meta| self.cx.input.cfg.eval(&meta));
                Some(Op::new(Val::Int(i64::from(holds)), Ty::Prim(Sym::new("bool"))))
            }
            "matches" => {
                let (scrutinee, _, _) = parse_matches(&mac.tokens)?;
                let _ = self.expr(&scrutinee, &Ty::Unknown);
                Some(Op::new(Val::Unknown, Ty::Prim(Sym::new("bool"))))
            }
            "concat" | "stringify" | "env" | "option_env" | "include_str" | "include_bytes" | "line" | "column"
            | "file" | "module_path" | "compile_error" | "offset_of" | "const_format_args" | "asm" | "global_asm" => {
                Some(Op::unknown())
            }
            "format_args" => {
                let _ = self.macro_args(path, mac);
                Some(Op::new(Val::Unknown, Ty::adt("std::fmt::Arguments", Vec::new())))
            }
            "try" => {
                let inner = mac.parse_body::<syn::Expr>().ok()?;
                let question =
                    syn::ExprTry { attrs: Vec::new(), expr: Box::new(inner), question_token: Default::default() };
                Some(self.question(&question, expect))
            }
            "addr_of" | "addr_of_mut" | "pin" | "ready" => {
                let inner = mac.parse_body::<syn::Expr>().ok()?;
                Some(self.expr(&inner, &Ty::Unknown))
            }
            _ => None,
        }
    }

    /// A macro that is not seen through. Its arguments may be code: what they do is kept, and so is that it is unseen.
    fn opaque(&mut self, path: Option<Sym>, mac: &syn::Macro, span: crate::facts::Span) -> Op {
        let vals = self.macro_args(path, mac);
        let callee = match path {
            Some(path) => Callee::Path(path),
            None => Callee::Unknown(Sym::new(&format!("{}!", path_text(&mac.path)))),
        };
        self.emit(callee, vals, Ty::Unknown, span)
    }

    /// Bodies of macros that the crate defines and does not use itself: their harm is in those who do.
    pub(super) fn macro_arms(&mut self) {
        let paths: Vec<Sym> =
            self.cx.world.own.macros.keys().copied().filter(|p| !self.cx.expander.used.contains(p)).collect();
        for path in paths {
            let Some(Ok(parsed)) = self.cx.parsed_macro(path) else { continue };
            for (i, tokens) in parsed.bodies().enumerate() {
                let limits = self.cx.limits;
                let Ok(stmts) = parse_flat(syn::Block::parse_within, tokens, &limits) else { continue };
                if !stmts.iter().any(|s| matches!(s, syn::Stmt::Expr(..) | syn::Stmt::Local(_) | syn::Stmt::Macro(_))) {
                    continue;
                }
                self.site = Site { unit: None, expanded_at: None };
                let name = join(path, Sym::new(&format!("{{arm#{i}}}")));
                self.frames.push(super::frame::Frame::new(name, TyEnv::new(0), Ty::Unknown));
                let op = self.statements(&stmts, &Ty::Unknown);
                let span = stmts.first().map_or(self.cx.whole, |s| self.span(crate::syntax::Extent::span(s)));
                self.finish(op, span);
                let frame = self.pop_frame();
                if frame.calls > 0 {
                    self.cx.facts.fns.push(super::plain_fn(name, span, FnKind::MacroArm, frame));
                }
            }
        }
    }
}

/// `matches!(value, pattern if guard)`
pub(super) fn parse_matches(tokens: &proc_macro2::TokenStream) -> Option<(syn::Expr, syn::Pat, Option<syn::Expr>)> {
    let parser = |input: syn::parse::ParseStream<'_>| {
        let scrutinee: syn::Expr = input.parse()?;
        input.parse::<syn::Token![,]>()?;
        let pat = syn::Pat::parse_multi_with_leading_vert(input)?;
        let guard = if input.peek(syn::Token![if]) {
            input.parse::<syn::Token![if]>()?;
            Some(input.parse()?)
        } else {
            None
        };
        let _: Option<syn::Token![,]> = input.parse()?;
        Ok((scrutinee, pat, guard))
    };
    parser.parse2(tokens.clone()).ok()
}
