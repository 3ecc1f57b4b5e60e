//! Macro invocations: which definition is meant, and what its expansion is.

use std::rc::Rc;

use proc_macro2::TokenStream;
use rustc_hash::{FxHashMap, FxHashSet};

use super::cx::{Cx, ModId, Site};
use super::idents::{ident_sym, path_text};
use super::interface::Def;
use super::world::Ns;
use crate::facts::{Span, Sym, UnseenKind};
use crate::syntax::{Budget, Limits, MacroDef, ParsedMacro, Seen, builtin, expand, parse_flat};

/// Definitions parsed so far, and what expanding may still cost.
pub(crate) struct Expander {
    parsed: FxHashMap<Sym, Result<Rc<ParsedMacro>, String>>,
    pub(crate) used: FxHashSet<Sym>,
    budget: Budget,
}

impl Expander {
    pub(crate) fn new(limits: Limits) -> Expander {
        Expander { parsed: FxHashMap::default(), used: FxHashSet::default(), budget: Budget::new(limits) }
    }
}

impl Cx<'_> {
    /// Path of the macro an invocation means, where it can be told.
    pub(crate) fn macro_path(&self, module: ModId, path: &syn::Path) -> Option<Sym> {
        let segs: Vec<Sym> = path.segments.iter().map(|s| ident_sym(&s.ident)).collect();
        let found = self.resolve_path(module, &segs, path.leading_colon.is_some(), Ns::Macros)?;
        match found.def {
            Def::Macro(path) if found.used == segs.len() => Some(path),
            Def::Opaque(path) if found.used == segs.len() => Some(Sym::new(&format!("{path}!"))),
            _ => None,
        }
    }

    /// The definition, parsed for this thread.
    pub(crate) fn parsed_macro(&mut self, path: Sym) -> Option<Result<Rc<ParsedMacro>, String>> {
        if let Some(known) = self.expander.parsed.get(&path) {
            return Some(known.clone());
        }
        let def: MacroDef = self.world.macro_def(path)?.clone();
        let parsed = ParsedMacro::parse(&def, &mut self.map, &self.limits).map(Rc::new).map_err(|t| t.what);
        self.expander.parsed.insert(path, parsed.clone());
        Some(parsed)
    }

    /// Expands a `macro_rules!` invocation and opens it: [`Cx::close_macro`] follows what is read of it. `None` when
    /// no definition is at hand.
    pub(crate) fn open_macro(&mut self, module: ModId, mac: &syn::Macro) -> Option<Result<TokenStream, String>> {
        let path = self.macro_path(module, &mac.path)?;
        if self.world.is_stub(path) {
            return None;
        }
        let parsed = match self.parsed_macro(path)? {
            Ok(parsed) => parsed,
            Err(what) => return Some(Err(what)),
        };
        self.expander.used.insert(path);
        let at = mac.path.segments.last().map_or_else(proc_macro2::Span::call_site, |s| s.ident.span());
        if let Err(error) = self.expander.budget.enter(parsed.name, at) {
            return Some(Err(error.what));
        }
        let expanded = expand(&parsed, mac.tokens.clone(), &mut self.expander.budget).map_err(|e| e.what);
        match &expanded {
            Ok(_) => self.facts.stats.macros_expanded += 1,
            Err(_) => {
                self.expander.budget.leave();
                self.facts.stats.macros_unseen += 1;
            }
        }
        Some(expanded)
    }

    /// Ends what [`Cx::open_macro`] began when it gave tokens.
    pub(crate) fn close_macro(&mut self) {
        self.expander.budget.leave();
    }

    /// Item macros that are known by what they declare rather than by their rules.
    pub(crate) fn known_item_macro(&mut self, mac: &syn::Macro, module: ModId, site: Site, at: Span) -> bool {
        let path = self.macro_path(module, &mac.path);
        let name = path.unwrap_or_else(|| Sym::new(&path_text(&mac.path)));
        let plain = name.last().trim_end_matches('!');
        match plain {
            "include" if path.is_none_or(|p| self.world.is_stub(p)) => {
                self.include(mac, module, at);
                return true;
            }
            "compile_error" => return true,
            // Their own rules make types of their own around what is declared.
            "thread_local" | "lazy_static" | "cfg_if" => {}
            "bitflags" if path.is_none_or(|p| self.world.macro_def(p).is_none()) => {}
            _ => return false,
        }
        if path.is_some_and(|p| self.world.root_of(p) == self.world.own_root && !self.is_stub()) {
            return false;
        }
        match builtin(name, mac.tokens.clone()) {
            Some(Ok(seen)) => self.declared(seen, module, site, at, plain == "lazy_static"),
            _ => false,
        }
    }

    fn include(&mut self, mac: &syn::Macro, module: ModId, at: Span) {
        match mac.parse_body::<syn::LitStr>() {
            Ok(file) => {
                let path = self.modules[module].path_dir.join(file.value());
                self.collect_file(&path, module, Some(at));
            }
            Err(_) => {
                let what = format!("`include!({})` of a file that a build script makes", mac.tokens);
                self.unseen(UnseenKind::Generated, what, Some(at));
            }
        }
    }

    /// Collects what a known macro declares.
    fn declared(&mut self, seen: Seen, module: ModId, site: Site, at: Span, lazy: bool) -> bool {
        let inside = Site { unit: None, expanded_at: site.expanded_at.or(Some(at)) };
        match seen {
            Seen::Statics(statics) => {
                for one in statics {
                    let name = ident_sym(&one.name);
                    let path = super::paths::join(self.modules[module].path, name);
                    self.define(module, name, Ns::Values, Def::Static(path), super::idents::is_public(&one.vis));
                    let ty = &one.ty;
                    let ty = if lazy { one.ty } else { syn::parse_quote!(::std::thread::LocalKey<#ty>) };
                    // The tokens are the invocation's own: their places are in its file.
                    let site = if site.unit.is_some() { site } else { inside };
                    self.push_value(module, site, path, one.name, ty, Some(one.init), true);
                    if let Some(task) = self.values.last_mut() {
                        task.thread_local = !lazy;
                        task.lazy = lazy;
                    }
                }
                true
            }
            Seen::Branches(branches) => {
                let holds = |branch: &crate::syntax::CfgBranch| match &branch.condition {
                    Some(condition) => self.input.cfg.holds(condition.clone()) == Some(true),
                    None => true,
                };
                let Some(branch) = branches.into_iter().find(holds) else { return true };
                let limits = self.limits;
                match parse_flat(<syn::File as syn::parse::Parse>::parse, branch.body, &limits) {
                    Ok(file) => self.collect_items(file.items, module, site),
                    Err(trouble) => self.unseen(
                        UnseenKind::Macro,
                        format!("a branch of `cfg_if!` is no list of items: {}", trouble.what),
                        Some(at),
                    ),
                }
                true
            }
            Seen::Flags(types) => {
                for one in types {
                    let (name, vis, ty) = (&one.name, &one.vis, &one.ty);
                    let consts = one.consts.iter().map(|(name, value)| {
                        let value = value.clone().unwrap_or_else(|| syn::parse_quote!(0));
                        quote::quote! { pub const #name: Self = #value; }
                    });
                    let items = quote::quote! { #[derive(Clone, Copy)] #vis struct #name { bits: #ty } impl #name { #(#consts)* } };
                    if let Ok(file) = syn::parse2::<syn::File>(items) {
                        self.collect_items(file.items, module, inside);
                    }
                }
                true
            }
            _ => false,
        }
    }
}
