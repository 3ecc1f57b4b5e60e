//! The child reads until the pipe ends, and holds its own copy of the end that writes. The parent closes its copy, the
//! child's stays open: the end never comes.

use std::io::{self, Read, Write};

use crate::sys::{cvt, wait};

pub fn run() -> io::Result<()> {
    let (mut reader, mut writer) = io::pipe()?;
    match cvt(unsafe { libc::fork() })? {
        0 => {
            let mut work = Vec::new();
            let _ = reader.read_to_end(&mut work);
            unsafe { libc::_exit(0) }
        }
        child => {
            writer.write_all(b"work")?;
            drop(writer);
            wait(child)
        }
    }
}
