//! For `demo` alone: a process that makes hazards on purpose.

use std::io;
use std::os::fd::{FromRawFd as _, OwnedFd};

/// Forks. The child runs `body`, then sleeps for ever; it is killed when the thread that forked it ends.
///
/// # Errors
///
/// The kernel's.
pub fn fork_asleep(body: impl FnOnce()) -> io::Result<i32> {
    // SAFETY: the caller is a process made for this demonstration: that its locks are held by a thread which the child
    // does not have is what it shows, and it has nothing to lose.
    // fork-lint: allow(fork-with-threads) -- the demonstration needs what the tool is there to show
    let pid = unsafe { libc::fork() };
    if pid != 0 {
        return if pid > 0 { Ok(pid) } else { Err(io::Error::last_os_error()) };
    }
    // SAFETY: a plain system call.
    unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) };
    body();
    loop {
        // SAFETY: a plain system call.
        unsafe { libc::pause() };
    }
}

/// An epoll instance.
///
/// # Errors
///
/// The kernel's.
pub fn epoll() -> io::Result<OwnedFd> {
    // SAFETY: a plain system call.
    let fd = unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) };
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the descriptor was made by the call above and belongs to nobody else.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}
