//! The −1 becomes an error at once and leaves the function. What is kept as a pid is one.

use std::io;

use crate::sys::{cvt, wait};

pub fn run() -> io::Result<()> {
    // SAFETY: the process has one thread, and the child makes system calls only.
    let child = cvt(unsafe { libc::fork() })?;
    if child == 0 {
        unsafe {
            libc::pause();
            libc::_exit(0)
        }
    }
    // SAFETY: `child` is a process that this one started and has not waited for.
    cvt(unsafe { libc::kill(child, libc::SIGTERM) })?;
    wait(child)
}
