//! `#[fork_safe(check = ..)]` on an `impl`: is this the process that the value belongs to?

use fork_lint::syntax::promise::Check;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{ImplItem, ImplItemFn, ItemImpl, ReceiverKind, Type, Visibility};

use crate::diagnostic::error_at;
use crate::fate;

/// The block with a test before the body of each public method, and what is wrong with it.
pub(crate) fn expand(check: &Check, runtime: &TokenStream, item: TokenStream) -> TokenStream {
    // Half-written code: the compiler says what is wrong with it.
    let Ok(mut block) = syn::parse2::<ItemImpl>(item.clone()) else { return item };
    let public = block.trait_.is_some();
    let mut wrong = TokenStream::new();
    let mut tested = 0;
    for member in &mut block.items {
        let ImplItem::Fn(method) = member else { continue };
        let public = public || !matches!(method.vis, Visibility::Inherited);
        if left_out(method, &mut wrong) || !public {
            continue;
        }
        let Some(test) = test(check, runtime, method, &mut wrong) else { continue };
        let body = &method.block.stmts;
        let whole = quote_spanned!(method.block.brace_token.span.join()=> { #test #(#body)* });
        if let Ok(whole) = syn::parse2(whole) {
            method.block = whole;
            tested += 1;
        }
    }
    if tested == 0 && wrong.is_empty() {
        wrong = error_at(check.span, NONE);
    }
    quote!(#block #wrong)
}

const NONE: &str = "no method of this block is public and has a `self`: nothing to check

fix: put the attribute on the `impl` with the public methods";

const CONSTANT: &str = "a const function cannot find out which process it runs in

fix: remove `const`, or say `#[fork(unchecked)]` of it";

/// Whether `#[fork(unchecked)]` is said of it; takes the words away.
fn left_out(method: &mut ImplItemFn, wrong: &mut TokenStream) -> bool {
    let (said, others): (Vec<_>, Vec<_>) =
        std::mem::take(&mut method.attrs).into_iter().partition(|attr| attr.path().is_ident("fork"));
    method.attrs = others;
    for attr in &said {
        if let Err(error) = fate::unchecked(attr) {
            wrong.extend(error_at(error.span(), &error.to_string()));
        }
    }
    !said.is_empty()
}

fn test(check: &Check, runtime: &TokenStream, method: &mut ImplItemFn, wrong: &mut TokenStream) -> Option<TokenStream> {
    let constant = method.sig.constness.map(|word| word.span());
    let Some(syn::FnArg::Receiver(receiver)) = method.sig.inputs.first_mut() else { return None };
    if let Some(span) = constant {
        wrong.extend(error_at(span, CONSTANT));
        return None;
    }
    let mutable = match &receiver.kind {
        ReceiverKind::Reference(_, _, mutable) => mutable.is_some().then(|| quote!(&mut *self)),
        ReceiverKind::Typed(_, ty) => match &**ty {
            Type::Reference(to) => to.mutability.is_some().then(|| quote!(&mut *self)),
            _ => None,
        },
        _ => {
            receiver.mutability.get_or_insert_default();
            Some(quote!(&mut self))
        }
    };
    let guard = &check.guard;
    let span = guard.span();
    Some(match mutable {
        None => quote_spanned!(span=> #runtime::private::ForkCheck::check(&#guard);),
        Some(owner) => {
            let owner = with_span(owner, receiver.self_token.span());
            quote_spanned! {span=>
                if let ::core::option::Option::Some(reset) = #runtime::private::ForkCheckMut::<Self>::due(&#guard) {
                    reset(#owner);
                    #runtime::private::ForkCheckMut::<Self>::settled(&mut #guard);
                }
            }
        }
    })
}

/// `self` is the method's own only with the place of the method's `self`.
fn with_span(tokens: TokenStream, span: proc_macro2::Span) -> TokenStream {
    let place = |mut token: proc_macro2::TokenTree| {
        token.set_span(span);
        token
    };
    tokens.into_iter().map(place).collect::<TokenStream>().to_token_stream()
}
