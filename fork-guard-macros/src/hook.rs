//! `#[before_fork]` and its siblings: a function that the linker tells the runtime of.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, ItemFn, LitStr, Path, ReturnType, Signature, Token};

use crate::diagnostic::error_at;
use crate::runtime;

/// Which of the three.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    Before,
    Parent,
    Child,
}

/// The function, unchanged, with its entry in the section.
pub(crate) fn expand(moment: Moment, args: TokenStream, item: TokenStream) -> TokenStream {
    let registered = syn::parse2::<Words>(args).map_err(|e| error_at(e.span(), &e.to_string())).and_then(|words| {
        // Half-written code: the compiler says what is wrong with it.
        let Ok(function) = syn::parse2::<ItemFn>(item.clone()) else { return other(&item) };
        fits(moment, &function.sig)?;
        Ok(entry(moment, &words, &function.sig))
    });
    let registered = registered.unwrap_or_else(|wrong| wrong);
    quote!(#item #registered)
}

/// What is no function, or one that does not parse.
fn other(item: &TokenStream) -> Result<TokenStream, TokenStream> {
    let head = crate::kind::head(item);
    match head.kind {
        crate::kind::Kind::Function => Ok(TokenStream::new()),
        _ => Err(error_at(head.at, "a fork hook is a function without `self`")),
    }
}

fn entry(moment: Moment, words: &Words, sig: &Signature) -> TokenStream {
    let runtime = runtime::path(words.runtime.as_ref());
    let (function, phase) = (&sig.ident, &words.phase);
    let name = match &words.name {
        Some(name) => quote!(#name),
        None => quote!(::core::concat!(::core::module_path!(), "::", ::core::stringify!(#function))),
    };
    let span = function.span();
    let silent = matches!(sig.output, ReturnType::Default);
    let moment = match moment {
        Moment::Before if silent => {
            quote_spanned!(span=> Before(|| { #function(); #runtime::atfork::Prepare::Ready }))
        }
        Moment::Before => quote_spanned!(span=> Before(#function)),
        Moment::Parent if sig.inputs.is_empty() => quote_spanned!(span=> Parent(|_| #function())),
        Moment::Parent => quote_spanned!(span=> Parent(#function)),
        Moment::Child if sig.inputs.is_empty() => quote_spanned!(span=> Child(|_| #function())),
        Moment::Child => quote_spanned!(span=> Child(#function)),
    };
    quote! {
        #[allow(unsafe_code, reason = "a static in a section is unsafe code; this one is the type that the section is for")]
        const _: () = {
            #[used]
            #[unsafe(link_section = "fork_runtime_hooks")]
            static HOOK: #runtime::private::LinkedHook = #runtime::private::LinkedHook {
                name: #name,
                phase: #runtime::atfork::Phase::#phase,
                moment: #runtime::private::Moment::#moment,
            };
        };
    }
}

/// Whether the runtime can call it.
fn fits(moment: Moment, sig: &Signature) -> Result<(), TokenStream> {
    let wrong = |span: Span, text: &str| Err(error_at(span, text));
    if let Some(word) = &sig.asyncness {
        return wrong(
            word.span,
            "a fork hook cannot be async\n\nwhy: it runs around `fork` itself, where no runtime polls it",
        );
    }
    if let syn::Safety::Unsafe(word) = &sig.safety {
        return wrong(
            word.span,
            "a fork hook cannot be unsafe\n\nwhy: the runtime calls it and cannot keep its promises",
        );
    }
    if !sig.generics.params.is_empty() {
        return wrong(
            sig.ident.span(),
            "a fork hook cannot be generic\n\nwhy: nobody would name the types it is called with",
        );
    }
    if let Some(receiver) = sig.receiver() {
        return wrong(
            receiver.self_token.span,
            "a fork hook has no `self`\n\nfix: for a value that starts over, `fork_runtime::ForkCell`",
        );
    }
    let most = usize::from(moment != Moment::Before);
    if sig.inputs.len() > most {
        let text = if most == 0 {
            "a hook before the fork takes nothing\n\nfix: `fn name()`, or `fn name() -> fork_runtime::atfork::Prepare` to ask for a retry"
        } else {
            "a hook after the fork takes nothing, or the event\n\nfix: `fn name()`, or `fn name(event: &fork_runtime::atfork::Event)`"
        };
        return wrong(sig.ident.span(), text);
    }
    Ok(())
}

/// `phase = Rng, name = "..", crate = path`.
struct Words {
    phase: Ident,
    name: Option<LitStr>,
    runtime: Option<Path>,
}

const PHASES: [&str; 5] = ["Locks", "Io", "Rng", "Pools", "App"];

impl Parse for Words {
    fn parse(input: ParseStream<'_>) -> syn::Result<Words> {
        let mut words = Words { phase: Ident::new("App", Span::call_site()), name: None, runtime: None };
        while !input.is_empty() {
            let word = Ident::parse_any(input)?;
            let known = ["phase", "name", "crate"].iter().any(|known| word == known);
            if !known {
                let text = format!(
                    "`{word}` is no word of a fork hook\n\nfix: `phase = Rng`, `name = \"..\"`, `crate = path`"
                );
                return Err(syn::Error::new(word.span(), text));
            }
            input.parse::<Token![=]>()?;
            if word == "phase" {
                words.phase = phase(input)?;
            } else if word == "name" {
                words.name = Some(input.parse()?);
            } else {
                words.runtime = Some(input.call(Path::parse_mod_style)?);
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(words)
    }
}

fn phase(input: ParseStream<'_>) -> syn::Result<Ident> {
    let phase: Ident = input.parse()?;
    if PHASES.iter().any(|known| phase == known) {
        return Ok(phase);
    }
    let text = format!("no phase is called `{phase}`\n\nfix: one of `{}`", PHASES.join("`, `"));
    Err(syn::Error::new(phase.span(), text))
}
