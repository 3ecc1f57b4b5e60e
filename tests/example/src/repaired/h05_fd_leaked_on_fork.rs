//! The child closes what it does not use before anything else. When the parent closes its end too, nobody can write
//! any more, and the child sees the end.

use std::io::{self, Read, Write};

use crate::sys::{cvt, wait};

pub fn run() -> io::Result<()> {
    let (mut reader, mut writer) = io::pipe()?;
    // SAFETY: the process has one thread, and the child makes system calls only.
    match cvt(unsafe { libc::fork() })? {
        0 => {
            drop(writer);
            let mut work = Vec::new();
            let _ = reader.read_to_end(&mut work);
            unsafe { libc::_exit(0) }
        }
        child => {
            drop(reader);
            writer.write_all(b"work")?;
            drop(writer);
            wait(child)
        }
    }
}
