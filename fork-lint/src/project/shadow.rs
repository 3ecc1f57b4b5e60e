//! A stand-in for a project's tree that cargo may write a lock file into.
//!
//! Cargo resolves a project only if it can write `Cargo.lock` beside the manifest, and what is being read is not ours
//! to write to. The shadow is a temporary folder in which the project stands at the same path, made of links, so that
//! relative paths, members and `.cargo` folders are found as in the original.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Component, Path, PathBuf};

use cargo_metadata::Metadata;
use cargo_metadata::camino::Utf8PathBuf;
use tempfile::TempDir;

/// The stand-in; gone when dropped.
pub(super) struct Shadow {
    dir: TempDir,
    /// The temporary folder without symbolic links, as cargo may print it.
    real: PathBuf,
}

/// What differs from the original.
#[derive(Default)]
pub(super) struct Changes {
    /// Another text for the root's manifest.
    pub(super) manifest: Option<String>,
    /// Hide the manifests in the folders above the root, so that no workspace is found there.
    pub(super) alone: bool,
}

impl Shadow {
    /// Makes the stand-in for the project rooted at that (absolute) folder.
    pub(super) fn of(root: &Path, changes: &Changes) -> io::Result<Shadow> {
        let dir = tempfile::Builder::new().prefix("fork-lint-").tempdir()?;
        let shadow = Shadow { real: dir.path().canonicalize()?, dir };
        let mut below: Option<&OsStr> = None;
        for folder in root.ancestors() {
            let is_root = folder == root;
            let copy = shadow.path(folder);
            fs::create_dir_all(&copy)?;
            // A folder above the root may be closed to us; then nothing beside the path to the root is found there.
            let entries = match fs::read_dir(folder) {
                Err(error) if is_root => return Err(error),
                entries => entries.into_iter().flatten().flatten(),
            };
            for entry in entries {
                let name = entry.file_name();
                let manifest = name == "Cargo.toml";
                let plain_file = entry.file_type().is_ok_and(|kind| kind.is_file());
                let skip = if is_root {
                    name == "target" || name == "Cargo.lock" || (manifest && changes.manifest.is_some())
                } else {
                    Some(name.as_os_str()) == below || (manifest && changes.alone) || (plain_file && !manifest)
                };
                if !skip {
                    symlink(entry.path(), copy.join(&name))?;
                }
            }
            below = folder.file_name();
        }
        let lock = root.join("Cargo.lock");
        if lock.is_file() {
            fs::write(shadow.path(&lock), fs::read(&lock)?)?;
        }
        if let Some(text) = &changes.manifest {
            fs::write(shadow.path(&root.join("Cargo.toml")), text)?;
        }
        Ok(shadow)
    }

    /// Where that path of the original stands in for it.
    pub(super) fn path(&self, original: &Path) -> PathBuf {
        let below = original.components().filter(|c| matches!(c, Component::Normal(_)));
        std::iter::once(Component::Normal(self.dir.path().as_os_str())).chain(below).collect()
    }

    /// Gives paths in the answer back the places they stand for.
    pub(super) fn restore(&self, metadata: &mut Metadata) {
        let restore = |path: &mut Utf8PathBuf| {
            let inside = [self.dir.path(), &self.real].into_iter().find_map(|dir| path.strip_prefix(dir).ok());
            if let Some(inside) = inside {
                *path = Utf8PathBuf::from("/").join(inside);
            }
        };
        restore(&mut metadata.workspace_root);
        restore(&mut metadata.target_directory);
        for package in &mut metadata.packages {
            restore(&mut package.manifest_path);
            package.targets.iter_mut().for_each(|target| restore(&mut target.src_path));
            package.dependencies.iter_mut().filter_map(|dep| dep.path.as_mut()).for_each(restore);
        }
    }

    /// The same for a message.
    pub(super) fn restore_text(&self, text: &str) -> String {
        let text = text.replace(&*self.real.to_string_lossy(), "");
        text.replace(&*self.dir.path().to_string_lossy(), "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stands_at_the_same_path() {
        let dir = tempfile::tempdir().expect("temporary folder");
        let root = dir.path().join("above/root");
        fs::create_dir_all(root.join("src")).expect("folders");
        fs::create_dir_all(root.join("target")).expect("folders");
        fs::create_dir_all(dir.path().join("above/beside")).expect("folders");
        for (file, text) in
            [("Cargo.toml", "root"), ("Cargo.lock", "lock"), ("src/lib.rs", ""), ("../Cargo.toml", "above")]
        {
            fs::write(root.join(file), text).expect("file");
        }
        let read = |shadow: &Shadow, path: &str| fs::read_to_string(shadow.path(&root).join(path)).ok();

        let shadow = Shadow::of(&root, &Changes::default()).expect("shadow");
        assert_eq!(read(&shadow, "Cargo.toml").as_deref(), Some("root"));
        assert_eq!(read(&shadow, "../Cargo.toml").as_deref(), Some("above"));
        assert!(shadow.path(&root).join("src/lib.rs").is_file() && shadow.path(&root).join("../beside").is_dir());
        assert!(!shadow.path(&root).join("target").exists());
        fs::write(shadow.path(&root).join("Cargo.lock"), "changed").expect("a lock file of its own");
        assert_eq!(fs::read_to_string(root.join("Cargo.lock")).expect("lock"), "lock");

        let changes = Changes { manifest: Some("other".into()), alone: true };
        let shadow = Shadow::of(&root, &changes).expect("shadow");
        assert_eq!(read(&shadow, "Cargo.toml").as_deref(), Some("other"));
        assert_eq!(read(&shadow, "../Cargo.toml"), None);
        assert_eq!(fs::read_to_string(root.join("Cargo.toml")).expect("manifest"), "root");
        let text = format!("at `{}`", shadow.path(&root.join("Cargo.toml")).display());
        assert_eq!(shadow.restore_text(&text), format!("at `{}`", root.join("Cargo.toml").display()));
    }
}
