//! `dup2` puts `/dev/null` into the place of standard output in one step, so the number is never free. The file gets
//! another number, and what is printed goes nowhere.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::AsRawFd;

use crate::sys::cvt;

pub fn run() -> io::Result<()> {
    let null = OpenOptions::new().write(true).open("/dev/null")?;
    // SAFETY: both descriptors are open; `dup2` replaces the second without a gap.
    cvt(unsafe { libc::dup2(null.as_raw_fd(), libc::STDOUT_FILENO) })?;
    let _account_book = File::create("/tmp/fork-example.accounts")?;
    println!("this line is dropped");
    Ok(())
}
