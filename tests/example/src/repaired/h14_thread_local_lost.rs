//! The fork comes before the thread, so the child has no thread-local but its own. The thread's end closes the file in
//! the one process that ever had it.

use std::cell::RefCell;
use std::fs::File;
use std::{io, thread};

use crate::sys::{cvt, wait};

thread_local! {
    static SCRATCH: RefCell<Option<File>> = const { RefCell::new(None) };
}

pub fn run() -> io::Result<()> {
    // SAFETY: no thread has been started yet, and the child makes system calls only.
    let child = match cvt(unsafe { libc::fork() })? {
        0 => unsafe {
            libc::sleep(1);
            libc::_exit(0)
        },
        child => child,
    };
    let worker = thread::spawn(|| SCRATCH.set(File::create("/tmp/fork-example.scratch").ok()));
    worker.join().map_err(|_| io::Error::other("the worker panicked"))?;
    wait(child)
}
