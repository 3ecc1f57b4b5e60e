//! Every way out of the child is `_exit`, also the one after an error, so no destructor and no exit handler of the
//! parent runs in it. The buffer is flushed before the fork: the child's copy of it is empty.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use crate::sys::{cvt, wait};

pub fn run() -> io::Result<()> {
    let mut report = BufWriter::new(File::create("/tmp/fork-example.report")?);
    writeln!(report, "name;size")?;
    report.flush()?;
    // SAFETY: the process has one thread, and the child makes system calls only.
    match cvt(unsafe { libc::fork() })? {
        0 => unsafe {
            let failed = libc::chdir(c"/".as_ptr()) == -1;
            libc::_exit(failed.into())
        },
        child => wait(child),
    }
}
