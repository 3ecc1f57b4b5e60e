//! The alarm is meant to end a worker that hangs, but a child inherits no timers. It ends the parent, and the worker
//! hangs on.

use std::io;

use crate::sys::{cvt, wait};

pub fn run() -> io::Result<()> {
    unsafe { libc::alarm(1) };
    match cvt(unsafe { libc::fork() })? {
        0 => unsafe {
            libc::sleep(60);
            libc::_exit(0)
        },
        child => wait(child),
    }
}
