//! The process that writes takes the lock, after the fork. Another that has it is seen as such, be it the parent.

use std::fs::File;
use std::io::{self, Write};
use std::mem;
use std::os::fd::AsRawFd;

use crate::sys::{cvt, wait};

fn lock(file: &File) -> io::Result<()> {
    // SAFETY: all zeroes is a lock of the whole file; the type is set below.
    let mut whole: libc::flock = unsafe { mem::zeroed() };
    whole.l_type = libc::F_WRLCK as libc::c_short;
    // SAFETY: `whole` is read during the call only.
    cvt(unsafe { libc::fcntl(file.as_raw_fd(), libc::F_SETLK, &whole) }).map(drop)
}

pub fn run() -> io::Result<()> {
    let mut journal = File::create("/tmp/fork-example.journal")?;
    // SAFETY: the process has one thread, and the child makes system calls only.
    match cvt(unsafe { libc::fork() })? {
        0 => {
            let written = lock(&journal).and_then(|()| journal.write_all(b"entry\n"));
            unsafe { libc::_exit(written.is_err().into()) }
        }
        child => wait(child),
    }
}
