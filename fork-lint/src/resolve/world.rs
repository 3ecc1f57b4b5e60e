//! Look-up of signatures over the crate being read and all crates below it.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::interface::{Assoc, Def, FnSig, ImplSig, Interface, Named, Scope, TraitSig, TypeSig};
use super::ty::Ty;
use crate::facts::Sym;

/// The crates that can be seen from the one being read.
pub(crate) struct World {
    pub(crate) own: Interface,
    pub(crate) own_root: Sym,
    others: FxHashMap<Sym, Arc<Interface>>,
    roots: RefCell<FxHashMap<Sym, Sym>>,
}

impl World {
    pub(crate) fn new(root: Sym, others: FxHashMap<Sym, Arc<Interface>>) -> World {
        let own = Interface { root: root.as_str().to_owned(), ..Interface::default() };
        World { own, own_root: root, others, roots: RefCell::default() }
    }

    /// The crate a path is in.
    pub(crate) fn root_of(&self, path: Sym) -> Sym {
        if let Some(&root) = self.roots.borrow().get(&path) {
            return root;
        }
        let text = path.as_str();
        let root = Sym::new(text.split("::").next().unwrap_or(text));
        self.roots.borrow_mut().insert(path, root);
        root
    }

    pub(crate) fn interface(&self, root: Sym) -> Option<&Interface> {
        if root == self.own_root { Some(&self.own) } else { self.others.get(&root).map(Arc::as_ref) }
    }

    fn of(&self, path: Sym) -> Option<&Interface> {
        self.interface(self.root_of(path))
    }

    /// The path's crate has stubs only (or no source at all): names it does not list may exist all the same.
    pub(crate) fn is_open(&self, path: Sym) -> bool {
        self.of(path).is_none_or(|i| i.stub)
    }

    pub(crate) fn is_stub(&self, path: Sym) -> bool {
        self.of(path).is_some_and(|i| i.stub)
    }

    pub(crate) fn scope(&self, module: Sym) -> Option<&Scope> {
        self.of(module)?.modules.get(&module)
    }

    pub(crate) fn type_sig(&self, path: Sym) -> Option<&TypeSig> {
        self.of(path)?.types.get(&path)
    }

    pub(crate) fn alias(&self, path: Sym) -> Option<&(Vec<Sym>, Ty)> {
        self.of(path)?.aliases.get(&path)
    }

    pub(crate) fn trait_sig(&self, path: Sym) -> Option<&TraitSig> {
        self.of(path)?.traits.get(&path)
    }

    pub(crate) fn fn_sig(&self, path: Sym) -> Option<&Arc<FnSig>> {
        self.of(path)?.fns.get(&path)
    }

    pub(crate) fn value_ty(&self, path: Sym) -> Option<&Ty> {
        self.of(path)?.values.get(&path)
    }

    pub(crate) fn macro_def(&self, path: Sym) -> Option<&crate::syntax::MacroDef> {
        self.of(path)?.macros.get(&path)
    }

    /// Inherent functions `name` of a type: where it is defined, and (for primitives and stubs' types) nowhere else.
    pub(crate) fn inherent(&self, head: Sym, name: Sym) -> &[Assoc] {
        let home = if head.as_str().contains("::") { self.of(head) } else { self.interface(Sym::new("std")) };
        if let Some(found) = home.and_then(|i| i.inherent.get(&head)).and_then(|m| m.get(&name)) {
            return found;
        }
        // A stub's type may get functions from the crate itself while that crate's source is read.
        self.own.inherent.get(&head).and_then(|m| m.get(&name)).map_or(&[], Vec::as_slice)
    }

    /// Implementations for a type in the crates that may hold them: the type's, this one, std, and the trait's.
    pub(crate) fn impls<'a>(&'a self, head: Sym, extra: &[Sym]) -> Vec<&'a Arc<ImplSig>> {
        let mut roots = vec![self.own_root, Sym::new("std")];
        if head.as_str().contains("::") {
            roots.push(self.root_of(head));
        }
        roots.extend(extra.iter().map(|t| self.root_of(*t)));
        roots.sort_unstable();
        roots.dedup();
        roots.iter().filter_map(|r| self.interface(*r)).filter_map(|i| i.impls.get(&head)).flatten().collect()
    }

    /// A name in a module.
    pub(crate) fn name_in(&self, module: Sym, name: Sym, ns: Ns) -> Option<Named> {
        let scope = self.scope(module)?;
        let map = match ns {
            Ns::Types => &scope.types,
            Ns::Values => &scope.values,
            Ns::Macros => &scope.macros,
        };
        map.get(&name).copied()
    }

    /// The type an alias or `Self` path stands for, by its head.
    pub(crate) fn type_behind(&self, def: Def) -> Option<Sym> {
        match def {
            Def::Type(path) => Some(path),
            Def::Alias(path) => match self.alias(path)?.1.peeled() {
                Ty::Adt(head, _) => Some(*head),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Name space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ns {
    Types,
    Values,
    Macros,
}
