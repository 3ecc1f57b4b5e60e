//! Fragments of a macro's input: `$x:expr` and the other kinds, when one may begin and what it takes.

use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree};
use syn::buffer::Cursor;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative;
use syn::{Block, Expr, Lifetime, Meta, Pat, Token, Type, Visibility};

use super::macro_extent::{is_lone, item_end};
use super::macro_tokens::{between, next_operator, next_tree};

/// Kind of a fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Block,
    Expr,
    Ident,
    Item,
    Lifetime,
    Literal,
    Meta,
    Pat,
    /// Without alternatives: `pat_param`, and `pat` where a `|` follows.
    PatParam,
    Path,
    Stmt,
    Tree,
    Type,
    Visibility,
}

impl Kind {
    pub(super) fn from_word(word: &str) -> Option<Kind> {
        Some(match word {
            "block" => Kind::Block,
            "expr" | "expr_2021" => Kind::Expr,
            "ident" => Kind::Ident,
            "item" => Kind::Item,
            "lifetime" => Kind::Lifetime,
            "literal" => Kind::Literal,
            "meta" => Kind::Meta,
            "pat" => Kind::Pat,
            "pat_param" => Kind::PatParam,
            "path" => Kind::Path,
            "stmt" => Kind::Stmt,
            "tt" => Kind::Tree,
            "ty" => Kind::Type,
            "vis" => Kind::Visibility,
            _ => return None,
        })
    }

    /// Whether a fragment of this kind may begin here, by the compiler's rules: this decides between ways to match.
    pub(super) fn may_begin(self, input: Cursor<'_>) -> bool {
        if input.eof() {
            return self == Kind::Visibility;
        }
        let Some(look) = Look::at(input) else { return false };
        match self {
            Kind::Tree | Kind::Item | Kind::Stmt => true,
            Kind::Block => matches!(look, Look::Group(Delimiter::Brace) | Look::Invisible),
            Kind::Ident => matches!(&look, Look::Word(word) if word != "_"),
            Kind::Lifetime => matches!(look, Look::Lifetime),
            Kind::Literal => match &look {
                Look::Literal | Look::Invisible => true,
                Look::Word(word) => word == "true" || word == "false",
                Look::Operator(text) => text == "-",
                _ => false,
            },
            Kind::Expr => look.begins_expr(),
            Kind::Type => look.begins_type(),
            Kind::Path | Kind::Meta => match &look {
                Look::Word(_) | Look::Invisible => true,
                Look::Operator(text) => text == "::" || (self == Kind::Path && (text == "<" || text == "<<")),
                _ => false,
            },
            Kind::Pat | Kind::PatParam => match &look {
                Look::Word(_) | Look::Literal | Look::Invisible => true,
                Look::Group(delimiter) => matches!(delimiter, Delimiter::Parenthesis | Delimiter::Bracket),
                Look::Operator(text) => {
                    ["&", "&&", "-", "..", "..=", "...", "::", "<", "<<"].contains(&text.as_str())
                        || (self == Kind::Pat && text == "|")
                }
                Look::Lifetime => false,
            },
            Kind::Visibility => match &look {
                Look::Operator(text) if text == "," => true,
                Look::Word(_) | Look::Invisible => true,
                _ => look.begins_type(),
            },
        }
    }

    /// Takes a fragment off the input; leaves the input alone when there is none.
    pub(super) fn take(self, input: ParseStream<'_>) -> Option<TokenStream> {
        let from = input.cursor();
        let ahead = input.fork();
        self.parse(&ahead).ok()?;
        let to = ahead.cursor();
        let trees = match self {
            Kind::Tree => next_tree(from)?.0,
            _ => between(from, to),
        };
        input.advance_to(&ahead);
        Some(match self {
            Kind::Expr | Kind::Type => invisible(trees),
            _ => trees.into_iter().collect(),
        })
    }

    fn parse(self, input: ParseStream<'_>) -> syn::Result<()> {
        match self {
            Kind::Block if input.peek(syn::token::Brace) => skip_tree(input),
            Kind::Block => input.parse::<Block>().map(drop),
            Kind::Expr | Kind::Type if is_lone(input.cursor()) => skip_tree(input),
            Kind::Expr => input.parse::<Expr>().map(drop),
            Kind::Ident => Ident::parse_any(input).map(drop),
            Kind::Item => item(input),
            Kind::Lifetime => input.parse::<Lifetime>().map(drop),
            Kind::Literal => {
                input.parse::<Option<Token![-]>>()?;
                input.parse::<syn::Lit>().map(drop)
            }
            Kind::Meta => input.parse::<Meta>().map(drop),
            Kind::Pat => Pat::parse_multi_with_leading_vert(input).map(drop),
            Kind::PatParam => Pat::parse_single(input).map(drop),
            Kind::Path => input.parse::<syn::TypePath>().map(drop),
            Kind::Stmt => statement(input),
            Kind::Tree => skip_tree(input),
            Kind::Type => input.parse::<Type>().map(drop),
            Kind::Visibility => input.parse::<Visibility>().map(drop),
        }
    }

    /// What stands for a fragment that is not known, where a macro's body is read without its input.
    pub(super) fn stand_in(self, name: &str, span: Span) -> TokenStream {
        let ident = || TokenTree::Ident(Ident::new(&format!("__arg_{name}"), span));
        let lone = |tree: TokenTree| TokenStream::from(tree);
        match self {
            Kind::Block => lone(TokenTree::Group(Group::new(Delimiter::Brace, TokenStream::new()))),
            Kind::Item | Kind::Visibility => TokenStream::new(),
            Kind::Lifetime => {
                let mut quote = proc_macro2::Punct::new('\'', Spacing::Joint);
                quote.set_span(span);
                [TokenTree::Punct(quote), TokenTree::Ident(Ident::new("_", span))].into_iter().collect()
            }
            Kind::Literal => lone(TokenTree::Literal(proc_macro2::Literal::u8_unsuffixed(0))),
            Kind::Pat | Kind::PatParam => lone(TokenTree::Ident(Ident::new("_", span))),
            _ => lone(ident()),
        }
    }
}

/// A statement without the `;` that ends it.
fn statement(input: ParseStream<'_>) -> syn::Result<()> {
    let ahead = input.fork();
    ahead.call(syn::Attribute::parse_outer)?;
    if ahead.peek(Token![let]) && !ahead.peek(syn::token::Group) {
        input.call(syn::Attribute::parse_outer)?;
        input.parse::<Token![let]>()?;
        Pat::parse_multi_with_leading_vert(input)?;
        if input.parse::<Option<Token![:]>>()?.is_some() {
            input.parse::<Type>()?;
        }
        if input.parse::<Option<Token![=]>>()?.is_some() {
            input.parse::<Expr>()?;
            if input.parse::<Option<Token![else]>>()?.is_some() {
                input.parse::<Block>()?;
            }
        }
        return Ok(());
    }
    let ahead = input.fork();
    if ahead.parse::<Expr>().is_ok() {
        input.advance_to(&ahead);
        return Ok(());
    }
    item(input)
}

fn item(input: ParseStream<'_>) -> syn::Result<()> {
    input.step(|cursor| match item_end(*cursor) {
        Some(rest) => Ok(((), rest)),
        None => Err(cursor.error("expected an item")),
    })
}

fn skip_tree(input: ParseStream<'_>) -> syn::Result<()> {
    input.step(|cursor| match next_tree(*cursor) {
        Some((_, rest)) => Ok(((), rest)),
        None => Err(cursor.error("expected a token")),
    })
}

/// Keeps an expression or type together wherever it is put: `$a * 2` with `1 + 1`.
fn invisible(mut trees: Vec<TokenTree>) -> TokenStream {
    if let [TokenTree::Group(group)] = trees.as_slice()
        && group.delimiter() == Delimiter::None
    {
        return trees.drain(..).collect();
    }
    let (Some(first), Some(last)) = (trees.first(), trees.last()) else { return TokenStream::new() };
    let span = first.span().join(last.span()).unwrap_or(first.span());
    let mut group = Group::new(Delimiter::None, trees.into_iter().collect());
    group.set_span(span);
    TokenStream::from(TokenTree::Group(group))
}

/// The next token, as far as it decides what may begin.
enum Look {
    Group(Delimiter),
    /// An invisible group: a fragment of an outer macro.
    Invisible,
    Word(String),
    Operator(String),
    Lifetime,
    Literal,
}

impl Look {
    fn at(input: Cursor<'_>) -> Option<Look> {
        if let Some((_, delimiter, ..)) = input.any_group() {
            return Some(if delimiter == Delimiter::None { Look::Invisible } else { Look::Group(delimiter) });
        }
        if let Some((ident, _)) = input.ident() {
            return Some(Look::Word(ident.to_string()));
        }
        if input.lifetime().is_some() {
            return Some(Look::Lifetime);
        }
        if input.literal().is_some() {
            return Some(Look::Literal);
        }
        next_operator(input).map(|(text, _)| Look::Operator(text))
    }

    fn begins_expr(&self) -> bool {
        match self {
            Look::Group(_) | Look::Invisible | Look::Literal | Look::Lifetime => true,
            Look::Word(word) => {
                !is_reserved(word)
                    || [
                        "async", "do", "box", "break", "const", "continue", "false", "for", "if", "loop", "match",
                        "move", "return", "true", "try", "unsafe", "while", "yield", "static", "self", "Self", "super",
                        "crate", "_",
                    ]
                    .contains(&word.as_str())
            }
            Look::Operator(text) => {
                ["!", "-", "*", "&", "&&", "|", "||", "..", "..=", "...", "<", "<<", "::", "#"].contains(&text.as_str())
            }
        }
    }

    fn begins_type(&self) -> bool {
        match self {
            Look::Group(delimiter) => matches!(delimiter, Delimiter::Parenthesis | Delimiter::Bracket),
            Look::Invisible | Look::Lifetime => true,
            Look::Literal => false,
            Look::Word(word) => {
                !is_reserved(word)
                    || ["_", "for", "impl", "fn", "unsafe", "extern", "typeof", "dyn", "self", "Self", "super", "crate"]
                        .contains(&word.as_str())
            }
            Look::Operator(text) => ["!", "*", "&", "&&", "?", "<", "<<", "::"].contains(&text.as_str()),
        }
    }
}

/// Words that are never plain names.
pub(super) fn is_reserved(word: &str) -> bool {
    const WORDS: [&str; 52] = [
        "_", "as", "break", "const", "continue", "crate", "else", "enum", "extern", "false", "fn", "for", "if", "impl",
        "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "self", "Self", "static", "struct",
        "super", "trait", "true", "type", "unsafe", "use", "where", "while", "abstract", "become", "box", "do",
        "final", "macro", "override", "priv", "typeof", "unsized", "virtual", "yield", "async", "await", "dyn", "try",
    ];
    WORDS.contains(&word)
}
