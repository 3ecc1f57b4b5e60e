//! Walks a crate's files and modules: every item is named and queued, `cfg`s decided, item macros expanded.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::cx::{AliasTask, Cx, FnTask, Import, ModId, Owner, ReadFile, Site, TraitTask, TypeTask, ValueTask};
use super::idents::{ident_sym, is_public, is_test_attr};
use super::interface::{Def, Named};
use super::paths::join;
use super::world::Ns;
use crate::facts::{Sym, UnseenKind};
use crate::syntax;

/// A pipe or a device may never end.
fn read_regular(path: &Path) -> std::io::Result<Vec<u8>> {
    if path.exists() && !path.is_file() {
        return Err(std::io::Error::other("not a regular file"));
    }
    std::fs::read(path)
}

impl Cx<'_> {
    /// Reads the crate's root file and everything it leads to.
    pub(crate) fn collect_crate(&mut self, root_file: &Path) {
        let dir = root_file.parent().unwrap_or(Path::new("")).to_owned();
        let root = self.add_module(self.world.own_root, None, false, true, &dir, &dir);
        self.collect_file(root_file, root, None);
    }

    pub(super) fn collect_file(&mut self, path: &Path, module: ModId, declared: Option<crate::facts::Span>) {
        let text: Arc<str> = match read_regular(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
            Err(error) => {
                self.missing.push(path.to_owned());
                self.unseen(UnseenKind::MissingFile, format!("`{}` cannot be read: {error}", path.display()), declared);
                return;
            }
        };
        self.files.push(ReadFile { path: path.to_owned(), text: text.clone() });
        self.collect_text(Sym::new(&path.to_string_lossy()), &text, module);
    }

    /// Reads a file's text into a module.
    pub(crate) fn collect_text(&mut self, file: Sym, text: &str, module: ModId) {
        self.facts.stats.files += 1;
        self.facts.stats.bytes += text.len() as u64;
        self.facts.stats.lines += text.bytes().filter(|b| *b == b'\n').count() as u64;
        if self.input.member {
            self.facts.suppressions.extend(syntax::comments::suppressions(text, file));
        }
        // The documentation of a stub is what it says.
        let text = if self.is_stub() { text.into() } else { syntax::prune(text, self.input.cfg.tests()) };
        let parsed = self.map.parse_file(file, &text, &self.limits);
        self.facts.unseen.extend(parsed.unseen);
        if !self.cfg_active(&parsed.file.attrs) {
            return;
        }
        let site = Site { unit: Some(parsed.unit), expanded_at: None };
        self.collect_items(parsed.file.items, module, site);
    }

    pub(crate) fn cfg_active(&self, attrs: &[syn::Attribute]) -> bool {
        self.is_stub() || self.input.cfg.active(attrs)
    }

    /// Names and queues items. Uses first: they may name the macros that the other items are made of.
    pub(crate) fn collect_items(&mut self, items: Vec<syn::Item>, module: ModId, site: Site) {
        let mut rest = Vec::with_capacity(items.len());
        for mut item in items {
            if !self.is_stub() {
                self.spread_promises(&mut item, site);
            }
            match item {
                syn::Item::Use(item) if self.cfg_active(&item.attrs) => {
                    let leading = item.leading_colon.is_some();
                    let public = is_public(&item.vis);
                    self.collect_use(&item.tree, &mut Vec::new(), module, leading, public);
                }
                syn::Item::ExternCrate(item) if self.cfg_active(&item.attrs) => self.extern_crate_item(&item, module),
                syn::Item::Use(_) | syn::Item::ExternCrate(_) => {}
                item => rest.push(item),
            }
        }
        for item in rest {
            self.collect_item(item, module, site);
        }
    }

    fn extern_crate_item(&mut self, item: &syn::ItemExternCrate, module: ModId) {
        let name = Sym::new(&item.ident.to_string());
        let Some(root) =
            (if name.as_str() == "self" { Some(self.world.own_root) } else { self.externs.get(&name).copied() })
        else {
            return;
        };
        let alias = item.rename.as_ref().map_or(name, |(_, ident)| Sym::new(&ident.to_string()));
        if alias.as_str() != "_" {
            self.define(module, alias, Ns::Types, Def::Module(root), is_public(&item.vis));
            if self.modules[module].path == self.world.own_root {
                self.externs.entry(alias).or_insert(root);
            }
        }
        if item.attrs.iter().any(|a| a.path().is_ident("macro_use")) {
            let exported: Vec<_> =
                self.world.scope(root).map(|s| s.macros.iter().map(|(n, m)| (*n, m.def)).collect()).unwrap_or_default();
            for (name, def) in exported {
                if let Def::Macro(path) = def {
                    self.macro_use.insert(name, path);
                }
            }
        }
    }

    fn collect_use(&mut self, tree: &syn::UseTree, segs: &mut Vec<Sym>, module: ModId, leading: bool, public: bool) {
        let add = |this: &mut Self, segs: Vec<Sym>, name: Option<Sym>| {
            this.imports.push(Import { module, segs, leading, name, public });
        };
        match tree {
            syn::UseTree::Path(path) => {
                segs.push(ident_sym(&path.ident));
                self.collect_use(&path.tree, segs, module, leading, public);
                segs.pop();
            }
            syn::UseTree::Name(name) => {
                let ident = ident_sym(&name.ident);
                if ident.as_str() == "self" && !segs.is_empty() {
                    add(self, segs.clone(), segs.last().copied());
                } else {
                    add(self, [&segs[..], &[ident]].concat(), Some(ident));
                }
            }
            syn::UseTree::Rename(rename) => {
                let (ident, alias) = (ident_sym(&rename.ident), ident_sym(&rename.rename));
                let path = if ident.as_str() == "self" && !segs.is_empty() {
                    segs.clone()
                } else {
                    [&segs[..], &[ident]].concat()
                };
                add(self, path, Some(alias));
            }
            syn::UseTree::Glob(_) => add(self, segs.clone(), None),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|t| self.collect_use(t, segs, module, leading, public))
            }
        }
    }

    /// Gives a name a meaning; what is written goes before what a glob brought.
    pub(crate) fn define(&mut self, module: ModId, name: Sym, ns: Ns, def: Def, public: bool) {
        let path = self.modules[module].path;
        let scope = self.world.own.modules.entry(path).or_default();
        if let Def::Trait(t) = def {
            scope.traits.push(t);
        }
        let map = match ns {
            Ns::Types => &mut scope.types,
            Ns::Values => &mut scope.values,
            Ns::Macros => &mut scope.macros,
        };
        map.insert(name, Named { def, public, glob: false });
    }

    fn declare_type(
        &mut self,
        module: ModId,
        site: Site,
        (attrs, vis, ident, generics): (Vec<syn::Attribute>, syn::Visibility, syn::Ident, syn::Generics),
        parts: Vec<(Option<syn::Ident>, syn::Fields)>,
    ) {
        let name = ident_sym(&ident);
        let path = join(self.modules[module].path, name);
        self.define(module, name, Ns::Types, Def::Type(path), is_public(&vis));
        self.types.push(TypeTask { module, site, attrs, path, ident, generics, parts });
    }

    fn collect_item(&mut self, item: syn::Item, module: ModId, site: Site) {
        let base = self.modules[module].path;
        match item {
            syn::Item::Fn(item) if self.cfg_active(&item.attrs) => {
                if item.attrs.iter().any(is_test_attr) {
                    return;
                }
                let name = ident_sym(&item.sig.ident);
                let path = join(base, name);
                let public = is_public(&item.vis);
                self.define(module, name, Ns::Values, Def::Fn(path), public);
                self.fns.push(FnTask {
                    module,
                    site,
                    attrs: item.attrs,
                    public,
                    owner: Owner::Free,
                    path,
                    sig: item.sig,
                    body: Some(*item.block),
                });
            }
            syn::Item::Mod(item) if self.cfg_active(&item.attrs) => self.collect_mod(item, module, site),
            syn::Item::Struct(item) if self.cfg_active(&item.attrs) => {
                if !matches!(item.fields, syn::Fields::Named(_)) {
                    let name = ident_sym(&item.ident);
                    self.define(module, name, Ns::Values, Def::Ctor(join(base, name)), is_public(&item.vis));
                }
                let parts = vec![(None, item.fields)];
                self.declare_type(module, site, (item.attrs, item.vis, item.ident, item.generics), parts);
            }
            syn::Item::Union(item) if self.cfg_active(&item.attrs) => {
                let parts = vec![(None, syn::Fields::Named(item.fields))];
                self.declare_type(module, site, (item.attrs, item.vis, item.ident, item.generics), parts);
            }
            syn::Item::Enum(item) if self.cfg_active(&item.attrs) => {
                let there = item.variants.into_iter().filter(|v| self.cfg_active(&v.attrs));
                let parts = there.map(|v| (Some(v.ident), v.fields)).collect();
                self.declare_type(module, site, (item.attrs, item.vis, item.ident, item.generics), parts);
            }
            syn::Item::Type(item) if self.cfg_active(&item.attrs) => {
                let name = ident_sym(&item.ident);
                let path = join(base, name);
                self.define(module, name, Ns::Types, Def::Alias(path), is_public(&item.vis));
                self.aliases.push(AliasTask { module, path, generics: item.generics, ty: *item.ty });
            }
            syn::Item::Const(item) if self.cfg_active(&item.attrs) => {
                let name = ident_sym(&item.ident);
                // Each `const _` is a name space of its own.
                self.blocks += u32::from(name.as_str() == "_");
                let path = if name.as_str() == "_" {
                    Sym::new(&format!("{base}::{{const#{}}}", self.blocks))
                } else {
                    join(base, name)
                };
                self.define(module, name, Ns::Values, Def::Const(path), is_public(&item.vis));
                self.push_value(module, site, path, item.ident, *item.ty, Some(*item.expr), false);
            }
            syn::Item::Static(item) if self.cfg_active(&item.attrs) => {
                let name = ident_sym(&item.ident);
                let path = join(base, name);
                self.define(module, name, Ns::Values, Def::Static(path), is_public(&item.vis));
                let thread_local = item.attrs.iter().any(|a| a.path().is_ident("thread_local"));
                self.push_value(module, site, path, item.ident, *item.ty, Some(*item.expr), true);
                if let Some(task) = self.values.last_mut() {
                    task.thread_local = thread_local;
                }
            }
            syn::Item::ForeignMod(item) if self.cfg_active(&item.attrs) => self.collect_foreign(item, module),
            syn::Item::Trait(item) if self.cfg_active(&item.attrs) => self.collect_trait(item, module, site),
            syn::Item::TraitAlias(item) if self.cfg_active(&item.attrs) => {
                let name = ident_sym(&item.ident);
                let path = join(base, name);
                self.define(module, name, Ns::Types, Def::Trait(path), is_public(&item.vis));
                let supers = item.bounds.into_iter().collect();
                self.traits.push(TraitTask { module, path, generics: item.generics, supers, assoc: Vec::new() });
            }
            syn::Item::Impl(item) if self.cfg_active(&item.attrs) => self.collect_impl(item, module, site),
            syn::Item::Macro(item) if self.cfg_active(&item.attrs) => self.collect_macro(item, module, site),
            _ => {}
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one value with its place; a struct for one call would say it twice")]
    pub(crate) fn push_value(
        &mut self,
        module: ModId,
        site: Site,
        path: Sym,
        ident: syn::Ident,
        ty: syn::Type,
        init: Option<syn::Expr>,
        is_static: bool,
    ) {
        self.values.push(ValueTask {
            module,
            site,
            path,
            ident,
            ty,
            init,
            is_static,
            thread_local: false,
            lazy: false,
            owner: Owner::Free,
        });
    }

    fn collect_mod(&mut self, item: syn::ItemMod, module: ModId, site: Site) {
        let name = ident_sym(&item.ident);
        let path = join(self.modules[module].path, name);
        let public = is_public(&item.vis);
        self.define(module, name, Ns::Types, Def::Module(path), public);
        let all_public = public && self.modules[module].public;
        let (dir, path_dir) = (self.modules[module].dir.join(name.as_str()), self.modules[module].path_dir.clone());
        let given = self.path_attr(&item.attrs);
        let macro_use = item.attrs.iter().any(|a| a.path().is_ident("macro_use"));
        let id = match item.content {
            Some((_, items)) => {
                let dir = given.map_or(dir, |p| path_dir.join(p));
                let id = self.add_module(path, Some(module), false, all_public, &dir, &dir);
                self.collect_items(items, id, site);
                id
            }
            None => {
                let span = self.span(site, item.ident.span());
                let (file, dir) = match given {
                    Some(given) => {
                        let file = path_dir.join(given);
                        let dir = file.parent().unwrap_or(Path::new("")).to_owned();
                        (file, dir)
                    }
                    None => self.module_file(&self.modules[module].dir.clone(), name.as_str()),
                };
                let file_dir = file.parent().unwrap_or(Path::new("")).to_owned();
                let id = self.add_module(path, Some(module), false, all_public, &dir, &file_dir);
                if self.depth_of(id) > 200 {
                    self.unseen(UnseenKind::Bound, format!("module `{path}` is nested too deeply"), Some(span));
                    return;
                }
                self.collect_file(&file, id, Some(span));
                id
            }
        };
        if macro_use {
            let textual = self.modules[id].textual.clone();
            self.modules[module].textual.extend(textual);
        }
    }

    fn depth_of(&self, mut module: ModId) -> usize {
        let mut depth = 0;
        while let Some(parent) = self.modules[module].parent {
            module = parent;
            depth += 1;
        }
        depth
    }

    /// `dir/name.rs`, else `dir/name/mod.rs`; with the folder of the children.
    fn module_file(&mut self, dir: &Path, name: &str) -> (PathBuf, PathBuf) {
        let name = name.strip_prefix("r#").unwrap_or(name);
        let flat = dir.join(format!("{name}.rs"));
        let children = dir.join(name);
        let nested = children.join("mod.rs");
        if !flat.is_file() {
            if nested.is_file() {
                self.missing.push(flat);
                return (nested, children);
            }
            self.missing.push(nested);
        }
        (flat, children)
    }

    fn path_attr(&self, attrs: &[syn::Attribute]) -> Option<String> {
        for attr in attrs {
            for attr in self.input.cfg.expand_cfg_attr(attr) {
                if let syn::Meta::NameValue(nv) = &attr.meta
                    && nv.path.is_ident("path")
                    && let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &nv.value
                {
                    return Some(text.value());
                }
            }
        }
        None
    }

    fn collect_foreign(&mut self, item: syn::ItemForeignMod, module: ModId) {
        for foreign in item.items {
            match foreign {
                syn::ForeignItem::Fn(f) if self.cfg_active(&f.attrs) => {
                    let name = ident_sym(&f.sig.ident);
                    let symbol = link_name(&f.attrs).unwrap_or_else(|| name.as_str().to_owned());
                    let path = Sym::new(&format!("c::{symbol}"));
                    self.define(module, name, Ns::Values, Def::Fn(path), is_public(&f.vis));
                }
                syn::ForeignItem::Static(s) if self.cfg_active(&s.attrs) => {
                    let name = ident_sym(&s.ident);
                    self.define(
                        module,
                        name,
                        Ns::Values,
                        Def::Static(Sym::new(&format!("c::{name}"))),
                        is_public(&s.vis),
                    );
                }
                syn::ForeignItem::Type(t) => {
                    let name = ident_sym(&t.ident);
                    self.define(
                        module,
                        name,
                        Ns::Types,
                        Def::Opaque(Sym::new(&format!("c::{name}"))),
                        is_public(&t.vis),
                    );
                }
                _ => {}
            }
        }
    }
}

fn link_name(attrs: &[syn::Attribute]) -> Option<String> {
    attrs.iter().find_map(|attr| match &attr.meta {
        syn::Meta::NameValue(nv) if nv.path.is_ident("link_name") => match &nv.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    })
}
