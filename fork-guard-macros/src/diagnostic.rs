//! Errors at a place.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// `::core::compile_error! { message }`, shown from the first to the last span. An item wherever one may stand.
pub(crate) fn error(first: Span, last: Span, message: &str) -> TokenStream {
    let punct = |c, spacing| {
        let mut punct = Punct::new(c, spacing);
        punct.set_span(first);
        TokenTree::Punct(punct)
    };
    let word = |text| TokenTree::Ident(Ident::new(text, first));
    let mut text = Literal::string(message);
    text.set_span(last);
    let mut braces = Group::new(Delimiter::Brace, TokenTree::Literal(text).into());
    braces.set_span(last);
    [
        punct(':', Spacing::Joint),
        punct(':', Spacing::Alone),
        word("core"),
        punct(':', Spacing::Joint),
        punct(':', Spacing::Alone),
        word("compile_error"),
        punct('!', Spacing::Alone),
        TokenTree::Group(braces),
    ]
    .into_iter()
    .collect()
}

/// As [`error`], at one token.
pub(crate) fn error_at(span: Span, message: &str) -> TokenStream {
    error(span, span, message)
}
