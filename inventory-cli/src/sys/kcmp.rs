//! kcmp(2): whether two processes share a kernel object. Needs `PTRACE_MODE_READ` on both; touches neither.

use std::cmp::Ordering;
use std::io;

const KCMP_FILE: libc::c_int = 0;
const KCMP_VM: libc::c_int = 1;
const KCMP_EPOLL_TFD: libc::c_int = 7;

/// Compares two open file descriptions. The order is the kernel's, total and stable while both are open.
///
/// # Errors
///
/// `EPERM` without the right to inspect both, `EBADF` when a descriptor is gone, `ESRCH` when a process is.
pub fn same_file(a: (i32, i32), b: (i32, i32)) -> io::Result<Ordering> {
    kcmp(a.0, b.0, KCMP_FILE, a.1.cast_unsigned().into(), b.1.cast_unsigned().into())
}

/// Whether two processes or threads have the same address space (`vfork`, `CLONE_VM`).
///
/// # Errors
///
/// As [`same_file`].
pub fn same_address_space(a: i32, b: i32) -> io::Result<bool> {
    Ok(kcmp(a, b, KCMP_VM, 0, 0)?.is_eq())
}

/// Whether what the epoll instance `watcher` (pid, descriptor) watches under the number `watched` is the open file
/// description of `file`. `nth` tells apart several files watched under one number.
///
/// # Errors
///
/// As [`same_file`]; `ENOENT` when nothing is watched under that number.
pub fn same_watched_file(file: (i32, i32), watcher: (i32, i32), watched: i32, nth: u32) -> io::Result<bool> {
    /// `struct kcmp_epoll_slot` of linux/kcmp.h.
    #[repr(C)]
    struct Slot {
        epoll: u32,
        watched: u32,
        nth: u32,
    }
    let slot = Slot { epoll: watcher.1.cast_unsigned(), watched: watched.cast_unsigned(), nth };
    let address = (&raw const slot) as libc::c_ulong;
    Ok(kcmp(file.0, watcher.0, KCMP_EPOLL_TFD, file.1.cast_unsigned().into(), address)?.is_eq())
}

fn kcmp(a: i32, b: i32, kind: libc::c_int, x: libc::c_ulong, y: libc::c_ulong) -> io::Result<Ordering> {
    // SAFETY: kcmp writes nothing; for KCMP_EPOLL_TFD `y` is the address of a slot that lives in the caller's frame
    // across this call, for all other kinds both are plain numbers.
    let answer = unsafe { libc::syscall(libc::SYS_kcmp, a, b, kind, x, y) };
    match answer {
        0 => Ok(Ordering::Equal),
        1 => Ok(Ordering::Less),
        2 => Ok(Ordering::Greater),
        // 3: not equal, but the kernel was built without an order. Any order keeps `Equal` exact.
        3.. => Ok(Ordering::Less),
        _ => Err(io::Error::last_os_error()),
    }
}
