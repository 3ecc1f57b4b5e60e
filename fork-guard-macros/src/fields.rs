//! `#[fork_safe]` on a type, seen by the derive that it puts there: fields that `#[cfg]` takes away are gone.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, GenericParam, Generics, Member, Type, parse_quote};

use crate::diagnostic::error_at;
use crate::fate::{self, Fate};
use crate::{names, runtime};

/// A field with what was said of it.
struct Field {
    member: Member,
    ty: Type,
    fate: Fate,
}

struct Variant {
    /// `None` for a struct.
    name: Option<Ident>,
    fields: Vec<Field>,
}

/// A type and the path to fork-runtime.
struct Subject {
    runtime: TokenStream,
    input: DeriveInput,
    variants: Vec<Variant>,
}

/// The implementations of `ForkSafe` and `ForkReset`.
pub(crate) fn expand(item: TokenStream) -> TokenStream {
    // The compiler has parsed it: what syn cannot is newer than syn, and the compiler's to judge.
    let Ok(input) = syn::parse2::<DeriveInput>(item) else { return TokenStream::new() };
    let mut wrong = TokenStream::new();
    let variants = variants(&input, &mut wrong);
    let subject = Subject { runtime: runtime::path(fate::runtime(&input.attrs).as_ref()), input, variants };
    let (asked, safe, reset) = (subject.asked(), subject.safe(), subject.reset());
    quote! {
        #wrong
        const _: () = { #asked #safe #reset };
    }
}

fn variants(input: &DeriveInput, wrong: &mut TokenStream) -> Vec<Variant> {
    match &input.data {
        Data::Struct(data) => vec![Variant { name: None, fields: fields(&data.fields, wrong) }],
        Data::Enum(data) => data
            .variants
            .iter()
            .map(|variant| Variant { name: Some(variant.ident.clone()), fields: fields(&variant.fields, wrong) })
            .collect(),
        Data::Union(data) => {
            wrong.extend(error_at(data.union_token.span, UNION));
            Vec::new()
        }
    }
}

const UNION: &str = "a union cannot be `#[fork_safe]`: which of its fields is there is not known

fix: use an enum, or implement `fork_runtime::ForkSafe` and `ForkReset` by hand";

/// What cannot be read is an error, and counts as kept: one mistake, one error.
fn fields(fields: &Fields, wrong: &mut TokenStream) -> Vec<Field> {
    let read = |(member, field): (Member, &syn::Field)| {
        let fate = Fate::of(&field.attrs).unwrap_or_else(|error| {
            wrong.extend(error.into_iter().map(|e| error_at(e.span(), &e.to_string())));
            Fate::Keep
        });
        Field { member, ty: field.ty.clone(), fate }
    };
    fields.members().zip(fields).map(read).collect()
}

impl Subject {
    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.variants.iter().flat_map(|variant| &variant.fields)
    }

    /// A function nobody calls, in which each field's type has to keep what is asked of it.
    fn asked(&self) -> TokenStream {
        let fields = &self.runtime;
        let fields = quote!(#fields::private::fields);
        let mut names = Vec::new();
        let mut asked = TokenStream::new();
        for (variant, Field { member, ty, fate }) in
            self.variants.iter().flat_map(|v| v.fields.iter().map(move |f| (v, f)))
        {
            let span = ty.span();
            let kind = match fate {
                Fate::Unsaid => names::kind(ty),
                Fate::PerProcess => Some("OfOneProcess"),
                _ => continue,
            };
            asked.extend(match kind.map(|kind| Ident::new(kind, span)) {
                None => quote_spanned!(span=> let () = <#ty as #fields::Survives>::HELD;),
                Some(kind) => {
                    let name = self.named(variant, member);
                    let held = quote_spanned!(span=> let () = <#ty as #fields::#kind<__fork_fields::#name>>::HELD;);
                    names.push(name);
                    held
                }
            });
        }
        if asked.is_empty() {
            return asked;
        }
        let bounded = self.bounded();
        let (generics, _, clause) = bounded.split_for_impl();
        let names = (!names.is_empty()).then(|| {
            quote! {
                #[allow(dead_code, non_camel_case_types, reason = "the fields' names, for the errors")]
                mod __fork_fields { #( pub(super) struct #names; )* }
            }
        });
        quote! {
            #names
            #[allow(
                dead_code,
                clippy::extra_unused_lifetimes,
                clippy::multiple_bound_locations,
                reason = "for the compiler; nobody calls it"
            )]
            fn fields #generics () #clause { #asked }
        }
    }

    /// A name for a field that no other type in the program has: else errors would show a path before it.
    fn named(&self, variant: &Variant, member: &Member) -> Ident {
        let variant = variant.name.as_ref().map(|name| format!("__{name}")).unwrap_or_default();
        let member = match member {
            Member::Named(name) => name.unraw().to_string(),
            Member::Unnamed(index) => index.index.to_string(),
        };
        format_ident!("{}{variant}__{member}", self.input.ident)
    }

    fn safe(&self) -> TokenStream {
        let (runtime, name, bounded) = (&self.runtime, &self.input.ident, self.bounded());
        let (generics, _, clause) = bounded.split_for_impl();
        let arguments = self.input.generics.split_for_impl().1;
        quote! {
            #[automatically_derived]
            impl #generics #runtime::private::fields::Declared for #name #arguments #clause {}
        }
    }

    /// `T: ForkSafe` for each parameter that is named in a field of which nothing is said.
    fn bounded(&self) -> Generics {
        let runtime = &self.runtime;
        let mut bounded = self.input.generics.clone();
        for parameter in &mut bounded.params {
            if let GenericParam::Type(parameter) = parameter
                && self
                    .fields()
                    .filter(|f| matches!(f.fate, Fate::Unsaid))
                    .any(|f| mentions(&f.ty, &[&parameter.ident]))
            {
                parameter.bounds.push(parse_quote!(#runtime::ForkSafe));
            }
        }
        bounded
    }

    fn reset(&self) -> TokenStream {
        let (runtime, name) = (&self.runtime, &self.input.ident);
        let mut generics = self.input.generics.clone();
        let parameters: Vec<&Ident> = self.input.generics.type_params().map(|parameter| &parameter.ident).collect();
        let clause = generics.make_where_clause();
        for Field { ty, fate, .. } in self.fields().filter(|field| mentions(&field.ty, &parameters)) {
            match fate {
                Fate::Reset => clause.predicates.push(parse_quote!(#ty: #runtime::ForkReset)),
                Fate::Close => clause.predicates.push(parse_quote!(#ty: #runtime::ForkClose)),
                Fate::Discard => clause.predicates.push(parse_quote!(#ty: ::core::default::Default)),
                _ => {}
            }
        }
        let (generics, _, clause) = generics.split_for_impl();
        let arguments = self.input.generics.split_for_impl().1;
        let deeds: Vec<TokenStream> =
            self.variants.iter().map(|v| self.deeds(v)).filter(|deeds| !deeds.is_empty()).collect();
        let body = match self.variants.first() {
            Some(Variant { name: Some(_), .. }) if !deeds.is_empty() => {
                let rest = (deeds.len() < self.variants.len()).then(|| quote!(_ => {}));
                quote!(match self { #(#deeds)* #rest })
            }
            _ => quote!(#(#deeds)*),
        };
        quote! {
            #[automatically_derived]
            impl #generics #runtime::ForkReset for #name #arguments #clause {
                fn fork_reset(&mut self) { #body }
            }
        }
    }

    /// What is done to the fields of a struct, or to those of a variant as an arm of a `match`.
    fn deeds(&self, variant: &Variant) -> TokenStream {
        let mut bindings = Vec::new();
        let mut deeds = TokenStream::new();
        for (at, Field { member, ty, fate }) in variant.fields.iter().enumerate() {
            let bound = Ident::new(&format!("field_{at}"), Span::mixed_site());
            let place = if variant.name.is_some() { quote!(#bound) } else { quote!(&mut self.#member) };
            if let Some(deed) = self.deed(ty, fate, &place) {
                bindings.push(quote!(#member: #bound));
                deeds.extend(deed);
            }
        }
        match &variant.name {
            Some(name) if !bindings.is_empty() => quote!(Self::#name { #(#bindings,)* .. } => { #deeds }),
            _ => deeds,
        }
    }

    fn deed(&self, ty: &Type, fate: &Fate, place: &TokenStream) -> Option<TokenStream> {
        let (runtime, span) = (&self.runtime, ty.span());
        let fields = quote!(#runtime::private::fields);
        Some(match fate {
            Fate::Unsaid | Fate::Keep | Fate::PerProcess => return None,
            Fate::Reset => quote_spanned!(span=> <#ty as #runtime::ForkReset>::fork_reset(#place);),
            Fate::Close => quote_spanned!(span=> <#ty as #runtime::ForkClose>::close_in_child(#place);),
            Fate::Discard => quote_spanned!(span=> <#ty as #fields::Discard>::discard(#place);),
            Fate::Becomes(value) => quote! {{
                let fresh: #ty = #value;
                #fields::replace(#place, fresh);
            }},
        })
    }
}

fn mentions(ty: &Type, names: &[&Ident]) -> bool {
    fn anywhere(tokens: TokenStream, names: &[&Ident]) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(word) => names.contains(&&word),
            TokenTree::Group(group) => anywhere(group.stream(), names),
            _ => false,
        })
    }
    anywhere(ty.to_token_stream(), names)
}
