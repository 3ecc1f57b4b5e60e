//! The manifest's own text: where it is, and what is left out of it for a stand-in.

use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};

use toml::{Table, Value};

use super::LoadError;

/// The absolute path of the manifest that was asked for; without one, of the nearest above the current folder.
pub(super) fn find(given: Option<&Path>) -> Result<PathBuf, LoadError> {
    let here = env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
    let Some(given) = given else {
        return nearest_above(&here).ok_or(LoadError::NoManifest { path: here, nearby: None });
    };
    let path = lexical(&here.join(given));
    let is_toml = given.extension().is_some_and(|ext| ext == "toml");
    if path.is_file() && is_toml {
        return Ok(path);
    }
    // `a/link/../b` is not `a/b`.
    if let Ok(real) = here.join(given).canonicalize()
        && real.is_file()
        && is_toml
    {
        return Ok(real);
    }
    let nearby = nearest_above(&path);
    let path = given.to_owned();
    if here.join(given).exists() {
        Err(LoadError::NotAManifest { path, nearby })
    } else {
        Err(LoadError::NoManifest { path, nearby })
    }
}

/// Rewrites a package's manifest so that it is a workspace of its own. `None` when it is one already, or when there
/// is no workspace it could be taken to belong to.
pub(super) fn on_its_own(manifest: &Path) -> Option<String> {
    let mut table = read(manifest)?;
    let package = table.get_mut("package")?.as_table_mut()?;
    let pointed = package.remove("workspace").is_some();
    let above = manifest.parent()?.parent().and_then(nearest_above).is_some();
    if table.contains_key("workspace") || !(pointed || above) {
        return None;
    }
    table.insert("workspace".to_owned(), Value::Table(Table::new()));
    toml::to_string(&table).ok()
}

/// The same manifest without dependencies that only tests use, which then need not be fetched. `None` when it has
/// none, when a feature speaks of one, or when there are other members that would have to be changed too.
pub(super) fn without_dev_dependencies(text: &str) -> Option<String> {
    let mut table: Table = text.parse().ok()?;
    let workspace = table.get("workspace").and_then(Value::as_table);
    if workspace.is_some_and(|workspace| workspace.contains_key("members")) {
        return None;
    }
    let mut names = take_dev(&mut table);
    for target in table.get_mut("target").and_then(Value::as_table_mut).into_iter().flatten() {
        names.extend(target.1.as_table_mut().into_iter().flat_map(take_dev));
    }
    let features = table.get("features").and_then(Value::as_table);
    let values = features.into_iter().flatten().filter_map(|(_, value)| value.as_array()).flatten();
    let speaks = |value: &Value| {
        let of = value.as_str().and_then(|value| value.split_once('/')).map(|(of, _)| of.trim_end_matches('?'));
        of.is_some_and(|of| names.iter().any(|name| name == of))
    };
    if names.is_empty() || values.into_iter().any(speaks) {
        return None;
    }
    toml::to_string(&table).ok()
}

/// Version of cargo's feature resolver that the workspace's root manifest asks for, given the root package's edition.
pub(super) fn resolver(root_manifest: &Path, root_edition: Option<&str>) -> u8 {
    let table = read(root_manifest).unwrap_or_default();
    let asked = |part: &str| table.get(part)?.get("resolver")?.as_str()?.parse().ok();
    asked("workspace").or_else(|| asked("package")).unwrap_or(match root_edition {
        Some("2015" | "2018") | None => 1,
        Some("2021") => 2,
        Some(_) => 3,
    })
}

fn read(manifest: &Path) -> Option<Table> {
    fs::read_to_string(manifest).ok()?.parse().ok()
}

fn take_dev(table: &mut Table) -> Vec<String> {
    let removed = ["dev-dependencies", "dev_dependencies"].into_iter().filter_map(|key| table.remove(key));
    removed.filter_map(|deps| Some(deps.as_table()?.keys().cloned().collect::<Vec<_>>())).flatten().collect()
}

fn nearest_above(path: &Path) -> Option<PathBuf> {
    path.ancestors().map(|at| at.join("Cargo.toml")).find(|manifest| manifest.is_file())
}

/// Without `.` and `..`, as cargo takes paths.
fn lexical(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            part => clean.push(part),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dev_dependencies_are_left_out() {
        let text = "[package]\nname = \"a\"\n[dependencies]\nb = \"1\"\n[dev-dependencies]\nc = \"1\"\n\
                    [target.'cfg(unix)'.dev-dependencies]\nd = \"1\"\n";
        let left = without_dev_dependencies(text).expect("changed");
        let table: Table = left.parse().expect("toml");
        assert!(table.contains_key("dependencies") && !left.contains("dev-dependencies"), "{left}");

        assert_eq!(without_dev_dependencies("[package]\nname = \"a\"\n[dependencies]\nb = \"1\""), None);
        assert_eq!(without_dev_dependencies(&format!("{text}[features]\nx = [\"d?/y\"]")), None);
        assert_eq!(without_dev_dependencies(&format!("{text}[workspace]\nmembers = [\"m\"]")), None);
        assert!(without_dev_dependencies(&format!("{text}[features]\nx = [\"b/y\"]")).is_some());
    }

    #[test]
    fn a_package_inside_a_foreign_workspace() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let inner = dir.path().join("inner");
        fs::create_dir(&inner).expect("folder");
        let manifest = inner.join("Cargo.toml");
        fs::write(dir.path().join("Cargo.toml"), "[workspace]").expect("file");
        fs::write(&manifest, "[package]\nname = \"a\"").expect("file");
        assert!(on_its_own(&manifest).is_some_and(|text| text.contains("[workspace]")));
        fs::write(&manifest, "[package]\nname = \"a\"\n[workspace]").expect("file");
        assert_eq!(on_its_own(&manifest), None);
        fs::remove_file(dir.path().join("Cargo.toml")).expect("remove");
        fs::write(&manifest, "[package]\nname = \"a\"\nworkspace = \"../..\"").expect("file");
        assert!(on_its_own(&manifest).is_some_and(|text| !text.contains("../..")));
    }

    #[test]
    fn resolver_of_the_root() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let manifest = dir.path().join("Cargo.toml");
        for (text, edition, expected) in [
            ("[workspace]\nresolver = \"2\"", None, 2),
            ("[workspace]", None, 1),
            ("[package]\nresolver = \"2\"", Some("2018"), 2),
            ("[package]", Some("2018"), 1),
            ("[package]", Some("2021"), 2),
            ("[package]", Some("2024"), 3),
        ] {
            fs::write(&manifest, text).expect("file");
            assert_eq!(resolver(&manifest, edition), expected, "{text}");
        }
    }
}
