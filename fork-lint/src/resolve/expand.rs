//! Macro invocations: which definition is meant, and what its expansion is.

use syn::spanned::Spanned;

use super::collect::{ident_sym, path_text};
use super::cx::{Cx, ModId, Site};
use super::interface::Def;
use super::world::Ns;
use crate::facts::{Span, Sym, UnseenKind};

impl Cx<'_> {
    /// Path of the macro an invocation means, where it can be told.
    pub(crate) fn macro_path(&self, module: ModId, path: &syn::Path) -> Option<Sym> {
        let segs: Vec<Sym> = path.segments.iter().map(|s| ident_sym(&s.ident)).collect();
        match self.resolve_path(module, &segs, path.leading_colon.is_some(), Ns::Macros)? {
            r if r.used == segs.len() => match r.def {
                Def::Macro(path) => Some(path),
                Def::Opaque(path) => Some(Sym::new(&format!("{path}!"))),
                _ => None,
            },
            _ => None,
        }
    }

    pub(crate) fn macro_definition(&mut self, name: Sym, exported: bool, mac: &syn::Macro, _site: Site) -> crate::syntax::MacroDef {
        crate::syntax::MacroDef { name, exported, text: mac.tokens.to_string() }
    }

    /// Expands a `macro_rules!` invocation; `None` when no definition is at hand.
    pub(crate) fn expand_macro(&mut self, module: ModId, mac: &syn::Macro, _site: Site) -> Option<Result<proc_macro2::TokenStream, String>> {
        let path = self.macro_path(module, &mac.path)?;
        let _def = self.world.macro_def(path)?;
        None
    }

    /// Item macros that are known by what they declare rather than by their rules.
    pub(crate) fn known_item_macro(&mut self, mac: &syn::Macro, module: ModId, site: Site, at: Span) -> bool {
        let _ = (module, site);
        let name = path_text(&mac.path);
        if name == "include" {
            self.unseen(UnseenKind::Generated, "`include!` of a generated file".to_owned(), Some(at));
            return true;
        }
        let _ = mac.path.span();
        false
    }
}
