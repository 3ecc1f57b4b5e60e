//! Questions to the kernel about this process, and the ways out of it.

use std::io;
use std::time::Duration;

pub(crate) fn getpid() -> u32 {
    // SAFETY: getpid(2) has no preconditions and cannot fail.
    unsafe { libc::getpid() }.cast_unsigned()
}

/// Whether the calling thread is the leader of its thread group.
#[cfg(not(miri))]
pub(crate) fn is_leader() -> bool {
    // SAFETY: gettid(2) has no preconditions and cannot fail. The raw call, since libc's cached id is stale after a
    // raw clone.
    let tid = unsafe { libc::syscall(libc::SYS_gettid) };
    // SAFETY: getpid(2), as above.
    let pid = unsafe { libc::syscall(libc::SYS_getpid) };
    tid == pid
}

#[cfg(miri)]
pub(crate) fn is_leader() -> bool {
    false
}

pub(crate) fn page_size() -> usize {
    // SAFETY: sysconf(3) with a constant has no preconditions.
    let size = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    usize::try_from(size).unwrap_or(4096)
}

/// What the kernel says about the threads of this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alone {
    /// One thread, one user of the memory.
    Yes,
    /// More than one.
    No,
    /// The question is not allowed here (seccomp).
    NotAllowed,
}

/// `unshare(CLONE_VM)` changes nothing and succeeds only in a single-threaded process: unshare(2), EINVAL, "the calling
/// process is multithreaded". `CLONE_VM` is accepted since Linux 2.6.16.
pub(crate) fn alone() -> Alone {
    // SAFETY: unshare(CLONE_VM) is a test: on success nothing is unshared, since there is nobody to share with.
    if unsafe { libc::unshare(libc::CLONE_VM) } == 0 {
        return Alone::Yes;
    }
    match io::Error::last_os_error().raw_os_error() {
        Some(libc::EINVAL) => Alone::No,
        _ => Alone::NotAllowed,
    }
}

/// libc's `fork`. The result is the child's pid, or 0 in the child.
///
/// # Safety
///
/// The process is single-threaded, or the child calls only async-signal-safe functions (fork(2), signal-safety(7)).
pub(crate) unsafe fn libc_fork() -> io::Result<u32> {
    // SAFETY: the caller's promise.
    // fork-lint: allow(child-returns) -- to make the child is all this does: its caller promises what the child does
    let pid = unsafe { libc::fork() };
    u32::try_from(pid).map_err(|_| io::Error::last_os_error())
}

/// Writes to standard error without allocation, lock or formatting, whatever state the process is in.
pub(crate) fn complain(parts: &[&str]) {
    for part in parts {
        // SAFETY: the pointer and length are those of a string.
        let _ = unsafe { libc::write(libc::STDERR_FILENO, part.as_ptr().cast(), part.len()) };
    }
}

/// Lets another thread run while waiting for a word to change.
pub(crate) fn pause(round: u32) {
    if round < 64 {
        std::thread::yield_now();
    } else {
        std::thread::sleep(Duration::from_micros(200));
    }
}

/// libc's `fork` in a process that the kernel has just called single-threaded.
pub(crate) fn fork_alone() -> io::Result<u32> {
    // SAFETY: the only caller, `crate::fork()`, has the kernel's word that this is the only thread, and only this
    // thread could start another.
    unsafe { libc_fork() }
}

/// Forks whatever threads there are.
///
/// The libc handlers run, and with them this crate's hooks: `prepare` and `parent` here, the signal-safe ones in the
/// child, the `child` closures at the first use of the crate there (at once if there was one thread).
///
/// # Safety
///
/// If the process has other threads, the child must call only async-signal-safe functions until it executes a program
/// or ends (fork(2), signal-safety(7)). In Rust that excludes allocation, printing and panics.
///
/// # Errors
///
/// Those of fork(2) and pidfd_open(2).
pub unsafe fn fork_unchecked() -> io::Result<crate::Fork> {
    // SAFETY: the caller's promise.
    match unsafe { libc_fork() }? {
        0 => Ok(crate::Fork::Child),
        pid => crate::fork::parent(pid),
    }
}

/// `_exit(2)`.
pub(crate) fn exit_now(status: i32) -> ! {
    // SAFETY: `_exit` has no preconditions and is async-signal-safe.
    unsafe { libc::_exit(status) }
}
