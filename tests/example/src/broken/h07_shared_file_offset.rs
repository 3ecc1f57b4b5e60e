//! Parent and child have two descriptors and one position between them. Each moves it between the other's seek and
//! read: both get records that they did not ask for.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use crate::sys::{cvt, wait};

pub fn run() -> io::Result<()> {
    let mut table = File::open("/etc/passwd")?;
    let mut record = [0; 16];
    match cvt(unsafe { libc::fork() })? {
        0 => {
            let read = table.seek(SeekFrom::Start(0)).and_then(|_| table.read_exact(&mut record));
            unsafe { libc::_exit(read.is_err().into()) }
        }
        child => {
            table.seek(SeekFrom::Start(16))?;
            table.read_exact(&mut record)?;
            wait(child)
        }
    }
}
