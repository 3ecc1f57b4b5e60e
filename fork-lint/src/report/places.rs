//! How files are named in reports: relative to the workspace, or for a dependency to its own package.

use std::path::{Component, Path, PathBuf};

use crate::facts::Sym;

/// A package whose files reports may point into.
#[derive(Clone, Debug)]
pub struct PackageDir {
    /// Name and version (`nix 0.26.4`).
    pub title: String,
    /// Folder of its manifest.
    pub dir: PathBuf,
    /// One of those the user asked about.
    pub member: bool,
}

impl PackageDir {
    /// The name alone.
    pub fn name(&self) -> &str {
        self.title.split(' ').next().unwrap_or_default()
    }

    /// The version, where the title has one.
    pub fn version(&self) -> &str {
        self.title.split(' ').nth(1).unwrap_or_default()
    }
}

/// What a file's name is relative to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Base {
    /// The workspace root.
    Workspace,
    /// A package outside of it: index in [`Places::packages`].
    Package(usize),
    /// Nothing known: the name is absolute.
    Absolute,
}

/// The folders of a program.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The workspace root.
    pub root: PathBuf,
    /// Where the tool was started.
    pub cwd: PathBuf,
    /// Packages, each once.
    pub packages: Vec<PackageDir>,
}

impl Places {
    /// What the file's name is relative to, and the name, with `/` between its parts.
    pub fn locate(&self, file: Sym) -> (Base, String) {
        let path = Path::new(file.as_str());
        if !path.is_absolute() {
            return (Base::Workspace, slashes(path));
        }
        // A vendored dependency lies inside the workspace and is still named from there: that is where it is edited.
        if let Ok(inside) = path.strip_prefix(&self.root)
            && !self.root.as_os_str().is_empty()
        {
            return (Base::Workspace, slashes(inside));
        }
        match self.package_of(file) {
            Some(index) => {
                let dir = &self.packages[index].dir;
                (Base::Package(index), slashes(path.strip_prefix(dir).unwrap_or(path)))
            }
            None => (Base::Absolute, slashes(path)),
        }
    }

    /// The package a file belongs to: the one with the longest folder around it.
    pub fn package_of(&self, file: Sym) -> Option<usize> {
        let path = Path::new(file.as_str());
        let around = self.packages.iter().enumerate().filter(|(_, p)| path.starts_with(&p.dir));
        around.max_by_key(|(_, p)| p.dir.as_os_str().len()).map(|(index, _)| index)
    }

    /// A name that stays the same on another machine and over updates of a dependency.
    pub fn stable(&self, file: Sym) -> String {
        match self.locate(file) {
            (Base::Package(index), name) => format!("{}:{name}", self.packages[index].name()),
            (_, name) => name,
        }
    }

    /// The name for people: from where they stand when that is short, else absolute.
    pub fn shown(&self, file: Sym) -> String {
        let path = Path::new(file.as_str());
        if let Ok(inside) = path.strip_prefix(&self.cwd) {
            return inside.display().to_string();
        }
        let common = path.components().zip(self.cwd.components()).take_while(|(a, b)| a == b).count();
        let up = self.cwd.components().count() - common;
        if path.starts_with(&self.root) && self.cwd.starts_with(&self.root) && up > 0 {
            let parts = std::iter::repeat_n(Component::ParentDir, up).chain(path.components().skip(common));
            return parts.collect::<PathBuf>().display().to_string();
        }
        path.display().to_string()
    }
}

fn slashes(path: &Path) -> String {
    path.components()
        .map(|part| match part {
            Component::RootDir => String::new(),
            other => other.as_os_str().to_string_lossy().into_owned(),
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        let package = |title: &str, dir: &str, member| PackageDir { title: title.into(), dir: dir.into(), member };
        Places {
            root: "/shop".into(),
            cwd: "/shop/till/src".into(),
            packages: vec![package("till 0.1.0", "/shop/till", true), package("nix 0.26.4", "/reg/nix-0.26.4", false)],
        }
    }

    #[test]
    fn each_file_is_named_from_its_own_root() {
        let at = |file: &str| places().locate(Sym::new(file));
        assert_eq!(at("/shop/till/src/main.rs"), (Base::Workspace, "till/src/main.rs".into()));
        assert_eq!(at("/reg/nix-0.26.4/src/unistd.rs"), (Base::Package(1), "src/unistd.rs".into()));
        assert_eq!(at("/tmp/out/gen.rs"), (Base::Absolute, "/tmp/out/gen.rs".into()));
        assert_eq!(places().stable(Sym::new("/reg/nix-0.26.4/src/unistd.rs")), "nix:src/unistd.rs");
    }

    #[test]
    fn people_see_names_from_where_they_stand() {
        let shown = |file: &str| places().shown(Sym::new(file));
        assert_eq!(shown("/shop/till/src/main.rs"), "main.rs");
        assert_eq!(shown("/shop/desk/lib.rs"), "../../desk/lib.rs");
        assert_eq!(shown("/reg/nix-0.26.4/src/unistd.rs"), "/reg/nix-0.26.4/src/unistd.rs");
    }
}
