//! The socket is made without close-on-exec, so the helper program gets it too and keeps it. As long as the helper
//! lives, the peer sees no end of the connection and the address stays busy.

use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::process::Command;

use crate::sys::cvt;

pub fn run() -> io::Result<()> {
    let server = unsafe { OwnedFd::from_raw_fd(cvt(libc::socket(libc::AF_INET, libc::SOCK_STREAM, 0))?) };
    cvt(unsafe { libc::listen(server.as_raw_fd(), 16) })?;
    Command::new("true").status()?;
    Ok(())
}
