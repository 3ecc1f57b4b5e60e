//! Every item of the stubs with its path, as far as the text alone says.

use super::super::{Entry, attrs, stubs};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Fn,
    Type,
    Macro,
}

#[derive(Debug)]
pub(super) struct Item {
    pub(super) path: String,
    pub(super) kind: Kind,
    pub(super) entry: Option<Entry>,
    /// Its own source, or that of what it is in.
    pub(super) source: Option<String>,
    /// How many parameters, the receiver included.
    pub(super) params: usize,
    pub(super) never: bool,
    /// File and line.
    pub(super) place: String,
}

/// All items of all stubs.
pub(super) fn items() -> Vec<Item> {
    let mut out = Vec::new();
    for stub in stubs() {
        for (name, text) in stub.files {
            let file = syn::parse_file(text).unwrap_or_else(|e| panic!("{name}: {e}"));
            let mut walk = Walk { file: name, out: &mut out };
            walk.module(stub.krate, attrs::source(&file.attrs), &file.items);
        }
    }
    out
}

struct Walk<'a> {
    file: &'static str,
    out: &'a mut Vec<Item>,
}

impl Walk<'_> {
    fn module(&mut self, path: &str, source: Option<String>, items: &[syn::Item]) {
        for item in items {
            match item {
                syn::Item::Mod(m) => {
                    let inner = attrs::source(&m.attrs).or_else(|| source.clone());
                    let (_, items) = m.content.as_ref().expect("a stub's module has its content with it");
                    self.module(&format!("{path}::{}", m.ident), inner, items);
                }
                syn::Item::Fn(f) => self.function(format!("{path}::{}", f.sig.ident), &f.attrs, &f.sig, &source),
                syn::Item::Struct(s) => self.add(format!("{path}::{}", s.ident), Kind::Type, &s.attrs, &source, 0, false, s.ident.span()),
                syn::Item::Enum(s) => self.add(format!("{path}::{}", s.ident), Kind::Type, &s.attrs, &source, 0, false, s.ident.span()),
                syn::Item::Trait(t) => {
                    let inner = attrs::source(&t.attrs).or_else(|| source.clone());
                    for member in &t.items {
                        if let syn::TraitItem::Fn(f) = member {
                            self.function(format!("{path}::{}::{}", t.ident, f.sig.ident), &f.attrs, &f.sig, &inner);
                        }
                    }
                }
                syn::Item::Impl(i) => {
                    let inner = attrs::source(&i.attrs).or_else(|| source.clone());
                    // Two crates' types of one name are told apart by the module, two implementations by their heads.
                    let head = match &i.trait_ {
                        Some((t, _)) => format!("{path}::<{} as {}>", text(&i.self_ty), text(t)),
                        None => format!("{path}::{}", head_of(&i.self_ty)),
                    };
                    for member in &i.items {
                        if let syn::ImplItem::Fn(f) = member {
                            self.function(format!("{head}::{}", f.sig.ident), &f.attrs, &f.sig, &inner);
                        }
                    }
                }
                syn::Item::Macro(m) => {
                    let ident = m.ident.as_ref().expect("a stub's macro is a definition");
                    self.add(format!("{path}::{ident}!"), Kind::Macro, &m.attrs, &source, 0, false, ident.span());
                }
                _ => {}
            }
        }
    }

    fn function(&mut self, path: String, attrs: &[syn::Attribute], sig: &syn::Signature, source: &Option<String>) {
        let never = matches!(&sig.output, syn::ReturnType::Type(_, ty) if matches!(**ty, syn::Type::Never(_)));
        self.add(path, Kind::Fn, attrs, source, sig.inputs.len(), never, sig.ident.span());
    }

    #[expect(clippy::too_many_arguments, reason = "one row of a table")]
    fn add(&mut self, path: String, kind: Kind, attrs: &[syn::Attribute], source: &Option<String>, params: usize, never: bool, span: proc_macro2::Span) {
        let place = format!("{}:{}", self.file, span.start().line);
        let entry = attrs::entry(attrs).unwrap_or_else(|e| panic!("{place}: {e}"));
        let source = attrs::source(attrs).or_else(|| source.clone());
        self.out.push(Item { path, kind, entry, source, params, never, place });
    }
}

fn text(of: &impl quote::ToTokens) -> String {
    of.to_token_stream().to_string()
}

fn head_of(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(p) => p.path.segments.iter().map(|s| s.ident.to_string()).collect::<Vec<_>>().join("::"),
        // Inherent functions of `[T]` and `[u8]`, of `Option<&T>` and `Option<&mut T>`, are one type's.
        syn::Type::Slice(_) => "[]".to_owned(),
        other => text(other),
    }
}
