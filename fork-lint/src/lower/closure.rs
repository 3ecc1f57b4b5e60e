//! Closures and async blocks: functions of their own, lowered where they stand.

use super::frame::{Frame, Op};
use super::{Lower, plain_fn};
use crate::facts::{Callee, Param, Sym, Val};
use crate::resolve::{Ty, join};
use crate::syntax::Extent as _;

impl Lower<'_, '_> {
    /// A closure; the parameter types its place asks for are used where it has none of its own.
    pub(super) fn closure(&mut self, closure: &syn::ExprClosure, expect: &Ty) -> Op {
        let wants = self.fn_shape(expect);
        let begin = closure.inputs_begin.spans[0];
        let span = self.span(begin.join(closure.inputs_end.spans[0]).unwrap_or(begin));
        let ret = match &closure.output {
            syn::ReturnType::Default => wants.as_ref().map_or(Ty::Unknown, |(_, r)| r.clone()),
            ty => self.cx.lower_ret(ty, self.env()),
        };
        let (path, kind) = self.open_closure(ret.clone());
        self.frame().is_async = closure.asyncness.is_some();
        let mut params = Vec::new();
        for (i, pat) in closure.inputs.iter().enumerate() {
            let want = wants.as_ref().and_then(|(p, _)| p.get(i)).map_or(Ty::Unknown, |t| self.normal(t, 0));
            let (pat, ty) = match pat {
                syn::Pat::Type(t) => {
                    let given = self.cx.lower_ty(&t.ty, self.env());
                    (&*t.pat, if given.is_unknown() { want } else { given })
                }
                pat => (pat, want),
            };
            let callable = self.callable(&ty);
            let at = self.span(pat.span());
            let (name, nested) = match pat {
                syn::Pat::Ident(ident) if ident.subpat.is_none() => (crate::resolve::ident_sym(&ident.ident), None),
                other => (Sym::new(""), Some(other)),
            };
            let local = self.frame().local(name, ty.clone(), at);
            if let Some(pat) = nested {
                self.bind(pat, Op::new(Val::Local(local), ty));
            }
            params.push(Param { local, callable });
        }
        self.frame().params = params;
        let mark = self.temp_mark();
        let op = self.expr(&closure.body, &ret);
        self.drop_temps(mark, &op, closure.body.span());
        let ty = op.ty.clone();
        let end = self.span(closure.body.span());
        self.finish(op, end);
        self.close_closure(path, span, kind, ty)
    }

    pub(super) fn async_block(&mut self, block: &syn::ExprAsync) -> Op {
        let span = self.span(block.async_token.span);
        let (path, kind) = self.open_closure(Ty::Unknown);
        self.frame().is_async = true;
        let op = self.block_value(&block.block, &Ty::Unknown);
        let ty = op.ty.clone();
        let end = self.span(block.block.brace_token.span.close());
        self.finish(op, end);
        self.close_closure(path, span, kind, ty)
    }

    /// `.await`: an async block runs here; what an async function gave is its value.
    pub(super) fn awaited(&mut self, op: Op, span: proc_macro2::Span) -> Op {
        if let Val::Fn(path) = op.val {
            let ret = self.cx.closure_ret(path);
            let span = self.span(span);
            return self.emit(Callee::Path(path), Vec::new(), ret, span);
        }
        match &op.ty {
            Ty::Adt(path, args) if path.as_str() == "std::future::Fut" => {
                let ty = args.first().cloned().unwrap_or(Ty::Unknown);
                Op::new(op.val, ty)
            }
            Ty::Bounds(bounds, _) => {
                let ty = bounds
                    .iter()
                    .flat_map(|b| b.assoc.iter())
                    .find(|(n, _)| n.as_str() == "Output")
                    .map_or(Ty::Unknown, |(_, t)| t.clone());
                Op::new(op.val, ty)
            }
            _ => {
                let ty = self.cx.project(Ty::Assoc(
                    std::sync::Arc::new(op.ty.clone()),
                    Sym::new("std::future::Future"),
                    Sym::new("Output"),
                ));
                let ty = if matches!(ty, Ty::Unknown | Ty::Assoc(..)) { op.ty } else { ty };
                Op::new(op.val, ty)
            }
        }
    }

    fn open_closure(&mut self, ret: Ty) -> (Sym, crate::facts::FnKind) {
        let kind = self.closure_kind();
        let at = self.frames.len() - 1;
        let outer = &mut self.frames[at];
        let path = join(outer.path, Sym::new(&format!("{{closure#{}}}", outer.closures)));
        outer.closures += 1;
        let (env, module) = (outer.env.clone(), outer.module);
        let mut frame = Frame::new(path, env, ret);
        frame.module = module;
        self.frames.push(frame);
        (path, kind)
    }

    fn close_closure(&mut self, path: Sym, span: crate::facts::Span, kind: crate::facts::FnKind, ty: Ty) -> Op {
        let mut frame = self.pop_frame();
        if frame.ret.is_unknown() || matches!(frame.ret, Ty::Param(_)) {
            let known = frame.returned.iter().find(|t| !t.is_unknown() && **t != Ty::Never).cloned();
            frame.ret = known.unwrap_or(ty);
        }
        self.cx.closures.insert(path, frame.ret.clone());
        self.cx.facts.fns.push(plain_fn(path, span, kind, frame));
        Op::new(Val::Fn(path), Ty::Fn(path))
    }

    /// Parameter and return types of something callable.
    pub(super) fn fn_shape(&self, ty: &Ty) -> Option<(Vec<Ty>, Ty)> {
        match ty {
            Ty::FnPtr(params, ret) => Some((params.to_vec(), (**ret).clone())),
            Ty::Bounds(bounds, _) => bounds.iter().find_map(|b| b.callable()),
            Ty::Param(name) => self.env().bounds(*name).iter().find_map(|b| b.callable()),
            Ty::Ref(inner) => self.fn_shape(inner),
            Ty::Adt(path, args)
                if matches!(
                    path.as_str(),
                    "std::boxed::Box" | "std::sync::Arc" | "std::rc::Rc" | "std::option::Option"
                ) =>
            {
                args.first().and_then(|t| self.fn_shape(t))
            }
            _ => None,
        }
    }
}
