//! Packages, and which of them are compiled: edges between them for the target, and the features of each.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use cargo_metadata::{Dependency, DependencyKind, Metadata, Node, Package, PackageId, Target, TargetKind};

use super::config::applies;
use super::features::{Expanded, asked_of, expand};
use super::select::Selected;
use super::toolchain::Toolchain;

/// Index of a package.
pub(super) type PackageIx = usize;

/// The packages of a program.
pub(super) struct Graph<'a> {
    pub(super) packages: &'a [Package],
    toolchain: &'a Toolchain,
    /// Cargo's answer for each package; empty when it has not resolved the dependencies.
    nodes: HashMap<PackageIx, &'a Node>,
    by_id: HashMap<&'a PackageId, PackageIx>,
    by_folder: HashMap<PathBuf, PackageIx>,
}

/// A declared dependency that applies to the target.
pub(super) struct Edge<'a> {
    pub(super) dep: &'a Dependency,
    /// Its name in source.
    pub(super) name: String,
    /// The package, where its source is at hand.
    pub(super) to: Option<PackageIx>,
}

impl<'a> Graph<'a> {
    pub(super) fn new(metadata: &'a Metadata, toolchain: &'a Toolchain) -> Graph<'a> {
        let packages = &metadata.packages;
        let by_id: HashMap<_, _> = packages.iter().enumerate().map(|(ix, package)| (&package.id, ix)).collect();
        let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
        let nodes = nodes.filter_map(|node| Some((*by_id.get(&node.id)?, node))).collect();
        let by_folder = packages.iter().enumerate().map(|(ix, package)| (folder(package).to_owned(), ix)).collect();
        Graph { packages, toolchain, nodes, by_id, by_folder }
    }

    /// The package of that manifest.
    pub(super) fn of_manifest(&self, manifest: &Path) -> Option<PackageIx> {
        self.by_folder.get(manifest.parent()?).copied()
    }

    /// The dependencies of a package for the target that are of one of these kinds.
    pub(super) fn edges(&self, from: PackageIx, kinds: &[DependencyKind]) -> impl Iterator<Item = Edge<'a>> {
        let dependencies = self.packages[from].dependencies.iter();
        let here = dependencies.filter(|dep| kinds.contains(&dep.kind) && self.for_target(dep));
        here.map(move |dep| self.edge(from, dep))
    }

    fn for_target(&self, dep: &Dependency) -> bool {
        dep.target.as_ref().is_none_or(|target| {
            let target = target.to_string();
            target == self.toolchain.triple || applies(&target, &self.toolchain.cfg)
        })
    }

    fn edge(&self, from: PackageIx, dep: &'a Dependency) -> Edge<'a> {
        let renamed = dep.rename.as_ref().map(|name| name.replace('-', "_"));
        let Some(node) = self.nodes.get(&from) else {
            let to = dep.path.as_ref().and_then(|path| self.by_folder.get(path.as_std_path())).copied();
            let own_name = to.map_or_else(|| dep.name.replace('-', "_"), |to| lib_name(&self.packages[to]));
            return Edge { dep, name: renamed.unwrap_or(own_name), to };
        };
        let candidates = node.deps.iter().filter_map(|found| {
            let to = *self.by_id.get(&found.pkg)?;
            let package = &self.packages[to];
            let kind = found.dep_kinds.iter().any(|kind| kind.kind == dep.kind && kind.target == dep.target);
            let expected = renamed.clone().unwrap_or_else(|| lib_name(package));
            (kind && package.name.as_str() == dep.name && found.name == expected).then_some((found, to))
        });
        // A pre-release or a patched package need not match the requirement as written.
        let best = candidates.max_by_key(|&(_, to)| dep.req.matches(&self.packages[to].version));
        match best {
            Some((found, to)) => Edge { dep, name: found.name.clone(), to: Some(to) },
            None => Edge { dep, name: renamed.unwrap_or_else(|| dep.name.replace('-', "_")), to: None },
        }
    }

    /// The packages compiled for the target with the features of each, from the selected ones on. Procedural macros
    /// that were not selected are left out with all that only they use.
    ///
    /// `united`: under cargo's first feature resolver a package has one set of features, so that what is asked of it
    /// for build scripts and procedural macros counts too.
    pub(super) fn activate(
        &self,
        selected: &[(PackageIx, &Selected)],
        dev: bool,
        united: bool,
    ) -> BTreeMap<PackageIx, Expanded> {
        let mut wanted: HashMap<PackageIx, BTreeSet<String>> = HashMap::new();
        let mut active: BTreeMap<PackageIx, Expanded> = BTreeMap::new();
        for &(ix, selected) in selected {
            wanted.entry(ix).or_default().extend(selected.features.iter().cloned());
        }
        let members: BTreeSet<PackageIx> = wanted.keys().copied().collect();
        let mut open: Vec<PackageIx> = members.iter().copied().collect();
        while let Some(ix) = open.pop() {
            let own = wanted.get(&ix).into_iter().flatten().map(String::as_str);
            let expanded = expand(&self.packages[ix], own);
            if active.get(&ix) == Some(&expanded) {
                continue;
            }
            let mut kinds = vec![DependencyKind::Normal];
            kinds.extend((dev && members.contains(&ix)).then_some(DependencyKind::Development));
            kinds.extend(united.then_some(DependencyKind::Build));
            for edge in self.edges(ix, &kinds).filter(|edge| expanded.has(edge.dep)) {
                let Some(to) = edge.to else { continue };
                let apart = library(&self.packages[to]).is_some_and(Target::is_proc_macro) && !members.contains(&to);
                if apart && !united {
                    continue;
                }
                let asked = wanted.entry(to).or_default();
                let before = asked.len();
                asked.extend(asked_of(edge.dep, &expanded).map(str::to_owned));
                if asked.len() > before || !active.contains_key(&to) {
                    open.push(to);
                }
            }
            active.insert(ix, expanded);
        }
        active
    }
}

/// The folder of its manifest.
pub(super) fn folder(package: &Package) -> &Path {
    let manifest = package.manifest_path.as_std_path();
    manifest.parent().unwrap_or(manifest)
}

/// The package's library target, procedural macros included.
pub(super) fn library(package: &Package) -> Option<&Target> {
    use TargetKind::{CDyLib, DyLib, Lib, ProcMacro, RLib, StaticLib};
    let kinds = [Lib, RLib, DyLib, CDyLib, StaticLib, ProcMacro];
    package.targets.iter().find(|target| target.kind.iter().any(|kind| kinds.contains(kind)))
}

/// Whether other crates can name it.
pub(super) fn is_linkable(target: &Target) -> bool {
    use TargetKind::{DyLib, Lib, ProcMacro, RLib};
    target.kind.iter().any(|kind| [Lib, RLib, DyLib, ProcMacro].contains(kind))
}

/// The name of a target as a crate.
pub(super) fn crate_name(target: &Target) -> String {
    target.name.replace('-', "_")
}

fn lib_name(package: &Package) -> String {
    library(package).map_or_else(|| package.name.replace('-', "_"), crate_name)
}
