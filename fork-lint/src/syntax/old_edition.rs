//! Rust 2015 spelled as later editions spell it, for the parser, which reads only those: many crates that fork are old.
//!
//! - `Box<Fn(u8) -> u8>` becomes `Box<dyn Fn(u8) -> u8>` (other trait objects without `dyn` are read as they are)
//! - `fn f(&self, u8);` in a trait becomes `fn f(&self, _: u8);`
//! - a name like `async` or `try` becomes `r#async`
//!
//! Places stay as they are. Only pieces that do not parse come here, so a mistake costs what is lost already.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};

/// The piece in later spelling; `None` if there is nothing to change.
pub(super) fn modernise(piece: &[TokenTree]) -> Option<Vec<TokenTree>> {
    let mut pass = Pass { changed: false };
    let rewritten = pass.rewrite(piece, Around::Nothing);
    pass.changed.then_some(rewritten)
}

/// What the tokens are the inside of.
#[derive(Clone, Copy, PartialEq)]
enum Around {
    Nothing,
    Parentheses,
    TraitBody,
    Other,
}

struct Pass {
    changed: bool,
}

impl Pass {
    fn rewrite(&mut self, tokens: &[TokenTree], around: Around) -> Vec<TokenTree> {
        let mut out: Vec<TokenTree> = Vec::with_capacity(tokens.len());
        let mut in_trait = false;
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let parameters = around == Around::TraitBody && is_parameters(&tokens[..at]);
                    let inside = match group.delimiter() {
                        Delimiter::Brace if in_trait => Around::TraitBody,
                        Delimiter::Parenthesis => Around::Parentheses,
                        _ => Around::Other,
                    };
                    in_trait &= group.delimiter() != Delimiter::Brace;
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    let mut inner = self.rewrite(&inner, inside);
                    if parameters {
                        inner = self.name_parameters(inner);
                    }
                    out.push(group_like(group, inner));
                }
                TokenTree::Ident(word)
                    if is_name(word, at.checked_sub(1).map(|at| &tokens[at]), tokens.get(at + 1)) =>
                {
                    self.changed = true;
                    out.push(TokenTree::Ident(Ident::new_raw(&word.to_string(), word.span())));
                }
                TokenTree::Ident(word) => {
                    in_trait |= word == "trait";
                    out.push(token.clone());
                    if is_callable(word) && is_group(tokens.get(at + 1), Delimiter::Parenthesis) {
                        let start = path_start(&out);
                        if is_type_position(&out[..start], around) {
                            self.changed = true;
                            out.insert(start, TokenTree::Ident(Ident::new("dyn", word.span())));
                        }
                    }
                }
                _ => out.push(token.clone()),
            }
        }
        out
    }

    /// Gives every parameter that is a type alone the name `_`.
    fn name_parameters(&mut self, tokens: Vec<TokenTree>) -> Vec<TokenTree> {
        let mut out = Vec::with_capacity(tokens.len());
        for parameter in split_at_commas(&tokens) {
            let Some(first) = parameter.first() else { continue };
            if !has_name(parameter) {
                self.changed = true;
                let at = first.span();
                out.extend([TokenTree::Ident(Ident::new("_", at)), punct(':', at)]);
            }
            out.extend(parameter.iter().cloned());
            out.push(punct(',', first.span()));
        }
        out
    }
}

/// A keyword of later editions in a place where it can only be a name.
fn is_name(word: &Ident, before: Option<&TokenTree>, after: Option<&TokenTree>) -> bool {
    let after_word = |words: &[&str]| matches!(after, Some(TokenTree::Ident(next)) if words.iter().any(|w| next == w));
    if word == "try" {
        !is_punct(after, '!') && !is_group(after, Delimiter::Brace)
    } else if word == "async" {
        let closure = is_punct(after, '|') && !is_punct(before, '|');
        !closure && !is_group(after, Delimiter::Brace) && !after_word(&["fn", "move", "unsafe", "extern", "use"])
    } else if word == "dyn" {
        matches!(after, None | Some(TokenTree::Punct(_)))
            && !is_punct(after, '\'')
            && !is_punct(after, '?')
            && !is_punct(after, ':')
    } else if word == "await" {
        !is_punct(before, '.')
    } else {
        false
    }
}

fn is_callable(word: &Ident) -> bool {
    ["Fn", "FnMut", "FnOnce", "FnBox"].iter().any(|name| word == name)
}

/// Where the path that ends these tokens begins, a `for<'a>` before it included.
fn path_start(tokens: &[TokenTree]) -> usize {
    let mut start = tokens.len() - 1;
    while start >= 2 && is_punct(tokens.get(start - 1), ':') && is_punct(tokens.get(start - 2), ':') {
        start -= 2;
        if let Some(TokenTree::Ident(_)) = start.checked_sub(1).map(|at| &tokens[at]) {
            start -= 1;
        }
    }
    if start >= 1 && is_punct(tokens.get(start - 1), '>') {
        let open = (0..start).rev().find(|&at| is_punct(tokens.get(at), '<')).unwrap_or(0);
        if let Some(TokenTree::Ident(word)) = open.checked_sub(1).map(|at| &tokens[at])
            && word == "for"
        {
            return open - 1;
        }
    }
    start
}

/// After these tokens comes a type, not a bound.
fn is_type_position(before: &[TokenTree], around: Around) -> bool {
    match before {
        [] => around == Around::Parentheses,
        [.., TokenTree::Punct(dash), TokenTree::Punct(arrow)] if arrow.as_char() == '>' => dash.as_char() == '-',
        [.., TokenTree::Punct(last)] => matches!(last.as_char(), '<' | '&' | '='),
        [.., TokenTree::Punct(quote), TokenTree::Ident(_)] if quote.as_char() == '\'' => {
            is_punct(before.len().checked_sub(3).map(|at| &before[at]), '&')
        }
        [.., TokenTree::Ident(last)] => last == "mut" || last == "const",
        _ => false,
    }
}

/// These tokens end in `fn name` and perhaps generic parameters.
fn is_parameters(before: &[TokenTree]) -> bool {
    let mut angles = 0i32;
    for (at, token) in before.iter().enumerate().rev() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '>' => {
                let arrow = at.checked_sub(1).is_some_and(|before_it| is_punct(before.get(before_it), '-'));
                angles += i32::from(!arrow);
            }
            TokenTree::Punct(punct) if punct.as_char() == '<' => angles -= 1,
            TokenTree::Ident(_) if angles == 0 => {
                return matches!(at.checked_sub(1).map(|at| &before[at]), Some(TokenTree::Ident(word)) if word == "fn");
            }
            _ if angles == 0 => return false,
            _ => {}
        }
    }
    false
}

fn split_at_commas(tokens: &[TokenTree]) -> Vec<&[TokenTree]> {
    let mut angles = 0i32;
    let mut before = None;
    tokens
        .split(|token| {
            let TokenTree::Punct(punct) = token else {
                before = None;
                return false;
            };
            let c = punct.as_char();
            match c {
                '<' => angles += 1,
                '>' if before != Some('-') => angles -= 1,
                _ => {}
            }
            before = Some(c);
            c == ',' && angles <= 0
        })
        .collect()
}

/// `a: T`, a pattern, `self` in any form, or `...`.
fn has_name(parameter: &[TokenTree]) -> bool {
    let mut angles = 0i32;
    parameter.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Ident(word) => angles == 0 && word == "self",
        TokenTree::Punct(punct) => {
            match punct.as_char() {
                '<' => angles += 1,
                '>' => angles -= 1,
                _ => {}
            }
            let path = is_punct(parameter.get(at + 1), ':')
                || at.checked_sub(1).is_some_and(|at| is_punct(parameter.get(at), ':'));
            match punct.as_char() {
                ':' => angles <= 0 && !path,
                '.' => true,
                _ => false,
            }
        }
        _ => false,
    })
}

fn punct(c: char, at: Span) -> TokenTree {
    let mut punct = Punct::new(c, Spacing::Alone);
    punct.set_span(at);
    TokenTree::Punct(punct)
}

fn group_like(group: &Group, inside: Vec<TokenTree>) -> TokenTree {
    let mut rewritten = Group::new(group.delimiter(), inside.into_iter().collect::<TokenStream>());
    rewritten.set_span(group.span());
    TokenTree::Group(rewritten)
}

/// The token is this punctuation character.
pub(super) fn is_punct(token: Option<&TokenTree>, c: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == c)
}

/// The token is a group with this delimiter.
pub(super) fn is_group(token: Option<&TokenTree>, delimiter: Delimiter) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == delimiter)
}
