//! `#[fork_safe]`: which part of this crate an item is for, and the words in the attribute.

use fork_lint::rules;
use fork_lint::syntax::promise::Promise;
use proc_macro2::{Span, TokenStream};

use crate::diagnostic::{error, error_at};
use crate::function;
use crate::kind::{Head, Kind, head};

/// The item, unchanged, and what is wrong with it.
pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let promise = match syn::parse2::<Promise>(args) {
        Ok(promise) => promise,
        Err(wrong) => {
            let wrong = error_at(wrong.span(), &wrong.to_string());
            return [item, wrong].into_iter().collect();
        }
    };
    let wrong: TokenStream = wrong_words(&promise).collect();
    let head = head(&item);
    let rest = match head.kind {
        Kind::Function | Kind::Impl | Kind::Trait | Kind::Module => functions(&promise, &head, item),
        Kind::Type | Kind::Other => {
            let text = "`#[fork_safe]` is for functions, `impl` and `trait` blocks, and modules";
            [item, error_at(head.at, text)].into_iter().collect()
        }
    };
    [rest, wrong].into_iter().collect()
}

fn functions(promise: &Promise, head: &Head, item: TokenStream) -> TokenStream {
    let wrong = match &head.asynchronous {
        Some(word) => error_at(word.span(), ASYNC),
        None => function::breaches(promise, head.kind, item.clone()),
    };
    [item, wrong].into_iter().collect()
}

const ASYNC: &str = "\
an async function cannot be `#[fork_safe]` [thread-in-fork-safe]

why: it runs on a runtime, whose threads and epoll instance stay with the parent
fix: put what must run in the child into a function that is not async";

/// Mistakes in what is allowed.
fn wrong_words(promise: &Promise) -> impl Iterator<Item = TokenStream> {
    promise.allows.iter().flat_map(|allow| {
        let unknown = allow.rules.iter().filter(|(name, _)| !rules::all().any(|r| r.name == name));
        let mut wrong: Vec<TokenStream> = unknown.map(|(name, span)| unknown_rule(name, *span)).collect();
        if allow.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
            let names: Vec<&str> = allow.rules.iter().map(|(name, _)| name.as_str()).collect();
            let names = names.join(", ");
            let text = format!("say why: `allow({names}, reason = \"..\")`");
            wrong.push(error_at(allow.span, &text));
        }
        wrong
    })
}

fn unknown_rule(name: &str, span: Span) -> TokenStream {
    let known: Vec<&str> = crate::scan::RULES.to_vec();
    let near = known
        .iter()
        .filter(|rule| rule.starts_with(name) || rule.split('-').any(|part| name.contains(part) && part.len() > 3));
    let near: Vec<String> = near.map(|rule| format!("`{rule}`")).collect();
    let all: Vec<String> = known.iter().map(|rule| format!("`{rule}`")).collect();
    let shown = if near.is_empty() { all } else { near };
    error(span, span, &format!("no rule is called `{name}`\n\nfix: one of {}", shown.join(", ")))
}
