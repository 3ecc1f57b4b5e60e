//! Open file descriptions, and the descriptors that refer to them.

use serde::{Deserialize, Serialize};

/// One number in a process's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Descriptor {
    /// The number.
    pub fd: i32,
    /// Place of the open file description in the snapshot's `files`.
    pub file: u32,
    /// Whether it is closed by exec.
    pub cloexec: Option<bool>,
    /// Against the parent's table.
    pub relation: Relation,
}

/// How a descriptor stands to the table of the parent (or of the process it was forked from).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The same open file description under the same number: inherited.
    Inherited,
    /// The same open file description under another number: inherited, then duplicated (or passed).
    Duplicated,
    /// The same file, opened anew: an open file description of its own.
    Reopened,
    /// Nothing of the parent's.
    Own,
    /// Could not be compared: no parent, or no right to.
    Unknown,
}

/// What an open file description is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A path: regular file, directory or named pipe.
    File,
    /// A path opened as directory.
    Directory,
    /// A path below `/dev` that is not shared memory.
    Device,
    /// A pipe without a name.
    Pipe,
    /// A socket.
    Socket,
    /// eventfd(2)
    Eventfd,
    /// epoll(7)
    Epoll,
    /// timerfd_create(2)
    Timerfd,
    /// signalfd(2)
    Signalfd,
    /// inotify(7)
    Inotify,
    /// fanotify(7)
    Fanotify,
    /// io_uring(7)
    IoUring,
    /// pidfd_open(2)
    Pidfd,
    /// memfd_create(2)
    Memfd,
    /// A namespace.
    Namespace,
    /// Another kind without a path; its target names it.
    Other,
    /// Could not be read.
    #[default]
    Unknown,
}

impl Kind {
    /// The word, as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Directory => "directory",
            Self::Device => "device",
            Self::Pipe => "pipe",
            Self::Socket => "socket",
            Self::Eventfd => "eventfd",
            Self::Epoll => "epoll",
            Self::Timerfd => "timerfd",
            Self::Signalfd => "signalfd",
            Self::Inotify => "inotify",
            Self::Fanotify => "fanotify",
            Self::IoUring => "io_uring",
            Self::Pidfd => "pidfd",
            Self::Memfd => "memfd",
            Self::Namespace => "namespace",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }
}

/// An open file description: what `open`, `pipe`, `socket` made, and `fork` and `dup` share.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct OpenFile {
    /// What it is.
    pub kind: Kind,
    /// The kernel's text of it: a path, `pipe:[7]`, `anon_inode:[eventpoll]`.
    pub target: String,
    /// Inode.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub inode: Option<u64>,
    /// Offset at the time of looking.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub position: Option<u64>,
    /// Flags of open(2), without `O_CLOEXEC`, which belongs to the descriptor.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub flags: Option<u32>,
    /// Whether the file is deleted.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub deleted: bool,
    /// Bytes on disk that a deleted file holds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bytes: Option<u64>,
    /// State and endpoints of a socket.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub socket: Option<Box<Socket>>,
    /// File locks of this open file description.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub locks: Vec<FileLock>,
    /// What an epoll instance watches.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub watches: Vec<Watch>,
    /// Further lines of the kernel about the special kinds.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub details: Vec<(String, String)>,
}

impl OpenFile {
    /// Whether it can be read from.
    pub fn reads(&self) -> bool {
        self.flags.is_none_or(|f| f & 0o3 != 1)
    }

    /// Whether it can be written to.
    pub fn writes(&self) -> bool {
        self.flags.is_none_or(|f| f & 0o3 != 0)
    }
}

/// A socket, as the kernel's tables have it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Socket {
    /// `tcp`, `tcp6`, `udp`, `udp6`, `unix`, …
    pub protocol: String,
    /// `listen`, `established`, …
    pub state: String,
    /// Local address, or path of a unix socket.
    pub local: String,
    /// The other side's address.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub remote: Option<String>,
    /// Inode of the other side, of unix sockets.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub peer: Option<u64>,
}

/// A file lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLock {
    /// `flock`, `posix`, `ofdlck`, `lease`, …
    pub kind: String,
    /// `read` or `write`.
    pub mode: String,
    /// The process that took it. It need not live, nor hold the lock any longer.
    pub recorded_owner: Option<i32>,
    /// First byte.
    pub start: u64,
    /// Last byte; none: the file's end.
    pub end: Option<u64>,
}

/// One entry of an epoll instance's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// The number under which it was added, in the process that added it.
    pub fd: i32,
    /// Events asked for (epoll_ctl(2)).
    pub events: u32,
    /// Inode of the watched file.
    pub inode: Option<u64>,
    /// The process and descriptor that have what is watched, proven by kcmp(2).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub holder: Option<(i32, i32)>,
    /// Whether the process looked at has closed it: events for it still arrive.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub gone: bool,
}
