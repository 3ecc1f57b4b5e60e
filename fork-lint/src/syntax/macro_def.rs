//! Definitions of macros: kept as text, so that other crates and threads can use them, and parsed where they are used.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::{Attribute, Item, ItemMacro};

use super::macro_arms::{Arm, BadMacro, Matcher, Piece};
use super::parse::Trouble;
use super::{Limits, SourceMap};
use crate::facts::{Sym, UnseenKind};

/// A `macro_rules!` or `macro` definition. Free of anything bound to a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct MacroDef {
    /// The macro's name.
    pub name: Sym,
    /// Carries `#[macro_export]`.
    pub exported: bool,
    /// `#[macro_export(local_inner_macros)]`: the macros it calls are the crate's own.
    pub local_inner: bool,
    /// Written `macro name`: has a path and a visibility like any item. A `macro_rules!` has not.
    pub by_path: bool,
    /// Its arms as written.
    pub text: String,
    /// The file it is in.
    pub file: Sym,
    /// Line of the text's first character.
    pub line: u32,
    /// Column of the text's first character.
    pub column: u32,
    /// What `$crate` means in it.
    pub crate_root: Sym,
}

impl MacroDef {
    /// The definition in an item; `None` if it is none.
    pub fn from_item(item: &Item, map: &SourceMap, crate_root: Sym) -> Option<MacroDef> {
        match item {
            Item::Macro(item) => MacroDef::from_rules(item, map, crate_root),
            Item::Verbatim(tokens) => MacroDef::from_macro(tokens, map, crate_root),
            _ => None,
        }
    }

    /// The definition in `macro_rules! name { .. }`; also as a statement.
    pub fn from_rules(item: &ItemMacro, map: &SourceMap, crate_root: Sym) -> Option<MacroDef> {
        let name = item.ident.as_ref().filter(|_| item.mac.path.is_ident("macro_rules"))?;
        let span = item.mac.delimiter.span().join();
        let text = || format!("{{{}}}", item.mac.tokens);
        Some(MacroDef::new(name, &item.attrs, false, span, text, map, crate_root))
    }

    /// The definition in `pub macro name(..) { .. }`, which the parser leaves as tokens.
    fn from_macro(tokens: &TokenStream, map: &SourceMap, crate_root: Sym) -> Option<MacroDef> {
        let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let at = tokens.iter().position(|token| matches!(token, TokenTree::Ident(word) if word == "macro"))?;
        let (TokenTree::Ident(name), arms) = tokens[at + 1..].split_first()? else { return None };
        let (first, last) = (arms.first()?, arms.last()?);
        let span = first.span().join(last.span()).unwrap_or(first.span());
        let text = || arms.iter().cloned().collect::<TokenStream>().to_string();
        Some(MacroDef::new(name, &[], true, span, text, map, crate_root))
    }

    fn new(
        name: &proc_macro2::Ident,
        attrs: &[Attribute],
        by_path: bool,
        span: Span,
        text: impl Fn() -> String,
        map: &SourceMap,
        crate_root: Sym,
    ) -> MacroDef {
        let export = attrs.iter().find(|attr| attr.path().is_ident("macro_export"));
        let local_inner = export.is_some_and(|attr| match &attr.meta {
            syn::Meta::List(list) => list.tokens.to_string().contains("local_inner_macros"),
            _ => false,
        });
        let place = map.span_of(span);
        MacroDef {
            name: Sym::new(&name.to_string()),
            exported: export.is_some(),
            local_inner,
            by_path,
            text: span.source_text().unwrap_or_else(text),
            file: place.map_or_else(|| Sym::new(""), |place| place.file),
            line: place.map_or(1, |place| place.line),
            column: place.map_or(1, |place| place.column),
            crate_root,
        }
    }
}

/// A definition ready for use on this thread.
pub struct ParsedMacro {
    /// The macro's name.
    pub name: Sym,
    pub(super) arms: Vec<Arm>,
    pub(super) crate_root: Sym,
}

impl ParsedMacro {
    /// Parses a definition; `map` learns where its tokens are.
    pub fn parse(def: &MacroDef, map: &mut SourceMap, limits: &Limits) -> Result<ParsedMacro, Trouble> {
        let (_, tokens) = map.tokens(def.file, def.line, def.column, &def.text, limits)?;
        super::depth::check_nesting(&tokens, limits.depth).map_err(super::parse::too_deep)?;
        let arms = arms(tokens, def.local_inner).map_err(|(what, span)| {
            let what = format!("the definition of `{}!` has {what}", def.name);
            Trouble { kind: UnseenKind::Macro, what, span }
        })?;
        Ok(ParsedMacro { name: def.name, arms, crate_root: def.crate_root })
    }

    /// The bodies of the arms, with a stand-in for every fragment: what can be said of the macro without its input.
    pub fn bodies(&self) -> impl Iterator<Item = TokenStream> {
        self.arms.iter().map(super::macro_expand::without_input)
    }
}

/// Reads `{ (..) => {..}; .. }`, or the `(..) {..}` of a `macro` with a single arm.
fn arms(tokens: TokenStream, local_inner: bool) -> Result<Vec<Arm>, BadMacro> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    match trees.as_slice() {
        [TokenTree::Group(all)] => {
            let inside: Vec<TokenTree> = all.stream().into_iter().collect();
            let mut inside = inside.as_slice();
            let mut arms = Vec::new();
            while let Some(token) = inside.first() {
                match inside {
                    [
                        TokenTree::Group(matcher),
                        TokenTree::Punct(equals),
                        TokenTree::Punct(arrow),
                        TokenTree::Group(body),
                        rest @ ..,
                    ] if equals.as_char() == '=' && arrow.as_char() == '>' => {
                        arms.push(arm(matcher, body, local_inner)?);
                        inside = rest;
                    }
                    [TokenTree::Punct(end), rest @ ..] if matches!(end.as_char(), ';' | ',') => inside = rest,
                    _ => return Err(("something that is not an arm", token.span())),
                }
            }
            Ok(arms)
        }
        [TokenTree::Group(matcher), TokenTree::Group(body)] => Ok(vec![arm(matcher, body, local_inner)?]),
        _ => Err(("something that is not an arm", trees.first().map_or_else(Span::call_site, TokenTree::span))),
    }
}

fn arm(matcher: &proc_macro2::Group, body: &proc_macro2::Group, local_inner: bool) -> Result<Arm, BadMacro> {
    if matcher.delimiter() == Delimiter::None {
        return Err(("something that is not an arm", matcher.span()));
    }
    let mut named = Vec::new();
    let matcher = Matcher::parse(matcher.stream(), &mut named)?;
    Ok(Arm { matcher, named, template: Piece::parse(body.stream(), local_inner)? })
}
