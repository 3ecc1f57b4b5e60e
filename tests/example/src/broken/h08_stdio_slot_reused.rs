//! Descriptor 1 is closed and left empty, so the next file that anything opens takes the number. Whatever prints to
//! standard output from then on, in this process or in a program it starts, writes into that file.

use std::io;

use crate::sys::cvt;

pub fn run() -> io::Result<()> {
    cvt(unsafe { libc::close(libc::STDOUT_FILENO) })?;
    println!("this line is in whatever file was opened first");
    Ok(())
}
