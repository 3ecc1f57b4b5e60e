//! Arguments of macros that are not known at all: whatever in them reads as code.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative;
use syn::{Block, Expr, Ident, Token, braced, bracketed, parenthesized, token};

use super::Limits;
use super::parse::parse_flat;

/// The arguments as expressions between `,`, `;` or `=>`, each perhaps after `name =` or `name:`.
pub fn args_as_exprs(tokens: TokenStream, limits: &Limits) -> Option<Vec<Expr>> {
    parse_flat(exprs, tokens, limits).ok()
}

/// The arguments as the inside of a block.
pub fn as_block(tokens: TokenStream, limits: &Limits) -> Option<Block> {
    let span = tokens.clone().into_iter().next().map_or_else(proc_macro2::Span::call_site, |first| first.span());
    let stmts = parse_flat(Block::parse_within, tokens, limits).ok()?;
    Some(Block { brace_token: token::Brace(span), stmts })
}

/// All that reads as code in arguments that have a grammar of their own: blocks, and calls.
pub fn code_in(tokens: TokenStream, limits: &Limits) -> Vec<Expr> {
    let mut found = Vec::new();
    let _ = parse_flat(|input| scavenge(input, &mut 0, &mut found), tokens, limits);
    found
}

fn exprs(input: ParseStream<'_>) -> syn::Result<Vec<Expr>> {
    let mut exprs = Vec::new();
    while !input.is_empty() {
        let named = input.peek(Ident::peek_any)
            && ((input.peek2(Token![=]) && !input.peek2(Token![==]) && !input.peek2(Token![=>]))
                || (input.peek2(Token![:]) && !input.peek2(Token![::])));
        if named {
            input.call(Ident::parse_any)?;
            if input.parse::<Option<Token![:]>>()?.is_none() {
                input.parse::<Token![=]>()?;
            }
        }
        exprs.push(input.parse()?);
        if input.is_empty() {
            break;
        }
        if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
        } else if input.peek(Token![=>]) {
            input.parse::<Token![=>]>()?;
        } else {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(exprs)
}

/// Failed attempts to read an expression, after which only blocks are tried: each may cost a walk over what follows.
const ATTEMPTS: u32 = 1_000;

fn scavenge(input: ParseStream<'_>, failed: &mut u32, found: &mut Vec<Expr>) -> syn::Result<()> {
    while !input.is_empty() {
        let ahead = input.fork();
        let block = input.peek(token::Brace);
        if block || (*failed < ATTEMPTS && (input.peek(Ident) || input.peek(Token![::]))) {
            match if block { ahead.parse().map(Expr::Block) } else { ahead.parse() } {
                Ok(expr) => {
                    if !matches!(expr, Expr::Path(_)) {
                        found.push(expr);
                    }
                    input.advance_to(&ahead);
                    continue;
                }
                Err(_) => *failed += 1,
            }
        }
        let delimiter = input.cursor().any_group().map(|(_, delimiter, ..)| delimiter);
        let inside;
        match delimiter {
            Some(Delimiter::Parenthesis) => drop(parenthesized!(inside in input)),
            Some(Delimiter::Bracket) => drop(bracketed!(inside in input)),
            Some(Delimiter::Brace) => drop(braced!(inside in input)),
            _ => {
                input.parse::<TokenTree>()?;
                continue;
            }
        }
        scavenge(&inside, failed, found)?;
    }
    Ok(())
}
