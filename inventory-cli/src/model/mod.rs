//! What was seen, as plain values: the content of a saved snapshot and of the JSON output.
//!
//! A value that could not be read is absent, and the reason stands under `unreadable` of its process.

mod file;
mod finding;
mod process;
mod series;
mod wait;

use serde::{Deserialize, Serialize};

pub use file::{Descriptor, FileLock, Kind, OpenFile, Relation, Socket, Watch};
pub use finding::{Confidence, Evidence, Finding, Severity};
pub use process::{Credentials, Handler, Mapping, Memory, Process, Role, Signals, Thread, Unreadable};
pub use series::{MemorySample, MemorySeries};
pub use wait::{LatentLock, LockKind, Owner, Unwritten, Wait};

/// Version of the format of [`Snapshot`]. Raised when a field changes its meaning or goes; adding one does not raise it.
pub const SCHEMA_VERSION: u32 = 1;

/// What was seen at one time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Snapshot {
    /// [`SCHEMA_VERSION`] of the program that wrote it.
    pub schema_version: u32,
    /// Version of the program that wrote it.
    pub tool_version: String,
    /// Seconds since 1970.
    pub taken_at: f64,
    /// Kernel release.
    pub kernel: String,
    /// Effective user that looked.
    pub looked_as: u32,
    /// Whether the processes are those of the looking kernel and pid namespace (not so under `--sysroot`).
    pub live: bool,
    /// The processes, those asked for first.
    pub processes: Vec<Process>,
    /// Open file descriptions; a descriptor names one by its place here.
    pub files: Vec<OpenFile>,
    /// What was left out, and why: a budget that ran out, a bound that was reached, a process that ended meanwhile.
    pub cut: Vec<String>,
    /// Memory of forks, looked at again and again, when that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub memory_over_time: Vec<MemorySeries>,
    /// What is wrong, worst first.
    pub findings: Vec<Finding>,
}

impl Snapshot {
    /// The process with a pid.
    pub fn process(&self, pid: i32) -> Option<&Process> {
        self.processes.iter().find(|p| p.pid == pid)
    }

    /// The processes that were asked for.
    pub fn targets(&self) -> impl Iterator<Item = &Process> {
        self.processes.iter().filter(|p| p.role == Role::Target)
    }

    /// The file of a descriptor.
    pub fn file(&self, descriptor: &Descriptor) -> Option<&OpenFile> {
        self.files.get(descriptor.file as usize)
    }

    /// For every open file description, who has it: places in `processes`, and the descriptor there.
    pub fn holders(&self) -> Vec<Vec<(usize, i32)>> {
        let mut holders = vec![Vec::new(); self.files.len()];
        for (place, process) in self.processes.iter().enumerate() {
            for descriptor in process.descriptors.iter().flatten() {
                if let Some(of_file) = holders.get_mut(descriptor.file as usize) {
                    of_file.push((place, descriptor.fd));
                }
            }
        }
        holders
    }

    /// For every open file description, how many processes have it.
    pub fn sharer_counts(&self) -> Vec<u32> {
        let mut counts = vec![(0u32, usize::MAX); self.files.len()];
        for (place, process) in self.processes.iter().enumerate() {
            for descriptor in process.descriptors.iter().flatten() {
                if let Some((count, last)) = counts.get_mut(descriptor.file as usize).filter(|(_, last)| *last != place)
                {
                    (*count, *last) = (*count + 1, place);
                }
            }
        }
        counts.into_iter().map(|(count, _)| count).collect()
    }

    /// As [`Snapshot::holders`], each process once, with its lowest descriptor.
    pub fn sharers(&self) -> Vec<Vec<(usize, i32)>> {
        let mut sharers = self.holders();
        sharers.iter_mut().for_each(|of_file| of_file.dedup_by_key(|(place, _)| *place));
        sharers
    }
}
