//! The syn front end: one crate's sources, and the interfaces of the crates below it, to facts.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::catalogue::{Catalogue, Stub, crates, stubs};
use crate::facts::{CrateFacts, Span, Sym, Unseen, UnseenKind};
use crate::lower::Lower;
use crate::project::{CfgSet, CrateInput, Missing};
use crate::resolve::{Cx, Def, Expander, Interface, Ns, ReadFile, World, join};
use crate::syntax::{Limits, SourceMap};

/// Reads crates. Made once a run: it holds the catalogue and the stubs' names and types.
pub struct FrontEnd {
    /// What the stubs say, before the user's own entries.
    pub catalogue: Catalogue,
    stubs: FxHashMap<Sym, Arc<Interface>>,
    limits: Limits,
}

/// What reading a crate gave.
pub struct Output {
    /// Its facts.
    pub facts: CrateFacts,
    /// What it shows to the crates above it.
    pub interface: Interface,
    /// Every file that was read.
    pub files: Vec<ReadFile>,
    /// Every file that was looked for and not there.
    pub missing: Vec<PathBuf>,
}

impl FrontEnd {
    /// A front end for a program that names these crates (`std` and C are always there).
    pub fn new(named: &BTreeSet<String>) -> FrontEnd {
        let mut made =
            FrontEnd { catalogue: Catalogue::default(), stubs: FxHashMap::default(), limits: Limits::default() };
        for stub in stubs().iter().chain(crates()) {
            if matches!(stub.krate, "std" | "c") || named.contains(stub.krate) {
                made.read_stub(stub);
            }
        }
        made
    }

    /// The crates whose stubs it holds, in no order.
    pub fn stub_roots(&self) -> impl Iterator<Item = Sym> {
        self.stubs.keys().copied()
    }

    fn read_stub(&mut self, stub: &Stub) {
        let input = CrateInput {
            root: stub.krate.to_owned(),
            title: format!("stub of {}", stub.krate),
            root_file: PathBuf::new(),
            package_dir: PathBuf::new(),
            edition: 2024,
            cfg: Arc::new(CfgSet::default()),
            deps: Vec::new(),
            missing: Vec::new(),
            proc_macros: Vec::new(),
            member: false,
            library: true,
        };
        let root = Sym::new(stub.krate);
        let empty = Catalogue::default();
        let mut cx = Cx::new(&input, World::new(root, self.stubs.clone()), &empty, self.limits);
        cx.world.own.stub = true;
        cx.name_externs(std::iter::empty());
        cx.externs.insert(root, root);
        let module = cx.add_module(root, None, false, true, &PathBuf::new(), &PathBuf::new());
        for (name, text) in stub.files {
            cx.collect_text(Sym::new(name), text, module);
        }
        cx.resolve_imports();
        cx.find_reachable();
        let _ = cx.build_sigs();
        let entries = std::mem::take(&mut cx.entries);
        let own = std::mem::take(&mut cx.world.own);
        debug_assert!(cx.facts.unseen.is_empty(), "{:?}", cx.facts.unseen);
        drop(cx);
        own.fns.keys().for_each(|path| self.catalogue.list(*path));
        self.stubs.insert(root, Arc::new(own));
        for (path, entry) in entries {
            self.catalogue.add(path, entry);
        }
    }

    /// Reads a crate. `below` has the interface of every crate below it, by root; `direct` the names it gives to
    /// those it names itself.
    pub fn read(&self, input: &CrateInput, direct: &[(String, Sym)], below: &FxHashMap<Sym, Arc<Interface>>) -> Output {
        let root = Sym::new(&input.root);
        if input.root == "libc" || input.root.starts_with("libc@") {
            // Declarations only, all of them C's: the catalogue speaks of C functions by their own names.
            let interface = Interface { root: input.root.clone(), stub: true, ..Interface::default() };
            let facts = CrateFacts { name: input.root.clone(), ..CrateFacts::default() };
            return Output { facts, interface, files: Vec::new(), missing: Vec::new() };
        }
        let mut others = self.stubs.clone();
        for (root, interface) in below {
            others.insert(*root, interface.clone());
        }
        let mut cx = Cx::new(input, World::new(root, others), &self.catalogue, self.limits);
        cx.name_externs(direct.iter().map(|(name, root)| (Sym::new(name), *root)));
        for Missing { name, of, why } in &input.missing {
            if !why.is_empty() {
                cx.unseen(UnseenKind::MissingCrate, format!("crate `{name}`: {why}"), None);
            }
            // The catalogue may know it.
            let root = Sym::new(if of == "libc" { "c" } else { of });
            cx.externs.entry(Sym::new(name)).or_insert(root);
        }
        cx.collect_crate(&input.root_file);
        cx.resolve_imports();
        cx.find_reachable();
        let (fns, values) = cx.build_sigs();
        Lower::new(&mut cx).crate_bodies(fns, values);
        cx.facts.name = input.root.clone();
        cx.facts.catalogued = cx.catalogued();
        Output { facts: cx.facts, interface: cx.world.own, files: cx.files, missing: cx.missing }
    }

    /// Reads one text as a crate that has no files and no dependencies but the stubs: for tests and editors.
    pub fn read_text(&self, name: &str, text: &str, library: bool) -> CrateFacts {
        let input = CrateInput {
            root: name.to_owned(),
            title: name.to_owned(),
            root_file: PathBuf::from(format!("{name}.rs")),
            package_dir: PathBuf::new(),
            edition: 2024,
            cfg: Arc::new(linux()),
            deps: Vec::new(),
            missing: Vec::new(),
            proc_macros: Vec::new(),
            member: true,
            library,
        };
        let root = Sym::new(name);
        let mut cx = Cx::new(&input, World::new(root, self.stubs.clone()), &self.catalogue, self.limits);
        cx.name_externs(self.stubs.keys().map(|k| (*k, *k)));
        let module = cx.add_module(root, None, false, true, &PathBuf::new(), &PathBuf::new());
        cx.collect_text(Sym::new(&format!("{name}.rs")), text, module);
        cx.resolve_imports();
        cx.find_reachable();
        let (fns, values) = cx.build_sigs();
        Lower::new(&mut cx).crate_bodies(fns, values);
        cx.facts.name = input.root.clone();
        cx.facts
    }
}

/// A crate whose reading failed altogether: nothing of it is known, and that is said.
pub fn not_read(input: &CrateInput, why: &str) -> Output {
    let unseen =
        Unseen { kind: UnseenKind::Bound, what: format!("{} could not be read: {why}", input.title), span: None };
    let facts = CrateFacts { name: input.root.clone(), unseen: vec![unseen], ..CrateFacts::default() };
    let interface = Interface { root: input.root.clone(), stub: true, ..Interface::default() };
    Output { facts, interface, files: Vec::new(), missing: Vec::new() }
}

impl<'a> Cx<'a> {
    fn new(input: &'a CrateInput, world: World, catalogue: &'a Catalogue, limits: Limits) -> Cx<'a> {
        let whole =
            Span { file: Sym::new(&input.root_file.to_string_lossy()), line: 1, column: 1, end_line: 1, end_column: 1 };
        Cx {
            input,
            world,
            catalogue,
            externs: FxHashMap::default(),
            modules: Vec::new(),
            macro_use: FxHashMap::default(),
            map: SourceMap::for_next_crate(),
            limits,
            facts: CrateFacts::default(),
            imports: Vec::new(),
            pending_macros: Vec::new(),
            fns: Vec::new(),
            types: Vec::new(),
            values: Vec::new(),
            impls: Vec::new(),
            impls_done: 0,
            traits: Vec::new(),
            aliases: Vec::new(),
            entries: Vec::new(),
            files: Vec::new(),
            missing: Vec::new(),
            expander: Expander::new(limits),
            closures: FxHashMap::default(),
            blocks: 0,
            whole,
            reachable: Default::default(),
        }
    }

    /// What the catalogue knows of this crate by paths that lead elsewhere: definition and catalogued path.
    fn catalogued(&self) -> Vec<(Sym, Sym)> {
        let name = self.input.root.split('@').next().unwrap_or_default();
        let mut out = Vec::new();
        for (path, _) in self.catalogue.iter() {
            let mut segs = path.as_str().split("::");
            if segs.next() != Some(name) || path.as_str().ends_with('!') {
                continue;
            }
            let segs: Vec<Sym> = std::iter::once("crate").chain(segs).map(Sym::new).collect();
            let found = [Ns::Values, Ns::Types].into_iter().find_map(|ns| self.resolve_path(0, &segs, false, ns));
            let Some(found) = found else { continue };
            let rest = &segs[found.used..];
            let defined = match (found.def, rest) {
                (Def::Fn(at) | Def::Type(at) | Def::Trait(at) | Def::Ctor(at), []) => at,
                (Def::Type(at) | Def::Trait(at), [function]) => join(at, *function),
                _ => continue,
            };
            if crate::facts::plain_path(defined) != path {
                out.push((defined, path));
            }
        }
        out.sort_unstable();
        out
    }

    /// Names of crates: those given, and the ones that are always there. `libc` is C itself.
    fn name_externs(&mut self, direct: impl Iterator<Item = (Sym, Sym)>) {
        let std = Sym::new("std");
        for name in ["std", "core", "alloc"] {
            self.externs.insert(Sym::new(name), std);
        }
        for (name, root) in direct {
            let root = if root.as_str() == "libc" || root.as_str().starts_with("libc@") { Sym::new("c") } else { root };
            self.externs.insert(name, root);
        }
        let libc = Sym::new("libc");
        self.externs.entry(libc).or_insert(Sym::new("c"));
    }
}

/// The configuration of a usual Linux host, for texts that have no project.
fn linux() -> CfgSet {
    let pair = |k: &str, v: &str| (k.to_owned(), v.to_owned());
    CfgSet {
        names: ["unix", "debug_assertions"].map(str::to_owned).to_vec(),
        pairs: vec![
            pair("target_os", "linux"),
            pair("target_family", "unix"),
            pair("target_env", "gnu"),
            pair("target_arch", "x86_64"),
            pair("target_pointer_width", "64"),
            pair("target_endian", "little"),
            pair("panic", "unwind"),
        ],
    }
}
