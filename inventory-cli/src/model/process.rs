//! A process.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Descriptor, LatentLock, Unwritten, Wait};

/// Why a process is in the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// It was asked for.
    Target,
    /// Parent of one that was asked for.
    Parent,
    /// Child of one that was asked for.
    Child,
    /// Forked from the same program run as one that was asked for, or a child of the same parent.
    Sibling,
}

/// What could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// File below `/proc/PID`, or system call.
    pub source: String,
    /// What the kernel said.
    pub error: String,
    /// What would allow it.
    pub needs: String,
}

/// A process.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Process {
    /// Process id.
    pub pid: i32,
    /// Why it is here.
    pub role: Role,
    /// Start, in clock ticks since boot: together with the pid it names the process for good.
    pub start_ticks: u64,
    /// Seconds it has lived.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub age_seconds: Option<f64>,
    /// Name of the main thread.
    pub name: String,
    /// Arguments; empty: it has overwritten them, or is a kernel thread or zombie.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub command: Option<Vec<String>>,
    /// The executable.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub exe: Option<String>,
    /// Working directory.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cwd: Option<String>,
    /// State letter of proc_pid_stat(5).
    pub state: char,
    /// Parent at the time of looking.
    pub parent: i32,
    /// Process group.
    pub group: i32,
    /// Session.
    pub session: i32,
    /// Forked, and has not executed a program since (`PF_FORKNOEXEC`).
    pub forked_without_exec: bool,
    /// Whether it is a thread of the kernel.
    pub kernel_thread: bool,
    /// Addresses of stack and code as exec laid them out: equal in all forks of one program run.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub layout: Option<u64>,
    /// Identity of the program run (a hash of the kernel's random bytes at exec): equal in all its forks, for ever.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub image: Option<String>,
    /// The process it was forked from, when that is in the snapshot: its parent of the same program run.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub forked_from: Option<i32>,
    /// Users, groups and capabilities.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub credentials: Option<Credentials>,
    /// Number of threads.
    pub threads_total: u64,
    /// The threads, for the processes asked for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub threads: Vec<Thread>,
    /// The table of descriptors.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub descriptors: Option<Vec<Descriptor>>,
    /// Memory in sum.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub memory: Option<Memory>,
    /// The mappings.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mappings: Option<Vec<Mapping>>,
    /// Signal sets.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signals: Option<Signals>,
    /// What it does on each signal, when that was asked for: those that are not the default.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub handlers: Option<Vec<Handler>>,
    /// Copies of locks that were held at the fork, when its memory was searched for them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub latent_locks: Option<Vec<LatentLock>>,
    /// Output that stdio has not written yet, when its memory was searched for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unwritten: Option<Vec<Unwritten>>,
    /// POSIX timers (proc_pid_timers(5)): number and signal.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub timers: Option<Vec<String>>,
    /// Namespaces: name and inode.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub namespaces: BTreeMap<String, u64>,
    /// Control groups (proc_pid_cgroup(5)).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cgroups: Option<Vec<String>>,
    /// Soft limits; none is unlimited.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub limits: BTreeMap<String, Option<u64>>,
    /// Environment at exec: names, and a hash of each value. The values themselves are never kept.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub environment: Option<BTreeMap<String, String>>,
    /// Login user of the audit system; none is unset.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub login_uid: Option<u32>,
    /// What could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub unreadable: Vec<Unreadable>,
}

/// What a process does on a signal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handler {
    /// Number of the signal.
    pub signal: u32,
    /// Address of the handler; none: ignored.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub address: Option<u64>,
    /// Its symbol, or object and address.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<String>,
    /// Flags of sigaction(2).
    pub flags: u64,
}

/// Users, groups and capabilities of a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// Real, effective, saved and filesystem user.
    pub uid: [u32; 4],
    /// Real, effective, saved and filesystem group.
    pub gid: [u32; 4],
    /// Effective capabilities (capabilities(7)), one bit each.
    pub capabilities: u64,
    /// Mode of seccomp(2): 0 off, 1 strict, 2 filter.
    pub seccomp: Option<u32>,
    /// Whether exec can no longer gain rights.
    pub no_new_privs: Option<bool>,
}

/// A thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// Thread id.
    pub tid: i32,
    /// Name.
    pub name: String,
    /// State letter.
    pub state: char,
    /// Start, in clock ticks since boot.
    pub start_ticks: u64,
    /// What it waits for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub wait: Option<Wait>,
}

/// Memory in sum, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// Resident.
    pub resident: u64,
    /// Resident without a file behind it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub anonymous: Option<u64>,
    /// Page tables: what a fork copies.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page_tables: Option<u64>,
    /// Swapped out.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub swapped: Option<u64>,
    /// Shared with others, from `smaps_rollup`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub shared: Option<u64>,
    /// This process's alone, from `smaps_rollup`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub private: Option<u64>,
    /// Proportional share, from `smaps_rollup`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub proportional: Option<u64>,
}

/// A mapping, in bytes. Page counts come from `pagemap`, and are there for the processes asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// First address.
    pub start: u64,
    /// Address behind the last.
    pub end: u64,
    /// `rwxp` as in maps.
    pub access: String,
    /// Path or `[name]`; empty: anonymous.
    pub path: String,
    /// Whether the file is deleted.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub deleted: bool,
    /// Bytes present.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub present: Option<u64>,
    /// Bytes present that no other process maps (pagemap bit 56): copied or made since the fork.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub exclusive: Option<u64>,
    /// Bytes whose page is the very one the parent has at this address. Needs the page numbers (`CAP_SYS_ADMIN`).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub same_as_parent: Option<u64>,
    /// Bytes that both have at this address, in different pages: copied by either since the fork.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub diverged: Option<u64>,
    /// Flags of `smaps` that matter to a fork: `dc` not copied (`MADV_DONTFORK`), `wf` wiped (`MADV_WIPEONFORK`),
    /// `ht` huge pages.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub flags: Vec<String>,
}

impl Mapping {
    /// Bytes of address space; 0 when a damaged snapshot has it end before it begins.
    pub fn length(&self) -> u64 {
        self.end.saturating_sub(self.start)
    }
}

/// Sets of signals, bit n−1 for signal n.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signals {
    /// Pending for the main thread.
    pub pending: u64,
    /// Pending for the process.
    pub pending_process: u64,
    /// Blocked in the main thread.
    pub blocked: u64,
    /// Ignored.
    pub ignored: u64,
    /// Caught by a handler.
    pub caught: u64,
}
