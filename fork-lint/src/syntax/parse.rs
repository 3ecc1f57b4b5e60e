//! Files and token streams to trees, within bounds, with nothing lost that can be kept.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::str::FromStr;

use proc_macro2::{Span, TokenStream};
use syn::parse::{Parse, ParseStream, Parser};

use super::source_map::{SourceMap, UnitId};
use super::{Limits, depth, recover};
use crate::facts::{self, Unseen, UnseenKind};

/// A parsed file.
pub struct Parsed {
    /// The text's name in its [`SourceMap`].
    pub unit: UnitId,
    /// Every item that parses.
    pub file: syn::File,
    /// Every piece that does not, or that is beyond the bounds.
    pub unseen: Vec<Unseen>,
}

/// Why tokens did not become a tree.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// [`UnseenKind::Syntax`] or [`UnseenKind::Bound`].
    pub kind: UnseenKind,
    /// What is wrong: a sentence fragment.
    pub what: String,
    /// Where; made up when there is no better place than the whole text.
    pub span: Span,
}

impl Trouble {
    fn bound(what: &str, span: Span) -> Trouble {
        Trouble { kind: UnseenKind::Bound, what: what.to_owned(), span }
    }

    fn syntax(error: &syn::Error) -> Trouble {
        Trouble { kind: UnseenKind::Syntax, what: error.to_string(), span: error.span() }
    }

    /// As a fact; `whole` stands in for a made-up place.
    pub fn unseen(self, map: &SourceMap, whole: facts::Span) -> Unseen {
        Unseen { kind: self.kind, what: self.what, span: Some(map.span_of(self.span).unwrap_or(whole)) }
    }
}

/// Parses tokens if their tree stays within the bounds, with a parser like `syn::Expr::parse`. Every syntax tree has
/// to be made here (or by [`SourceMap::parse_file`]): the parser alone overflows the stack on deep input.
pub fn parse_tokens<T>(
    parser: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
    tokens: TokenStream,
    limits: &Limits,
) -> Result<T, Trouble> {
    depth::check_nesting(&tokens, limits.depth).map_err(too_deep)?;
    parse_flat(parser, tokens, limits)
}

/// [`parse_tokens`] for tokens whose groups are known not to nest too deep: those of a tree, and what [`super::expand`]
/// made of such.
pub fn parse_flat<T>(
    parser: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
    tokens: TokenStream,
    limits: &Limits,
) -> Result<T, Trouble> {
    let mut deep = None;
    let checked = |input: ParseStream<'_>| {
        if let Err(span) = depth::check(input.cursor(), limits.depth) {
            deep = Some(span);
            return Err(syn::Error::new(span, "too deep"));
        }
        parser(input)
    };
    let parsed = parse_checked(checked, tokens);
    parsed.map_err(|trouble| deep.map_or(trouble, too_deep))
}

/// [`parse_tokens`] for tokens of a tree that is within the bounds already.
pub(super) fn parse_checked<T>(
    parser: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
    tokens: TokenStream,
) -> Result<T, Trouble> {
    // The parser is not ours: should it panic on some input, that input is what it costs.
    match catch_unwind(AssertUnwindSafe(|| parser.parse2(tokens))) {
        Ok(parsed) => parsed.map_err(|error| Trouble::syntax(&error)),
        Err(_) => Err(Trouble {
            kind: UnseenKind::Syntax,
            what: "the parser gave up on this text".to_owned(),
            span: Span::call_site(),
        }),
    }
}

pub(super) fn too_deep(at: Span) -> Trouble {
    Trouble::bound("nested too deeply to be read", at)
}

/// Parses a file; `unit` is where its spans will point.
pub(super) fn parse_file(map: &mut SourceMap, unit: UnitId, text: &str, limits: &Limits) -> Parsed {
    let (text, shebang) = without_head(text);
    let mut file = syn::File { shebang, frontmatter: None, attrs: Vec::new(), items: Vec::new() };
    let mut troubles = Vec::new();
    match tokenise(map, unit, text, limits) {
        Err(trouble) => troubles.push(trouble),
        Ok(tokens) => match parse_source(syn::File::parse, tokens, text, limits) {
            Ok(whole) => {
                file.attrs = whole.attrs;
                file.items = whole.items;
            }
            // Read anew: a copy kept for this case would cost every file more than the case costs this one.
            Err(_) => match tokenise(map, unit, text, limits) {
                Ok(tokens) => recover::items(tokens, limits, &mut file, &mut troubles),
                Err(trouble) => troubles.push(trouble),
            },
        },
    }
    let start = proc_macro2::LineColumn { line: 1, column: 0 };
    let whole = map.place(unit, start, start);
    let unseen = troubles.into_iter().map(|trouble| trouble.unseen(map, whole)).collect();
    Parsed { unit, file, unseen }
}

/// Groups that may nest for each level of a syntax tree: laying tokens out for the parser takes little stack.
const GROUPS_PER_LEVEL: usize = 16;

fn parse_source<T>(
    parser: impl FnOnce(ParseStream<'_>) -> syn::Result<T>,
    tokens: TokenStream,
    text: &str,
    limits: &Limits,
) -> Result<T, Trouble> {
    let groups = text.bytes().filter(|byte| matches!(byte, b'(' | b'[' | b'{')).count();
    // So few that they need not be followed to know how deep they nest.
    let few = groups <= limits.depth as usize * GROUPS_PER_LEVEL;
    if few { parse_flat(parser, tokens, limits) } else { parse_tokens(parser, tokens, limits) }
}

/// Tokens of a text; `unit` is where their spans will point.
pub(super) fn tokenise(map: &mut SourceMap, unit: UnitId, text: &str, limits: &Limits) -> Result<TokenStream, Trouble> {
    if text.len() > limits.bytes {
        let what = format!("{} bytes are more than the limit of {}", text.len(), limits.bytes);
        return Err(Trouble::bound(&what, Span::call_site()));
    }
    match TokenStream::from_str(text) {
        Ok(tokens) => {
            // Taken apart and put together again: a copy to look at would copy every token.
            let mut tokens = tokens.into_iter();
            let first = tokens.next();
            if let Some(first) = &first {
                map.learn(unit, first.span());
            }
            Ok(first.into_iter().chain(tokens).collect())
        }
        Err(error) => {
            map.learn(unit, error.span());
            Err(Trouble { kind: UnseenKind::Syntax, what: lexing_trouble(text, error.span()), span: error.span() })
        }
    }
}

/// Says what the tokeniser stumbled over.
fn lexing_trouble(text: &str, at: Span) -> String {
    let at = at.start();
    let rest = text.split_inclusive('\n').nth(at.line.saturating_sub(1)).unwrap_or("");
    let mut rest = rest.chars().skip(at.column);
    match rest.next() {
        Some(c @ ('(' | '[' | '{')) => format!("`{c}` is never closed"),
        Some(c @ (')' | ']' | '}')) => format!("`{c}` closes nothing that is open here"),
        Some('"' | '\'') => "a literal that does not end, or is not well formed".to_owned(),
        Some('/') => "a comment that does not end".to_owned(),
        Some(c) => format!("`{}` begins no token", c.escape_debug()),
        None => "the text ends in the middle of a token".to_owned(),
    }
}

/// Takes a byte order mark and a `#!` line off; the rest keeps its line numbers.
fn without_head(text: &str) -> (&str, Option<String>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.starts_with("#!") || after_blanks(&text[2..]).starts_with('[') {
        return (text, None);
    }
    let end = text.find('\n').unwrap_or(text.len());
    (&text[end..], Some(text[..end].to_owned()))
}

/// The text from its first token on.
fn after_blanks(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        let end = match text.get(..2) {
            Some("//") => text.find('\n'),
            Some("/*") => text.find("*/").map(|at| at + 2),
            _ => return text,
        };
        text = &text[end.unwrap_or(text.len())..];
    }
}
