//! The configuration: `fork-lint.toml` or `[workspace.metadata.fork-lint]` for all, `[package.metadata.fork-lint]` for one
//! package's findings.

mod document;
mod extra;

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use self::document::Document;
use super::failure::Failure;
use super::glob::Glob;
use super::levels::{Layer, Selector};
use crate::catalogue::Entry;
use crate::facts::Sym;
use crate::rules::Level;

/// Settings of one place.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct Settings {
    /// The file they are written in.
    pub(in crate::cli) origin: PathBuf,
    /// Folder that patterns and paths in them are relative to.
    pub(in crate::cli) dir: PathBuf,
    /// Levels.
    pub(in crate::cli) levels: Layer,
    /// Files whose findings are left out.
    pub(in crate::cli) exclude: Vec<Glob>,
    /// The baseline.
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// What functions do, beyond the built-in catalogue.
    pub(in crate::cli) catalogue: Vec<(Sym, Entry)>,
}

/// All settings of a program.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct Config {
    /// Those for all packages.
    pub(in crate::cli) workspace: Settings,
    /// Those of single packages, by folder.
    pub(in crate::cli) packages: Vec<Settings>,
}

/// Name of the file in the workspace root.
pub(in crate::cli) const FILE: &str = "fork-lint.toml";

impl Config {
    /// Reads the settings of a workspace and its packages; `file` stands in place of those for all packages.
    pub(in crate::cli) fn read(root: &Path, packages: &[PathBuf], file: Option<&Path>) -> Result<Config, Failure> {
        let manifest = root.join("Cargo.toml");
        let workspace = match file {
            Some(file) => whole_file(file, root)?,
            None => of_workspace(root, &manifest)?,
        };
        let mut config = Config { workspace, packages: Vec::new() };
        for dir in packages {
            let path = dir.join("Cargo.toml");
            let document = Document::read(&path)?;
            let top = document.parse()?;
            let Some((at, table)) = metadata(&document, &top, "package") else { continue };
            let settings = settings(&document, table, dir)?;
            if let (Some(_), Some(other)) = (&settings.baseline, config.baseline_of()) {
                let message = format!("a baseline is set in {} and in {}", other.display(), path.display());
                let label = "the second is set here".to_owned();
                return Err(document.failure(at, message, label).help("keep one: a run has one baseline"));
            }
            config.packages.push(settings);
        }
        Ok(config)
    }

    /// The baseline, wherever it is set.
    pub(in crate::cli) fn baseline(&self) -> Option<PathBuf> {
        let all = std::iter::once(&self.workspace).chain(&self.packages);
        all.filter_map(|s| s.baseline.as_ref().map(|b| s.dir.join(b))).next()
    }

    fn baseline_of(&self) -> Option<&Path> {
        let mut all = std::iter::once(&self.workspace).chain(&self.packages);
        all.find(|s| s.baseline.is_some()).map(|s| s.origin.as_path())
    }

    /// Settings of the package that a file is in.
    pub(in crate::cli) fn package_of(&self, file: &Path) -> Option<&Settings> {
        let around = self.packages.iter().filter(|s| file.starts_with(&s.dir));
        around.max_by_key(|s| s.dir.as_os_str().len())
    }

    /// Findings in this file are left out.
    pub(in crate::cli) fn excludes(&self, file: &Path) -> bool {
        std::iter::once(&self.workspace).chain(self.package_of(file)).any(|settings| {
            let Ok(inside) = file.strip_prefix(&settings.dir) else { return false };
            let name = inside.to_string_lossy();
            settings.exclude.iter().any(|glob| glob.matches(&name))
        })
    }

    /// All extra catalogue entries, with the file each is from.
    pub(in crate::cli) fn catalogue(&self) -> impl Iterator<Item = (&Path, &(Sym, Entry))> {
        let all = std::iter::once(&self.workspace).chain(&self.packages);
        all.flat_map(|s| s.catalogue.iter().map(|entry| (s.origin.as_path(), entry)))
    }
}

fn whole_file(file: &Path, root: &Path) -> Result<Settings, Failure> {
    let document = Document::read(file)?;
    let top = document.parse()?;
    settings(&document, &top, root)
}

fn of_workspace(root: &Path, manifest: &Path) -> Result<Settings, Failure> {
    let file = root.join(FILE);
    let own = file.is_file().then(|| whole_file(&file, root)).transpose()?;
    // A program without a manifest at its root has been read in another way; it has no metadata.
    if !manifest.is_file() {
        return Ok(own.unwrap_or_default());
    }
    let document = Document::read(manifest)?;
    let top = document.parse()?;
    let Some((at, table)) = metadata(&document, &top, "workspace") else { return Ok(own.unwrap_or_default()) };
    if own.is_some() {
        let message = format!("fork-lint is configured in {} and in {}", file.display(), manifest.display());
        let label = "the second place is here".to_owned();
        return Err(document.failure(at, message, label).help("move the settings of one into the other"));
    }
    settings(&document, table, root)
}

/// `[workspace.metadata.fork-lint]` or `[package.metadata.fork-lint]`.
fn metadata<'t, 'a>(document: &Document, top: &'t DeTable<'a>, of: &str) -> Option<(Range<usize>, &'t DeTable<'a>)> {
    let (_, owner) = document.table(top, of)?;
    let (_, metadata) = document.table(owner, "metadata")?;
    document.table(metadata, "fork-lint")
}

const KEYS: &[&str] = &["deny", "warn", "allow", "exclude-paths", "baseline", "catalogue"];

fn settings(document: &Document, table: &DeTable<'_>, dir: &Path) -> Result<Settings, Failure> {
    let mut settings = Settings { origin: document.path.clone(), dir: dir.to_owned(), ..Settings::default() };
    for (name, value) in table {
        let key = name.get_ref().as_ref();
        match key {
            "deny" => levels(document, key, value, Level::Error, &mut settings.levels)?,
            "warn" => levels(document, key, value, Level::Warning, &mut settings.levels)?,
            "allow" => levels(document, key, value, Level::Allow, &mut settings.levels)?,
            "exclude-paths" => {
                for (at, pattern) in document.strings(key, value)? {
                    let glob = Glob::parse(pattern)
                        .map_err(|why| document.failure(at, format!("`{pattern}` is not a pattern of files"), why))?;
                    settings.exclude.push(glob);
                }
            }
            "baseline" => settings.baseline = Some(document.string(key, value)?.into()),
            "catalogue" => settings.catalogue = extra::entries(document, value)?,
            _ => return Err(document.unknown_key(name.span(), key, KEYS)),
        }
    }
    Ok(settings)
}

fn levels(
    document: &Document,
    key: &str,
    value: &document::Node<'_>,
    level: Level,
    layer: &mut Layer,
) -> Result<(), Failure> {
    for (at, word) in document.strings(key, value)? {
        let Some(selector) = Selector::parse(word) else {
            let message = format!("no rule, hazard or family is called `{word}`");
            return Err(document.failure(at, message, "unknown".to_owned()).help(Selector::advice(word)));
        };
        if let Some((_, other)) = layer.0.iter().find(|(s, l)| *s == selector && *l != level) {
            let message = format!("`{word}` is set to two levels, {} and {}", verb(*other), verb(level));
            return Err(document.failure(at, message, "the second is here".to_owned()).help("take one of them away"));
        }
        layer.0.push((selector, level));
    }
    Ok(())
}

fn verb(level: Level) -> &'static str {
    match level {
        Level::Error => "deny",
        Level::Warning => "warn",
        Level::Note | Level::Allow => "allow",
    }
}

#[cfg(test)]
mod tests;
