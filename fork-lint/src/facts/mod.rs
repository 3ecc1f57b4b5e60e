//! What is known about a program, in terms that say nothing about where it was read from.
//!
//! A front end (today: `syntax` + `resolve` + `lower`, over syn) fills these types; `analysis` and the rules see
//! nothing else. Names are canonical paths as [`Sym`]s, so facts of one crate can be kept and linked again:
//!
//! - a function of a crate: `crate_name::module::function`
//! - an inherent method: `crate_name::module::Type::method`
//! - a method of a trait implementation: `<crate_name::module::Type as other::Trait>::method`
//! - a provided method, or a call that a trait decides: `other::Trait::method`
//! - a closure: `crate_name::module::function::{closure#0}`
//! - a C function, however it was declared or wrapped: `c::fork`
//! - a macro whose body is known from the catalogue rather than seen: `std::println!`
//!
//! `core` and `alloc` are spelled `std`. Two versions of one crate in a program are told apart by a suffix on the
//! crate's name (`nix@0.26.4::unistd::fork`); [`plain_path`] removes it.

mod body;
mod sym;
#[cfg(feature = "cli")]
pub(crate) mod sym_table;

pub use body::*;
pub use sym::Sym;

/// Raised when the meaning or the layout of these types changes; part of the cache's key.
pub const SCHEMA: u32 = 3;

/// A path without the version that tells two crates of one name apart.
pub fn plain_path(path: Sym) -> Sym {
    let text = path.as_str();
    if !text.contains('@') {
        return path;
    }
    let mut plain = String::with_capacity(text.len());
    let mut skip = false;
    for c in text.chars() {
        match c {
            '@' => skip = true,
            ':' | '>' | ' ' => {
                skip = false;
                plain.push(c);
            }
            _ if skip => {}
            _ => plain.push(c),
        }
    }
    Sym::new(&plain)
}

/// A place in a source file; lines and columns count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct Span {
    /// Path of the file, as the project stage opened it (absolute for a real project).
    pub file: Sym,
    /// First line.
    pub line: u32,
    /// Column of the first character on `line`.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column after the last character on `end_line`.
    pub end_column: u32,
}

/// All that is known about one crate (one cargo target).
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct CrateFacts {
    /// The crate's root name in canonical paths.
    pub name: String,
    /// Functions, methods and closures with a body.
    pub fns: Vec<Fn>,
    /// Structs, enums and unions.
    pub types: Vec<TypeDef>,
    /// Statics and thread-locals.
    pub statics: Vec<StaticDef>,
    /// Constants, for the values of flags.
    pub consts: Vec<ConstDef>,
    /// Which type implements which trait.
    pub impls: Vec<ImplDef>,
    /// Where this crate defines what the catalogue knows by a public path: definition, and that path.
    pub catalogued: Vec<(Sym, Sym)>,
    /// What could not be seen, each with its place and reason.
    pub unseen: Vec<Unseen>,
    /// `// fork-lint: allow(..)` comments and `#[fork_safe(allow(..))]` attributes.
    pub suppressions: Vec<Suppression>,
    /// Counters for `--stats`.
    pub stats: Stats,
}

/// A function, method or closure that has a body.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct Fn {
    /// Canonical path.
    pub path: Sym,
    /// The name in its definition (for a closure, its whole head).
    pub span: Span,
    /// What kind of function it is.
    pub kind: FnKind,
    /// Reachable from outside the crate by name (`pub` all the way, or re-exported).
    pub public: bool,
    /// Declared `unsafe`.
    pub is_unsafe: bool,
    /// An `async fn`, async block or async closure.
    pub is_async: bool,
    /// Under `#[test]`, `#[bench]` or `#[cfg(test)]`.
    pub is_test: bool,
    /// An entry point of a program, and what it starts before the body runs.
    pub entry: Option<Entry>,
    /// Carries `#[fork_safe]`: promises to be callable in the forked child of a threaded process.
    pub fork_safe: bool,
    /// Its documentation speaks of threads.
    pub minds_threads: bool,
    /// Parameters, `self` included, in order. A closure's captures are not parameters: its body refers to the
    /// enclosing function's locals as [`Val::Captured`].
    pub params: Vec<Param>,
    /// Type constructors of the return type, outermost first, looking through references and smart pointers.
    pub returns: Vec<Sym>,
    /// What it does.
    pub body: Body,
}

/// Kind of a [`Fn`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub enum FnKind {
    /// A free function.
    Free,
    /// A method or associated function of a type.
    Inherent {
        /// Path of the type.
        self_ty: Sym,
    },
    /// A function of `impl trait_ for self_ty`.
    TraitImpl {
        /// Path of the type; `*` for a blanket implementation.
        self_ty: Sym,
        /// Path of the trait.
        trait_: Sym,
    },
    /// A provided method of a trait.
    Provided {
        /// Path of the trait.
        trait_: Sym,
    },
    /// A closure or async block.
    Closure {
        /// Path of the function it is written in.
        parent: Sym,
    },
    /// The body of an exported `macro_rules!` arm, its arguments unknown; for rules that look at one body alone.
    MacroArm,
    /// A static's or constant's initialiser.
    Initialiser,
}

/// An entry point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub enum Entry {
    /// `fn main` of a binary.
    Main,
    /// `fn main` under an attribute that starts a multi-threaded runtime before the body (`#[tokio::main]`).
    ThreadedRuntimeMain,
    /// `fn main` under an attribute that runs the body on a single-threaded runtime.
    CurrentThreadRuntimeMain,
}

/// A parameter.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct Param {
    /// The local it binds.
    pub local: LocalId,
    /// Can be called: a generic with an `Fn*` bound, `impl Fn*`, a boxed closure, a function pointer.
    pub callable: bool,
}

/// A struct, enum or union.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct TypeDef {
    /// Canonical path.
    pub path: Sym,
    /// The name in the definition.
    pub span: Span,
    /// Fields (of all variants), with the type constructors of each.
    pub fields: Vec<FieldDef>,
    /// Names of variants; empty for a struct.
    pub variants: Vec<Sym>,
    /// Names of the derives on it.
    pub derives: Vec<Sym>,
    /// Carries `#[fork_safe]`.
    pub fork_safe: bool,
}

/// A field.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct FieldDef {
    /// Its name, or its number.
    pub name: Sym,
    /// All type constructors in its type, outermost first (`Arc<Mutex<Vec<T>>>` gives Arc, Mutex, Vec).
    pub heads: Vec<Sym>,
    /// Its place.
    pub span: Span,
}

/// A static or thread-local.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct StaticDef {
    /// Canonical path.
    pub path: Sym,
    /// Its name in the definition.
    pub span: Span,
    /// All type constructors in its type, outermost first.
    pub heads: Vec<Sym>,
    /// `thread_local!` or `#[thread_local]`.
    pub thread_local: bool,
    /// Path of the initialiser, a [`FnKind::Initialiser`].
    pub init: Option<Sym>,
}

/// A constant (also an associated one).
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct ConstDef {
    /// Canonical path.
    pub path: Sym,
    /// Its value.
    pub value: Val,
}

/// An implementation of a trait.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct ImplDef {
    /// Path of the trait.
    pub trait_: Sym,
    /// Path of the type; `*` for a blanket implementation.
    pub self_ty: Sym,
    /// Names of the methods written in it (each has a [`Fn`] under `<self_ty as trait_>::name`).
    pub methods: Vec<Sym>,
}

/// Something the front end could not see through.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct Unseen {
    /// What it is.
    pub kind: UnseenKind,
    /// A sentence fragment that names it and says why.
    pub what: String,
    /// Where.
    pub span: Option<Span>,
}

/// Kind of an [`Unseen`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub enum UnseenKind {
    /// A file that does not parse.
    Syntax,
    /// A file that is named and not there, or not readable.
    MissingFile,
    /// A file made by a build script.
    Generated,
    /// A macro that could not be expanded.
    Macro,
    /// Source too large or too deeply nested for the engine's bounds.
    Bound,
    /// A crate whose source is not at hand.
    MissingCrate,
}

/// A suppression written in the source.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct Suppression {
    /// Rule names it allows.
    pub rules: Vec<String>,
    /// Why; required.
    pub reason: Option<String>,
    /// Where it is written.
    pub span: Span,
    /// First and last line it covers.
    pub covers: (u32, u32),
}

/// What was read and resolved.
#[derive(Clone, Copy, Debug, Default)]
#[cfg_attr(feature = "cli", derive(serde::Serialize, serde::Deserialize))]
pub struct Stats {
    /// Source files parsed.
    pub files: u64,
    /// Bytes of source parsed.
    pub bytes: u64,
    /// Lines of source parsed.
    pub lines: u64,
    /// Calls seen.
    pub calls: u64,
    /// Calls whose callee is one known path.
    pub resolved: u64,
    /// Calls that a trait decides at run time or by a generic.
    pub dispatched: u64,
    /// Calls whose callee is not known.
    pub unresolved: u64,
    /// Macro invocations expanded.
    pub macros_expanded: u64,
    /// Macro invocations not seen through.
    pub macros_unseen: u64,
}
