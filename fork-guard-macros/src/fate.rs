//! `#[fork(..)]`: what happens to a field, a method or a whole type at a fork.

use fork_lint::syntax::promise;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Ident, LitStr, Path, Token};

/// What a child does with a field.
pub(crate) enum Fate {
    /// Nothing was said: its type has to be `ForkSafe`.
    Unsaid,
    /// It is used as it is; the author's word for it.
    Keep,
    /// It starts over by its own `ForkReset`.
    Reset,
    /// It becomes this value.
    Becomes(Box<Expr>),
    /// Its descriptor is closed.
    Close,
    /// It is forgotten; the default stands in its place.
    Discard,
    /// It is of one process by itself.
    PerProcess,
}

impl Fate {
    /// Reads the attributes of a field.
    pub(crate) fn of(attrs: &[Attribute]) -> syn::Result<Fate> {
        let mut fate = Fate::Unsaid;
        for attr in forks(attrs) {
            let said = attr.parse_args::<Said>()?.0;
            if !matches!(fate, Fate::Unsaid) {
                return Err(syn::Error::new_spanned(
                    attr,
                    "one `#[fork(..)]` says what happens to a field; this is another",
                ));
            }
            fate = said;
        }
        Ok(fate)
    }
}

/// The attributes called `fork`.
pub(crate) fn forks(attrs: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("fork"))
}

/// `crate = path` on the type, put there by `#[fork_safe]`.
pub(crate) fn runtime(attrs: &[Attribute]) -> Option<Path> {
    forks(attrs).find_map(|attr| attr.parse_args::<promise::Promise>().ok()?.runtime).map(|(path, _)| path)
}

/// Whether a method is left out of a `check`.
pub(crate) fn unchecked(attr: &Attribute) -> syn::Result<()> {
    attr.parse_args_with(|input: ParseStream<'_>| {
        let word = Ident::parse_any(input)?;
        if word == "unchecked" { Ok(()) } else { Err(syn::Error::new(word.span(), UNCHECKED)) }
    })
}

const UNCHECKED: &str = "of a method only `#[fork(unchecked)]` can be said: it is called in a child as it is";

struct Said(Fate);

impl Parse for Said {
    fn parse(input: ParseStream<'_>) -> syn::Result<Said> {
        if input.is_empty() {
            return Err(wrong(Span::call_site(), "nothing"));
        }
        let word = Ident::parse_any(input)?;
        let fate = match word.to_string().as_str() {
            "keep" => Fate::Keep,
            "reset" if input.peek(Token![=]) => {
                input.parse::<Token![=]>()?;
                Fate::Becomes(input.parse()?)
            }
            "reset" => Fate::Reset,
            "close" => Fate::Close,
            "discard" => Fate::Discard,
            "per_process" => Fate::PerProcess,
            other => return Err(wrong(word.span(), other)),
        };
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
            reason(input)?;
        }
        Ok(Said(fate))
    }
}

/// `reason = ".."`, welcome with every word.
fn reason(input: ParseStream<'_>) -> syn::Result<()> {
    let word = Ident::parse_any(input)?;
    if word != "reason" {
        let text = format!("`{word}` after a decision\n\nfix: one decision a field, and `reason = \"..\"` if you like");
        return Err(syn::Error::new(word.span(), text));
    }
    input.parse::<Token![=]>()?;
    let text: LitStr = input.parse()?;
    if text.value().trim().is_empty() {
        return Err(syn::Error::new(text.span(), "the reason is empty"));
    }
    Ok(())
}

fn wrong(span: Span, word: &str) -> syn::Error {
    let text = format!(
        "`{word}` does not say what happens to the field at a fork\n\n\
         fix: one of `keep` (used as it is), `reset` (starts over), `reset = value`, `close` (a descriptor),\n\
         \x20    `discard` (forgotten, `None` in its place), `per_process` (each process makes its own)"
    );
    syn::Error::new(span, text)
}
