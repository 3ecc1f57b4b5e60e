//! Macros in bodies: catalogued ones are calls, others are expanded, unknown ones give up their arguments.

use super::Lower;
use super::frame::Op;
use crate::facts::{Callee, Sym};
use crate::resolve::{Ty, path_text};

impl Lower<'_, '_> {
    pub(super) fn macro_stmt(&mut self, mac: &syn::Macro, expect: &Ty) -> Op {
        self.macro_expr(mac, expect)
    }

    pub(super) fn macro_expr(&mut self, mac: &syn::Macro, expect: &Ty) -> Op {
        let _ = expect;
        let span = self.span(mac.path.segments.last().map_or_else(proc_macro2::Span::call_site, |s| s.ident.span()));
        let module = self.frame().module;
        let name = Sym::new(&format!("{}!", path_text(&mac.path)));
        let path = self.cx.macro_path(module, &mac.path);
        if let Some(path) = path
            && self.cx.catalogue.entry(path).is_some()
        {
            use syn::punctuated::Punctuated;
            let args = mac.parse_body_with(Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated).unwrap_or_default();
            let vals = args.iter().map(|a| self.expr(a, &Ty::Unknown).val).collect();
            let ty = self.cx.world.alias(path).map_or(Ty::Unknown, |(_, t)| t.clone());
            return self.emit(Callee::Path(path), vals, ty, span);
        }
        self.emit(Callee::Unknown(name), Vec::new(), Ty::Unknown, span)
    }
}
