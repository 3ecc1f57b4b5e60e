//! What an attribute stands on, told from the first tokens: parsing it whole would cost more than the rest.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

/// The kind of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Function,
    Type,
    Impl,
    Trait,
    Module,
    Other,
}

/// An item's kind and the words around it.
pub(crate) struct Head {
    pub(crate) kind: Kind,
    /// The keyword `async` before `fn`.
    pub(crate) asynchronous: Option<Ident>,
    /// The keyword that tells the kind, or the first token's place.
    pub(crate) at: proc_macro2::Span,
}

/// Reads an item's head.
pub(crate) fn head(item: &TokenStream) -> Head {
    let mut asynchronous = None;
    let mut first = None;
    for token in item.clone() {
        first.get_or_insert(token.span());
        match token {
            // An attribute's brackets, `pub(..)`'s parentheses, a macro's fragment: the head goes on.
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                let inner = head(&group.stream());
                if inner.kind != Kind::Other {
                    return inner;
                }
            }
            TokenTree::Ident(word) => {
                let kind = match word.to_string().as_str() {
                    "fn" => Kind::Function,
                    "struct" | "enum" | "union" => Kind::Type,
                    "impl" => Kind::Impl,
                    "trait" => Kind::Trait,
                    "mod" => Kind::Module,
                    "async" => {
                        asynchronous = Some(word);
                        continue;
                    }
                    // `extern "C" {`, `static X`, `use x`: nothing that can promise anything. `union` may be a name.
                    "use" | "static" | "type" | "macro_rules" => break,
                    _ => continue,
                };
                return Head { kind, asynchronous, at: word.span() };
            }
            _ => {}
        }
    }
    let at = first.unwrap_or_else(proc_macro2::Span::call_site);
    Head { kind: Kind::Other, asynchronous, at }
}
