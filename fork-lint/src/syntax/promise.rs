//! The words in `#[fork_safe(..)]`, for the linter and for the macro of that name.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitStr, Meta, Token, parenthesized};

/// What `#[fork_safe(..)]` says.
#[derive(Clone, Default)]
pub struct Promise {
    /// `allow(rule, .., reason = "..")`.
    pub allows: Vec<Allow>,
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

/// The attribute itself, whatever path it is named by.
pub fn attribute(attrs: &[Attribute]) -> Option<&Attribute> {
    attrs.iter().find(|attr| attr.path().segments.last().is_some_and(|s| s.ident == "fork_safe"))
}

impl Parse for Promise {
    fn parse(input: ParseStream<'_>) -> syn::Result<Promise> {
        let mut promise = Promise::default();
        while !input.is_empty() {
            let word = Ident::parse_any(input)?;
            match word.to_string().as_str() {
                "allow" => promise.allows.push(allow(word.span(), input)?),
                other => {
                    let text =
                        format!("`{other}` is no word of `#[fork_safe]`; it knows `allow(rule, reason = \"..\")`");
                    return Err(syn::Error::new(word.span(), text));
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(promise)
    }
}

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
    fn mistakes_are_named() {
        for (text, says) in [
            ("alow(x)", "is no word"),
            ("allow(x, why = \"y\")", "expected a rule"),
            ("check = self.guard", "is no word"),
        ] {
            let error = of(text).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
