//! Tokens as a macro sees them: several punctuation characters that touch are one operator.

use proc_macro2::{Ident, Spacing, TokenTree};
use syn::buffer::Cursor;

/// A token that a matcher wants to see literally.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Ident(String),
    Operator(String),
    Lifetime(String),
    Literal(String),
}

impl Token {
    /// The first token of these, and how many token trees it takes; `None` for a group.
    pub(super) fn first(tokens: &[TokenTree]) -> Option<(Token, usize)> {
        match tokens.first()? {
            TokenTree::Group(_) => None,
            TokenTree::Ident(ident) => Some((Token::Ident(ident.to_string()), 1)),
            TokenTree::Literal(literal) => Some((Token::Literal(literal.to_string()), 1)),
            TokenTree::Punct(punct) => {
                if punct.as_char() == '\''
                    && let Some(TokenTree::Ident(name)) = tokens.get(1)
                {
                    return Some((Token::Lifetime(name.to_string()), 2));
                }
                let text = operator(tokens.iter().map_while(|token| match token {
                    TokenTree::Punct(punct) => Some((punct.as_char(), punct.spacing())),
                    _ => None,
                }));
                let length = text.chars().count();
                Some((Token::Operator(text), length))
            }
        }
    }

    /// What follows if the input goes on with exactly this token.
    pub(super) fn eat<'a>(&self, input: Cursor<'a>) -> Option<Cursor<'a>> {
        if input.any_group().is_some() {
            return None;
        }
        match self {
            Token::Ident(text) => input.ident().filter(|(ident, _)| ident == text).map(|(_, rest)| rest),
            Token::Lifetime(text) => input.lifetime().filter(|(found, _)| found.ident == text).map(|(_, rest)| rest),
            Token::Literal(text) => {
                input.literal().filter(|(found, _)| found.to_string() == *text).map(|(_, rest)| rest)
            }
            Token::Operator(text) => next_operator(input).filter(|(found, _)| found == text).map(|(_, rest)| rest),
        }
    }
}

/// The operator that the input begins with.
pub(super) fn next_operator(input: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    if input.any_group().is_some() {
        return None;
    }
    let mut ahead = input;
    let text = operator(std::iter::from_fn(|| {
        let (punct, rest) = ahead.punct().filter(|_| ahead.any_group().is_none())?;
        ahead = rest;
        Some((punct.as_char(), punct.spacing()))
    }));
    let mut rest = input;
    for _ in text.chars() {
        rest = rest.punct()?.1;
    }
    (!text.is_empty()).then_some((text, rest))
}

/// One token tree as a macro counts them: a group, a lifetime, a whole operator.
pub(super) fn next_tree(input: Cursor<'_>) -> Option<(Vec<TokenTree>, Cursor<'_>)> {
    if input.any_group().is_some() {
        let (group, rest) = input.token_tree()?;
        return Some((vec![group], rest));
    }
    let rest = match (input.lifetime(), next_operator(input)) {
        (Some((_, rest)), _) | (None, Some((_, rest))) => rest,
        (None, None) => {
            let (tree, rest) = input.token_tree()?;
            return Some((vec![tree], rest));
        }
    };
    let mut trees = between(input, rest);
    // The operator ends here whatever is put behind it.
    if let Some(TokenTree::Punct(last)) = trees.last_mut() {
        *last = alone(last);
    }
    Some((trees, rest))
}

/// The token trees from one position to another; an invisible group that ends inside is opened.
pub(super) fn between(from: Cursor<'_>, to: Cursor<'_>) -> Vec<TokenTree> {
    let mut trees = Vec::new();
    let mut at = from;
    while at < to {
        let Some((tree, rest)) = at.token_tree() else { break };
        if rest <= to {
            trees.push(tree);
            at = rest;
        } else if let Some((inside, ..)) = at.any_group() {
            at = inside;
        } else {
            break;
        }
    }
    trees
}

/// The same punctuation, not joined to what follows.
pub(super) fn alone(punct: &proc_macro2::Punct) -> proc_macro2::Punct {
    let mut punct_alone = proc_macro2::Punct::new(punct.as_char(), Spacing::Alone);
    punct_alone.set_span(punct.span());
    punct_alone
}

/// The longest operator that these characters begin with.
fn operator(puncts: impl Iterator<Item = (char, Spacing)>) -> String {
    const LONG: [&str; 25] = [
        "<<=", ">>=", "...", "..=", "::", "->", "=>", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=", "%=",
        "^=", "&=", "|=", "<<", ">>", "..", "<-",
    ];
    let mut text = String::new();
    for (c, spacing) in puncts.take(3) {
        text.push(c);
        if spacing == Spacing::Alone {
            break;
        }
    }
    let longest = LONG.iter().find(|long| text.starts_with(**long)).map_or(1, |long| long.len());
    text.truncate(text.char_indices().nth(longest).map_or(text.len(), |(at, _)| at));
    text
}

/// `$crate`, as a name that the resolver understands: see [`crate_of_ident`].
pub(super) fn crate_ident(root: &str, span: proc_macro2::Span) -> Ident {
    let mut name = String::from(CRATE);
    for byte in root.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => name.push(char::from(byte)),
            _ => name.push_str(&format!("_{byte:02x}")),
        }
    }
    Ident::new(&name, span)
}

const CRATE: &str = "__crate__";

/// The root of the crate that an expanded `$crate` stands for.
///
/// `$crate` is no identifier, so an expansion has `__crate__NAME` in its place, in which every byte of the root's
/// name that is not a letter or digit is written as `_` and two hexadecimal digits (`nix@0.26` is
/// `__crate__nix_400_2e26`).
pub fn crate_of_ident(ident: &Ident) -> Option<crate::facts::Sym> {
    crate_of_text(&ident.to_string())
}

/// The same of an identifier's text.
pub(crate) fn crate_of_text(text: &str) -> Option<crate::facts::Sym> {
    let mut rest = text.strip_prefix(CRATE)?;
    let mut root = Vec::with_capacity(rest.len());
    while let Some((&byte, after)) = rest.as_bytes().split_first() {
        if byte == b'_' {
            root.push(u8::from_str_radix(rest.get(1..3)?, 16).ok()?);
            rest = &rest[3..];
        } else {
            root.push(byte);
            rest = std::str::from_utf8(after).ok()?;
        }
    }
    String::from_utf8(root).ok().map(|root| crate::facts::Sym::new(&root))
}
