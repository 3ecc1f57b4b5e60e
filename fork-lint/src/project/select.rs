//! Which packages the user asked about, and with which features.

use std::path::Path;

use cargo_metadata::{Metadata, Package};

use super::error::nearest;
use super::{LoadError, LoadOptions};

/// A package that was asked about.
pub(super) struct Selected {
    /// Its manifest, which names it whatever the metadata it is looked up in.
    pub(super) manifest: std::path::PathBuf,
    /// Features asked of it.
    pub(super) features: Vec<String>,
}

/// Chooses as cargo does: the named packages, the whole workspace, the package of the manifest, or at a workspace's
/// root its default members.
pub(super) fn select(metadata: &Metadata, manifest: &Path, options: &LoadOptions) -> Result<Vec<Selected>, LoadError> {
    let members: Vec<&Package> = metadata.workspace_packages();
    let by_spec = |spec: &String| -> Result<Vec<&Package>, LoadError> {
        let found: Vec<&Package> = members.iter().copied().filter(|package| fits(package, spec)).collect();
        if found.is_empty() {
            let names = members.iter().map(|package| package.name.as_str());
            return Err(LoadError::NoPackage {
                manifest: metadata.workspace_root.join("Cargo.toml").into(),
                name: spec.clone(),
                nearby: nearest(spec, names),
            });
        }
        Ok(found)
    };
    let own = members.iter().copied().find(|package| package.manifest_path == manifest);
    let at_root = metadata.workspace_root == manifest.parent().unwrap_or(manifest);
    let mut chosen: Vec<&Package> = if !options.packages.is_empty() {
        options.packages.iter().map(by_spec).collect::<Result<Vec<_>, _>>()?.concat()
    } else if options.workspace {
        members.clone()
    } else if at_root && metadata.workspace_default_members.is_available() {
        metadata.workspace_default_packages()
    } else {
        own.map_or_else(|| members.clone(), |package| vec![package])
    };
    let excluded = options.exclude.iter().map(by_spec).collect::<Result<Vec<_>, _>>()?.concat();
    let mut seen = Vec::new();
    chosen.retain(|package| {
        let keep = !excluded.iter().any(|out| out.id == package.id) && !seen.contains(&&package.id);
        seen.push(&package.id);
        keep
    });
    check_features(&chosen, manifest, options)?;
    Ok(chosen.into_iter().map(|package| selected(package, options)).collect())
}

/// `name`, `name@version`, `name:version`, or a pattern with `*`.
fn fits(package: &Package, spec: &str) -> bool {
    let (name, version) = match spec.split_once(['@', ':']) {
        Some((name, version)) => (name, Some(version)),
        None => (spec, None),
    };
    let version_text = package.version.to_string();
    let of_version = |asked: &str| version_text == asked || version_text.starts_with(&format!("{asked}."));
    like(&package.name, name) && version.is_none_or(of_version)
}

fn like(text: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => text == pattern,
        Some((before, after)) => text
            .strip_prefix(before)
            .is_some_and(|rest| (0..=rest.len()).any(|at| rest.is_char_boundary(at) && like(&rest[at..], after))),
    }
}

/// A feature on the command line that no chosen package has is a mistake.
fn check_features(chosen: &[&Package], manifest: &Path, options: &LoadOptions) -> Result<(), LoadError> {
    for name in split(&options.features) {
        if !chosen.iter().any(|package| knows(package, name)) {
            let known = chosen.iter().flat_map(|package| package.features.keys().map(String::as_str));
            let nearby = nearest(name, known);
            return Err(LoadError::NoFeature { manifest: manifest.to_owned(), name: name.to_owned(), nearby });
        }
    }
    Ok(())
}

fn knows(package: &Package, asked: &str) -> bool {
    match asked.split_once('/') {
        Some((of, feature)) if of == package.name.as_str() => package.features.contains_key(feature),
        Some((of, _)) => {
            package.dependencies.iter().any(|dep| super::features::manifest_name(dep) == of.trim_end_matches('?'))
        }
        None => package.features.contains_key(asked),
    }
}

fn selected(package: &Package, options: &LoadOptions) -> Selected {
    let mut features: Vec<String> = Vec::new();
    if options.all_features {
        features.extend(package.features.keys().cloned());
    }
    if !options.no_default_features {
        features.push("default".to_owned());
    }
    for name in split(&options.features).filter(|name| knows(package, name)) {
        let own = name.split_once('/').filter(|(of, _)| *of == package.name.as_str());
        features.push(own.map_or(name, |(_, feature)| feature).to_owned());
    }
    Selected { manifest: package.manifest_path.clone().into(), features }
}

/// Features may be separated by commas and spaces.
fn split(features: &[String]) -> impl Iterator<Item = &str> {
    features.iter().flat_map(|list| list.split([',', ' '])).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (text, pattern, expected) in [
            ("a-core", "a-core", true),
            ("a-core", "a", false),
            ("a-core", "a*", true),
            ("a-core", "*core", true),
            ("a-core", "*-c*e", true),
            ("a-core", "*x*", false),
            ("a", "*", true),
        ] {
            assert_eq!(like(text, pattern), expected, "{text} {pattern}");
        }
    }
}
