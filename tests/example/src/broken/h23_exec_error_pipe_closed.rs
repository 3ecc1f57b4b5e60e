//! The closure closes all descriptors, and one of them is the pipe through which std learns that exec failed. The
//! program does not exist, and yet `spawn` reports that it was started.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::sys::cvt;

pub fn run() -> io::Result<()> {
    let mut command = Command::new("/does/not/exist");
    unsafe { command.pre_exec(|| cvt(libc::close_range(3, libc::c_uint::MAX, 0)).map(drop)) };
    let status = command.spawn()?.wait()?;
    println!("it was started, and ended with {status}");
    Ok(())
}
