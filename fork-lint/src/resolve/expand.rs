//! Macro invocations: which definition is meant, and what its expansion is.

use std::rc::Rc;

use proc_macro2::TokenStream;
use rustc_hash::{FxHashMap, FxHashSet};

use super::collect::{ident_sym, path_text};
use super::cx::{Cx, ModId, Site};
use super::interface::Def;
use super::world::Ns;
use crate::facts::{Span, Sym, UnseenKind};
use crate::syntax::{Budget, Limits, MacroDef, ParsedMacro, expand};

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
    pub(crate) fn known_item_macro(&mut self, mac: &syn::Macro, module: ModId, _site: Site, at: Span) -> bool {
        let name = path_text(&mac.path);
        if name == "include" {
            match mac.parse_body::<syn::LitStr>() {
                Ok(file) => {
                    let path = self.modules[module].path_dir.join(file.value());
                    self.collect_file(&path, module, Some(at));
                }
                Err(_) => self.unseen(UnseenKind::Generated, format!("`include!({})` of a file that a build script makes", mac.tokens), Some(at)),
            }
            return true;
        }
        matches!(name.as_str(), "compile_error" | "std::compile_error" | "core::compile_error")
    }
}
