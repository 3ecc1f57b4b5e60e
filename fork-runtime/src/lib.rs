//! Know the fork, reset what it broke, pools that survive it. For Linux.
//!
//! `fork` copies one thread of a process and everything else as it stands: locks that other threads hold, connections,
//! random numbers, the pid in a variable. This crate notices a fork, however it was made, and has state that starts
//! over by itself. Each part can be used alone; none starts a thread; serde and Tokio only come with features that ask for
//! them.
//!
//! # Five minutes for the author of a library
//!
//! **You keep something that must not be shared with a child** (a client, a generator, a cache of the pid): put it into
//! [`PerProcess`] in place of `LazyLock`. A child makes its own at first use.
//!
//! ```
//! use fork_runtime::PerProcess;
//! use std::sync::Mutex;
//!
//! static SEED: PerProcess<Mutex<u64>> = PerProcess::new(|| Mutex::new(u64::from(std::process::id())));
//!
//! let seed = SEED.lock().unwrap();
//! # drop(seed);
//! ```
//!
//! **You have your own state and want to know**: remember the [`Generation`] next to it. The test takes about a
//! nanosecond.
//!
//! ```
//! use fork_runtime::{Generation, generation};
//!
//! struct Client { born: Generation /* , .. */ }
//!
//! impl Client {
//!     fn usable(&self) -> bool {
//!         self.born.is_current() // false in a child, after fork, clone, clone3, in grandchildren
//!     }
//! }
//!
//! let client = Client { born: generation() };
//! assert!(client.usable());
//! ```
//!
//! **You have a pool of connections**: implement [`pool::Manager`] (three methods), or use an adapter. Children never speak
//! on their parent's sessions and never say goodbye on them. See [`pool`].
//!
//! **Your type has fields of several kinds**: `#[fork_safe]` on it (feature `macros`) makes an error of each field that a child
//! could not use, and [`ForkCell`] resets the value in a child as its fields say. See [`contract`].
//!
//! **You must do something at the fork itself**: [`atfork::register`] named hooks, in phases, which can be unregistered.
//!
//! **You fork**: [`fork()`] is a safe function, as it asks the kernel whether there is one thread and refuses otherwise,
//! naming the others. From a process with threads, [`spawn::Spawn`] starts programs with everything set up that people
//! write `pre_exec` closures for.
//!
//! **You need processes that run your own functions**, from a program with threads: the module `zygote` (feature of that
//! name) makes them from a template.
//!
//! **You test**: the feature `testkit` runs a closure under every way Linux has to make a process.
//!
//! # What is in here
//!
//! | a child .. | use |
//! |---|---|
//! | has the parent's values | [`PerProcess`], [`generation`], [`cached_pid`] |
//! | waits for a lock whose holder is gone | [`ForkMutex`], which reports it; [`ForkCell`], where the fork waits for the holder |
//! | keeps connections | [`pool`] |
//! | keeps other descriptors | [`CloseOnFork`]; [`DescriptorPolicy`] to decide about all, and list those without a decision |
//! | keeps the locals of threads that are gone | [`TrackedLocal`] |
//! | is slow to make, since the process is large | [`ForkExcluded`] memory, [`spawn::Spawn`] |
//! | is never waited for | [`Child`]: by pidfd, leaves no zombie |
//!
//! # What the kernel and libc promise
//!
//! | what this relies on | where it is written | since |
//! |---|---|---|
//! | a page that a child finds zeroed, `MADV_WIPEONFORK` | madvise(2) | Linux 4.14 |
//! | memory that a child does not get, `MADV_DONTFORK` | madvise(2) | Linux 2.6.16 |
//! | `unshare(CLONE_VM)` fails with `EINVAL` in a process with threads | unshare(2) | Linux 2.6.16 |
//! | the child of a process with threads may only call async-signal-safe functions | fork(2), signal-safety(7) | POSIX |
//! | handlers around libc's `fork`, prepare last in first out | pthread_atfork(3) | POSIX |
//! | `_Fork` and raw `clone` run no handlers | fork(2), clone(2) | glibc 2.34 |
//! | pidfds, and waiting by them | pidfd_open(2), waitid(2) | Linux 5.3, 5.4 |
//! | a child that shares memory until it executes, `CLONE_VM`, `CLONE_VFORK`, `CLONE_PIDFD` | clone(2) | Linux 5.2 |
//! | marking a range of descriptors close-on-exec | close_range(2) | Linux 5.11, else one by one |
//!
//! Linux 5.4 is needed; where [`detect`] lacks its page (emulators) it falls back, with the loss it describes.
//!
//! # What it cannot do
//!
//! It does not make other people's locks safe: in the child of a process with threads, an allocation or a `println!`
//! may still wait for ever. After a raw `clone` nothing can run before this crate is used: descriptors stay open and
//! hooks wait until then. A signal handler that forks in the middle of a call of this crate is not supported.
#![deny(unsafe_code)]

#[cfg(all(any(feature = "r2d2", feature = "redis", feature = "postgres"), not(fork_runtime_loom)))]
pub mod adapters;
#[cfg(not(fork_runtime_loom))]
pub mod atfork;
#[cfg(not(fork_runtime_loom))]
mod child;
#[cfg(not(fork_runtime_loom))]
pub mod contract;
#[cfg(not(fork_runtime_loom))]
pub mod detect;
#[cfg(not(fork_runtime_loom))]
mod fork;
#[cfg(not(fork_runtime_loom))]
mod inherited;
#[cfg(any(not(fork_runtime_loom), test))]
mod lockfree;
#[cfg(not(fork_runtime_loom))]
pub mod pool;
#[cfg(not(fork_runtime_loom))]
mod process;
#[cfg(all(feature = "tokio", not(fork_runtime_loom)))]
mod ready;
#[cfg(not(fork_runtime_loom))]
pub mod spawn;
#[cfg(not(fork_runtime_loom))]
#[expect(unsafe_code, reason = "the one place for unsafe code and system calls; everything above is safe code")]
mod sys;
#[cfg(all(feature = "testkit", not(fork_runtime_loom)))]
pub mod testkit;
#[cfg(not(fork_runtime_loom))]
mod threads;
#[cfg(all(feature = "zygote", not(fork_runtime_loom)))]
pub mod zygote;

#[cfg(feature = "macros")]
pub use fork_guard_macros::{after_fork_in_child, after_fork_in_parent, before_fork, fork_safe};

/// For the expansions of the macros.
#[cfg(all(feature = "macros", not(fork_runtime_loom)))]
#[doc(hidden)]
pub mod private {
    pub use crate::contract::{ForkCheck, ForkCheckMut, fields};
    pub use crate::sys::linked::{LinkedHook, Moment};
    pub use fork_guard_macros::ForkFields;
}

#[cfg(not(fork_runtime_loom))]
pub use crate::{
    child::{Child, Exit},
    contract::{ForkCell, ForkCellGuard, ForkClose, ForkGuard, ForkReset, ForkSafe},
    detect::{Generation, cached_pid, generation},
    fork::{Fork, ForkError, exit_child, fork, only_thread},
    inherited::Inherited,
    process::{Audit, CloseOnFork, Decision, Descriptor, DescriptorPolicy, Kind, PerProcess, TrackedLocal},
    sys::arena::{ForkExcluded, NotHere},
    sys::fork_mutex::{ForkMutex, ForkMutexGuard, LockError},
    sys::process::fork_unchecked,
    sys::reap::Usage,
    threads::ThreadInfo,
};
