//! From a path in the source to what it means.

use super::cx::{Cx, ModId};
use super::interface::{Def, Named};
use super::world::Ns;
use crate::facts::Sym;

/// A resolved path: what the first `used` segments lead to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resolved {
    pub(crate) def: Def,
    pub(crate) used: usize,
}

impl Cx<'_> {
    /// Resolves as many segments as name items; what remains are associated items.
    pub(crate) fn resolve_path(&self, module: ModId, segs: &[Sym], leading: bool, ns: Ns) -> Option<Resolved> {
        let (first, rest) = segs.split_first()?;
        let text = first.as_str();
        let last = rest.is_empty();
        let start = if leading {
            // Rust 2015: from the root of this crate, where `extern crate` puts the others.
            let own = || self.in_module(self.world.own_root, *first, if last { ns } else { Ns::Types });
            let own = if self.input.edition < 2018 { own() } else { None };
            own.or_else(|| self.extern_crate(*first))?
        } else if let Some(root) = text.strip_prefix("$crate@") {
            Def::Module(Sym::new(root))
        } else {
            match text {
                "crate" => Def::Module(self.world.own_root),
                "self" if !last || ns == Ns::Types => Def::Module(self.modules[self.item_module(module)].path),
                "super" => Def::Module(self.parent_of(self.modules[self.item_module(module)].path)?),
                _ => self.lexical(module, *first, if last { ns } else { Ns::Types })?,
            }
        };
        let mut at = Resolved { def: start, used: 1 };
        while at.used < segs.len() {
            let name = segs[at.used];
            let want = if at.used + 1 == segs.len() { ns } else { Ns::Types };
            let next = match at.def {
                Def::Module(path) if name.as_str() == "super" => Some(Def::Module(self.parent_of(path)?)),
                Def::Module(path) if name.as_str() == "self" => Some(Def::Module(path)),
                Def::Module(path) => self.in_module(path, name, want),
                Def::Opaque(path) => Some(Def::Opaque(join(path, name))),
                Def::Type(_) | Def::Alias(_) => self.variant(at.def, name),
                _ => None,
            };
            match next {
                Some(def) => at = Resolved { def, used: at.used + 1 },
                None if matches!(at.def, Def::Module(_)) => return None,
                None => return Some(at),
            }
        }
        Some(at)
    }

    fn variant(&self, def: Def, name: Sym) -> Option<Def> {
        let path = self.world.type_behind(def)?;
        self.variants_of(path).contains(&name).then_some(Def::Variant(path, name))
    }

    /// A name in a module of any crate; in a crate known by stubs alone, a name that is not listed is opaque.
    pub(crate) fn in_module(&self, module: Sym, name: Sym, ns: Ns) -> Option<Def> {
        if let Some(named) = self.world.name_in(module, name, ns) {
            return Some(named.def);
        }
        if ns == Ns::Types
            && self.world.scope(module).is_some()
            && module == self.world.own_root
            && self.world.own_root.as_str() == "std"
        {
            return None;
        }
        (module != self.world.own_root
            && self.world.root_of(module) != self.world.own_root
            && self.world.is_open(module))
        .then(|| Def::Opaque(join(module, name)))
    }

    /// A name as seen from inside a module: blocks, the module, extern crates, the prelude, primitives.
    pub(crate) fn lexical(&self, module: ModId, name: Sym, ns: Ns) -> Option<Def> {
        let mut at = Some(module);
        while let Some(id) = at {
            let info = &self.modules[id];
            if let Some(Named { def, .. }) = self.world.name_in(info.path, name, ns) {
                return Some(def);
            }
            if ns == Ns::Macros
                && let Some(path) = info.textual.get(&name)
            {
                return Some(Def::Macro(*path));
            }
            at = if info.block || ns == Ns::Macros { info.parent } else { None };
        }
        if ns == Ns::Macros
            && let Some(path) = self.macro_use.get(&name)
        {
            return Some(Def::Macro(*path));
        }
        if ns == Ns::Types
            && let Some(def) = self.extern_crate(name)
        {
            return Some(def);
        }
        if let Some(def) = self.prelude(name, ns) {
            return Some(def);
        }
        if ns == Ns::Types && is_primitive(name.as_str()) {
            return Some(Def::Prim(name));
        }
        // `use libc::*` brings constants that the catalogue does not list.
        let scope = self.world.scope(self.modules[self.item_module(module)].path)?;
        let constant = name.as_str().len() > 2
            && name.as_str().bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        (ns == Ns::Values && constant && scope.open_globs.len() == 1)
            .then(|| Def::Opaque(join(scope.open_globs[0], name)))
    }

    fn prelude(&self, name: Sym, ns: Ns) -> Option<Def> {
        if ns == Ns::Macros {
            let path = Sym::new(&format!("std::{name}!"));
            return self.world.macro_def(path).map(|_| Def::Macro(path));
        }
        self.world.name_in(Sym::new("std::prelude::v1"), name, ns).map(|n| n.def)
    }

    /// A crate by the name it has in this one.
    pub(crate) fn extern_crate(&self, name: Sym) -> Option<Def> {
        self.externs.get(&name).map(|root| Def::Module(*root))
    }

    /// The nearest module that is not a block.
    pub(crate) fn item_module(&self, mut module: ModId) -> ModId {
        while self.modules[module].block
            && let Some(parent) = self.modules[module].parent
        {
            module = parent;
        }
        module
    }

    fn parent_of(&self, module: Sym) -> Option<Sym> {
        let text = module.as_str();
        let cut = text.rfind("::")?;
        Some(Sym::new(&text[..cut]))
    }
}

/// `base::name`
pub(crate) fn join(base: Sym, name: Sym) -> Sym {
    let (base, name) = (base.as_str(), name.as_str());
    let mut text = String::with_capacity(base.len() + name.len() + 2);
    text.push_str(base);
    text.push_str("::");
    text.push_str(name);
    Sym::new(&text)
}

pub(crate) fn is_primitive(name: &str) -> bool {
    matches!(
        name,
        "bool"
            | "char"
            | "str"
            | "u8"
            | "u16"
            | "u32"
            | "u64"
            | "u128"
            | "usize"
            | "i8"
            | "i16"
            | "i32"
            | "i64"
            | "i128"
            | "isize"
            | "f32"
            | "f64"
    )
}

/// Spelled as a constant: in capitals, up to the first underscore at least (`SYS_clone3`).
pub(crate) fn spelled_constant(name: &str) -> bool {
    let first = name.split('_').find(|part| !part.is_empty()).unwrap_or(name);
    let lower = |text: &str| text.bytes().any(|b| b.is_ascii_lowercase());
    name.contains('_') && !lower(first) || !lower(name)
}
