//! Names and light types: what every path, method and field of a crate means, without compiling it.

mod collect;
mod cx;
mod expand;
mod idents;
mod imports;
mod interface;
mod item_macros;
mod members;
mod methods;
mod paths;
mod promises;
mod sigs;
mod ty;
mod types;
mod world;

pub use cx::ReadFile;
pub use interface::Interface;
pub use ty::{TraitRef, Ty};

pub(crate) use cx::{Cx, ModId, Site};
pub(crate) use expand::Expander;
pub(crate) use idents::{ident_sym, path_text};
pub(crate) use interface::{Def, FnSig};
pub(crate) use methods::Found;
pub(crate) use paths::{join, spelled_constant};
pub(crate) use promises::has_fork_safe;
pub(crate) use sigs::{Ready, ReadyValue, init_path};
pub(crate) use ty::{Subst, unify};
pub(crate) use types::{TyEnv, method_path};
pub(crate) use world::{Ns, World};
