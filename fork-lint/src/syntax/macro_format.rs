//! Arguments of macros that format: `println!("{x} {}", y)`, and of those that log: `info!(target: "t", id = %x, "..")`.

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, discouraged::Speculative};
use syn::{Expr, ExprLit, Lit, LitStr, Token, braced, token};

use super::macro_builtin::Args;

/// So many expressions, then a format text and its arguments.
pub(super) fn format(input: ParseStream<'_>, before: usize) -> syn::Result<Args> {
    let mut args = Args::default();
    let mut named = Vec::new();
    let mut text = None;
    let mut at = 0;
    while !input.is_empty() {
        named.extend(name_of_argument(input)?);
        let expr: Expr = input.parse()?;
        match string(&expr) {
            Some(literal) if at == before => text = Some(literal),
            _ => args.exprs.push(expr),
        }
        at += 1;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    read_text(&mut args, text, &named);
    Ok(args)
}

/// Takes `name =` off.
fn name_of_argument(input: ParseStream<'_>) -> syn::Result<Option<Ident>> {
    if !input.peek(syn::Ident::peek_any)
        || !input.peek2(Token![=])
        || input.peek2(Token![==])
        || input.peek2(Token![=>])
    {
        return Ok(None);
    }
    let name = input.call(Ident::parse_any)?;
    input.parse::<Token![=]>()?;
    Ok(Some(name))
}

/// Fields and a message, in any order.
pub(super) fn log(input: ParseStream<'_>) -> syn::Result<Args> {
    let mut args = Args::default();
    let mut named = Vec::new();
    let mut text = None;
    fields(input, &mut args, &mut named, &mut text)?;
    read_text(&mut args, text, &named);
    Ok(args)
}

fn fields(
    input: ParseStream<'_>,
    args: &mut Args,
    named: &mut Vec<Ident>,
    text: &mut Option<LitStr>,
) -> syn::Result<()> {
    while !input.is_empty() {
        if input.peek(token::Brace) && (input.peek2(Token![,]) || alone(input)) {
            let inside;
            braced!(inside in input);
            fields(&inside, args, named, text)?;
        } else {
            let field = name_of_field(input)?;
            let value = field.is_some();
            named.extend(field.flatten());
            sigil(input)?;
            if input.peek(Token![_]) {
                // A span's field without a value, `tracing::field::Empty` in short.
                input.parse::<Token![_]>()?;
            } else {
                let expr: Expr = input.parse()?;
                match string(&expr) {
                    Some(literal) if !value && text.is_none() && !input.peek(Token![=>]) => *text = Some(literal),
                    _ => args.exprs.push(expr),
                }
            }
        }
        if !input.is_empty() {
            separator(input)?;
        }
    }
    Ok(())
}

/// The next token is the last.
fn alone(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    ahead.parse::<proc_macro2::TokenTree>().is_ok() && ahead.is_empty()
}

/// `,`, the `;` between keys and message, and the `=>` of a key.
fn separator(input: ParseStream<'_>) -> syn::Result<()> {
    if input.peek(Token![=>]) {
        input.parse::<Token![=>]>().map(drop)
    } else if input.peek(Token![;]) {
        input.parse::<Token![;]>().map(drop)
    } else {
        input.parse::<Token![,]>().map(drop)
    }
}

/// Takes `target:`, `a.b =`, `a:? =` or `"a" =` off; gives the name where it can be one of an argument.
fn name_of_field(input: ParseStream<'_>) -> syn::Result<Option<Option<Ident>>> {
    let ahead = input.fork();
    let mut name = None;
    if ahead.peek(LitStr) {
        ahead.parse::<LitStr>()?;
    } else if ahead.peek(syn::Ident::peek_any) {
        name = Some(ahead.call(Ident::parse_any)?);
        while ahead.peek(Token![.]) {
            ahead.parse::<Token![.]>()?;
            if ahead.call(Ident::parse_any).is_err() {
                return Ok(None);
            }
        }
    } else {
        return Ok(None);
    }
    if ahead.peek(Token![:]) && !ahead.peek(Token![::]) {
        ahead.parse::<Token![:]>()?;
        // A capture's format stands between the colon and the sign: `a:? =`, `a:err =`.
        let format = ahead.fork();
        sigil(&format)?;
        format.parse::<Option<Ident>>()?;
        if format.peek(Token![=]) && !format.peek(Token![==]) {
            format.parse::<Token![=]>()?;
            ahead.advance_to(&format);
        }
        input.advance_to(&ahead);
        return Ok(Some(name));
    }
    if ahead.peek(Token![=]) && !ahead.peek(Token![==]) && !ahead.peek(Token![=>]) {
        ahead.parse::<Token![=]>()?;
        input.advance_to(&ahead);
        return Ok(Some(name));
    }
    Ok(None)
}

/// Takes `?`, `%` or `#?` off.
fn sigil(input: ParseStream<'_>) -> syn::Result<()> {
    if input.peek(Token![#]) && input.peek2(Token![?]) {
        input.parse::<Token![#]>()?;
    }
    if input.peek(Token![?]) {
        input.parse::<Token![?]>()?;
    } else if input.peek(Token![%]) {
        input.parse::<Token![%]>()?;
    }
    Ok(())
}

/// The literal, also one handed through a macro.
fn string(expr: &Expr) -> Option<LitStr> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.clone()),
        Expr::Group(group) => string(&group.expr),
        _ => None,
    }
}

fn read_text(args: &mut Args, text: Option<LitStr>, named: &[Ident]) {
    let Some(text) = text else { return };
    let value = text.value();
    for name in names_in(&value) {
        if named.iter().any(|known| known == name) || args.captured.iter().any(|known| known == name) {
            continue;
        }
        args.captured.extend(ident(name, text.span()));
    }
    args.text = Some(value);
}

/// Names in the braces of a format text: `{a}`, `{a:?}`, `{:b$}`, `{:.c$}`.
fn names_in(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        if let Some(after) = rest.strip_prefix('{') {
            rest = after;
            continue;
        }
        let Some(close) = rest.find('}') else { break };
        let inside = &rest[..close];
        rest = &rest[close + 1..];
        let (argument, spec) = inside.split_once(':').unwrap_or((inside, ""));
        names.push(argument.trim());
        names.extend(spec.split('$').rev().skip(1).map(|before| {
            let start = before
                .rfind(|c: char| !c.is_alphanumeric() && c != '_')
                .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
            &before[start..]
        }));
    }
    names.retain(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'));
    names
}

/// The name as an identifier at the text's place, if it is one.
fn ident(name: &str, span: Span) -> Option<Ident> {
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Some(Ident::new(name, span));
    }
    let mut tokens = name.parse::<TokenStream>().ok()?.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(proc_macro2::TokenTree::Ident(mut ident)), None) => {
            ident.set_span(span);
            Some(ident)
        }
        _ => None,
    }
}
