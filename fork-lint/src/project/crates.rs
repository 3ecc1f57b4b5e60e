//! The crates of a program, dependencies before dependents.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use cargo_metadata::{DependencyKind, Package, Target};

use super::features::Expanded;
use super::graph::{Graph, PackageIx, crate_name, folder, is_linkable, library};
use super::{CfgSet, CrateInput, Missing};

/// Collects crates.
pub(super) struct Crates<'a> {
    graph: &'a Graph<'a>,
    active: &'a BTreeMap<PackageIx, Expanded>,
    /// Configuration common to all crates.
    common: &'a CfgSet,
    /// Why a dependency is not there.
    absent: &'a str,
    crates: Vec<Added<'a>>,
    libraries: HashMap<PackageIx, Library>,
    left_out: Vec<String>,
}

struct Added<'a> {
    input: CrateInput,
    package: &'a Package,
    target: &'a Target,
}

#[derive(Clone, Copy)]
enum Library {
    /// Being read: to meet it again is a cycle.
    Open,
    At(usize),
}

impl<'a> Crates<'a> {
    pub(super) fn new(
        graph: &'a Graph<'a>,
        active: &'a BTreeMap<PackageIx, Expanded>,
        common: &'a CfgSet,
        absent: &'a str,
    ) -> Crates<'a> {
        let (crates, libraries, left_out) = (Vec::new(), HashMap::new(), Vec::new());
        Crates { graph, active, common, absent, crates, libraries, left_out }
    }

    /// Adds the targets of a package that the user asked about, after what they depend on.
    pub(super) fn add_member(&mut self, ix: PackageIx, all_targets: bool) {
        let package = &self.graph.packages[ix];
        if let Some(at) = self.library(ix) {
            self.crates[at].input.member = true;
        }
        let own_library = library(package);
        for target in &package.targets {
            let tests = target.is_test() || target.is_bench();
            let is_library = own_library.is_some_and(|lib| std::ptr::eq(lib, target));
            let wanted = target.is_bin() || (all_targets && (tests || target.is_example()));
            if is_library || !wanted {
                continue;
            }
            let features = self.active.get(&ix);
            let meets = |required: &&String| features.is_some_and(|features| features.meets(required));
            let unmet = target.required_features.iter().find(|required| !meets(required));
            if let Some(unmet) = unmet {
                self.left_out.push(format!(
                    "{} `{}` of `{}` is left out: it requires the feature `{unmet}`",
                    kind(target),
                    target.name,
                    package.name
                ));
                continue;
            }
            let mut input = self.input(ix, target, !target.is_bin());
            input.member = true;
            if tests {
                let mut cfg = CfgSet::clone(&input.cfg);
                cfg.names.push("test".to_owned());
                input.cfg = Arc::new(cfg);
            }
            if let Some(lib) = own_library.filter(|lib| is_linkable(lib)) {
                if lib.is_proc_macro() {
                    input.proc_macros.push(crate_name(lib));
                } else if let Some(at) = self.library(ix) {
                    input.deps.push((crate_name(lib), at));
                }
            }
            self.crates.push(Added { input, package, target });
        }
    }

    /// The crates, and what was left out. With `every_feature`, members are there again with all of their features and
    /// with none: others select them as they like, and code behind a feature is code too.
    pub(super) fn finish(mut self, every_feature: bool) -> (Vec<CrateInput>, Vec<String>) {
        let names: Vec<(String, String)> =
            self.crates.iter().map(|added| (crate_name(added.target), tag(added))).collect();
        for (added, root) in self.crates.iter_mut().zip(roots(&names)) {
            added.input.root = root;
        }
        let mut others: Vec<CrateInput> = Vec::new();
        if every_feature {
            // A program's library comes before it: the other reading of the one uses the other reading of the other.
            let mut again: HashMap<(usize, &str), usize> = HashMap::new();
            for (at, added) in self.crates.iter().enumerate().filter(|(_, added)| added.input.member) {
                for (name, mut input) in self.otherwise(added) {
                    for (_, dep) in &mut input.deps {
                        *dep = again.get(&(*dep, name)).copied().unwrap_or(*dep);
                    }
                    again.insert((at, name), self.crates.len() + others.len());
                    others.push(input);
                }
            }
        }
        let crates = self.crates.into_iter().map(|added| added.input).chain(others).collect();
        (crates, self.left_out)
    }

    /// A member with all of its features and with none, where that is not what was selected.
    fn otherwise(&self, added: &Added<'_>) -> Vec<(&'static str, CrateInput)> {
        let is_feature = |pair: &&(String, String)| pair.0 == "feature";
        let selected = added.input.cfg.pairs.iter().filter(is_feature).count();
        let all: Vec<&String> = added.package.features.keys().collect();
        let mut out = Vec::new();
        for (name, features) in [("all features", all), ("no features", Vec::new())] {
            if features.len() == selected && (name == "no features" || !has_build_script(added.package)) {
                continue;
            }
            let mut cfg = CfgSet::clone(&added.input.cfg);
            cfg.pairs.retain(|pair| pair.0 != "feature");
            cfg.pairs.extend(features.into_iter().map(|feature| ("feature".to_owned(), feature.clone())));
            let mut input = added.input.clone();
            input.root = format!("{}@{}", input.root, name.replace(' ', "-"));
            input.title = format!("{} ({name})", input.title);
            // With all of its features goes all that a build script might switch on.
            input.cfg = Arc::new(if name == "all features" { cfg.opened() } else { cfg });
            for dep in added.package.dependencies.iter().filter(|dep| dep.kind == DependencyKind::Normal) {
                let name = dep.rename.as_ref().unwrap_or(&dep.name).replace('-', "_");
                let known = input
                    .deps
                    .iter()
                    .map(|(n, _)| n)
                    .chain(&input.proc_macros)
                    .chain(input.missing.iter().map(|missing| &missing.name));
                if !known.into_iter().any(|n| *n == name) {
                    // Nobody asked for it: no reason, so that it is not reported.
                    input.missing.push(Missing::new(name, &dep.name, ""));
                }
            }
            out.push((name, input));
        }
        out
    }

    /// Index of a package's library, which is added if it is not there yet.
    fn library(&mut self, ix: PackageIx) -> Option<usize> {
        match self.libraries.get(&ix) {
            Some(Library::At(at)) => return Some(*at),
            Some(Library::Open) => return None,
            None => {}
        }
        let package = &self.graph.packages[ix];
        let target = library(package)?;
        self.libraries.insert(ix, Library::Open);
        let input = self.input(ix, target, false);
        let at = self.crates.len();
        self.crates.push(Added { input, package, target });
        self.libraries.insert(ix, Library::At(at));
        Some(at)
    }

    /// The crate of a target; adds the libraries that it depends on.
    fn input(&mut self, ix: PackageIx, target: &'a Target, dev: bool) -> CrateInput {
        let graph = self.graph;
        let active = self.active;
        let package = &graph.packages[ix];
        let nothing = Expanded::default();
        let expanded = active.get(&ix).unwrap_or(&nothing);
        let is_library = library(package).is_some_and(|lib| std::ptr::eq(lib, target));
        let title = match is_library {
            true => format!("{} {}", package.name, package.version),
            false => format!("{} {} ({} {})", package.name, package.version, kind(target), target.name),
        };
        let mut input = CrateInput {
            root: String::new(),
            title,
            root_file: target.src_path.clone().into(),
            package_dir: folder(package).to_owned(),
            edition: target.edition.as_str().parse().unwrap_or(2015),
            cfg: self.cfg(expanded),
            deps: Vec::new(),
            missing: Vec::new(),
            proc_macros: Vec::new(),
            member: false,
            library: is_library,
        };
        let kinds = [DependencyKind::Normal, DependencyKind::Development];
        for edge in graph.edges(ix, &kinds[..1 + usize::from(dev)]).filter(|edge| expanded.has(edge.dep)) {
            let known = |name: &String| *name == edge.name;
            let Some(to) = edge.to else {
                if !input.missing.iter().any(|missing| known(&missing.name)) {
                    input.missing.push(Missing::new(edge.name, &edge.dep.name, self.absent));
                }
                continue;
            };
            let Some(lib) = library(&graph.packages[to]).filter(|lib| is_linkable(lib)) else { continue };
            if lib.is_proc_macro() {
                if !input.proc_macros.iter().any(known) {
                    input.proc_macros.push(edge.name);
                }
            } else if !active.contains_key(&to) {
                input.missing.push(Missing::new(edge.name, &edge.dep.name, self.absent));
            } else if !input.deps.iter().any(|(name, _)| known(name)) {
                match self.library(to) {
                    Some(at) => input.deps.push((edge.name, at)),
                    None => {
                        let why = "it depends on this crate in turn";
                        input.missing.push(Missing::new(edge.name, &edge.dep.name, why));
                    }
                }
            }
        }
        input
    }

    fn cfg(&self, expanded: &Expanded) -> Arc<CfgSet> {
        let mut cfg = self.common.clone();
        cfg.pairs.extend(expanded.features.iter().map(|name| ("feature".to_owned(), name.clone())));
        Arc::new(cfg)
    }
}

fn has_build_script(package: &Package) -> bool {
    package.targets.iter().any(Target::is_custom_build)
}

/// What tells a crate from others of its name: its version, or for a program its kind.
fn tag(added: &Added<'_>) -> String {
    match added.input.library {
        true => added.package.version.to_string(),
        false => kind(added.target),
    }
}

fn kind(target: &Target) -> String {
    target.kind.first().map_or_else(String::new, |kind| kind.to_string())
}

/// The roots of crates by name and tag: the name where it is alone, else with the tag, and where that is not enough
/// with a number. A library is alone among programs of its name.
fn roots(crates: &[(String, String)]) -> Vec<String> {
    let is_program = |tag: &str| !tag.starts_with(|c: char| c.is_ascii_digit());
    let mut given: Vec<String> = Vec::new();
    for (name, tag) in crates {
        let same = || crates.iter().filter(|(other, _)| other == name);
        let rivals = same().filter(|(_, other)| is_program(tag) || !is_program(other)).count();
        let root = if rivals == 1 { name.clone() } else { format!("{name}@{tag}") };
        let numbered = (2..).map(|n| format!("{root}-{n}"));
        let free = std::iter::once(root.clone()).chain(numbered).find(|root| !given.contains(root));
        given.push(free.unwrap_or(root));
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_told_apart() {
        let check = |crates: &[(&str, &str)], expected: &[&str]| {
            let crates: Vec<_> = crates.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect();
            assert_eq!(roots(&crates), expected);
        };
        check(&[("a", "1.0.0"), ("b", "1.0.0")], &["a", "b"]);
        check(&[("nix", "0.26.4"), ("nix", "0.29.0")], &["nix@0.26.4", "nix@0.29.0"]);
        check(&[("a", "1.0.0"), ("a", "bin")], &["a", "a@bin"]);
        check(&[("a", "bin"), ("b", "bin")], &["a", "b"]);
        check(
            &[("a", "1.0.0"), ("a", "1.0.0"), ("a", "test"), ("a", "test")],
            &["a@1.0.0", "a@1.0.0-2", "a@test", "a@test-2"],
        );
    }
}
