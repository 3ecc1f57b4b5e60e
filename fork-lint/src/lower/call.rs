//! Calls: callee, arguments, result type, and what a temporary guard lives through.

use std::sync::Arc;

use syn::punctuated::Punctuated;

use super::Lower;
use super::frame::Op;
use super::path::{Named, explicit};
use crate::catalogue::Class;
use crate::facts::{Call, CallId, Callee, Event, Local, LocalId, Span, Sym, Val};
use crate::resolve::{FnSig, Found, Subst, Ty, ident_sym, method_path, unify};
use crate::syntax::Extent as _;

type Args = Punctuated<syn::Expr, syn::Token![,]>;

impl Lower<'_, '_> {
    pub(super) fn call(&mut self, call: &syn::ExprCall, expect: &Ty) -> Op {
        let span = self.span(call.span());
        let func = strip(&call.func);
        if let syn::Expr::Path(path) = func {
            match self.named(path) {
                Named::Fn(found) => return self.call_found(found, None, &call.args, expect, span),
                Named::Ctor(path, ty) => return self.construct(path, ty, &call.args, expect),
                Named::Value(op) => return self.call_value(op, &call.args, span, path_text(path)),
                Named::Unknown(text) => {
                    let args = self.plain_args(&call.args);
                    return self.emit(Callee::Unknown(text), args, Ty::Unknown, span);
                }
            }
        }
        let op = self.expr(func, &Ty::Unknown);
        let text = quote_text(func);
        self.call_value(op, &call.args, span, text)
    }

    /// Calls something that is a value: a closure, a parameter, a function pointer.
    fn call_value(&mut self, op: Op, args: &Args, span: Span, text: Sym) -> Op {
        let shape = self.fn_shape(&op.ty);
        let callee = match &op.val {
            Val::Fn(path) => Callee::Path(*path),
            Val::Local(local) => match self.param_index(*local) {
                Some(i) => Callee::Param(i),
                None => Callee::Indirect(text),
            },
            _ => Callee::Indirect(text),
        };
        if let Callee::Path(path) = callee
            && let Some(sig) = self.cx.world.fn_sig(path).cloned()
        {
            return self.call_found(
                Found { callee, sig: Some(sig), subst: Subst::default() },
                None,
                args,
                &Ty::Unknown,
                span,
            );
        }
        let mut vals = Vec::new();
        for (i, arg) in args.iter().enumerate() {
            let want = shape.as_ref().and_then(|(p, _)| p.get(i)).cloned().unwrap_or(Ty::Unknown);
            vals.push(self.moved(arg, &want).val);
        }
        let ret = match (&callee, shape) {
            (Callee::Path(path), _) => self.cx.closure_ret(*path),
            (_, Some((_, ret))) => ret,
            _ => Ty::Unknown,
        };
        self.emit(callee, vals, ret, span)
    }

    fn param_index(&self, local: LocalId) -> Option<u32> {
        let frame = &self.frames[self.frames.len() - 1];
        // Parameters are the first locals, whether or not they are listed yet.
        frame.params.iter().position(|p| p.local == local).map(|i| i as u32)
    }

    /// `Some(x)`, `Wrapper(x)`
    fn construct(&mut self, path: Sym, ty: Ty, args: &Args, expect: &Ty) -> Op {
        let name = Sym::new(path.last());
        let (generics, fields) = match ty.head().and_then(|h| self.cx.world.type_sig(h)) {
            Some(sig) => {
                let fields = sig.variants.iter().find(|(v, _)| *v == name).map_or(&sig.fields, |(_, f)| f);
                (sig.generics.clone(), fields.iter().map(|(_, t)| t.clone()).collect())
            }
            None => (Vec::new(), Vec::<Ty>::new()),
        };
        let mut subst = Subst::default();
        if let Ty::Adt(head, wanted) = expect
            && ty.head() == Some(*head)
        {
            subst.extend(generics.iter().copied().zip(wanted.iter().cloned()).filter(|(_, t)| !t.is_unknown()));
        }
        let mut vals = Vec::new();
        for (i, arg) in args.iter().enumerate() {
            let declared = fields.get(i).cloned().unwrap_or(Ty::Unknown);
            let op = self.moved(arg, &declared.subst(&subst));
            unify(&declared, &op.ty, &mut subst);
            vals.push(op.val);
        }
        let ty = match ty {
            Ty::Adt(head, known) => {
                let args = generics
                    .iter()
                    .enumerate()
                    .map(|(i, g)| subst.get(g).cloned().or_else(|| known.get(i).cloned()).unwrap_or(Ty::Unknown));
                Ty::Adt(head, args.collect())
            }
            ty => ty,
        };
        Op::new(Val::Ctor(path, vals), ty)
    }

    pub(super) fn method_call(&mut self, call: &syn::ExprMethodCall, expect: &Ty) -> Op {
        let receiver = self.expr(&call.receiver, &Ty::Unknown);
        let name = ident_sym(&call.method);
        let span = self.method_span(call);
        self.method_on(receiver, name, call.turbofish.as_ref(), &call.args, expect, span, call.receiver.span())
    }

    /// From the method's name to the end of its arguments: a chain's links are told apart by line.
    fn method_span(&self, call: &syn::ExprMethodCall) -> Span {
        let start = self.span(call.method.span());
        let end = self.span(call.paren_token.span.close());
        if start.file == end.file && (start.line, start.column) <= (end.end_line, end.end_column) {
            Span { end_line: end.end_line, end_column: end.end_column, ..start }
        } else {
            start
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one method call, also one that no source has")]
    pub(super) fn method_on(
        &mut self,
        receiver: Op,
        name: Sym,
        turbofish: Option<&syn::AngleBracketedGenericArguments>,
        args: &Args,
        expect: &Ty,
        span: Span,
        at: proc_macro2::Span,
    ) -> Op {
        let env = self.env().clone();
        let mut found = self.cx.method(&receiver.ty, name, &env);
        if found.is_none() && !matches!(receiver.ty.peeled(), Ty::Adt(p, _) if !self.cx.world.is_open(*p)) {
            found = self.cx.scope_trait(env.module, name).map(|t| {
                let mut found = self.cx.dispatch(t, name, &receiver.ty);
                if self.cx.world.is_stub(t) {
                    found.callee = Callee::Path(crate::resolve::join(t, name));
                }
                found
            });
        }
        // A method that no stub of the type lists exists all the same.
        let opaque = match receiver.ty.peeled() {
            Ty::Adt(path, _) if self.cx.world.is_open(*path) => Some(crate::resolve::join(*path, name)),
            _ => None,
        };
        let Some(mut found) = found else {
            let callee = opaque.map_or(Callee::Unknown(name), Callee::Path);
            let mut vals = vec![receiver.val];
            vals.extend(self.plain_args(args));
            return self.emit(callee, vals, Ty::Unknown, span);
        };
        if let (Some(sig), Some(turbofish)) = (&found.sig, turbofish) {
            let given = self.cx.lower_args(turbofish, &env);
            found.subst.extend(explicit(sig, &given));
        }
        let by_value = found.sig.as_ref().is_some_and(|s| s.has_self && !matches!(s.params.first(), Some(Ty::Ref(_))));
        if by_value && !matches!(receiver.ty, Ty::Ref(_)) {
            self.move_out(&receiver, at);
        }
        self.call_found(found, Some(receiver), args, expect, span)
    }

    /// A call whose signature may be known: arguments teach the generic parameters, closures are typed by them.
    fn call_found(&mut self, found: Found, receiver: Option<Op>, args: &Args, expect: &Ty, span: Span) -> Op {
        let Found { callee, sig, mut subst } = found;
        let Some(sig) = sig else {
            let mut vals: Vec<Val> = receiver.into_iter().map(|r| r.val).collect();
            vals.extend(self.plain_args(args));
            return self.emit(callee, vals, Ty::Unknown, span);
        };
        let skip = usize::from(receiver.is_some());
        if let (Some(receiver), Some(declared)) = (&receiver, sig.params.first()) {
            unify(declared.peeled(), receiver.ty.peeled(), &mut subst);
        }
        let mut vals: Vec<Val> = vec![Val::Unknown; args.len()];
        // Closures last: what they take is told by the other arguments.
        for closures in [false, true] {
            for (i, arg) in args.iter().enumerate() {
                if matches!(strip(arg), syn::Expr::Closure(_)) != closures {
                    continue;
                }
                let declared = sig.params.get(i + skip).cloned().unwrap_or(Ty::Unknown);
                let want = self.wanted(&declared, &sig, &subst);
                let op = self.moved(arg, &want);
                unify(&declared, &op.ty, &mut subst);
                self.learn_output(&declared, &op.ty, &sig, &mut subst);
                vals[i] = op.val;
            }
        }
        let mut ret = sig.ret.clone();
        if !expect.is_unknown() {
            let mut wanted = Subst::default();
            unify(&ret, expect, &mut wanted);
            for (name, ty) in wanted {
                subst.entry(name).or_insert(ty);
            }
        }
        for (name, _) in &sig.generics {
            subst.entry(*name).or_insert(Ty::Unknown);
        }
        ret = self.normal(&ret.subst(&subst), 0);
        let vals = receiver.into_iter().map(|r| r.val).chain(vals).collect();
        self.emit(callee, vals, ret, span)
    }

    /// The type a parameter asks for: a generic with an `Fn*` bound asks for that shape.
    fn wanted(&self, declared: &Ty, sig: &FnSig, subst: &Subst) -> Ty {
        if let Ty::Param(name) = declared
            && let Some((_, bounds)) = sig.generics.iter().find(|(n, _)| n == name)
            && bounds.iter().any(|b| b.callable().is_some())
        {
            return Ty::Bounds(bounds.iter().map(|b| b.subst(subst)).collect(), false);
        }
        let ty = declared.subst(subst);
        if matches!(ty, Ty::Param(_)) { Ty::Unknown } else { self.normal(&ty, 0) }
    }

    /// What a closure gave tells the generic parameter in the bound's output.
    fn learn_output(&self, declared: &Ty, actual: &Ty, sig: &FnSig, subst: &mut Subst) {
        let Ty::Fn(path) = actual else { return };
        let bounds: Vec<_> = match declared.peeled() {
            Ty::Param(name) => sig.generics.iter().find(|(n, _)| n == name).map(|(_, b)| b.clone()).unwrap_or_default(),
            Ty::Bounds(bounds, _) => bounds.to_vec(),
            _ => return,
        };
        let ret = self.cx.closure_ret(*path);
        for bound in bounds {
            if let Some((_, output)) = bound.callable() {
                unify(&output, &ret, subst);
            }
        }
    }

    /// Associated types replaced by what implementations say.
    pub(super) fn normal(&self, ty: &Ty, depth: u32) -> Ty {
        if depth > 6 {
            return ty.clone();
        }
        let list = |tys: &Arc<[Ty]>| -> Arc<[Ty]> { tys.iter().map(|t| self.normal(t, depth + 1)).collect() };
        match ty {
            Ty::Assoc(of, t, n) => {
                let of = self.normal(of, depth + 1);
                match self.cx.project(Ty::Assoc(Arc::new(of), *t, *n)) {
                    Ty::Assoc(..) if depth > 0 => Ty::Unknown,
                    ty => ty,
                }
            }
            Ty::Adt(path, args) if !args.is_empty() => Ty::Adt(*path, list(args)),
            Ty::Tuple(parts) if !parts.is_empty() => Ty::Tuple(list(parts)),
            Ty::Ref(t) => Ty::Ref(Arc::new(self.normal(t, depth + 1))),
            Ty::Slice(t) => Ty::Slice(Arc::new(self.normal(t, depth + 1))),
            _ => ty.clone(),
        }
    }

    pub(super) fn plain_args(&mut self, args: &Args) -> Vec<Val> {
        args.iter().map(|a| self.moved(a, &Ty::Unknown).val).collect()
    }

    /// Records a call. Its value is the result; a guard that it gives lives in a temporary.
    pub(super) fn emit(&mut self, callee: Callee, args: Vec<Val>, ret: Ty, span: Span) -> Op {
        let stats = &mut self.cx.facts.stats;
        stats.calls += 1;
        match &callee {
            Callee::Path(_) | Callee::Param(_) => stats.resolved += 1,
            Callee::Dispatch { .. } => stats.dispatched += 1,
            Callee::Indirect(_) | Callee::Unknown(_) => stats.unresolved += 1,
        }
        let expanded_at = self.site.expanded_at;
        let heads = ret.heads(false);
        let guard = heads.iter().any(|h| self.cx.catalogue.classes(*h).any(|c| c == Class::Guard));
        let frame = self.frame();
        let id: CallId = frame.calls;
        frame.calls += 1;
        frame.event(Event::Call(Call { id, callee, args, heads: heads.clone(), span, expanded_at, unused: false }));
        if ret == Ty::Never {
            frame.end(crate::facts::Term::Diverge);
        }
        if guard {
            let local = frame.body.locals.len() as LocalId;
            frame.body.locals.push(Local { name: Sym::new(""), heads, span });
            frame.tys.push(ret.clone());
            frame.temps.push(local);
            frame.assign(local, crate::facts::AssignOp::Set, Val::Result(id), span);
            return Op::new(Val::Local(local), ret);
        }
        Op::new(Val::Result(id), ret)
    }

    /// What `?` does to an error on its way out.
    pub(super) fn convert_error(&mut self, error: &Ty, value: Val, span: Span) {
        let target = match &self.frame().ret {
            Ty::Adt(path, args) if path.as_str() == "std::result::Result" => args.get(1).cloned(),
            _ => None,
        };
        let Some(Ty::Adt(head, args)) = target else { return };
        if error.head() == Some(head) || error.is_unknown() {
            return;
        }
        let from = Sym::new("std::convert::From");
        let target = Ty::Adt(head, args);
        let callee = self.cx.world.impls(head, &[]).into_iter().find_map(|imp| {
            let takes = imp.trait_.args.first()?;
            (imp.trait_.path == from && takes.head().is_some() && takes.head() == error.head() && !imp.stub)
                .then(|| method_path(head, Some(from), Sym::new("from")))
        });
        // Errors that hold any other error put it on the heap.
        let boxes = matches!(
            head.as_str(),
            "std::boxed::Box" | "anyhow::Error" | "eyre::Report" | "eyre::eyreish::Report" | "color_eyre::Report"
        );
        if let Some(path) = callee.or_else(|| boxes.then(|| Sym::new("std::boxed::Box::new"))) {
            self.emit(Callee::Path(path), vec![value], target, span);
        }
    }

    /// What a loop asks of its iterator, when its type is one of the program's own.
    pub(super) fn next_call(&mut self, iter: &Op, span: Span) {
        if let Ty::Adt(path, _) = iter.ty.peeled()
            && !self.cx.world.is_open(*path)
        {
            let env = self.env().clone();
            if let Some(found) = self.cx.method(iter.ty.peeled(), Sym::new("next"), &env) {
                self.emit(found.callee, vec![iter.val.clone()], Ty::Unknown, span);
            }
        }
    }

    /// What is matched on: its temporaries live as long as the match.
    pub(super) fn scrutinee(&mut self, expr: &syn::Expr) -> Op {
        self.expr(expr, &Ty::Unknown)
    }
}

pub(super) fn strip(expr: &syn::Expr) -> &syn::Expr {
    match expr {
        syn::Expr::Paren(e) => strip(&e.expr),
        syn::Expr::Group(e) => strip(&e.expr),
        e => e,
    }
}

fn path_text(path: &syn::ExprPath) -> Sym {
    Sym::new(&path.path.segments.iter().map(|s| s.ident.to_string()).collect::<Vec<_>>().join("::"))
}

fn quote_text(expr: &syn::Expr) -> Sym {
    let text = quote::ToTokens::to_token_stream(expr).to_string();
    Sym::new(&text.chars().filter(|c| !c.is_whitespace()).take(60).collect::<String>())
}
