//! A snapshot with its relations at hand.

use std::collections::HashSet;

use crate::model::{Descriptor, Kind, OpenFile, Process, Role, Snapshot, Socket};

/// A snapshot, and who has which file.
pub(super) struct View<'a> {
    pub(super) snapshot: &'a Snapshot,
    sharers: Vec<Vec<(usize, i32)>>,
}

impl<'a> View<'a> {
    pub(super) fn new(snapshot: &'a Snapshot) -> Self {
        Self { snapshot, sharers: snapshot.sharers() }
    }

    /// The processes that findings may be about: those asked for, and the forked ones among their children.
    pub(super) fn subjects(&self) -> impl Iterator<Item = &'a Process> {
        self.snapshot.processes.iter().filter(|p| matches!(p.role, Role::Target | Role::Child) && !p.kernel_thread)
    }

    /// The parent, when it was read.
    pub(super) fn parent(&self, process: &Process) -> Option<&'a Process> {
        self.snapshot.process(process.forked_from.unwrap_or(process.parent))
    }

    /// Who else has a file: process and descriptor, once a process.
    pub(super) fn others(&self, process: &Process, file: u32) -> Vec<(&'a Process, i32)> {
        self.all(file).filter(|(other, _)| other.pid != process.pid).collect()
    }

    /// All who have a file, each once with its lowest descriptor.
    pub(super) fn all(&self, file: u32) -> impl Iterator<Item = (&'a Process, i32)> {
        let of_file = self.sharers.get(file as usize).into_iter().flatten();
        of_file.filter_map(|(place, fd)| Some((self.snapshot.processes.get(*place)?, *fd)))
    }

    /// The open files of a process, each once, with its lowest descriptor.
    pub(super) fn files(&self, process: &'a Process) -> impl Iterator<Item = (&'a Descriptor, &'a OpenFile)> {
        let snapshot = self.snapshot;
        let mut seen = HashSet::new();
        let descriptors = process.descriptors.iter().flatten().filter(move |d| seen.insert(d.file));
        descriptors.filter_map(move |d| Some((d, snapshot.file(d)?)))
    }

    /// A descriptor of a process, with its file.
    pub(super) fn descriptor(&self, process: &'a Process, fd: i32) -> Option<(&'a Descriptor, &'a OpenFile)> {
        let found = process.descriptors.iter().flatten().find(|d| d.fd == fd)?;
        Some((found, self.snapshot.file(found)?))
    }

    /// The places of both ends of a pipe, or of all files with this inode and kind.
    pub(super) fn with_inode(&self, kind: Kind, inode: u64) -> impl Iterator<Item = (u32, &'a OpenFile)> {
        let files = self.snapshot.files.iter().enumerate();
        files
            .filter(move |(_, f)| f.kind == kind && f.inode == Some(inode))
            .filter_map(|(n, f)| Some((u32::try_from(n).ok()?, f)))
    }
}

/// A process in a sentence: `worker (pid 7)`.
pub(super) fn named(process: &Process) -> String {
    format!("{} (pid {})", process.name, process.pid)
}

/// Several of them, the first few by name.
pub(super) fn names(processes: &[(&Process, i32)]) -> String {
    const SHOWN: usize = 3;
    let mut text: Vec<String> =
        processes.iter().take(SHOWN).map(|(p, fd)| format!("{} as fd {fd}", named(p))).collect();
    if processes.len() > SHOWN {
        text.push(format!("{} more", processes.len() - SHOWN));
    }
    text.join(", ")
}

/// A socket in words.
pub(super) fn endpoints(socket: &Socket) -> String {
    let local = if socket.local.is_empty() { "unnamed" } else { &socket.local };
    match (&socket.remote, socket.peer) {
        (Some(remote), _) => format!("{} {local} to {remote}, {}", socket.protocol, socket.state),
        (None, Some(peer)) => format!("{} {local} to inode {peer}, {}", socket.protocol, socket.state),
        (None, None) => format!("{} {local}, {}", socket.protocol, socket.state),
    }
}

/// Where a descriptor's facts were read.
pub(super) fn fd_source(pid: i32, fd: i32) -> String {
    format!("/proc/{pid}/fd/{fd}")
}

/// That two descriptors are one open file description.
pub(super) fn same(a: (i32, i32), b: (i32, i32), live: bool) -> (String, String) {
    let source = if live { "kcmp(KCMP_FILE)" } else { "inode" };
    (source.into(), format!("fd {} of {} and fd {} of {} are the same", a.1, a.0, b.1, b.0))
}
