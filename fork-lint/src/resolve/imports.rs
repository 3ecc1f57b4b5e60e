//! Resolves `use` declarations to a fixed point, item macros with them, and finds what is reachable from outside.

use rustc_hash::FxHashSet;

use super::cx::{Cx, Import};
use super::interface::{Def, Named};
use super::world::Ns;
use crate::facts::Sym;

/// Rounds until names stop moving; real crates need three or four.
const ROUNDS: usize = 24;

impl Cx<'_> {
    /// Resolves all imports collected so far, and the item macros that needed them.
    pub(crate) fn resolve_imports(&mut self) {
        loop {
            self.import_rounds();
            let waiting = std::mem::take(&mut self.pending_macros);
            if waiting.is_empty() {
                break;
            }
            let before = self.pending_macros.len();
            let count = waiting.len();
            for pending in waiting {
                self.item_macro(pending.mac, pending.module, pending.site, true);
            }
            let stuck = self.pending_macros.len() - before == count;
            if stuck {
                for pending in std::mem::take(&mut self.pending_macros) {
                    self.item_macro(pending.mac, pending.module, pending.site, false);
                }
            }
        }
    }

    fn import_rounds(&mut self) {
        let imports = std::mem::take(&mut self.imports);
        let mut open: Vec<Import> = imports;
        let mut globs: Vec<Import> = Vec::new();
        for _ in 0..ROUNDS {
            let mut changed = false;
            let mut left = Vec::new();
            for import in open {
                if import.name.is_none() {
                    globs.push(import);
                    changed = true;
                    continue;
                }
                let (found, complete) = self.import_name(&import);
                changed |= found;
                if !complete {
                    left.push(import);
                }
            }
            open = left;
            for glob in &globs {
                changed |= self.import_glob(glob);
            }
            if !changed {
                break;
            }
        }
    }

    /// Defines the name in every name space where the path leads somewhere; true if something was new, and whether
    /// the import cannot find more.
    fn import_name(&mut self, import: &Import) -> (bool, bool) {
        let Some(name) = import.name else { return (false, true) };
        let mut new = false;
        let mut opaque = false;
        let mut found = 0;
        for ns in [Ns::Types, Ns::Values, Ns::Macros] {
            let Some(def) = self.resolve_import(import, ns) else { continue };
            found += 1;
            // A name that no stub lists may be anything: it counts where its spelling fits.
            if let Def::Opaque(path) = def {
                opaque = true;
                let upper = path.last().starts_with(|c: char| c.is_ascii_uppercase());
                let shout = super::spelled_constant(path.last());
                let fits = match ns {
                    Ns::Types => !shout || path.last().len() == 1,
                    Ns::Values => !upper || shout,
                    Ns::Macros => false,
                };
                if !fits {
                    continue;
                }
            }
            let path = self.modules[import.module].path;
            if name.as_str() == "_" {
                if let Def::Trait(t) = def {
                    let scope = self.world.own.modules.entry(path).or_default();
                    if !scope.traits.contains(&t) {
                        scope.traits.push(t);
                        new = true;
                    }
                }
                continue;
            }
            let known = self.world.name_in(path, name, ns);
            if known.is_none_or(|k| k.glob || (k.def != def && matches!(k.def, Def::Opaque(_)))) {
                self.define(import.module, name, ns, def, import.public);
                new = true;
            }
        }
        (new, found == 3 || (found > 0 && opaque))
    }

    fn resolve_import(&self, import: &Import, ns: Ns) -> Option<Def> {
        // `use x::x;` and `use x;` must not find themselves.
        let own = self.modules[import.module].path;
        let complete = |r: super::paths::Resolved| (r.used == import.segs.len()).then_some(r.def);
        if self.input.edition < 2018
            && !import.leading
            && !matches!(import.segs.first().map(|s| s.as_str()), Some("crate" | "self" | "super"))
        {
            let rooted = [&[Sym::new("crate")][..], &import.segs].concat();
            if let Some(def) = self.resolve_path(import.module, &rooted, false, ns).and_then(complete) {
                return Some(def);
            }
        }
        let def = self.resolve_path(import.module, &import.segs, import.leading, ns).and_then(complete);
        if import.segs.len() == 1
            && import.name == import.segs.first().copied()
            && self.world.name_in(own, import.segs[0], ns).is_some()
        {
            return self.extern_crate(import.segs[0]);
        }
        def
    }

    fn import_glob(&mut self, import: &Import) -> bool {
        let target = if import.segs.is_empty() {
            Some(if import.leading { return false } else { Def::Module(self.world.own_root) })
        } else {
            self.resolve_import(import, Ns::Types)
        };
        let path = self.modules[import.module].path;
        match target {
            Some(Def::Module(from)) if from != path => {
                let foreign = self.world.root_of(from) != self.world.own_root;
                let Some(scope) = self.world.scope(from) else { return false };
                let takes = |n: &Named| n.public || !foreign;
                let types: Vec<_> = scope.types.iter().filter(|(_, n)| takes(n)).map(|(k, n)| (*k, n.def)).collect();
                let values: Vec<_> = scope.values.iter().filter(|(_, n)| takes(n)).map(|(k, n)| (*k, n.def)).collect();
                let macros: Vec<_> = scope.macros.iter().filter(|(_, n)| takes(n)).map(|(k, n)| (*k, n.def)).collect();
                let traits: Vec<Sym> = if foreign { Vec::new() } else { scope.traits.clone() };
                let open = foreign && self.world.is_open(from);
                let mut changed = false;
                for (ns, names) in [(Ns::Types, types), (Ns::Values, values), (Ns::Macros, macros)] {
                    for (name, def) in names {
                        changed |= self.define_glob(path, name, ns, def, import.public);
                    }
                }
                let scope = self.world.own.modules.entry(path).or_default();
                for t in traits {
                    if !scope.traits.contains(&t) {
                        scope.traits.push(t);
                        changed = true;
                    }
                }
                if open && !scope.open_globs.contains(&from) {
                    scope.open_globs.push(from);
                    changed = true;
                }
                changed
            }
            Some(def @ (Def::Type(_) | Def::Alias(_))) => {
                let Some(of) = self.world.type_behind(def) else { return false };
                let variants: Vec<Sym> = self.variants_of(of);
                let mut changed = false;
                for name in variants {
                    changed |= self.define_glob(path, name, Ns::Values, Def::Variant(of, name), import.public);
                    changed |= self.define_glob(path, name, Ns::Types, Def::Variant(of, name), import.public);
                }
                changed
            }
            _ => false,
        }
    }

    /// Variant names of an enum, also of one whose signature is still queued.
    pub(crate) fn variants_of(&self, of: Sym) -> Vec<Sym> {
        if let Some(sig) = self.world.type_sig(of) {
            return sig.variants.iter().map(|(n, _)| *n).collect();
        }
        if self.world.root_of(of) != self.world.own_root {
            return Vec::new();
        }
        self.types
            .iter()
            .filter(|t| t.path == of)
            .flat_map(|t| t.parts.iter().filter_map(|(name, _)| name.as_ref().map(super::idents::ident_sym)))
            .collect()
    }

    fn define_glob(&mut self, module: Sym, name: Sym, ns: Ns, def: Def, public: bool) -> bool {
        let scope = self.world.own.modules.entry(module).or_default();
        if let Def::Trait(t) = def
            && !scope.traits.contains(&t)
        {
            scope.traits.push(t);
        }
        let map = match ns {
            Ns::Types => &mut scope.types,
            Ns::Values => &mut scope.values,
            Ns::Macros => &mut scope.macros,
        };
        match map.get_mut(&name) {
            Some(known) if known.glob && known.def == def && public && !known.public => {
                known.public = true;
                true
            }
            Some(_) => false,
            None => {
                map.insert(name, Named { def, public, glob: true });
                true
            }
        }
    }

    /// Paths that other crates can name: what is `pub` all the way down, or re-exported.
    pub(crate) fn find_reachable(&mut self) {
        let mut seen: FxHashSet<Sym> = FxHashSet::default();
        let mut queue = vec![self.world.own_root];
        while let Some(module) = queue.pop() {
            if !seen.insert(module) {
                continue;
            }
            let Some(scope) = self.world.own.modules.get(&module) else { continue };
            for named in scope.types.values().chain(scope.values.values()).filter(|n| n.public) {
                match named.def {
                    Def::Module(path) => queue.push(path),
                    Def::Type(p)
                    | Def::Trait(p)
                    | Def::Alias(p)
                    | Def::Fn(p)
                    | Def::Const(p)
                    | Def::Static(p)
                    | Def::Ctor(p) => {
                        seen.insert(p);
                    }
                    _ => {}
                }
            }
        }
        self.reachable = seen;
    }
}
