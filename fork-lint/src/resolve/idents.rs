//! Small questions to identifiers, paths, visibilities and attributes.

use crate::facts::Sym;
use crate::syntax;

pub(crate) fn ident_sym(ident: &syn::Ident) -> Sym {
    let text = ident.to_string();
    if let Some(root) = syntax::crate_of_text(&text) {
        return Sym::new(&format!("$crate@{root}"));
    }
    Sym::new(text.strip_prefix("r#").unwrap_or(&text))
}

pub(crate) fn is_public(vis: &syn::Visibility) -> bool {
    matches!(vis, syn::Visibility::Public(_))
}

pub(crate) fn path_text(path: &syn::Path) -> String {
    path.segments.iter().map(|s| s.ident.to_string()).collect::<Vec<_>>().join("::")
}

pub(super) fn is_test_attr(attr: &syn::Attribute) -> bool {
    attr.path()
        .segments
        .last()
        .is_some_and(|s| s.ident == "test" || s.ident == "bench" || s.ident == "test_case" || s.ident == "rstest")
}
