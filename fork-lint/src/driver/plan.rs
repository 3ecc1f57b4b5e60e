//! In which order crates are read.

use std::fs;
use std::path::Path;

use crate::project::Project;

/// Enough to tell the large crates from the small.
const ENTRIES: usize = 4096;

/// The order of a program's crates.
pub(super) struct Plan {
    /// All crates below each, in order.
    pub(super) below: Vec<Vec<usize>>,
    /// Crates that name each.
    pub(super) dependents: Vec<Vec<usize>>,
    /// How much is left to do from each crate upwards: the greater goes first.
    pub(super) rank: Vec<u64>,
}

impl Plan {
    /// For crates of these sizes.
    pub(super) fn of(project: &Project, sizes: &[u64]) -> Plan {
        let count = project.crates.len();
        let mut below: Vec<Vec<usize>> = Vec::with_capacity(count);
        let mut dependents = vec![Vec::new(); count];
        for (at, input) in project.crates.iter().enumerate() {
            let mut all: Vec<usize> = Vec::new();
            for &(_, dep) in &input.deps {
                all.push(dep);
                all.extend(&below[dep]);
                if !dependents[dep].contains(&at) {
                    dependents[dep].push(at);
                }
            }
            all.sort_unstable();
            all.dedup();
            below.push(all);
        }
        let mut rank = vec![0; count];
        for at in (0..count).rev() {
            let above = dependents[at].iter().map(|&dependent| rank[dependent]).max();
            rank[at] = sizes[at] + above.unwrap_or(0);
        }
        Plan { below, dependents, rank }
    }
}

/// Bytes of Rust source in a folder and below it.
pub(super) fn source_size(folder: &Path) -> u64 {
    let mut open = vec![folder.to_owned()];
    let (mut size, mut entries) = (0, 0);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            entries += 1;
            if entries > ENTRIES {
                return size;
            }
            let Ok(kind) = entry.file_type() else { continue };
            let name = entry.file_name();
            if kind.is_dir() && name != "target" && !name.as_encoded_bytes().starts_with(b".") {
                open.push(entry.path());
            } else if kind.is_file() && name.as_encoded_bytes().ends_with(b".rs") {
                size += entry.metadata().map_or(0, |data| data.len());
            }
        }
    }
    size
}

#[cfg(test)]
mod tests {
    use super::super::tests::project;
    use super::*;

    #[test]
    fn what_much_depends_on_goes_first() {
        let project = project(&[("base", &[]), ("lone", &[]), ("mid", &[0]), ("app", &[2, 0])]);
        let plan = Plan::of(&project, &[1, 15, 10, 5]);
        assert_eq!(plan.below, [vec![], vec![], vec![0], vec![0, 2]]);
        assert_eq!(plan.dependents, [vec![2, 3], vec![], vec![3], vec![]]);
        assert_eq!(plan.rank, [16, 15, 15, 5]);
    }

    #[test]
    fn size_counts_source_alone() {
        let dir = tempfile::tempdir().expect("temporary folder");
        for (file, text) in [("src/a.rs", "12345"), ("src/m/b.rs", "123"), ("src/c.txt", "1"), ("target/d.rs", "1")] {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().expect("parent")).expect("folder");
            fs::write(path, text).expect("file");
        }
        assert_eq!(source_size(dir.path()), 8);
        assert_eq!(source_size(Path::new("/no/such/folder")), 0);
    }
}
