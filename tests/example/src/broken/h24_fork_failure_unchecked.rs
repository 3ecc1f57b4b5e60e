//! When fork fails, −1 is kept as if it were a pid. `kill(-1)` then ends every process that this user may signal, and
//! `waitpid(-1)` takes the status of somebody else's child.

use std::io;

use crate::sys::wait;

pub fn run() -> io::Result<()> {
    let child = unsafe { libc::fork() };
    if child == 0 {
        unsafe {
            libc::pause();
            libc::_exit(0)
        }
    }
    unsafe { libc::kill(child, libc::SIGTERM) };
    wait(child)
}
