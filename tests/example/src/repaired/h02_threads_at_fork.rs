//! The fork comes first, while the process has one thread, so the child is a whole copy of its parent. The thread that
//! writes the log starts afterwards, and the child writes by itself.

use std::sync::mpsc::{self, Receiver};
use std::{io, thread};

use crate::sys::{cvt, wait};

fn write_lines(lines: Receiver<&str>) {
    for line in lines {
        println!("{line}");
    }
}

pub fn run() -> io::Result<()> {
    // SAFETY: no thread has been started yet, and the child makes system calls only.
    let child = match cvt(unsafe { libc::fork() })? {
        0 => unsafe {
            let line = b"the worker runs\n";
            libc::_exit((libc::write(2, line.as_ptr().cast(), line.len()) == -1).into())
        },
        child => child,
    };
    let (log, lines) = mpsc::channel();
    let writer = thread::spawn(move || write_lines(lines));
    log.send("the worker was started").map_err(io::Error::other)?;
    drop(log);
    writer.join().map_err(|_| io::Error::other("the writer panicked"))?;
    wait(child)
}
