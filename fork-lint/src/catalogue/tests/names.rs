//! Whether every name that a stub's signatures use is defined, imported, or in the prelude.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::Visit;

use super::super::stubs;

/// Names defined in a module, by the module's path.
type Scopes = BTreeMap<String, BTreeSet<String>>;

const PRIMITIVES: &[&str] = &[
    "bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64",
];

/// Uses of names that are not known, each with its file.
pub(super) fn unknown_names() -> Vec<String> {
    let mut scopes = Scopes::new();
    let mut files = Vec::new();
    for stub in stubs() {
        for (name, text) in stub.files {
            let file = syn::parse_file(text).unwrap_or_else(|e| panic!("{name}: {e}"));
            define(stub.krate, &file.items, &mut scopes);
            files.push((stub.krate, *name, file));
        }
    }
    let prelude = scopes.get("std::prelude::v1").cloned().unwrap_or_default();
    let mut out = Vec::new();
    for (krate, name, file) in &files {
        let mut check = Check { scopes: &scopes, prelude: &prelude, file: name, module: (*krate).to_owned(), generics: Vec::new(), out: &mut out };
        check.items(&file.items);
    }
    out
}

fn define(module: &str, items: &[syn::Item], scopes: &mut Scopes) {
    let mut names = BTreeSet::new();
    for item in items {
        match item {
            syn::Item::Mod(m) => {
                names.insert(m.ident.to_string());
                if let Some((_, items)) = &m.content {
                    define(&format!("{module}::{}", m.ident), items, scopes);
                }
            }
            syn::Item::Fn(f) => drop(names.insert(f.sig.ident.to_string())),
            syn::Item::Struct(s) => drop(names.insert(s.ident.to_string())),
            syn::Item::Enum(e) => drop(names.insert(e.ident.to_string())),
            syn::Item::Union(u) => drop(names.insert(u.ident.to_string())),
            syn::Item::Trait(t) => drop(names.insert(t.ident.to_string())),
            syn::Item::Type(t) => drop(names.insert(t.ident.to_string())),
            syn::Item::Const(c) => drop(names.insert(c.ident.to_string())),
            syn::Item::Macro(m) => drop(m.ident.as_ref().map(|i| names.insert(i.to_string()))),
            syn::Item::Use(u) => leaves(&u.tree, &mut Vec::new(), &mut |path| {
                names.insert(path.last().cloned().unwrap_or_default());
            }),
            _ => {}
        }
    }
    scopes.entry(module.to_owned()).or_default().extend(names);
}

/// Calls `found` with every imported path; an alias replaces the last segment, `self` is left out, a glob ends in `*`.
fn leaves(tree: &syn::UseTree, at: &mut Vec<String>, found: &mut impl FnMut(&[String])) {
    match tree {
        syn::UseTree::Path(p) => {
            at.push(p.ident.to_string());
            leaves(&p.tree, at, found);
            at.pop();
        }
        syn::UseTree::Name(n) if n.ident == "self" => found(at),
        syn::UseTree::Name(n) => {
            at.push(n.ident.to_string());
            found(at);
            at.pop();
        }
        syn::UseTree::Rename(r) => {
            at.push(r.rename.to_string());
            found(at);
            at.pop();
        }
        syn::UseTree::Glob(_) => {
            at.push("*".to_owned());
            found(at);
            at.pop();
        }
        syn::UseTree::Group(g) => g.items.iter().for_each(|t| leaves(t, at, found)),
    }
}

struct Check<'a> {
    scopes: &'a Scopes,
    prelude: &'a BTreeSet<String>,
    file: &'a str,
    module: String,
    generics: Vec<String>,
    out: &'a mut Vec<String>,
}

impl Check<'_> {
    fn items(&mut self, items: &[syn::Item]) {
        for item in items {
            match item {
                syn::Item::Mod(m) => {
                    let Some((_, items)) = &m.content else { continue };
                    let inner = format!("{}::{}", self.module, m.ident);
                    let outer = std::mem::replace(&mut self.module, inner);
                    self.items(items);
                    self.module = outer;
                }
                syn::Item::Use(u) => {
                    let mut wrong = Vec::new();
                    originals(&u.tree, &mut Vec::new(), &mut |path| {
                        if !self.exists(path) {
                            wrong.push(path.join("::"));
                        }
                    });
                    self.out.extend(wrong.into_iter().map(|p| format!("{}: use {p} in {}", self.file, self.module)));
                }
                item => self.visit_item(item),
            }
        }
    }

    /// Whether a path leads to something; below a type's name everything is taken for granted.
    fn exists(&self, path: &[String]) -> bool {
        let mut module = self.module.clone();
        let mut rest = path;
        match rest[0].as_str() {
            "crate" => module = module.split("::").next().unwrap_or_default().to_owned(),
            "super" => {
                while rest[0] == "super" {
                    module.truncate(module.rfind("::").unwrap_or(0));
                    rest = &rest[1..];
                }
                return self.inside(&module, rest);
            }
            "self" => {}
            "std" | "core" | "alloc" => module = "std".to_owned(),
            "libc" | "c" => module = "c".to_owned(),
            first => {
                if self.scopes.get(&module).is_some_and(|s| s.contains(first)) {
                    return self.inside(&module, rest);
                }
                return self.prelude.contains(first) || PRIMITIVES.contains(&first);
            }
        }
        self.inside(&module, &rest[1..])
    }

    fn inside(&self, module: &str, rest: &[String]) -> bool {
        let mut module = module.to_owned();
        for (i, name) in rest.iter().enumerate() {
            if name == "*" {
                return self.scopes.contains_key(&module);
            }
            let Some(scope) = self.scopes.get(&module) else { return false };
            if !scope.contains(name) {
                return false;
            }
            let inner = format!("{module}::{name}");
            if i + 1 < rest.len() && !self.scopes.contains_key(&inner) {
                return true;
            }
            module = inner;
        }
        true
    }

    fn within(&mut self, generics: &syn::Generics, look: impl FnOnce(&mut Self)) {
        let before = self.generics.len();
        for param in generics.params.iter() {
            match param {
                syn::GenericParam::Type(t) => self.generics.push(t.ident.to_string()),
                syn::GenericParam::Const(c) => self.generics.push(c.ident.to_string()),
                syn::GenericParam::Lifetime(_) => {}
            }
        }
        look(self);
        self.generics.truncate(before);
    }
}

/// As [`leaves`], with the imported name instead of its alias.
fn originals(tree: &syn::UseTree, at: &mut Vec<String>, found: &mut impl FnMut(&[String])) {
    match tree {
        syn::UseTree::Rename(r) => {
            at.push(r.ident.to_string());
            found(at);
            at.pop();
        }
        syn::UseTree::Path(p) => {
            at.push(p.ident.to_string());
            originals(&p.tree, at, found);
            at.pop();
        }
        syn::UseTree::Group(g) => g.items.iter().for_each(|t| originals(t, at, found)),
        other => leaves(other, at, found),
    }
}

impl<'ast> Visit<'ast> for Check<'_> {
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
    fn visit_expr(&mut self, _: &'ast syn::Expr) {}
    fn visit_macro(&mut self, _: &'ast syn::Macro) {}
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        let known = segments[0] == "Self" || self.generics.contains(&segments[0]) || self.exists(&segments);
        if !known {
            self.out.push(format!("{}: {} in {}", self.file, segments.join("::"), self.module));
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_item_fn(&mut self, f: &'ast syn::ItemFn) {
        self.within(&f.sig.generics, |c| syn::visit::visit_item_fn(c, f));
    }
    fn visit_impl_item_fn(&mut self, f: &'ast syn::ImplItemFn) {
        self.within(&f.sig.generics, |c| syn::visit::visit_impl_item_fn(c, f));
    }
    fn visit_trait_item_fn(&mut self, f: &'ast syn::TraitItemFn) {
        self.within(&f.sig.generics, |c| syn::visit::visit_trait_item_fn(c, f));
    }
    fn visit_item_impl(&mut self, i: &'ast syn::ItemImpl) {
        self.within(&i.generics, |c| syn::visit::visit_item_impl(c, i));
    }
    fn visit_item_trait(&mut self, t: &'ast syn::ItemTrait) {
        self.within(&t.generics, |c| syn::visit::visit_item_trait(c, t));
    }
    fn visit_item_struct(&mut self, s: &'ast syn::ItemStruct) {
        self.within(&s.generics, |c| syn::visit::visit_item_struct(c, s));
    }
    fn visit_item_enum(&mut self, e: &'ast syn::ItemEnum) {
        self.within(&e.generics, |c| syn::visit::visit_item_enum(c, e));
    }
    fn visit_item_union(&mut self, u: &'ast syn::ItemUnion) {
        self.within(&u.generics, |c| syn::visit::visit_item_union(c, u));
    }
    fn visit_item_type(&mut self, t: &'ast syn::ItemType) {
        self.within(&t.generics, |c| syn::visit::visit_item_type(c, t));
    }
}
