//! The child returns into its parent's code and drops its copy of the writer, whose buffer is not empty. The header
//! is written twice, and `main` ends in two processes.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use crate::sys::{cvt, wait};

pub fn run() -> io::Result<()> {
    let mut report = BufWriter::new(File::create("/tmp/fork-example.report")?);
    writeln!(report, "name;size")?;
    match cvt(unsafe { libc::fork() })? {
        0 => {
            cvt(unsafe { libc::chdir(c"/".as_ptr()) })?;
            Ok(())
        }
        child => wait(child),
    }
}
