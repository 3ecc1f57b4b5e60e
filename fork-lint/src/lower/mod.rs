//! From syntax to facts: bodies become control-flow graphs of events, with light types on the way.

mod assign;
mod call;
mod closure;
mod cond;
mod control;
mod expr;
mod frame;
mod items;
mod loops;
mod macros;
mod pat;
mod path;
mod temps;

use crate::facts::{Entry, FnKind, Param, Span, Sym, Term, Val};
use crate::resolve::{Cx, Ready, ReadyValue, Site, Ty, TyEnv, has_fork_safe, init_path};
use frame::{Frame, Op};

/// Lowers bodies of one crate.
pub(crate) struct Lower<'c, 'a> {
    cx: &'c mut Cx<'a>,
    /// The function being lowered is the last; those before it enclose it.
    frames: Vec<Frame>,
    site: Site,
    /// Guards against runaway recursion in expanded code.
    depth: u32,
}

/// Nesting of expressions that is followed; deeper code is reported as not seen.
const MAX_DEPTH: u32 = 400;

impl<'c, 'a> Lower<'c, 'a> {
    pub(crate) fn new(cx: &'c mut Cx<'a>) -> Self {
        Lower { cx, frames: Vec::new(), site: Site::default(), depth: 0 }
    }

    /// Lowers functions and initialisers, and whatever their bodies declare.
    pub(crate) fn all(&mut self, fns: Vec<Ready>, values: Vec<ReadyValue>) {
        for value in values {
            self.value(value);
        }
        for ready in fns {
            self.function(ready);
        }
    }

    /// Lowers the crate's functions, then what its unused macros would do.
    pub(crate) fn crate_bodies(&mut self, fns: Vec<Ready>, values: Vec<ReadyValue>) {
        self.all(fns, values);
        if self.cx.input.member {
            self.macro_arms();
        }
    }

    fn function(&mut self, ready: Ready) {
        let Some(block) = ready.task.body else { return };
        self.site = ready.task.site;
        let attrs = &ready.task.attrs;
        let span = self.span(ready.task.sig.ident.span());
        let is_main = ready.task.path.last() == "main"
            && !self.cx.input.library
            && ready.task.path == Sym::new(&format!("{}::main", self.cx.world.own_root));
        let entry = is_main.then(|| entry_kind(attrs));
        let mut frame = Frame::new(ready.task.path, ready.env, ready.sig.ret.clone());
        frame.is_async = ready.sig.is_async;
        self.frames.push(frame);
        let mut params = Vec::new();
        for (input, ty) in ready.task.sig.inputs.iter().zip(&ready.sig.params) {
            params.push(self.param(input, ty));
        }
        self.frame().params = params;
        let ret = ready.sig.ret.clone();
        let op = self.block_value(&block, &ret);
        let end = self.span(block.brace_token.span.close());
        self.finish(op, end);
        let frame = self.pop_frame();
        self.cx.facts.fns.push(crate::facts::Fn {
            path: ready.task.path,
            span,
            kind: ready.kind,
            public: ready.public,
            is_unsafe: matches!(ready.task.sig.safety, syn::Safety::Unsafe(_)),
            is_async: ready.sig.is_async,
            is_test: false,
            entry,
            fork_safe: has_fork_safe(attrs),
            minds_threads: speaks_of_threads(attrs),
            params: frame.params,
            returns: ret.heads(false),
            body: frame.body,
        });
    }

    fn param(&mut self, input: &syn::FnArg, ty: &Ty) -> Param {
        let callable = self.callable(ty);
        let (name, span, pat) = match input {
            syn::FnArg::Receiver(r) => (Sym::new("self"), self.span(r.self_token.span), None),
            syn::FnArg::Typed(t) => match &*t.pat {
                syn::Pat::Ident(i) => (crate::resolve::ident_sym(&i.ident), self.span(i.ident.span()), None),
                other => (Sym::new(""), self.span(crate::syntax::Extent::span(other)), Some(other)),
            },
        };
        let ty = ty.clone();
        let local = self.frame().local(name, ty.clone(), span);
        if let Some(pat) = pat {
            self.bind(pat, Op::new(Val::Local(local), ty));
        }
        Param { local, callable }
    }

    /// The type can be called.
    pub(crate) fn callable(&self, ty: &Ty) -> bool {
        match ty.peeled() {
            Ty::FnPtr(..) => true,
            Ty::Bounds(bounds, _) => bounds.iter().any(|b| b.callable().is_some()),
            Ty::Param(name) => {
                self.frames.last().is_some_and(|f| f.env.bounds(*name).iter().any(|b| b.callable().is_some()))
            }
            Ty::Adt(path, args)
                if matches!(
                    path.as_str(),
                    "std::boxed::Box" | "std::option::Option" | "std::sync::Arc" | "std::rc::Rc"
                ) =>
            {
                args.first().is_some_and(|t| self.callable(t))
            }
            _ => false,
        }
    }

    fn value(&mut self, value: ReadyValue) {
        let Some(init) = &value.task.init else { return };
        self.site = value.task.site;
        let path = init_path(value.task.path);
        let span = self.span(value.task.ident.span());
        let simple = !value.task.is_static;
        self.frames.push(Frame::new(path, value.env, value.ty.clone()));
        let op = self.expr(init, &value.ty);
        let returned = op.val.clone();
        self.finish(op, span);
        let frame = self.pop_frame();
        if simple {
            self.cx.facts.consts.push(crate::facts::ConstDef { path: value.task.path, value: returned });
        }
        if !simple || frame.calls > 0 {
            self.cx.facts.fns.push(plain_fn(path, span, FnKind::Initialiser, frame));
        }
    }

    /// Ends the body with its value.
    fn finish(&mut self, op: Op, span: Span) {
        let frame = self.frame();
        while frame.scopes.len() > 1 {
            frame.pop_scope(span);
        }
        let value = op.val;
        if let Val::Local(local) = value {
            frame.event(crate::facts::Event::Move { local, span });
        }
        frame.returned.push(op.ty);
        frame.pop_scope(span);
        frame.scopes.push(Default::default());
        frame.end(Term::Return { value, span, by_question_mark: false });
    }

    fn pop_frame(&mut self) -> Frame {
        self.frames.pop().unwrap_or_else(|| Frame::new(Sym::new(""), TyEnv::new(0), Ty::Unknown))
    }

    fn frame(&mut self) -> &mut Frame {
        let at = self.frames.len() - 1;
        &mut self.frames[at]
    }

    fn span(&self, span: proc_macro2::Span) -> Span {
        self.cx.span(self.site, span)
    }

    fn env(&self) -> &TyEnv {
        &self.frames[self.frames.len() - 1].env
    }
}

fn plain_fn(path: Sym, span: Span, kind: FnKind, frame: Frame) -> crate::facts::Fn {
    crate::facts::Fn {
        path,
        span,
        kind,
        public: false,
        is_unsafe: false,
        is_async: frame.is_async,
        is_test: false,
        entry: None,
        fork_safe: false,
        minds_threads: false,
        params: frame.params,
        returns: frame.ret.heads(false),
        body: frame.body,
    }
}

/// What an attribute on `main` starts before the body.
fn entry_kind(attrs: &[syn::Attribute]) -> Entry {
    for attr in attrs {
        let path = attr.path();
        let Some(last) = path.segments.last() else { continue };
        // `#[tokio::main]`, `#[async_std::main]`, `#[actix_web::main]`, and their renamed forms.
        if path.segments.len() >= 2 && (last.ident == "main" || last.ident == "rt") {
            let text = match &attr.meta {
                syn::Meta::List(list) => list.tokens.to_string(),
                _ => String::new(),
            };
            let single = text.contains("current_thread")
                || path.segments[0].ident == "actix_web"
                || path.segments[0].ident == "actix_rt";
            return if single { Entry::CurrentThreadRuntimeMain } else { Entry::ThreadedRuntimeMain };
        }
    }
    Entry::Main
}

/// Whether the documentation speaks of threads: it puts a condition on callers.
fn speaks_of_threads(attrs: &[syn::Attribute]) -> bool {
    attrs.iter().any(|attr| {
        matches!(&attr.meta, syn::Meta::NameValue(nv) if nv.path.is_ident("doc")
            && matches!(&nv.value, syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(doc), .. })
                if doc.value().to_lowercase().contains("thread")))
    })
}
