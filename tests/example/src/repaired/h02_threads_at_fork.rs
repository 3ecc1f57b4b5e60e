//! The fork comes first, while the process has one thread, so the child is a whole copy of its parent. Threads are
//! started afterwards, in the process that needs them.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use crate::sys::{cvt, wait};

static BEATS: AtomicU64 = AtomicU64::new(0);

fn beat() {
    loop {
        BEATS.fetch_add(1, Ordering::Relaxed);
        thread::sleep(Duration::from_secs(1));
    }
}

pub fn run() -> io::Result<()> {
    // SAFETY: no thread has been started yet, and the child only leaves.
    match cvt(unsafe { libc::fork() })? {
        0 => unsafe { libc::_exit(0) },
        child => {
            thread::spawn(beat);
            wait(child)
        }
    }
}
