//! `#[fork_safe]`: which part of this crate an item is for, and the words in the attribute.

use fork_lint::rules;
use fork_lint::syntax::promise::Promise;
use proc_macro2::{Span, TokenStream};

use crate::diagnostic::{error, error_at};
use crate::kind::{Head, Kind, head};
use crate::{check, function, runtime};
use quote::quote;

/// The item, unchanged, and what is wrong with it.
pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let promise = match syn::parse2::<Promise>(args) {
        Ok(promise) => promise,
        Err(wrong) => {
            let wrong = error_at(wrong.span(), &wrong.to_string());
            return [item, wrong].into_iter().collect();
        }
    };
    let head = head(&item);
    let wrong: TokenStream = wrong_words(&promise).chain(misplaced(&promise, head.kind)).collect();
    let rest = match (head.kind, &promise.check) {
        (Kind::Impl, Some(guard)) => {
            check::expand(guard, &runtime::path(promise.runtime.as_ref().map(|(path, _)| path)), item)
        }
        (Kind::Function | Kind::Impl | Kind::Trait | Kind::Module, _) => functions(&promise, &head, item),
        (Kind::Type, _) => of_type(&promise, item),
        (Kind::Other, _) => {
            let text = "`#[fork_safe]` is for functions, types, `impl` and `trait` blocks, and modules";
            [item, error_at(head.at, text)].into_iter().collect()
        }
    };
    [rest, wrong].into_iter().collect()
}

/// The rest is a derive's work, which sees the type after `#[cfg]`.
fn of_type(promise: &Promise, item: TokenStream) -> TokenStream {
    let path = promise.runtime.as_ref().map(|(path, _)| path);
    let runtime = runtime::path(path);
    let told = path.map(|path| quote!(#[fork(crate = #path)]));
    quote!(#[derive(#runtime::private::ForkFields)] #told #item)
}

/// Words that mean nothing on an item of this kind.
fn misplaced(promise: &Promise, kind: Kind) -> impl Iterator<Item = TokenStream> {
    let check = promise.check.as_ref().filter(|_| kind != Kind::Impl);
    let check = check.map(|check| error_at(check.span, CHECK));
    let allows = matches!(kind, Kind::Type) || promise.check.is_some();
    let allow = promise.allows.first().filter(|_| allows && kind != Kind::Other);
    let allow = allow.map(|allow| error_at(allow.span, ALLOW));
    let unused = promise.check.is_none() && !matches!(kind, Kind::Type | Kind::Other);
    let path = promise.runtime.as_ref().filter(|_| unused);
    let path = path.map(|(_, span)| error_at(*span, PATH));
    [check, allow, path].into_iter().flatten()
}

const CHECK: &str = "`check` goes on an `impl`: it is put before the body of each public method";
const ALLOW: &str = "`allow` is for the bodies of functions, which are not looked at here

fix: of a field, say `#[fork(keep, reason = \"..\")]`; of a method, put `#[fork_safe(allow(..))]` on it";
const PATH: &str = "nothing of fork-runtime is used here: `crate` is for types, and for an `impl` with `check`";

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
