//! Macros that stand for items: statics initialised on first use, flags, code under conditions.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Expr, Token, braced, bracketed, parenthesized, token};

use super::macro_builtin::{CfgBranch, Flags, LazyStatic};

/// `pub static NAME: T = init;`, `static ref NAME: T = init;`, `static NAME: T = const { init }`
pub(super) fn statics(input: ParseStream<'_>) -> syn::Result<Vec<LazyStatic>> {
    let mut statics = Vec::new();
    while !input.is_empty() {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        input.parse::<Token![static]>()?;
        input.parse::<Option<Token![ref]>>()?;
        let name = input.call(Ident::parse_any)?;
        input.parse::<Token![:]>()?;
        let ty = input.parse()?;
        input.parse::<Token![=]>()?;
        let init: Expr = input.parse()?;
        statics.push(LazyStatic { attrs, vis, name, ty, init });
        if !input.is_empty() {
            input.parse::<Token![;]>()?;
        }
    }
    Ok(statics)
}

/// `pub struct Name: u32 { const A = 1; }`, in older releases `flags Name: u32 { const A = 1, }`
pub(super) fn flags(input: ParseStream<'_>) -> syn::Result<Vec<Flags>> {
    let mut all = Vec::new();
    while !input.is_empty() {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        // `struct`, `flags` or `impl`
        input.call(Ident::parse_any)?;
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        let ty = input.parse()?;
        let inside;
        braced!(inside in input);
        let mut consts = Vec::new();
        while !inside.is_empty() {
            inside.call(Attribute::parse_outer)?;
            inside.parse::<Token![const]>()?;
            let name = inside.call(Ident::parse_any)?;
            let value = match inside.parse::<Option<Token![=]>>()? {
                Some(_) => Some(inside.parse()?),
                None => None,
            };
            consts.push((name, value));
            if inside.peek(Token![;]) {
                inside.parse::<Token![;]>()?;
            } else if !inside.is_empty() {
                inside.parse::<Token![,]>()?;
            }
        }
        all.push(Flags { attrs, vis, name, ty, consts });
    }
    Ok(all)
}

/// `if #[cfg(a)] { .. } else if #[cfg(b)] { .. } else { .. }`
pub(super) fn cfg_if(input: ParseStream<'_>) -> syn::Result<Vec<CfgBranch>> {
    let mut branches = Vec::new();
    loop {
        let condition = match input.parse::<Option<Token![if]>>()? {
            None => None,
            Some(_) => {
                let (attribute, condition);
                input.parse::<Token![#]>()?;
                bracketed!(attribute in input);
                attribute.call(Ident::parse_any)?;
                parenthesized!(condition in attribute);
                Some(condition.parse::<TokenStream>()?)
            }
        };
        let last = condition.is_none();
        branches.push(CfgBranch { condition, body: body(input)? });
        if last || input.parse::<Option<Token![else]>>()?.is_none() {
            return Ok(branches);
        }
    }
}

/// `a => { .. } any(b, c) => { .. } _ => { .. }`
pub(super) fn cfg_select(input: ParseStream<'_>) -> syn::Result<Vec<CfgBranch>> {
    let mut branches = Vec::new();
    while !input.is_empty() {
        let mut condition = TokenStream::new();
        while !input.peek(Token![=>]) {
            condition.extend([input.parse::<TokenTree>()?]);
        }
        input.parse::<Token![=>]>()?;
        let condition = (condition.to_string() != "_").then_some(condition);
        let body = if input.peek(token::Brace) {
            body(input)?
        } else {
            quote::ToTokens::into_token_stream(input.parse::<Expr>()?)
        };
        branches.push(CfgBranch { condition, body });
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(branches)
}

fn body(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let inside;
    braced!(inside in input);
    inside.parse()
}
