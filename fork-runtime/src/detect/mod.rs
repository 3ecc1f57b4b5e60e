//! Knowing that this is another process than the one that stored a value.
//!
//! # What is noticed
//!
//! A new process made by `fork`, `_Fork`, raw `clone` or `clone3`, by whoever called it, in children and grandchildren,
//! and in a new pid namespace where the pid number repeats. A `vfork` child (or `posix_spawn`'s) borrows its parent's
//! memory until it executes a program, and is the same generation.
//!
//! # How
//!
//! One word in a page that the kernel wipes at the fork: `MADV_WIPEONFORK`, Linux 4.14, madvise(2). Reading it takes
//! two loads and a test. No lock is involved, so none can be held by a thread that the fork left behind.
//!
//! # Where the kernel lacks it
//!
//! On older kernels, under emulators that only pretend to know the advice, and in Miri, [`Method::AtForkAndPid`] is
//! used: a `pthread_atfork` handler and a comparison of `getpid` at every call. What is lost: each call costs a system
//! call; a raw `clone` into a pid namespace where the number repeats is not noticed; a `vfork` child that calls
//! [`generation`] before it executes makes its parent believe in a fork. [`use_fallback`] forces it, for tests.

use crate::sys;
use std::num::NonZeroU64;

/// The number of a process in its line of ancestors: different in a parent and its child.
///
/// Only comparison is meaningful, and only with a value that was stored in this process or inherited by it: two
/// children of one parent may well have the same number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Generation(NonZeroU64);

impl Generation {
    /// Whether this is the process the value was taken in.
    #[inline]
    pub fn is_current(self) -> bool {
        self == generation()
    }

    pub(crate) fn number(self) -> u64 {
        self.0.get()
    }
}

/// The generation of this process. Lock-free, async-signal-safe, around a nanosecond.
///
/// ```
/// let born = fork_runtime::generation();
/// // .. later, perhaps in a child ..
/// if !born.is_current() {
///     // what was set up before belongs to the parent
/// }
/// ```
#[inline]
pub fn generation() -> Generation {
    // Numbers start at 1; `MIN` (1) only satisfies the type.
    Generation(NonZeroU64::new(sys::wiped::generation()).unwrap_or(NonZeroU64::MIN))
}

/// The pid of this process, right after every kind of fork, without a system call.
///
/// Not wrong the way a pid stored in a variable is: the copy lies in the wiped page.
#[inline]
pub fn cached_pid() -> u32 {
    sys::wiped::cached_pid()
}

/// How forks are noticed in this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// The kernel wipes a page (Linux 4.14).
    WipeOnFork,
    /// A `pthread_atfork` handler, and `getpid` at every call.
    AtForkAndPid,
}

/// The method in use.
pub fn method() -> Method {
    if sys::wiped::wiped_by_kernel() { Method::WipeOnFork } else { Method::AtForkAndPid }
}

/// Something had already asked for the generation; the method cannot change any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlreadyDecided;

impl std::fmt::Display for AlreadyDecided {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the method of fork detection was decided by an earlier call")
    }
}

impl std::error::Error for AlreadyDecided {}

/// Uses [`Method::AtForkAndPid`] although the kernel could do better. To be called before anything else of this crate.
///
/// # Errors
///
/// [`AlreadyDecided`] after the first use of this crate in the process.
pub fn use_fallback() -> Result<(), AlreadyDecided> {
    if sys::wiped::force_fallback() { Ok(()) } else { Err(AlreadyDecided) }
}
