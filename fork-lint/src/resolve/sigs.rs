//! Signatures of everything that was collected: types, traits, implementations, functions, values.

use std::sync::Arc;

use super::cx::{Cx, FnTask, ImplHead, Owner, TypeTask, ValueTask};
use super::idents::ident_sym;
use super::interface::{Assoc, FnSig, ImplSig, TypeSig};
use super::paths::join;
use super::promises::has_fork_safe;
use super::ty::{TraitRef, Ty};
use super::types::{TyEnv, method_path};
use crate::facts::{FieldDef, FnKind, ImplDef, StaticDef, Sym, TypeDef};

/// A function with its signature, ready to have its body lowered.
pub(crate) struct Ready {
    pub(crate) task: FnTask,
    pub(crate) sig: Arc<FnSig>,
    pub(crate) env: TyEnv,
    pub(crate) kind: FnKind,
    pub(crate) public: bool,
}

/// A constant or static, ready to have its initialiser lowered.
pub(crate) struct ReadyValue {
    pub(crate) task: ValueTask,
    pub(crate) ty: Ty,
    pub(crate) env: TyEnv,
}

impl Cx<'_> {
    /// Makes signatures of all that waits, and hands out what has a body.
    pub(crate) fn build_sigs(&mut self) -> (Vec<Ready>, Vec<ReadyValue>) {
        self.alias_sigs();
        for task in std::mem::take(&mut self.types) {
            self.type_sig(task);
        }
        self.trait_sigs();
        self.impl_heads();
        let ready = std::mem::take(&mut self.fns).into_iter().filter_map(|task| self.fn_task(task)).collect();
        let values = std::mem::take(&mut self.values).into_iter().filter_map(|task| self.value_task(task)).collect();
        (ready, values)
    }

    fn alias_sigs(&mut self) {
        let tasks = std::mem::take(&mut self.aliases);
        // Twice: an alias may name one that is declared after it.
        for _ in 0..2 {
            for task in &tasks {
                let mut env = TyEnv::new(task.module);
                let generics = self.lower_generics(&task.generics, &mut env);
                let ty = self.lower_ty(&task.ty, &env);
                self.world.own.aliases.insert(task.path, (generics.into_iter().map(|(n, _)| n).collect(), ty));
            }
        }
    }

    fn type_sig(&mut self, task: TypeTask) {
        let mut env = TyEnv::new(task.module);
        let generics = self.lower_generics(&task.generics, &mut env);
        let names: Vec<Sym> = generics.into_iter().map(|(n, _)| n).collect();
        env.self_ty = Some(Ty::Adt(task.path, names.iter().map(|n| Ty::Param(*n)).collect()));
        if self.is_stub() {
            self.stub_entry(task.path, &task.attrs);
        }
        let derives = self.derives(&task.attrs);
        let mut sig = TypeSig { generics: names, derives: derives.clone(), ..TypeSig::default() };
        sig.copy = derives.iter().any(|d| d.as_str() == "Copy");
        let mut def = TypeDef {
            path: task.path,
            span: self.span(task.site, task.ident.span()),
            fields: Vec::new(),
            variants: Vec::new(),
            derives,
            fork_safe: has_fork_safe(&task.attrs),
        };
        for (variant, fields) in task.parts {
            let mut tys = Vec::new();
            for (i, field) in fields.into_iter().enumerate() {
                if !self.cfg_active(&field.attrs) {
                    continue;
                }
                let name = field.ident.as_ref().map_or_else(|| Sym::new(&i.to_string()), ident_sym);
                let ty = self.lower_ty(&field.ty, &env);
                let span = match &field.ident {
                    Some(ident) => self.span(task.site, ident.span()),
                    None => self.span(task.site, syn::spanned::Spanned::span(&field.ty)),
                };
                def.fields.push(FieldDef { name, heads: ty.heads(true), span });
                tys.push((name, ty));
            }
            match variant {
                Some(ident) => {
                    let name = ident_sym(&ident);
                    def.variants.push(name);
                    sig.variants.push((name, tys));
                }
                None => sig.fields = tys,
            }
        }
        self.world.own.types.insert(task.path, sig);
        if !self.is_stub() {
            self.facts.types.push(def);
        }
    }

    fn derives(&self, attrs: &[syn::Attribute]) -> Vec<Sym> {
        let mut out = Vec::new();
        for attr in attrs {
            for attr in self.input.cfg.expand_cfg_attr(attr) {
                if let syn::Meta::List(list) = &attr.meta
                    && list.path.is_ident("derive")
                    && let Ok(paths) =
                        list.parse_args_with(syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated)
                {
                    out.extend(paths.iter().filter_map(|p| p.segments.last()).map(|s| ident_sym(&s.ident)));
                }
            }
        }
        out
    }

    fn trait_sigs(&mut self) {
        for task in std::mem::take(&mut self.traits) {
            let mut env = TyEnv::new(task.module);
            env.self_ty = Some(Ty::SelfTy);
            env.trait_ = Some(task.path);
            let generics = self.lower_generics(&task.generics, &mut env);
            let supers = self.lower_bounds(task.supers.iter(), &env);
            let assoc =
                task.assoc.iter().filter_map(|(n, t)| t.as_ref().map(|t| (*n, self.lower_ty(t, &env)))).collect();
            let sig = self.world.own.traits.entry(task.path).or_default();
            sig.generics = generics.into_iter().map(|(n, _)| n).collect();
            sig.supers = supers;
            sig.assoc = assoc;
        }
    }

    fn impl_heads(&mut self) {
        for at in self.impls_done..self.impls.len() {
            let task = &self.impls[at];
            let mut env = TyEnv::new(task.module);
            let generics = self.lower_generics(&task.generics, &mut env);
            let self_ty = self.lower_ty(&task.self_ty, &env);
            env.self_ty = Some(self_ty.clone());
            let trait_ = match &task.trait_ {
                Some(path) => match self.lower_trait_ref(path, &env) {
                    Some(t) => Some(t),
                    // An unknown trait still tells its implementations from inherent functions.
                    None => Some(TraitRef::bare(Sym::new(&format!("?::{}", super::idents::path_text(path))))),
                },
                None => None,
            };
            env.trait_ = trait_.as_ref().map(|t| t.path);
            let self_path = self.self_path(&self_ty);
            let assoc: Vec<(Sym, Ty)> = task.assoc.iter().map(|(n, t)| (*n, self.lower_ty(t, &env))).collect();
            let copy = trait_.as_ref().is_some_and(|t| t.path.as_str() == "std::marker::Copy");
            if copy && let Some(sig) = self.world.own.types.get_mut(&self_path) {
                sig.copy = true;
            }
            if let Some(t) = &trait_ {
                let sig = ImplSig {
                    trait_: t.clone(),
                    self_ty: self_ty.clone(),
                    assoc,
                    methods: Default::default(),
                    stub: self.is_stub(),
                };
                self.world.own.impls.entry(self_path).or_default().push(Arc::new(sig));
                if !self.is_stub() {
                    self.facts.impls.push(ImplDef { trait_: t.path, self_ty: self_path, methods: Vec::new() });
                }
            }
            self.impls[at].done = Some(ImplHead { generics, trait_, self_ty, self_path });
        }
        self.impls_done = self.impls.len();
    }

    fn fn_task(&mut self, mut task: FnTask) -> Option<Ready> {
        let mut env = TyEnv::new(task.module);
        let mut generics = Vec::new();
        let name = ident_sym(&task.sig.ident);
        let kind;
        let mut public = task.public;
        match &task.owner {
            Owner::Free => {
                kind = FnKind::Free;
                public &= self.reachable.contains(&task.path);
            }
            Owner::Trait(path) => {
                env.self_ty = Some(Ty::SelfTy);
                env.trait_ = Some(*path);
                kind = FnKind::Provided { trait_: *path };
                public &= self.reachable.contains(path);
            }
            Owner::Impl(at) => {
                let head = self.impls[*at].done.clone()?;
                generics = head.generics;
                env.generics = generics.clone();
                env.self_ty = Some(head.self_ty.clone());
                env.trait_ = head.trait_.as_ref().map(|t| t.path);
                task.path = method_path(head.self_path, env.trait_, name);
                public &= self.reachable.contains(&head.self_path);
                kind = match env.trait_ {
                    Some(trait_) => FnKind::TraitImpl { self_ty: head.self_path, trait_ },
                    None => FnKind::Inherent { self_ty: head.self_path },
                };
            }
        }
        let outer = generics.len();
        generics.extend(self.lower_generics(&task.sig.generics, &mut env));
        let mut sig = self.signature(&task.sig, generics, &env);
        sig.outer = outer;
        let sig = Arc::new(sig);
        if self.is_stub() {
            // Roles of a stub's implementation belong to the trait's method, which is what callers name.
            self.stub_entry(task.path, &task.attrs);
            // Listed without attributes: known to do nothing that matters.
            self.entries.push((task.path, crate::catalogue::Entry::default()));
        }
        match &task.owner {
            Owner::Free => {
                self.world.own.fns.insert(task.path, sig.clone());
            }
            Owner::Trait(path) => {
                let sigs = self.world.own.traits.entry(*path).or_default();
                sigs.methods.insert(name, (sig.clone(), task.body.is_some()));
                self.world.own.fns.insert(task.path, sig.clone());
            }
            Owner::Impl(at) => self.impl_method(*at, name, task.path, &sig),
        }
        (task.body.is_some() && !self.is_stub()).then_some(Ready { task, sig, env, kind, public })
    }

    fn impl_method(&mut self, at: usize, name: Sym, path: Sym, sig: &Arc<FnSig>) {
        let Some(head) = self.impls[at].done.clone() else { return };
        match &head.trait_ {
            None => {
                let entry = Assoc { path, self_ty: head.self_ty, sig: sig.clone(), constant: false };
                self.world.own.inherent.entry(head.self_path).or_default().entry(name).or_default().push(entry);
            }
            Some(trait_) => {
                if let Some(sigs) = self.world.own.impls.get_mut(&head.self_path)
                    && let Some(imp) = sigs.iter_mut().find(|i| i.trait_ == *trait_ && i.self_ty == head.self_ty)
                {
                    Arc::make_mut(imp).methods.insert(name, sig.clone());
                }
                if let Some(imp) =
                    self.facts.impls.iter_mut().rev().find(|i| i.trait_ == trait_.path && i.self_ty == head.self_path)
                    && !imp.methods.contains(&name)
                {
                    imp.methods.push(name);
                }
            }
        }
        self.world.own.fns.insert(path, sig.clone());
    }

    fn signature(&self, sig: &syn::Signature, generics: Vec<(Sym, Vec<TraitRef>)>, env: &TyEnv) -> FnSig {
        let mut out = FnSig { generics, is_async: sig.asyncness.is_some(), ..FnSig::default() };
        for input in &sig.inputs {
            match input {
                syn::FnArg::Receiver(receiver) => {
                    out.has_self = true;
                    let this = env.self_ty.clone().unwrap_or(Ty::SelfTy);
                    out.params.push(match &receiver.kind {
                        syn::ReceiverKind::Reference(..) => Ty::Ref(Arc::new(this)),
                        syn::ReceiverKind::Typed(_, ty) => self.lower_ty(ty, env),
                        _ => this,
                    });
                }
                syn::FnArg::Typed(pat) => out.params.push(self.lower_ty(&pat.ty, env)),
            }
        }
        out.ret = self.lower_ret(&sig.output, env);
        out
    }

    fn value_task(&mut self, mut task: ValueTask) -> Option<ReadyValue> {
        let mut env = TyEnv::new(task.module);
        if let Owner::Impl(at) = task.owner {
            let head = self.impls[at].done.clone()?;
            env.generics = head.generics;
            env.self_ty = Some(head.self_ty.clone());
            let name = task.path;
            task.path = join(head.self_path, name);
            let ty = self.lower_ty(&task.ty, &env);
            let entry = Assoc {
                path: task.path,
                self_ty: head.self_ty,
                sig: Arc::new(FnSig { ret: ty, ..FnSig::default() }),
                constant: true,
            };
            self.world.own.inherent.entry(head.self_path).or_default().entry(name).or_default().push(entry);
        }
        let ty = self.lower_ty(&task.ty, &env);
        self.world.own.values.insert(task.path, ty.clone());
        if task.is_static && !self.is_stub() {
            let mut heads = ty.heads(true);
            if task.lazy {
                heads.insert(0, Sym::new("std::sync::LazyLock"));
            }
            let init = task.init.as_ref().map(|_| init_path(task.path));
            let span = self.span(task.site, task.ident.span());
            self.facts.statics.push(StaticDef { path: task.path, span, heads, thread_local: task.thread_local, init });
        }
        (!self.is_stub()).then_some(ReadyValue { task, ty, env })
    }
}

/// Path of the pseudo-function that is a static's initialiser.
pub(crate) fn init_path(of: Sym) -> Sym {
    join(of, Sym::new("{init}"))
}
