//! `/proc`, and `/proc/PID` as an open directory.

use std::ffi::CStr;
use std::fs::File;
use std::io::{self, Read as _};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use procfs::FromRead as _;
use procfs::process::{Stat, Status};

use crate::sys;

/// Where the proc filesystem is, and whether its processes are of this kernel and pid namespace.
#[derive(Clone, Debug)]
pub struct Root {
    path: PathBuf,
    live: bool,
}

impl Root {
    /// The machine's own `/proc`.
    pub fn host() -> Self {
        Self { path: "/proc".into(), live: true }
    }

    /// Another proc filesystem, that of a container or a copy. System calls that take a pid are not used there,
    /// because its numbers need not mean the same processes here.
    pub fn other(path: PathBuf) -> Self {
        Self { path, live: false }
    }

    /// Whether pids read here may be used in system calls.
    pub fn is_live(&self) -> bool {
        self.live
    }

    /// A path below it.
    pub fn join(&self, name: impl AsRef<Path>) -> PathBuf {
        self.path.join(name)
    }

    /// The state lines of all processes, by pid; one that ends meanwhile is left out. `each` gets pid and line.
    ///
    /// # Errors
    ///
    /// When the directory cannot be read.
    pub fn states(&self, mut each: impl FnMut(i32, &[u8])) -> io::Result<()> {
        let dir = sys::open(&self.path, true)?;
        let mut pids = numbers(&dir)?;
        pids.sort_unstable();
        let mut buffer = Vec::new();
        for pid in pids {
            let Ok(name) = std::ffi::CString::new(format!("{pid}/stat")) else { continue };
            if let Ok(line) = sys::read_at(&dir, &name, &mut buffer, 4096) {
                each(pid, line);
            }
        }
        Ok(())
    }

    /// All process ids, sorted.
    ///
    /// # Errors
    ///
    /// When the directory cannot be read.
    pub fn pids(&self) -> io::Result<Vec<i32>> {
        let mut pids = numbers(&sys::open(&self.path, true)?)?;
        pids.sort_unstable();
        Ok(pids)
    }
}

/// `/proc/PID`, open. Once the process is gone every read fails with `ESRCH`, also when the pid is in use again.
#[derive(Debug)]
pub struct ProcDir {
    /// The process.
    pub pid: i32,
    dir: OwnedFd,
}

/// No file of the kernel is read further than this: a malicious target decides how long some of them are.
const LIMIT: u64 = 64 << 20;

impl ProcDir {
    /// Opens the directory of a process.
    ///
    /// # Errors
    ///
    /// `ENOENT` when there is no such process (or it is hidden by the mount option `hidepid`).
    pub fn open(root: &Root, pid: i32) -> io::Result<Self> {
        Ok(Self { pid, dir: sys::open(&root.join(pid.to_string()), true)? })
    }

    /// Opens a file or directory of the process.
    ///
    /// # Errors
    ///
    /// The kernel's.
    pub fn open_file(&self, name: &str) -> io::Result<File> {
        Ok(sys::open_at(&self.dir, name, false)?.into())
    }

    /// Opens a directory of the process.
    ///
    /// # Errors
    ///
    /// The kernel's.
    pub fn open_dir(&self, name: &str) -> io::Result<OwnedFd> {
        sys::open_at(&self.dir, name, true)
    }

    /// Reads a file of the process, up to 64 MiB.
    ///
    /// # Errors
    ///
    /// The kernel's, from opening or reading.
    pub fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.read_up_to(name, LIMIT)
    }

    /// Reads a file of the process, up to a number of bytes.
    ///
    /// # Errors
    ///
    /// The kernel's, from opening or reading.
    pub fn read_up_to(&self, name: &str, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open_file(name)?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The text of a link of the process, escaped.
    ///
    /// # Errors
    ///
    /// The kernel's.
    pub fn link(&self, name: &CStr) -> io::Result<String> {
        let mut buffer = [0; 4096];
        Ok(super::text::lossless(sys::read_link_at(&self.dir, name, &mut buffer)?))
    }

    /// The thread ids, sorted.
    ///
    /// # Errors
    ///
    /// The kernel's.
    pub fn threads(&self) -> io::Result<Vec<i32>> {
        let mut threads = numbers(&self.open_dir("task")?)?;
        threads.sort_unstable();
        Ok(threads)
    }

    /// The state line (proc_pid_stat(5)).
    ///
    /// # Errors
    ///
    /// The kernel's, and `InvalidData` when the line is not as documented.
    pub fn stat(&self) -> io::Result<Stat> {
        parse_stat(&self.read_up_to("stat", 4096)?)
    }
}

/// Parses a line of `/proc/PID/stat`.
///
/// # Errors
///
/// `InvalidData` when it is not as documented.
pub fn parse_stat(line: &[u8]) -> io::Result<Stat> {
    // The parser cuts around the parentheses without looking.
    let opens = line.iter().position(|b| *b == b'(');
    let closes = line.iter().rposition(|b| *b == b')');
    let rest = closes.and_then(|at| line.get(at + 1..));
    let state_follows = matches!(rest, Some([b' ', state, b' ', ..]) if state.is_ascii_alphabetic());
    if !state_follows || opens.is_none() || opens > closes || !line.first().is_some_and(u8::is_ascii_digit) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    // A name may hold any bytes, and must not hide its process.
    let line = super::text::lossless(line);
    Stat::from_read(line.as_bytes()).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e.to_string()))
}

/// Parses `/proc/PID/status`.
///
/// # Errors
///
/// `InvalidData` when it is not as documented.
pub fn parse_status(text: &[u8]) -> io::Result<Status> {
    let text = super::text::lossless(text);
    Status::from_read(text.as_bytes()).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e.to_string()))
}

fn numbers(dir: &OwnedFd) -> io::Result<Vec<i32>> {
    let mut numbers = Vec::new();
    sys::list(dir, |name| {
        numbers.extend(number(name));
        true
    })?;
    Ok(numbers)
}

/// The number that a name is.
pub(crate) fn number(name: &CStr) -> Option<i32> {
    std::str::from_utf8(name.to_bytes()).ok()?.parse().ok()
}
