//! Macros among the items: definitions, and invocations that stand for items.

use super::cx::{AliasTask, Cx, ModId, PendingMacro, Site};
use super::idents::{ident_sym, path_text};
use super::interface::Def;
use super::world::Ns;
use crate::facts::{Sym, UnseenKind};
use crate::syntax::{self, Extent as _, MacroDef};

impl Cx<'_> {
    pub(super) fn collect_macro(&mut self, item: syn::ItemMacro, module: ModId, site: Site) {
        if let Some(ident) = &item.ident {
            let name = ident_sym(ident);
            let exported = item.attrs.iter().any(|a| a.path().is_ident("macro_export"));
            let owner = if exported { self.world.own_root } else { self.modules[module].path };
            let path = Sym::new(&format!("{owner}::{name}!"));
            if self.is_stub() {
                self.stub_entry(path, &item.attrs);
                if let Some(ty) = stub_macro_type(&item.mac.tokens) {
                    self.aliases.push(AliasTask { module, path, generics: syn::Generics::default(), ty });
                }
            }
            if let Some(def) = MacroDef::from_rules(&item, &self.map, self.world.own_root) {
                self.world.own.macros.insert(path, def);
            }
            self.modules[module].textual.insert(name, path);
            if exported || self.is_stub() {
                self.define(0, name, Ns::Macros, Def::Macro(path), true);
            }
            return;
        }
        self.item_macro(item.mac, module, site, true);
    }

    /// Expands an item macro, or keeps it for when more names are known.
    pub(crate) fn item_macro(&mut self, mac: syn::Macro, module: ModId, site: Site, wait: bool) {
        let at = self.span(site, mac.path.span());
        if self.known_item_macro(&mac, module, site, at) {
            return;
        }
        match self.open_macro(module, &mac) {
            Some(Ok(tokens)) => {
                let site = Site { unit: None, expanded_at: site.expanded_at.or(Some(at)) };
                let limits = self.limits;
                match syntax::parse_flat(<syn::File as syn::parse::Parse>::parse, tokens, &limits) {
                    Ok(file) => self.collect_items(file.items, module, site),
                    Err(trouble) => {
                        let what = format!("`{}!` does not expand to items: {}", path_text(&mac.path), trouble.what);
                        self.unseen(UnseenKind::Macro, what, Some(at));
                    }
                }
                self.close_macro();
            }
            Some(Err(error)) => self.unseen(
                UnseenKind::Macro,
                format!("`{}!` cannot be expanded: {error}", path_text(&mac.path)),
                Some(at),
            ),
            None if wait => self.pending_macros.push(PendingMacro { module, site, mac }),
            None => {
                self.facts.stats.macros_unseen += 1;
                self.unseen(
                    UnseenKind::Macro,
                    format!("`{}!` is not known here, or is a procedural macro", path_text(&mac.path)),
                    Some(at),
                );
            }
        }
    }

    /// Notes what a stub's attributes say of a path.
    pub(crate) fn stub_entry(&mut self, path: Sym, attrs: &[syn::Attribute]) {
        match crate::catalogue::attrs::entry(attrs) {
            Ok(Some(entry)) => self.entries.push((path, entry)),
            Ok(None) => {}
            Err(error) => self.unseen(UnseenKind::Syntax, format!("stub of `{path}`: {error}"), None),
        }
    }
}

/// The arm of a stub's macro names the type of its value: `() => { String }`.
fn stub_macro_type(tokens: &proc_macro2::TokenStream) -> Option<syn::Type> {
    let arm = tokens.clone().into_iter().filter_map(|t| match t {
        proc_macro2::TokenTree::Group(group) => Some(group),
        _ => None,
    });
    syn::parse2(arm.last()?.stream()).ok()
}
