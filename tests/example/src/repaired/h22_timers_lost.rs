//! The alarm is set in the process that it is to end, after the fork. A worker that hangs is ended by it, and the parent
//! learns of that from `waitpid`.

use std::io;

use crate::sys::{cvt, wait};

pub fn run() -> io::Result<()> {
    // SAFETY: the process has one thread, and the child makes system calls only.
    match cvt(unsafe { libc::fork() })? {
        0 => unsafe {
            libc::alarm(1);
            libc::sleep(60);
            libc::_exit(0)
        },
        child => wait(child),
    }
}
