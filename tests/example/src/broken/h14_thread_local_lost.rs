//! The scratch file belongs to a thread, and would be closed by that thread's end. In the child the thread is gone
//! without an end: the file stays open, and nothing in the child can reach it.

use std::cell::RefCell;
use std::fs::File;
use std::sync::mpsc;
use std::{io, thread};

use crate::sys::{cvt, wait};

thread_local! {
    static SCRATCH: RefCell<Option<File>> = const { RefCell::new(None) };
}

pub fn run() -> io::Result<()> {
    let (ready, is_ready) = mpsc::channel();
    let (done, is_done) = mpsc::channel::<()>();
    let worker = thread::spawn(move || {
        SCRATCH.set(File::create("/tmp/fork-example.scratch").ok());
        ready.send(()).and(is_done.recv().or(Ok(())))
    });
    is_ready.recv().map_err(io::Error::other)?;
    match cvt(unsafe { libc::fork() })? {
        0 => unsafe {
            libc::sleep(1);
            libc::_exit(0)
        },
        child => wait(child)?,
    }
    drop(done);
    worker.join().map_err(|_| io::Error::other("the worker panicked"))?.map_err(io::Error::other)
}
