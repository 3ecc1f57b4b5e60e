//! The thread that writes the log exists in the parent only. The child has a copy of the queue, perhaps with its lock
//! taken, and no thread that will ever empty it.

use std::sync::mpsc::{self, Receiver};
use std::{io, thread};

use crate::sys::{cvt, wait};

fn write_lines(lines: Receiver<&str>) {
    for line in lines {
        println!("{line}");
    }
}

pub fn run() -> io::Result<()> {
    let (log, lines) = mpsc::channel();
    let writer = thread::spawn(move || write_lines(lines));
    match cvt(unsafe { libc::fork() })? {
        0 => {
            let sent = log.send("the worker runs");
            unsafe { libc::_exit(sent.is_err().into()) }
        }
        child => wait(child)?,
    }
    drop(log);
    writer.join().map_err(|_| io::Error::other("the writer panicked"))
}
