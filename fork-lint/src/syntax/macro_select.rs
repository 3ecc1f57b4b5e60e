//! The arms of `select!`, as tokio, futures and crossbeam write them.

use proc_macro2::Ident;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Pat, Token, parenthesized, token};

use super::macro_builtin::SelectArm;

/// All arms.
pub(super) fn arms(input: ParseStream<'_>) -> syn::Result<Vec<SelectArm>> {
    biased(input)?;
    let mut arms = Vec::new();
    while !input.is_empty() {
        arms.push(arm(input)?);
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(arms)
}

/// Takes `biased;` off.
pub(super) fn biased(input: ParseStream<'_>) -> syn::Result<()> {
    if input.peek(syn::Ident) && input.peek2(Token![;]) && input.fork().parse::<Ident>()? == "biased" {
        input.parse::<Ident>()?;
        input.parse::<Token![;]>()?;
    }
    Ok(())
}

fn arm(input: ParseStream<'_>) -> syn::Result<SelectArm> {
    let (mut pat, mut wait, mut guard) = (None, Vec::new(), None);
    if input.peek(Token![else]) {
        input.parse::<Token![else]>()?;
    } else if input.peek(syn::Ident) && (input.peek2(token::Paren) || input.peek2(Token![=>])) && is_operation(input) {
        // `recv(r) -> message`, `send(s, value) -> result`, `default(timeout)`, `complete`
        input.parse::<Ident>()?;
        if input.peek(token::Paren) {
            let inside;
            parenthesized!(inside in input);
            wait.extend(inside.parse_terminated(Expr::parse, Token![,])?);
        }
        if input.parse::<Option<Token![->]>>()?.is_some() {
            pat = Some(Pat::parse_multi_with_leading_vert(input)?);
        }
    } else {
        pat = Some(Pat::parse_multi_with_leading_vert(input)?);
        input.parse::<Token![=]>()?;
        wait.push(input.parse()?);
        if input.peek(Token![,]) && input.peek2(Token![if]) {
            input.parse::<Token![,]>()?;
            input.parse::<Token![if]>()?;
            guard = Some(input.parse()?);
        }
    }
    input.parse::<Token![=>]>()?;
    let body = Expr::parse_with_earlier_boundary_rule(input)?;
    Ok(SelectArm { pat, wait, guard, body })
}

fn is_operation(input: ParseStream<'_>) -> bool {
    let word = input.fork().parse::<Ident>();
    word.is_ok_and(|word| ["recv", "send", "default", "complete"].iter().any(|known| word == known))
}
