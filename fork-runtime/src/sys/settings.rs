//! Carrying out what a worker was asked to be. Runs in the worker, which has one thread and may allocate.

use super::workers::zero;
use std::ffi::OsStr;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::os::unix::ffi::OsStrExt;

/// Puts `fd` under one of the numbers 0 to 2.
pub(crate) fn stdio(fd: &OwnedFd, target: RawFd) -> io::Result<()> {
    // SAFETY: 0 to 2 are owned by nobody; dup2(2) leaves the new number without close-on-exec.
    if unsafe { libc::dup2(fd.as_raw_fd(), target) } < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Opens `/dev/null` under those of 0 to 2 that are closed, so that no later descriptor is taken for a standard stream.
pub(crate) fn fill_stdio() -> io::Result<()> {
    for number in 0..3 {
        if super::fds::identity(number).is_err() {
            // The lowest free number is this one.
            let null = std::fs::File::options().read(true).write(true).open("/dev/null")?;
            // SAFETY: clears the close-on-exec flag of a number made just now.
            // fork-lint: allow(cloexec-cleared-in-parent) -- it took the place of a closed standard stream, to be inherited
            zero(i64::from(unsafe { libc::fcntl(null.as_raw_fd(), libc::F_SETFD, 0) }))?;
            let _ = std::os::fd::IntoRawFd::into_raw_fd(null);
        }
    }
    Ok(())
}

/// A copy above the standard streams.
pub(crate) fn above_stdio(fd: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    // fcntl(2), F_DUPFD_CLOEXEC: std takes 3 as the lowest number.
    fd.try_clone_to_owned()
}

/// Changes the environment: `None` removes a variable.
pub(crate) fn environment(clear: bool, changes: &[(Vec<u8>, Option<Vec<u8>>)]) {
    if clear {
        for (key, _) in std::env::vars_os() {
            // SAFETY: one thread.
            unsafe { std::env::remove_var(key) };
        }
    }
    for (key, value) in changes {
        let key = OsStr::from_bytes(key);
        match value {
            // SAFETY: one thread.
            Some(value) => unsafe { std::env::set_var(key, OsStr::from_bytes(value)) },
            // SAFETY: one thread.
            None => unsafe { std::env::remove_var(key) },
        }
    }
}

pub(crate) fn limit(resource: u32, soft: u64, hard: u64) -> io::Result<()> {
    let limit = libc::rlimit { rlim_cur: soft, rlim_max: hard };
    // SAFETY: reads one `rlimit`.
    zero(i64::from(unsafe { libc::setrlimit(resource, &raw const limit) }))
}

pub(crate) fn umask(mask: u32) {
    // SAFETY: always succeeds.
    unsafe { libc::umask(mask) };
}

pub(crate) fn nice(value: i32) -> io::Result<()> {
    // SAFETY: numbers; 0 is the calling process.
    zero(i64::from(unsafe { libc::setpriority(libc::PRIO_PROCESS, 0, value) }))
}

pub(crate) fn new_session() -> io::Result<()> {
    // SAFETY: touches no memory.
    if unsafe { libc::setsid() } < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// unshare(2); `CLONE_NEWPID` is for the children of the worker.
pub(crate) fn unshare(flags: i32) -> io::Result<()> {
    // SAFETY: flags of namespaces only, checked here.
    let namespaces = libc::CLONE_NEWNS
        | libc::CLONE_NEWUTS
        | libc::CLONE_NEWIPC
        | libc::CLONE_NEWUSER
        | libc::CLONE_NEWPID
        | libc::CLONE_NEWNET
        | libc::CLONE_NEWCGROUP;
    if flags & !namespaces != 0 {
        return Err(io::Error::from_raw_os_error(libc::EINVAL));
    }
    // SAFETY: as above.
    zero(i64::from(unsafe { libc::unshare(flags) }))
}

pub(crate) fn no_new_privileges() -> io::Result<()> {
    // SAFETY: numbers (prctl(2), Linux 3.5).
    zero(i64::from(unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) }))
}

/// Becomes a user; the group first, while that is still allowed.
pub(crate) fn user(uid: u32, gid: u32, groups: &[u32]) -> io::Result<()> {
    // SAFETY: an array and its length.
    zero(i64::from(unsafe { libc::setgroups(groups.len(), groups.as_ptr()) }))?;
    // SAFETY: numbers.
    zero(i64::from(unsafe { libc::setresgid(gid, gid, gid) }))?;
    // SAFETY: numbers.
    zero(i64::from(unsafe { libc::setresuid(uid, uid, uid) }))
}

/// Loads a classic BPF program as a system call filter: seccomp(2). Eight bytes an instruction (`struct sock_filter`).
pub(crate) fn seccomp(program: &[u8]) -> io::Result<()> {
    let (instructions, rest) = program.as_chunks::<8>();
    let length = u16::try_from(instructions.len()).unwrap_or(0);
    if length == 0 || !rest.is_empty() {
        return Err(io::Error::from_raw_os_error(libc::EINVAL));
    }
    let mut filter: Vec<libc::sock_filter> = instructions
        .iter()
        .map(|raw| libc::sock_filter {
            code: u16::from_ne_bytes([raw[0], raw[1]]),
            jt: raw[2],
            jf: raw[3],
            k: u32::from_ne_bytes([raw[4], raw[5], raw[6], raw[7]]),
        })
        .collect();
    let program = libc::sock_fprog { len: length, filter: filter.as_mut_ptr() };
    // SAFETY: a program and its length; the kernel checks and copies it.
    let done = unsafe { libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &raw const program) };
    zero(i64::from(done))
}
