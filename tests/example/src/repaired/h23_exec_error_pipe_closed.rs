//! The descriptors are marked close-on-exec instead of being closed: they end with a successful exec. Until then the
//! pipe of std is open, and `spawn` gets the error.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::sys::cvt;

pub fn run() -> io::Result<()> {
    let mut command = Command::new("/does/not/exist");
    let mark = libc::CLOSE_RANGE_CLOEXEC as libc::c_int;
    // SAFETY: the closure makes one system call and uses no memory but its own.
    unsafe { command.pre_exec(move || cvt(libc::close_range(3, libc::c_uint::MAX, mark)).map(drop)) };
    match command.status() {
        Err(error) => println!("it was not started: {error}"),
        Ok(status) => println!("it ended with {status}"),
    }
    Ok(())
}
