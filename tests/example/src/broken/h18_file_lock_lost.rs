//! A lock of `fcntl` belongs to the process that took it, and a child is another one. The child writes the journal as if
//! it were locked, and no lock of its own says so.

use std::fs::File;
use std::io::{self, Write};
use std::mem;
use std::os::fd::AsRawFd;

use crate::sys::{cvt, wait};

fn lock(file: &File) -> io::Result<()> {
    let mut whole: libc::flock = unsafe { mem::zeroed() };
    whole.l_type = libc::F_WRLCK as libc::c_short;
    cvt(unsafe { libc::fcntl(file.as_raw_fd(), libc::F_SETLK, &whole) }).map(drop)
}

pub fn run() -> io::Result<()> {
    let mut journal = File::create("/tmp/fork-example.journal")?;
    lock(&journal)?;
    match cvt(unsafe { libc::fork() })? {
        0 => {
            println!("the child's entry: {:?}", journal.write_all(b"entry\n"));
            unsafe { libc::_exit(0) }
        }
        child => wait(child),
    }
}
