//! The words in `#[fork_safe(..)]`, for the linter and for the macro of that name.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Ident, LitStr, Meta, Path, Token, parenthesized};

/// What `#[fork_safe(..)]` says.
#[derive(Clone, Default)]
pub struct Promise {
    /// `allow(rule, .., reason = "..")`.
    pub allows: Vec<Allow>,
    /// `check = self.guard`, on an `impl`: no promise about a body, but a test before each.
    pub check: Option<Check>,
    /// `crate = path`: what fork-runtime is called where the attribute stands.
    pub runtime: Option<(Path, Span)>,
}

/// `check = self.guard`.
#[derive(Clone)]
pub struct Check {
    /// What tells the process.
    pub guard: Expr,
    /// The word `check`.
    pub span: Span,
}

/// Rules that a function may break.
#[derive(Clone)]
pub struct Allow {
    /// Their names, each with its place.
    pub rules: Vec<(String, Span)>,
    /// Why.
    pub reason: Option<String>,
    /// The word `allow`.
    pub span: Span,
}

impl Promise {
    /// What an item's attributes say; `None` when none of them is `#[fork_safe]`. Words that do not parse count as
    /// absent: the macro reports them.
    pub fn of(attrs: &[Attribute]) -> Option<Promise> {
        attribute(attrs).map(|attr| match &attr.meta {
            Meta::List(list) => list.parse_args().unwrap_or_default(),
            _ => Promise::default(),
        })
    }
}

/// The attribute itself, whatever path it is named by; not one with `check`, which promises nothing of functions.
pub fn attribute(attrs: &[Attribute]) -> Option<&Attribute> {
    let named = |attr: &&Attribute| attr.path().segments.last().is_some_and(|s| s.ident == "fork_safe");
    attrs.iter().find(named).filter(|attr| match &attr.meta {
        Meta::List(list) => list.parse_args::<Promise>().map_or(true, |promise| promise.check.is_none()),
        _ => true,
    })
}

impl Parse for Promise {
    fn parse(input: ParseStream<'_>) -> syn::Result<Promise> {
        let mut promise = Promise::default();
        while !input.is_empty() {
            let word = Ident::parse_any(input)?;
            match word.to_string().as_str() {
                "allow" => promise.allows.push(allow(word.span(), input)?),
                "check" => {
                    input.parse::<Token![=]>()?;
                    promise.check = Some(Check { guard: input.parse()?, span: word.span() });
                }
                "crate" => {
                    input.parse::<Token![=]>()?;
                    promise.runtime = Some((input.call(Path::parse_mod_style)?, word.span()));
                }
                other => return Err(syn::Error::new(word.span(), format!("`{other}` {KNOWN}"))),
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(promise)
    }
}

const KNOWN: &str = "is no word of `#[fork_safe]`\n\n\
    fix: `allow(rule, reason = \"..\")` on what has functions, `check = self.guard` on an `impl`, `crate = path` on an `impl` \
    with `check` and on a type";

fn allow(span: Span, input: ParseStream<'_>) -> syn::Result<Allow> {
    let content;
    parenthesized!(content in input);
    let mut allow = Allow { rules: Vec::new(), reason: None, span };
    while !content.is_empty() {
        if content.peek(Ident::peek_any) && content.peek2(Token![=]) {
            let key = Ident::parse_any(&content)?;
            if key != "reason" {
                return Err(syn::Error::new(key.span(), "expected a rule's name or `reason = \"..\"`"));
            }
            content.parse::<Token![=]>()?;
            allow.reason = Some(content.parse::<LitStr>()?.value());
        } else {
            allow.rules.push(rule_name(&content)?);
        }
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    Ok(allow)
}

/// `allocation-in-child`, or with underscores; `in` is a word like another here.
fn rule_name(input: ParseStream<'_>) -> syn::Result<(String, Span)> {
    let first = Ident::parse_any(input)?;
    let mut name = first.to_string().replace('_', "-");
    while input.peek(Token![-]) {
        input.parse::<Token![-]>()?;
        name.push('-');
        name.push_str(&Ident::parse_any(input)?.to_string());
    }
    Ok((name, first.span()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> syn::Result<Promise> {
        syn::parse_str(text)
    }

    #[test]
    fn names_are_read_with_either_stroke() {
        let promise = of(r#"allow(allocation-in-child, lock_in_child, reason = "why")"#);
        let promise = promise.unwrap_or_else(|error| panic!("{error}"));
        let names: Vec<&str> = promise.allows[0].rules.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["allocation-in-child", "lock-in-child"]);
        assert_eq!(promise.allows[0].reason.as_deref(), Some("why"));
    }

    #[test]
    fn a_check_promises_nothing_of_the_functions() {
        let items: syn::File = syn::parse_quote! {
            #[fork_runtime::fork_safe(check = self.inner.guard, crate = my::runtime)]
            impl A {}
            #[fork_safe(allow(lock-in-child, reason = "why"))]
            impl A {}
        };
        let attributes = |item: &syn::Item| match item {
            syn::Item::Impl(block) => attribute(&block.attrs).is_some(),
            _ => false,
        };
        assert_eq!(items.items.iter().map(attributes).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn mistakes_are_named() {
        for (text, says) in [
            ("alow(x)", "is no word"),
            ("allow(x, why = \"y\")", "expected a rule"),
            ("check self.guard", "expected `=`"),
        ] {
            let error = of(text).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
