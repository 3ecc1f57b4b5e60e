//! The state of reading one crate: its modules, what waits to be resolved, what was found.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::world::World;
use crate::catalogue::{Catalogue, Entry};
use crate::facts::{CrateFacts, Span, Sym, Unseen, UnseenKind};
use crate::project::CrateInput;
use crate::syntax::{Limits, SourceMap, UnitId};

/// Index of a module in [`Cx::modules`].
pub(crate) type ModId = usize;

/// Where a piece of syntax stands: which text its spans point into, and which macro call made it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Site {
    /// The text, when all tokens are from it; `None` for code out of a macro, whose tokens are from several.
    pub(crate) unit: Option<UnitId>,
    /// Where the outermost macro was invoked.
    pub(crate) expanded_at: Option<Span>,
}

/// A module, or a block with items.
#[derive(Clone, Debug)]
pub(crate) struct ModuleInfo {
    pub(crate) path: Sym,
    pub(crate) parent: Option<ModId>,
    pub(crate) block: bool,
    /// Every module down to it is `pub`.
    pub(crate) public: bool,
    /// `macro_rules!` defined in it: name → path.
    pub(crate) textual: FxHashMap<Sym, Sym>,
    /// Folder of the files of its child modules.
    pub(crate) dir: PathBuf,
    /// Folder that `#[path]` in it is relative to.
    pub(crate) path_dir: PathBuf,
}

/// A `use` that waits for resolution.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    pub(crate) module: ModId,
    pub(crate) segs: Vec<Sym>,
    pub(crate) leading: bool,
    /// The name it gets, or `None` for a glob.
    pub(crate) name: Option<Sym>,
    pub(crate) public: bool,
}

/// An item macro whose definition is not known yet.
pub(crate) struct PendingMacro {
    pub(crate) module: ModId,
    pub(crate) site: Site,
    pub(crate) mac: syn::Macro,
}

/// Whose function it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    Free,
    /// Index in [`Cx::impls`].
    Impl(usize),
    /// Path of the trait.
    Trait(Sym),
}

/// A function that waits for its signature and body.
pub(crate) struct FnTask {
    pub(crate) module: ModId,
    pub(crate) site: Site,
    pub(crate) attrs: Vec<syn::Attribute>,
    pub(crate) public: bool,
    pub(crate) owner: Owner,
    pub(crate) path: Sym,
    pub(crate) sig: syn::Signature,
    pub(crate) body: Option<syn::Block>,
}

/// A struct, enum or union that waits.
pub(crate) struct TypeTask {
    pub(crate) module: ModId,
    pub(crate) site: Site,
    pub(crate) attrs: Vec<syn::Attribute>,
    pub(crate) path: Sym,
    pub(crate) ident: syn::Ident,
    pub(crate) generics: syn::Generics,
    /// Variant name (empty for a struct) and fields.
    pub(crate) parts: Vec<(Option<syn::Ident>, syn::Fields)>,
}

/// A constant or static that waits.
pub(crate) struct ValueTask {
    pub(crate) module: ModId,
    pub(crate) site: Site,
    pub(crate) path: Sym,
    pub(crate) ident: syn::Ident,
    pub(crate) ty: syn::Type,
    pub(crate) init: Option<syn::Expr>,
    pub(crate) is_static: bool,
    pub(crate) thread_local: bool,
    /// A lazy cell of a macro stands around the type.
    pub(crate) lazy: bool,
    pub(crate) owner: Owner,
}

/// An `impl` block's head.
pub(crate) struct ImplTask {
    pub(crate) module: ModId,
    pub(crate) generics: syn::Generics,
    pub(crate) trait_: Option<syn::Path>,
    pub(crate) self_ty: syn::Type,
    pub(crate) assoc: Vec<(Sym, syn::Type)>,
    /// Filled in by the signature stage.
    pub(crate) done: Option<ImplHead>,
}

/// An `impl` head in resolved terms.
#[derive(Clone, Debug)]
pub(crate) struct ImplHead {
    pub(crate) generics: Vec<(Sym, Vec<super::ty::TraitRef>)>,
    pub(crate) trait_: Option<super::ty::TraitRef>,
    pub(crate) self_ty: super::ty::Ty,
    /// Head of the self type in canonical paths; `*` for a blanket implementation.
    pub(crate) self_path: Sym,
}

/// A trait that waits.
pub(crate) struct TraitTask {
    pub(crate) module: ModId,
    pub(crate) path: Sym,
    pub(crate) generics: syn::Generics,
    pub(crate) supers: Vec<syn::TypeParamBound>,
    pub(crate) assoc: Vec<(Sym, Option<syn::Type>)>,
}

/// An alias that waits.
pub(crate) struct AliasTask {
    pub(crate) module: ModId,
    pub(crate) path: Sym,
    pub(crate) generics: syn::Generics,
    pub(crate) ty: syn::Type,
}

/// A file that was read, for the cache.
#[derive(Clone, Debug)]
pub struct ReadFile {
    /// Its path.
    pub path: PathBuf,
    /// Its content as read.
    pub text: std::sync::Arc<str>,
}

/// The state of reading one crate.
pub(crate) struct Cx<'a> {
    pub(crate) input: &'a CrateInput,
    pub(crate) world: World,
    pub(crate) catalogue: &'a Catalogue,
    /// Crates by the name they have here.
    pub(crate) externs: FxHashMap<Sym, Sym>,
    pub(crate) modules: Vec<ModuleInfo>,
    pub(crate) macro_use: FxHashMap<Sym, Sym>,
    pub(crate) map: SourceMap,
    pub(crate) limits: Limits,
    pub(crate) facts: CrateFacts,
    pub(crate) imports: Vec<Import>,
    pub(crate) pending_macros: Vec<PendingMacro>,
    pub(crate) fns: Vec<FnTask>,
    pub(crate) types: Vec<TypeTask>,
    pub(crate) values: Vec<ValueTask>,
    pub(crate) impls: Vec<ImplTask>,
    pub(crate) impls_done: usize,
    pub(crate) traits: Vec<TraitTask>,
    pub(crate) aliases: Vec<AliasTask>,
    /// Catalogue entries found in a stub.
    pub(crate) entries: Vec<(Sym, Entry)>,
    pub(crate) files: Vec<ReadFile>,
    pub(crate) missing: Vec<PathBuf>,
    pub(crate) expander: super::expand::Expander,
    /// Return types of closures.
    pub(crate) closures: FxHashMap<Sym, super::ty::Ty>,
    pub(crate) blocks: u32,
    /// The crate's root file, for what has no place of its own.
    pub(crate) whole: Span,
    /// Names reachable from outside, once known.
    pub(crate) reachable: rustc_hash::FxHashSet<Sym>,
}

impl Cx<'_> {
    pub(crate) fn span(&self, site: Site, span: proc_macro2::Span) -> Span {
        let found = match site.unit {
            Some(unit) => self.map.span_in(unit, span),
            None => self.map.span_of(span),
        };
        found.or(site.expanded_at).unwrap_or(self.whole)
    }

    pub(crate) fn unseen(&mut self, kind: UnseenKind, what: String, span: Option<Span>) {
        // A broken project may have thousands; the first ones tell the story.
        if self.facts.unseen.len() < 2000 {
            self.facts.unseen.push(Unseen { kind, what, span });
        }
    }

    /// What a closure or function gives.
    pub(crate) fn closure_ret(&self, path: Sym) -> super::ty::Ty {
        self.closures.get(&path).cloned().or_else(|| self.world.fn_sig(path).map(|s| s.ret.clone())).unwrap_or_default()
    }

    pub(crate) fn is_stub(&self) -> bool {
        self.world.own.stub
    }

    pub(crate) fn add_module(
        &mut self,
        path: Sym,
        parent: Option<ModId>,
        block: bool,
        public: bool,
        dir: &Path,
        path_dir: &Path,
    ) -> ModId {
        if !block
            && let Some(id) = self.modules.iter().position(|m| m.path == path && !m.block)
            && self.is_stub()
        {
            return id;
        }
        self.world.own.modules.entry(path).or_default();
        self.modules.push(ModuleInfo {
            path,
            parent,
            block,
            public,
            textual: FxHashMap::default(),
            dir: dir.to_owned(),
            path_dir: path_dir.to_owned(),
        });
        self.modules.len() - 1
    }
}
