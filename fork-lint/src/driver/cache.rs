//! What was read in earlier runs.
//!
//! One file a crate. An entry is used only if all that its reading depended on is the same: the linter itself, its
//! settings, the crate's input, the interfaces of all crates below it, the content of every file it read, and the
//! absence of every file it looked for in vain. Times of files play no part.

use std::collections::HashSet;
use std::env;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use super::entry::{Entry, Packed};
use super::{Digest, Digester, Output, SeenFile};
use crate::facts::{SCHEMA, Sym};
use crate::project::{CrateInput, Project};

/// What a cache folder may hold before entries that were not used lately go.
const BOUND: u64 = 1 << 30;
/// A temporary file older than that is no one's.
const STALE: Duration = Duration::from_secs(3600);
/// How exactly the last use of an entry is known.
const USED: Duration = Duration::from_secs(24 * 3600);
const SUFFIX: &str = "crate";

/// A cache folder. It may be deleted at any time, and used by several runs at once.
pub struct Cache {
    folder: PathBuf,
    /// Digest of the linter.
    tool: Digest,
    /// Files of this run.
    used: Mutex<HashSet<PathBuf>>,
    /// The first failure to write.
    trouble: Mutex<Option<String>>,
}

/// A cache cannot be used.
#[derive(Debug)]
pub struct CacheError {
    /// The folder, or the linter's own program.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

impl fmt::Display for CacheError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no cache is used: `{}`: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for CacheError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl Cache {
    /// Where the cache of a project is: the folder given, else `FORK_LINT_CACHE_DIR`, else in its target folder.
    pub fn folder(project: &Project, given: Option<&Path>) -> PathBuf {
        let set = env::var_os("FORK_LINT_CACHE_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from);
        given.map(Path::to_owned).or(set).unwrap_or_else(|| project.target_dir.join("fork-lint"))
    }

    /// Opens the cache in that folder, which is made if need be.
    pub fn open(folder: &Path) -> Result<Cache, CacheError> {
        let program = env::current_exe();
        let read = program.as_ref().map_err(|error| io::Error::new(error.kind(), error.to_string())).and_then(fs::read);
        let bytes = read.map_err(|error| CacheError { path: program.unwrap_or_default(), error })?;
        let version = env!("CARGO_PKG_VERSION");
        let tool = Digester::new().add(version).add(SCHEMA.to_le_bytes()).add(bytes).digest();
        Cache::open_as(folder, tool)
    }

    /// The same for a linter of that digest.
    pub(super) fn open_as(folder: &Path, tool: Digest) -> Result<Cache, CacheError> {
        prepare(folder).map_err(|error| CacheError { path: folder.to_owned(), error })?;
        let (used, trouble) = (Mutex::default(), Mutex::default());
        Ok(Cache { folder: folder.to_owned(), tool, used, trouble })
    }

    /// Digest of all that reading the crate depends on, but for its files. `below`: root and interface of every crate
    /// below it.
    pub(super) fn key(
        &self,
        input: &CrateInput,
        direct: &[(String, Sym)],
        below: &[(Sym, Digest)],
        settings: Digest,
    ) -> Digest {
        let mut key = Digester::new();
        key.add(self.tool.bytes()).add(settings.bytes()).add(identity(input).bytes());
        key.add(input.package_dir.as_os_str().as_encoded_bytes());
        key.add([u8::from(input.member), u8::from(input.library)]);
        key.add_all(direct.iter().flat_map(|(name, root)| [name.as_str(), root.as_str()]));
        key.add_all(below.iter().map(|(root, _)| root.as_str()));
        key.add_all(below.iter().map(|(_, interface)| interface.bytes()));
        key.add_all(input.missing.iter().flat_map(|m| [&m.name, &m.of, &m.why]));
        key.add_all(&input.proc_macros);
        key.digest()
    }

    /// The crate's entry, if it was made under that key and its files are as they were.
    pub(super) fn look_up(&self, input: &CrateInput, key: Digest) -> Option<Entry> {
        let path = self.path(input);
        let entry = Entry::from_bytes(fs::read(&path).ok()?)?;
        if entry.header.key != key || !unchanged(&entry.header.seen) {
            return None;
        }
        self.mark_used(&path);
        Some(entry)
    }

    /// Keeps what reading a crate gave; the digest of its interface, if that can be kept.
    pub(super) fn store<I: serde::Serialize>(
        &self,
        input: &CrateInput,
        key: Digest,
        output: &Output<I>,
    ) -> Option<Digest> {
        let interface = Packed::of(&output.interface)?;
        let digest = interface.digest();
        if let Some(entry) = Entry::new(key, output.seen.clone(), &output.facts, interface)
            && let Some(bytes) = entry.to_bytes()
        {
            let path = self.path(input);
            if let Err(error) = self.write(&path, &bytes) {
                let mut trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
                trouble.get_or_insert_with(|| format!("the cache cannot be written: `{}`: {error}", path.display()));
            }
        }
        Some(digest)
    }

    /// Size of the crate's entry, if there is one.
    pub(super) fn size(&self, input: &CrateInput) -> Option<u64> {
        fs::metadata(self.path(input)).ok().map(|data| data.len())
    }

    /// Ends the run: removes what no run has use for. The first failure to write, if there was one.
    pub(super) fn finish(&self) -> Option<String> {
        self.prune(BOUND);
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn path(&self, input: &CrateInput) -> PathBuf {
        let plain = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
        let name: String = input.root.chars().take(64).map(plain).collect();
        self.folder.join(format!("{name}-{}.{SUFFIX}", identity(input)))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(&self.folder)?;
        file.write_all(bytes)?;
        file.persist(path).map_err(|error| error.error)?;
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        Ok(())
    }

    /// Notes the use, for this run and, roughly, for later ones.
    fn mark_used(&self, path: &Path) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        let age = fs::metadata(path).and_then(|data| data.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > USED) {
            // In a folder that cannot be written to nothing is pruned either.
            let _ = File::options().append(true).open(path).and_then(|file| file.set_modified(SystemTime::now()));
        }
    }

    /// Removes abandoned temporary files and, above the bound, the entries that were not used for longest.
    fn prune(&self, bound: u64) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut total = 0;
        let mut unused: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let Ok(data) = entry.metadata() else { continue };
            let time = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            let ours = path.extension().is_some_and(|ext| ext == SUFFIX);
            let temporary = entry.file_name().as_encoded_bytes().starts_with(b".new-");
            if temporary && time.elapsed().is_ok_and(|age| age > STALE) {
                // Another run may have removed it first, here and below.
                let _ = fs::remove_file(&path);
            } else if ours {
                total += data.len();
                if !used.contains(&path) {
                    unused.push((time, data.len(), path));
                }
            }
        }
        unused.sort();
        for (_, size, path) in unused {
            if total <= bound {
                break;
            }
            if fs::remove_file(path).is_ok() {
                total -= size;
            }
        }
    }
}

/// What makes it the same crate from run to run.
fn identity(input: &CrateInput) -> Digest {
    let mut id = Digester::new();
    id.add(&input.root).add(&input.title).add(input.root_file.as_os_str().as_encoded_bytes());
    id.add(input.edition.to_le_bytes()).add_all(&input.cfg.names);
    id.add_all(input.cfg.pairs.iter().flat_map(|(key, value)| [key, value]));
    id.digest()
}

/// Whether all files are as they were.
fn unchanged(seen: &[SeenFile]) -> bool {
    let mut buffer = Vec::new();
    seen.iter().all(|file| match file.content {
        Some(content) => read_into(&file.path, &mut buffer).is_ok() && Digest::of_source(&buffer) == content,
        None => !file.path.is_file(),
    })
}

fn read_into(path: &Path, buffer: &mut Vec<u8>) -> io::Result<()> {
    buffer.clear();
    // A pipe that has taken the file's place would never end, or never even open.
    if !path.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    File::open(path)?.read_to_end(buffer).map(drop)
}

/// Makes the folder, marked as one that need not be backed up or put under version control.
fn prepare(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let outer = folder.ancestors().skip(1).find(|above| above.is_dir()).map(|above| above.to_owned());
    fs::create_dir_all(folder)?;
    fs::write(folder.join(".gitignore"), "*\n")?;
    // A target folder that cargo has not made yet is marked as cargo would.
    let made = folder.ancestors().find(|at| at.parent() == outer.as_deref()).unwrap_or(folder);
    let tag = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder holds what can be made again at any time.\n";
    fs::write(made.join("CACHEDIR.TAG"), tag)
}
