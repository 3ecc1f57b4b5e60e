//! Runs a closure in a new process, under every way Linux has to make one: tests of your own library.
//!
//! To be used from a program with one thread (not from a `#[test]` function, which runs beside others): a test target
//! with `harness = false`, or a helper program.

use crate::child::{Child, Exit};
use crate::sys;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A way to make a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Way {
    /// libc's `fork`.
    Fork,
    /// glibc's `_Fork`: no handlers run.
    UnderscoreFork,
    /// The system call `clone`, past libc.
    Clone,
    /// The system call `clone3`, past libc.
    Clone3,
    /// `clone3` into a new pid namespace, where the child is pid 1. Needs `CAP_SYS_ADMIN`.
    NewPidNamespace,
    /// A `fork` in a `fork`ed child that uses nothing of this crate in between.
    Grandchild,
    /// As [`Way::Grandchild`] by raw `clone3`.
    RawGrandchild,
}

impl Way {
    /// All of them.
    pub const ALL: [Way; 7] = [
        Way::Fork,
        Way::UnderscoreFork,
        Way::Clone,
        Way::Clone3,
        Way::NewPidNamespace,
        Way::Grandchild,
        Way::RawGrandchild,
    ];

    /// Runs `body` in a new process and gives a handle on it. The process ends with the status that `body` returns, or
    /// 101 if it panics; nothing else of the caller runs in it.
    ///
    /// # Errors
    ///
    /// Those of the system call; refuses in a process with threads, as [`fork()`](crate::fork()) does.
    pub fn start(self, body: impl FnOnce() -> i32) -> io::Result<Child> {
        crate::only_thread().map_err(io::Error::other)?;
        match sys::ways::make_alone(self)? {
            0 => self.in_child(body),
            pid => Ok(Child::new(pid, sys::reap::pidfd_open(pid)?)),
        }
    }

    pub(crate) fn in_child(self, body: impl FnOnce() -> i32) -> ! {
        let status = catch_unwind(AssertUnwindSafe(|| match self {
            Way::Grandchild => relay(Way::Fork, body),
            Way::RawGrandchild => relay(Way::Clone3, body),
            _ => body(),
        }));
        sys::process::exit_now(status.unwrap_or(101))
    }

    /// [`Way::start`], and waits.
    ///
    /// # Errors
    ///
    /// Those of the system calls.
    pub fn run(self, body: impl FnOnce() -> i32) -> io::Result<Exit> {
        self.start(body)?.wait()
    }
}

/// Whoever kills the process in between means the last one, too.
fn relay(way: Way, body: impl FnOnce() -> i32) -> i32 {
    let between = std::process::id();
    // Boxed, as `start` would be made for closures in closures without end.
    let bound: Box<dyn FnOnce() -> i32 + '_> = Box::new(|| {
        sys::ways::end_with(between);
        body()
    });
    match way.start(bound).and_then(|mut child| child.wait()) {
        Ok(Exit::Status(status)) => status,
        Ok(Exit::Signal(signal)) => 128 + signal,
        Err(_) => 126,
    }
}

/// Runs `body` in a process that shares this one's memory, as a `vfork` child does before it executes, and gives what it
/// returned. `body` may read and write memory, and nothing else.
///
/// # Errors
///
/// Those of clone(2) and waitid(2).
pub fn in_vfork_child(body: fn() -> u64) -> io::Result<u64> {
    sys::ways::in_vfork_child(body)
}
