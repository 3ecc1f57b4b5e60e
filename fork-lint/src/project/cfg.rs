//! Judges `#[cfg(..)]` and unfolds `#[cfg_attr(..)]` under one crate's configuration.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitBool, LitStr, Meta, Token};

use super::CfgSet;

impl CfgSet {
    /// Whether the predicate holds. A malformed one does not.
    ///
    /// Takes the predicate itself (`all(unix, feature = "x")`) or a whole `cfg(..)`.
    pub fn eval(&self, meta: &Meta) -> bool {
        match meta {
            Meta::List(list) if list.path.is_ident("cfg") => self.holds(list.tokens.clone()),
            meta => self.holds(quote::quote!(#meta)),
        }
        .unwrap_or(self.is_open())
    }

    /// Leaves open what only a build script could tell: items under a `cfg` of its making are read, whichever way it
    /// would decide. Build scripts are never run.
    pub fn opened(mut self) -> CfgSet {
        if !self.is_open() {
            self.names.push(OPEN.to_owned());
        }
        self
    }

    /// Whether the crate is compiled with its unit tests.
    pub fn tests(&self) -> bool {
        self.names.iter().any(|name| name == "test")
    }

    fn is_open(&self) -> bool {
        self.names.iter().any(|name| name == OPEN)
    }

    /// The answer for a name or key that is not set.
    fn unset(&self, name: &str) -> Option<bool> {
        (!self.is_open() || COMPILERS.contains(&name)).then_some(false)
    }

    /// Whether the predicate that these tokens spell holds (the inside of `#[cfg(..)]` or of `cfg!(..)`); `None` when
    /// it is malformed in a way that leaves the answer open.
    pub fn holds(&self, predicate: TokenStream) -> Option<bool> {
        let parse = |input: ParseStream| {
            let predicate = input.parse::<Predicate>()?;
            input.parse::<Option<Token![,]>>()?;
            Ok(predicate)
        };
        self.judge(&parse.parse2(predicate).ok()?)
    }

    /// Whether an item under these attributes is compiled: all their `#[cfg(..)]`s hold, those inside a `#[cfg_attr]`
    /// included.
    pub fn active(&self, attrs: &[Attribute]) -> bool {
        attrs.iter().all(|attr| {
            let path = attr.path();
            if path.is_ident("cfg") {
                self.eval(&attr.meta)
            } else if path.is_ident("cfg_attr") {
                self.active(&self.expand_cfg_attr(attr))
            } else {
                true
            }
        })
    }

    /// The attributes that `#[cfg_attr(predicate, a, b)]` stands for: none when the predicate does not hold. Any other
    /// attribute stands for itself.
    pub fn expand_cfg_attr(&self, attr: &Attribute) -> Vec<Attribute> {
        if !attr.path().is_ident("cfg_attr") {
            return vec![attr.clone()];
        }
        let Meta::List(list) = &attr.meta else { return Vec::new() };
        let Ok(parsed) = syn::parse2::<CfgAttr>(list.tokens.clone()) else { return Vec::new() };
        if self.judge(&parsed.predicate) != Some(true) {
            return Vec::new();
        }
        let unfold = |meta| self.expand_cfg_attr(&Attribute { meta, ..attr.clone() });
        parsed.metas.into_iter().flat_map(unfold).collect()
    }

    fn judge(&self, predicate: &Predicate) -> Option<bool> {
        match predicate {
            Predicate::Known(value) => Some(*value),
            Predicate::Name(name) if self.names.iter().any(|known| known == name) => Some(true),
            Predicate::Name(name) => self.unset(name),
            Predicate::Pair(key, value) if self.pairs.iter().any(|(k, v)| k == key && v == value) => Some(true),
            Predicate::Pair(key, _) => self.unset(key),
            Predicate::Not(inner) => self.judge(inner).map(|value| !value),
            Predicate::All(parts) => self.fold(parts, false),
            Predicate::Any(parts) => self.fold(parts, true),
            Predicate::Malformed => None,
        }
    }

    /// `any` when `decisive` is true, `all` when it is false: one decisive part settles it, else an open part leaves
    /// it open.
    fn fold(&self, parts: &[Predicate], decisive: bool) -> Option<bool> {
        let mut open = false;
        for part in parts {
            match self.judge(part) {
                Some(value) if value == decisive => return Some(decisive),
                Some(_) => {}
                None => open = true,
            }
        }
        (!open).then_some(!decisive)
    }
}

/// Stands among the names of a configuration that leaves the build script's part open; no source can spell it.
const OPEN: &str = "?";

/// Names and keys that the compiler, cargo or a tool sets: unset means false.
const COMPILERS: &[&str] = &[
    "unix",
    "windows",
    "test",
    "bench",
    "doc",
    "doctest",
    "docsrs",
    "debug_assertions",
    "overflow_checks",
    "proc_macro",
    "panic",
    "feature",
    "miri",
    "loom",
    "kani",
    "fuzzing",
    "rustfmt",
    "clippy",
    "tarpaulin",
    "coverage",
    "coverage_nightly",
    "target_os",
    "target_family",
    "target_arch",
    "target_env",
    "target_abi",
    "target_vendor",
    "target_endian",
    "target_pointer_width",
    "target_feature",
    "target_thread_local",
    "target_has_atomic",
    "relocation_model",
    "sanitize",
    "wasm_bindgen_unstable_test_coverage",
];

enum Predicate {
    Known(bool),
    Name(String),
    Pair(String, String),
    All(Vec<Predicate>),
    Any(Vec<Predicate>),
    Not(Box<Predicate>),
    Malformed,
}

impl Parse for Predicate {
    fn parse(input: ParseStream) -> syn::Result<Predicate> {
        if input.peek(LitBool) {
            return Ok(Predicate::Known(input.parse::<LitBool>()?.value));
        }
        let name = Ident::parse_any(input)?.unraw().to_string();
        if input.parse::<Option<Token![=]>>()?.is_some() {
            let value = input.parse::<LitStr>()?;
            return Ok(Predicate::Pair(name, value.value()));
        }
        if !input.peek(syn::token::Paren) {
            return Ok(Predicate::Name(name));
        }
        let inside;
        syn::parenthesized!(inside in input);
        if !matches!(name.as_str(), "all" | "any" | "not") {
            // `version(..)`, `accessible(..)`: not known to the stable compiler.
            inside.parse::<TokenStream>()?;
            return Ok(Predicate::Malformed);
        }
        let parts = Punctuated::<Predicate, Token![,]>::parse_terminated(&inside)?;
        let mut parts: Vec<Predicate> = parts.into_iter().collect();
        Ok(match name.as_str() {
            "all" => Predicate::All(parts),
            "any" => Predicate::Any(parts),
            _ => match (parts.pop(), parts.is_empty()) {
                (Some(only), true) => Predicate::Not(Box::new(only)),
                _ => Predicate::Malformed,
            },
        })
    }
}

struct CfgAttr {
    predicate: Predicate,
    metas: Punctuated<Meta, Token![,]>,
}

impl Parse for CfgAttr {
    fn parse(input: ParseStream) -> syn::Result<CfgAttr> {
        let predicate = input.parse()?;
        if input.parse::<Option<Token![,]>>()?.is_none() {
            return Ok(CfgAttr { predicate, metas: Punctuated::new() });
        }
        Ok(CfgAttr { predicate, metas: Punctuated::parse_terminated(input)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    fn linux() -> CfgSet {
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        CfgSet {
            names: vec!["unix".into(), "debug_assertions".into()],
            pairs: vec![pair("target_os", "linux"), pair("feature", "std"), pair("feature", "net")],
        }
    }

    #[test]
    fn predicates() {
        let table: &[(&str, Option<bool>)] = &[
            ("unix", Some(true)),
            ("windows", Some(false)),
            ("test", Some(false)),
            ("r#unix", Some(true)),
            ("true", Some(true)),
            ("false", Some(false)),
            ("feature = \"net\"", Some(true)),
            ("feature = r\"net\"", Some(true)),
            ("feature = \"tls\"", Some(false)),
            ("all()", Some(true)),
            ("any()", Some(false)),
            ("not(windows)", Some(true)),
            ("not(any(windows, target_os = \"macos\",))", Some(true)),
            ("all(unix, not(feature = \"tls\"), any(windows, feature = \"std\"))", Some(true)),
            ("unix,", Some(true)),
            // Malformed, or not known to the stable compiler: open unless another part decides.
            ("version(\"1.80\")", None),
            ("not(version(\"1.80\"))", None),
            ("any(unix, version(\"1.80\"))", Some(true)),
            ("any(windows, version(\"1.80\"))", None),
            ("all(windows, version(\"1.80\"))", Some(false)),
            ("not(unix, windows)", None),
            ("not()", None),
            ("feature = 3", None),
            ("unix windows", None),
            ("", None),
        ];
        for (text, expected) in table {
            let tokens: TokenStream = text.parse().expect("tokens");
            assert_eq!(linux().holds(tokens), *expected, "{text}");
        }
    }

    #[test]
    fn what_a_build_script_sets_can_be_left_open() {
        let open = linux().opened();
        for (text, expected) in [
            ("made_by_build_script", None),
            ("made = \"by build script\"", None),
            ("not(made_by_build_script)", None),
            ("all(made_by_build_script, windows)", Some(false)),
            ("any(made_by_build_script, unix)", Some(true)),
            ("feature = \"tls\"", Some(false)),
            ("test", Some(false)),
        ] {
            assert_eq!(open.holds(text.parse().expect("tokens")), expected, "{text}");
        }
        let either: [syn::ItemFn; 2] = [
            parse_quote!(
                #[cfg(made_by_build_script)]
                fn f() {}
            ),
            parse_quote!(
                #[cfg(not(made_by_build_script))]
                fn f() {}
            ),
        ];
        assert!(either.iter().all(|item| open.active(&item.attrs)));
        assert_eq!(either.map(|item| linux().active(&item.attrs)), [false, true]);
    }

    #[test]
    fn attributes_of_an_item() {
        let cases: &[(syn::ItemFn, bool)] = &[
            (
                parse_quote!(
                    fn f() {}
                ),
                true,
            ),
            (
                parse_quote!(
                    #[cfg(unix)]
                    #[inline]
                    fn f() {}
                ),
                true,
            ),
            (
                parse_quote!(
                    #[cfg(unix)]
                    #[cfg(windows)]
                    fn f() {}
                ),
                false,
            ),
            (
                parse_quote!(
                    #[cfg_attr(unix, cfg(windows))]
                    fn f() {}
                ),
                false,
            ),
            (
                parse_quote!(
                    #[cfg_attr(windows, cfg(windows))]
                    fn f() {}
                ),
                true,
            ),
            (
                parse_quote!(
                    #[cfg_attr(unix, cfg_attr(unix, cfg(test)))]
                    fn f() {}
                ),
                false,
            ),
            (
                parse_quote!(
                    #[cfg]
                    fn f() {}
                ),
                false,
            ),
            (
                parse_quote!(
                    #[cfg(true)]
                    fn f() {}
                ),
                true,
            ),
        ];
        for (item, expected) in cases {
            assert_eq!(linux().active(&item.attrs), *expected, "{}", quote::quote!(#item));
        }
    }

    #[test]
    fn cfg_attr_unfolds() {
        let item: syn::ItemMod = parse_quote!(
            #[cfg_attr(all(unix, feature = "std"), path = "unix.rs", allow(dead_code), unsafe(no_mangle))]
            mod m;
        );
        let attrs = linux().expand_cfg_attr(&item.attrs[0]);
        let text: Vec<String> = attrs.iter().map(|a| quote::quote!(#a).to_string()).collect();
        assert_eq!(text, ["# [path = \"unix.rs\"]", "# [allow (dead_code)]", "# [unsafe (no_mangle)]"]);

        let item: syn::ItemMod = parse_quote!(
            #[cfg_attr(windows, path = "windows.rs")]
            #[doc(hidden)]
            mod m;
        );
        assert!(linux().expand_cfg_attr(&item.attrs[0]).is_empty());
        assert_eq!(linux().expand_cfg_attr(&item.attrs[1]).len(), 1);
    }
}
