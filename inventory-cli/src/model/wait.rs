//! What a thread waits for.

use serde::{Deserialize, Serialize};

/// A blocked thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// Number of the system call.
    pub call: i64,
    /// Its first arguments, as the kernel shows them.
    pub arguments: [u64; 4],
    /// What kind of lock it is, when the call is futex(2).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lock: Option<LockKind>,
    /// Where the lock is: a symbol, an object and address, or a kind of memory.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<String>,
    /// Who holds it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub owner: Option<Owner>,
    /// Whether the wait has a time-out.
    #[serde(default)]
    pub timed: bool,
    /// Nobody is left who could end it: private futex, no time-out, one thread, no other process with this memory.
    #[serde(default)]
    pub hopeless: bool,
    /// Return addresses found on its stack, innermost first, in words. Not unwound: one of an earlier call may be among them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub stack: Vec<String>,
}

/// A copy of a lock that another thread of the parent held at the fork: whoever takes it waits for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatentLock {
    /// Where.
    pub address: u64,
    /// Where, in words.
    pub place: String,
    /// The thread that it records.
    pub owner: Owner,
}

/// Bytes in a buffer of glibc's stdio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unwritten {
    /// Address of the stream.
    pub address: u64,
    /// Descriptor that they will be written to.
    pub fd: i32,
    /// How many.
    pub bytes: u64,
    /// Whether the process it was forked from has the very same ones.
    pub same_as_parent: bool,
}

/// Kinds of locks, told apart by how they use futex(2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LockKind {
    /// `pthread_mutex_t` of glibc.
    GlibcMutex,
    /// A robust `pthread_mutex_t` of glibc.
    GlibcRobustMutex,
    /// A lock of glibc's own (`localtime`, `malloc`, stdio, …).
    GlibcInternal,
    /// `pthread_rwlock_t` of glibc.
    GlibcRwLock,
    /// A semaphore or condition variable of glibc.
    GlibcWait,
    /// A priority-inheriting mutex.
    PiMutex,
    /// `pthread_mutex_t` of musl.
    MuslMutex,
    /// A recursive or error-checking `pthread_mutex_t` of musl.
    MuslRecursiveMutex,
    /// `std::sync::Mutex`, or what is built on it (standard output).
    RustMutex,
    /// `std::sync::RwLock`.
    RustRwLock,
    /// `std::sync::Once`, `OnceLock`, `LazyLock`.
    RustOnce,
    /// `std::thread::park`, or what is built on it (channels, `join` of scoped threads).
    RustPark,
    /// `std::sync::Condvar`, or another futex of Rust's.
    RustWait,
    /// A lock of parking_lot's.
    ParkingLot,
    /// futex(2) in a way that is not known.
    Other,
}

impl LockKind {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::GlibcMutex => "glibc mutex",
            Self::GlibcRobustMutex => "glibc robust mutex",
            Self::GlibcInternal => "lock inside glibc",
            Self::GlibcRwLock => "glibc rwlock",
            Self::GlibcWait => "glibc semaphore or condition variable",
            Self::PiMutex => "priority-inheriting mutex",
            Self::MuslMutex => "musl mutex",
            Self::MuslRecursiveMutex => "musl recursive mutex",
            Self::RustMutex => "Rust std Mutex",
            Self::RustRwLock => "Rust std RwLock",
            Self::RustOnce => "Rust std Once",
            Self::RustPark => "Rust std thread::park",
            Self::RustWait => "Rust std Condvar or similar",
            Self::ParkingLot => "parking_lot lock",
            Self::Other => "futex",
        }
    }
}

/// Who holds a lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Thread id that the lock records.
    pub tid: i32,
    /// Whether this process has such a thread.
    pub here: bool,
    /// Name of the thread with this id in the parent, when it still lives.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
}
