//! Keeps what parses of a file that does not parse as a whole: one broken function costs that function.

use std::collections::VecDeque;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::parse::Parse;
use syn::{Attribute, ImplItem, Item, TraitItem};

use super::Limits;
use super::old_edition::{is_group, is_punct, modernise};
use super::parse::{Trouble, parse_tokens};
use crate::facts::UnseenKind;

/// How many places of a broken piece are tried as the start of the next good item.
const RESTARTS: usize = 16;

/// How many modules inside each other are taken apart.
const MODULES: u32 = 16;

/// Parses the items of a file one by one.
pub(super) fn items(tokens: TokenStream, limits: &Limits, file: &mut syn::File, troubles: &mut Vec<Trouble>) {
    let mut tokens: VecDeque<TokenTree> = tokens.into_iter().collect();
    file.attrs = inner_attributes(&mut tokens, limits, troubles);
    pieces(tokens, limits, troubles, &mut file.items, &|piece, limits, troubles| {
        item(piece, limits, troubles, MODULES)
    });
}

/// Takes `#![..]` off the front.
fn inner_attributes(tokens: &mut VecDeque<TokenTree>, limits: &Limits, troubles: &mut Vec<Trouble>) -> Vec<Attribute> {
    let mut attrs = Vec::new();
    while is_punct(tokens.front(), '#') && is_punct(tokens.get(1), '!') && is_group(tokens.get(2), Delimiter::Bracket) {
        let attr: TokenStream = tokens.drain(..3).collect();
        match parse_tokens(Attribute::parse_inner, attr, limits) {
            Ok(parsed) => attrs.extend(parsed),
            Err(trouble) => troubles.push(trouble),
        }
    }
    attrs
}

/// Parses one piece, or says why it cannot be.
type OnePiece<'a, T> = &'a dyn Fn(&[TokenTree], &Limits, &mut Vec<Trouble>) -> Result<T, Trouble>;

/// Cuts tokens into pieces that look like items, and keeps those that parse.
fn pieces<T>(
    mut tokens: VecDeque<TokenTree>,
    limits: &Limits,
    troubles: &mut Vec<Trouble>,
    kept: &mut Vec<T>,
    one: OnePiece<'_, T>,
) {
    while !tokens.is_empty() {
        let length = piece_length(tokens.make_contiguous());
        let piece: Vec<TokenTree> = tokens.drain(..length).collect();
        if let [TokenTree::Punct(semicolon)] = piece.as_slice()
            && semicolon.as_char() == ';'
        {
            continue;
        }
        match one(&piece, limits, troubles) {
            Ok(item) => kept.push(item),
            Err(trouble) => {
                troubles.push(trouble);
                let restarts = (1..piece.len()).filter(|&at| starts_item(&piece, at)).take(RESTARTS);
                let rest = restarts.map(|at| &piece[at..]).find_map(|rest| one(rest, limits, &mut Vec::new()).ok());
                kept.extend(rest);
            }
        }
    }
}

/// An item; of a module, implementation or trait, the members that parse.
fn item(piece: &[TokenTree], limits: &Limits, troubles: &mut Vec<Trouble>, modules: u32) -> Result<Item, Trouble> {
    let trouble = match parse_all(Item::parse, piece, limits) {
        Ok(item) => return Ok(item),
        Err(trouble) => trouble,
    };
    // Rewriting goes as deep as the groups do: not for what was refused for its depth.
    let modern = if trouble.kind == UnseenKind::Syntax { modernise(piece) } else { None };
    let piece = modern.as_deref().unwrap_or(piece);
    if modern.is_some()
        && let Ok(item) = parse_all(Item::parse, piece, limits)
    {
        return Ok(item);
    }
    // With its body emptied, is it the head of something that has members?
    let Some((TokenTree::Group(body), head)) = piece.split_last() else { return Err(trouble) };
    if body.delimiter() != Delimiter::Brace || modules == 0 {
        return Err(trouble);
    }
    let mut emptied = Group::new(Delimiter::Brace, TokenStream::new());
    emptied.set_span(body.span());
    let emptied: Vec<TokenTree> = head.iter().cloned().chain([TokenTree::Group(emptied)]).collect();
    let Ok(mut item) = parse_all(Item::parse, &emptied, limits) else { return Err(trouble) };
    let mut members: VecDeque<TokenTree> = body.stream().into_iter().collect();
    let attrs = inner_attributes(&mut members, limits, troubles);
    match &mut item {
        Item::Mod(module) => {
            module.attrs.extend(attrs);
            let Some((_, kept)) = &mut module.content else { return Err(trouble) };
            pieces(members, limits, troubles, kept, &|piece, limits, troubles| {
                self::item(piece, limits, troubles, modules - 1)
            });
        }
        Item::Impl(block) => {
            block.attrs.extend(attrs);
            pieces(members, limits, troubles, &mut block.items, &|piece, limits, _| {
                parse_all(ImplItem::parse, piece, limits)
            });
        }
        Item::Trait(block) => {
            block.attrs.extend(attrs);
            pieces(members, limits, troubles, &mut block.items, &|piece, limits, _| {
                parse_all(TraitItem::parse, piece, limits)
            });
        }
        _ => return Err(trouble),
    }
    Ok(item)
}

fn parse_all<T>(
    parser: impl FnOnce(syn::parse::ParseStream<'_>) -> syn::Result<T>,
    piece: &[TokenTree],
    limits: &Limits,
) -> Result<T, Trouble> {
    parse_tokens(parser, piece.iter().cloned().collect(), limits)
}

/// How many tokens the first item of these takes, judged by its brackets and semicolons alone.
fn piece_length(tokens: &[TokenTree]) -> usize {
    let ends_with_semicolon = needs_semicolon(tokens);
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        let ends = match token {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !ends_with_semicolon => {
                // `impl Trait<{ N }> for ..`
                !is_punct(next, '>') && !is_punct(next, ',')
            }
            _ => false,
        };
        if ends {
            return at + 1;
        }
    }
    tokens.len()
}

/// The item is one that a block does not end (`use`, `static`, a type alias, a constant).
fn needs_semicolon(tokens: &[TokenTree]) -> bool {
    let mut tokens = tokens.iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word == "pub" => {
                tokens.next_if(|next| is_group(Some(next), Delimiter::Parenthesis));
            }
            TokenTree::Ident(word) if word == "const" => {
                let function = ["fn", "unsafe", "async", "extern", "trait", "impl"];
                return !matches!(tokens.peek(), Some(TokenTree::Ident(next)) if function.iter().any(|f| next == f));
            }
            TokenTree::Ident(word) => return word == "use" || word == "static" || word == "type",
            TokenTree::Punct(hash) if hash.as_char() == '#' => {
                tokens.next();
            }
            _ => return false,
        }
    }
    false
}

/// An item could begin at that token.
fn starts_item(piece: &[TokenTree], at: usize) -> bool {
    const WORDS: [&str; 14] = [
        "pub", "fn", "struct", "enum", "union", "impl", "trait", "mod", "use", "static", "const", "type", "unsafe",
        "extern",
    ];
    match &piece[at] {
        TokenTree::Ident(word) => WORDS.iter().any(|w| word == w),
        TokenTree::Punct(hash) => hash.as_char() == '#' && is_group(piece.get(at + 1), Delimiter::Bracket),
        _ => false,
    }
}
