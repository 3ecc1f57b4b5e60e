//! The baseline: syn parsing the files that the linter reads.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use fork_lint::driver::{Digest, Output, Reader, read_program};
use fork_lint::facts::Sym;
use fork_lint::frontend::FrontEnd;
use fork_lint::project::{CrateInput, LoadOptions, load};
use fork_lint::resolve::Interface;
use rustc_hash::FxHashMap;

use crate::Outcome;

/// As deep as the linter's own.
const STACK: usize = 256 << 20;

/// Prints the path of every file that the linter reads of a program.
pub(crate) fn list(manifest: &str) -> Outcome<()> {
    let options = LoadOptions { manifest_path: Some(manifest.into()), offline: true, ..LoadOptions::default() };
    let project = load(&options)?;
    let lister = Lister { front: FrontEnd::new(&project.names()), files: Mutex::default() };
    read_program(&project, &lister, None, 0, &());
    for path in lister.files.into_inner().unwrap_or_else(PoisonError::into_inner) {
        println!("{}", path.display());
    }
    Ok(())
}

/// Parses all files that are listed in a file.
pub(crate) fn parse(list: &str, threads: usize) -> Outcome<()> {
    let list = fs::read_to_string(list)?;
    let files: Vec<&str> = list.lines().collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let text = fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            // What does not parse has cost its time too.
            let tree = text.map(|text| syn::parse_file(&text));
            drop(tree);
            proc_macro2::extra::invalidate_current_thread_spans();
        }
    };
    thread::scope(|scope| {
        for _ in 0..threads {
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)?;
        }
        Ok(())
    })
}

/// The linter's front end, noting what it reads.
struct Lister {
    front: FrontEnd,
    files: Mutex<BTreeSet<PathBuf>>,
}

impl Reader for Lister {
    type Interface = Interface;

    fn settings(&self) -> Digest {
        self.front.settings()
    }

    fn read(
        &self,
        input: &CrateInput,
        direct: &[(String, Sym)],
        below: &FxHashMap<Sym, Arc<Interface>>,
    ) -> Output<Interface> {
        let output = Reader::read(&self.front, input, direct, below);
        let there = output.seen.iter().filter(|file| file.content.is_some());
        self.files.lock().unwrap_or_else(PoisonError::into_inner).extend(there.map(|file| file.path.clone()));
        output
    }

    fn not_read(&self, input: &CrateInput, why: &str) -> Output<Interface> {
        self.front.not_read(input, why)
    }
}
