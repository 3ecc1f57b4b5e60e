//! The child says first who it is. Whoever looks at the process from outside sees a worker.

use std::io;

use crate::sys::{cvt, wait};

pub fn run() -> io::Result<()> {
    // SAFETY: the name is a C string.
    cvt(unsafe { libc::prctl(libc::PR_SET_NAME, c"server".as_ptr()) })?;
    // SAFETY: the process has one thread, and the child makes system calls only.
    match cvt(unsafe { libc::fork() })? {
        0 => unsafe {
            libc::prctl(libc::PR_SET_NAME, c"worker".as_ptr());
            libc::sleep(1);
            libc::_exit(0)
        },
        child => wait(child),
    }
}
