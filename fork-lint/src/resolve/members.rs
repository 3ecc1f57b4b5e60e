//! What traits and implementations consist of.

use super::cx::{Cx, FnTask, ImplTask, ModId, Owner, Site, TraitTask};
use super::idents::{ident_sym, is_public, is_test_attr};
use super::interface::Def;
use super::paths::join;
use super::world::Ns;
use crate::facts::{Sym, UnseenKind};
use crate::syntax::{self, Extent as _};

/// The implementation whose members are collected.
struct Members {
    module: ModId,
    site: Site,
    /// Its place among the tasks.
    index: usize,
    /// It is a trait's: all of its members are as public as that.
    is_trait: bool,
    assoc: Vec<(Sym, syn::Type)>,
}

impl Cx<'_> {
    pub(super) fn collect_trait(&mut self, item: syn::ItemTrait, module: ModId, site: Site) {
        let name = ident_sym(&item.ident);
        let path = join(self.modules[module].path, name);
        let public = is_public(&item.vis);
        self.define(module, name, Ns::Types, Def::Trait(path), public);
        let mut assoc = Vec::new();
        for member in item.items {
            match member {
                syn::TraitItem::Fn(f) if self.cfg_active(&f.attrs) => {
                    let path = join(path, ident_sym(&f.sig.ident));
                    self.fns.push(FnTask {
                        module,
                        site,
                        attrs: f.attrs,
                        public,
                        owner: Owner::Trait(self.trait_of(path)),
                        path,
                        sig: f.sig,
                        body: f.default,
                    });
                }
                syn::TraitItem::Type(t) => assoc.push((ident_sym(&t.ident), t.default.map(|(_, ty)| ty))),
                _ => {}
            }
        }
        self.traits.push(TraitTask {
            module,
            path,
            generics: item.generics,
            supers: item.supertraits.into_iter().collect(),
            assoc,
        });
    }

    fn trait_of(&self, method: Sym) -> Sym {
        let text = method.as_str();
        Sym::new(&text[..text.rfind("::").unwrap_or(0)])
    }

    pub(super) fn collect_impl(&mut self, item: syn::ItemImpl, module: ModId, site: Site) {
        let is_trait = item.trait_.is_some();
        let mut members = Members { module, site, index: self.impls.len(), is_trait, assoc: Vec::new() };
        let trait_ = item.trait_.map(|(path, _)| path);
        self.impls.push(ImplTask {
            module,
            generics: item.generics,
            trait_,
            self_ty: *item.self_ty,
            assoc: Vec::new(),
            done: None,
        });
        self.collect_members(item.items, &mut members);
        self.impls[members.index].assoc = members.assoc;
    }

    fn collect_members(&mut self, items: Vec<syn::ImplItem>, to: &mut Members) {
        for member in items {
            match member {
                syn::ImplItem::Fn(f) if self.cfg_active(&f.attrs) && !f.attrs.iter().any(is_test_attr) => {
                    // Its canonical path is known once the impl's head is resolved.
                    let path = ident_sym(&f.sig.ident);
                    let public = to.is_trait || is_public(&f.vis);
                    let owner = Owner::Impl(to.index);
                    let (module, site, body) = (to.module, to.site, Some(f.block));
                    self.fns.push(FnTask { module, site, attrs: f.attrs, public, owner, path, sig: f.sig, body });
                }
                syn::ImplItem::Type(t) if self.cfg_active(&t.attrs) => to.assoc.push((ident_sym(&t.ident), t.ty)),
                syn::ImplItem::Const(c) if self.cfg_active(&c.attrs) => {
                    let name = ident_sym(&c.ident);
                    self.push_value(to.module, to.site, name, c.ident, c.ty, Some(c.expr), false);
                    if let Some(task) = self.values.last_mut() {
                        task.owner = Owner::Impl(to.index);
                    }
                }
                syn::ImplItem::Macro(m) if self.cfg_active(&m.attrs) => self.collect_members_of(m.mac, to),
                _ => {}
            }
        }
    }

    /// Members that a macro writes.
    fn collect_members_of(&mut self, mac: syn::Macro, to: &mut Members) {
        let at = self.span(to.site, mac.path.span());
        let Some(Ok(tokens)) = self.open_macro(to.module, &mac) else { return };
        let limits = self.limits;
        match syntax::parse_flat(members, tokens, &limits) {
            Ok(items) => {
                let inside = Site { unit: None, expanded_at: to.site.expanded_at.or(Some(at)) };
                let site = std::mem::replace(&mut to.site, inside);
                self.collect_members(items, to);
                to.site = site;
            }
            Err(trouble) => {
                let what = format!("macro in an impl does not expand to items: {}", trouble.what);
                self.unseen(UnseenKind::Macro, what, Some(at));
            }
        }
        self.close_macro();
    }
}

fn members(input: syn::parse::ParseStream<'_>) -> syn::Result<Vec<syn::ImplItem>> {
    let mut members = Vec::new();
    while !input.is_empty() {
        members.push(input.parse()?);
    }
    Ok(members)
}
