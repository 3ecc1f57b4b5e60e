//! What the features of one package switch on in it and in its dependencies.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{Dependency, Package};

/// The features of a package, closed under what they imply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Expanded {
    /// Features of the package itself.
    pub(super) features: BTreeSet<String>,
    /// Optional dependencies that are switched on, by the name the manifest gives them.
    pub(super) optional: BTreeSet<String>,
    /// Features asked of dependencies, by the same names.
    pub(super) of_deps: BTreeMap<String, BTreeSet<String>>,
}

impl Expanded {
    /// Whether the dependency is part of the package under these features.
    pub(super) fn has(&self, dep: &Dependency) -> bool {
        !dep.optional || self.optional.contains(manifest_name(dep))
    }

    /// Whether a `required-features` entry is met.
    pub(super) fn meets(&self, required: &str) -> bool {
        match required.split_once('/') {
            Some((dep, feature)) => self.of_deps.get(dep).is_some_and(|asked| asked.contains(feature)),
            None => self.features.contains(required),
        }
    }
}

/// The name the manifest gives a dependency.
pub(super) fn manifest_name(dep: &Dependency) -> &str {
    dep.rename.as_deref().unwrap_or(&dep.name)
}

/// Follows `wanted` through the package's feature table. Entries may be `feature`, `dep:name`, `name/feature` and
/// `name?/feature`; those that the package does not know are passed over.
pub(super) fn expand<'a>(package: &Package, wanted: impl IntoIterator<Item = &'a str>) -> Expanded {
    let mut all = Expanded::default();
    let mut if_present: Vec<(String, String)> = Vec::new();
    let mut open: Vec<String> = wanted.into_iter().map(str::to_owned).collect();
    let is_optional = |name: &str| package.dependencies.iter().any(|dep| dep.optional && manifest_name(dep) == name);
    while let Some(entry) = open.pop() {
        if let Some(dep) = entry.strip_prefix("dep:") {
            all.optional.insert(dep.to_owned());
        } else if let Some((dep, feature)) = entry.split_once('/') {
            match dep.strip_suffix('?') {
                Some(dep) => if_present.push((dep.to_owned(), feature.to_owned())),
                None => {
                    if is_optional(dep) {
                        all.optional.insert(dep.to_owned());
                        open.push(dep.to_owned());
                    }
                    all.of_deps.entry(dep.to_owned()).or_default().insert(feature.to_owned());
                }
            }
        } else if let Some(implied) = package.features.get(&entry)
            && all.features.insert(entry)
        {
            open.extend(implied.iter().cloned());
        }
    }
    for (dep, feature) in if_present {
        if all.optional.contains(&dep) || !is_optional(&dep) {
            all.of_deps.entry(dep).or_default().insert(feature);
        }
    }
    all
}

/// The features that a dependency's declaration asks for, those of `by` (its dependent's features) included.
pub(super) fn asked_of<'a>(dep: &'a Dependency, by: &'a Expanded) -> impl Iterator<Item = &'a str> {
    let default = dep.uses_default_features.then_some("default");
    let more = by.of_deps.get(manifest_name(dep)).into_iter().flatten().map(String::as_str);
    default.into_iter().chain(dep.features.iter().map(String::as_str)).chain(more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn package() -> Package {
        let dep = |name: &str, optional: bool| {
            json!({"name": name, "req": "1", "kind": null, "optional": optional, "uses_default_features": false,
                   "features": ["own"], "target": null, "rename": null})
        };
        serde_json::from_value(json!({
            "name": "p", "version": "1.0.0", "id": "p", "source": null, "manifest_path": "/p/Cargo.toml", "targets": [],
            "dependencies": [dep("always", false), dep("maybe", true), dep("other", true)],
            "features": {
                "default": ["std"], "std": ["always/std", "maybe?/std", "other?/std"], "net": ["dep:maybe"],
                "old": ["other/extra"], "other": ["dep:other"], "round": ["trip"], "trip": ["round"]
            }
        }))
        .expect("a package")
    }

    fn check(wanted: &[&str], features: &[&str], optional: &[&str], of_deps: &[&str]) {
        let all = expand(&package(), wanted.iter().copied());
        assert_eq!(all.features.iter().collect::<Vec<_>>(), features, "features of {wanted:?}");
        assert_eq!(all.optional.iter().collect::<Vec<_>>(), optional, "dependencies of {wanted:?}");
        let asked = all.of_deps.iter().flat_map(|(dep, f)| f.iter().map(move |f| format!("{dep}/{f}")));
        assert_eq!(asked.collect::<Vec<_>>(), of_deps, "asked by {wanted:?}");
    }

    #[test]
    fn closure() {
        check(&[], &[], &[], &[]);
        check(&["default"], &["default", "std"], &[], &["always/std"]);
        check(&["std", "net"], &["net", "std"], &["maybe"], &["always/std", "maybe/std"]);
        check(&["old"], &["old", "other"], &["other"], &["other/extra"]);
        check(&["maybe/x"], &[], &["maybe"], &["maybe/x"]);
        check(&["maybe?/x"], &[], &[], &[]);
        check(&["round"], &["round", "trip"], &[], &[]);
        check(&["unknown"], &[], &[], &[]);
    }

    #[test]
    fn asked_and_met() {
        let package = package();
        let by = expand(&package, ["std", "net"]);
        assert_eq!(asked_of(&package.dependencies[1], &by).collect::<Vec<_>>(), ["own", "std"]);
        assert!(by.has(&package.dependencies[1]) && !by.has(&package.dependencies[2]));
        assert!(by.meets("net") && by.meets("maybe/std") && !by.meets("old") && !by.meets("other/std"));
    }
}
