//! `#[entry]`: a function that a worker of the zygote can be asked to run.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{FnArg, ItemFn, Pat, PatType, Path, Token};

use crate::diagnostic::error_at;
use crate::runtime;

/// What `fork_runtime::entry!` makes of the function.
pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let words = match syn::parse2::<Words>(args) {
        Ok(words) => words,
        Err(error) => {
            let wrong = error_at(error.span(), &error.to_string());
            return quote!(#item #wrong);
        }
    };
    // Half-written code: the compiler says what is wrong with it.
    let Ok(function) = syn::parse2::<ItemFn>(item.clone()) else { return item };
    match call(&words, &function) {
        Some(call) => call,
        None => {
            let wrong = error_at(function.sig.ident.span(), SHAPE);
            quote!(#item #wrong)
        }
    }
}

const SHAPE: &str = "a worker calls an entry with its context and one argument

fix: `fn name(context: &mut fork_runtime::zygote::Context, argument: A) -> R`, or `fn name(argument: A) -> R`;
     not async, unsafe, const or generic; more than one argument: take a tuple";

fn call(words: &Words, function: &ItemFn) -> Option<TokenStream> {
    let sig = &function.sig;
    let plain = sig.asyncness.is_none() && sig.constness.is_none() && sig.abi.is_none();
    if !plain || !matches!(sig.safety, syn::Safety::Default) || !sig.generics.params.is_empty() {
        return None;
    }
    let arguments: Option<Vec<_>> = sig.inputs.iter().map(named).collect();
    let (context, (argument, ty)) = match arguments?.as_slice() {
        [only] => (quote!(_context), *only),
        [(context, _), argument] => (quote!(#context), *argument),
        _ => return None,
    };
    let runtime = runtime::path(words.0.as_ref());
    let (attrs, vis, name, output, block) = (&function.attrs, &function.vis, &sig.ident, &sig.output, &function.block);
    Some(quote!(#runtime::entry! { #(#attrs)* #vis fn #name(#context, #argument: #ty) #output #block }))
}

/// A name and its type.
fn named(argument: &FnArg) -> Option<(&syn::Ident, &syn::Type)> {
    match argument {
        FnArg::Typed(PatType { pat, ty, .. }) => match &**pat {
            Pat::Ident(name) if name.subpat.is_none() && name.by_ref.is_none() => Some((&name.ident, ty)),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

/// `crate = path`.
struct Words(Option<Path>);

impl Parse for Words {
    fn parse(input: ParseStream<'_>) -> syn::Result<Words> {
        if input.is_empty() {
            return Ok(Words(None));
        }
        input.parse::<Token![crate]>()?;
        input.parse::<Token![=]>()?;
        Ok(Words(Some(input.call(Path::parse_mod_style)?)))
    }
}
