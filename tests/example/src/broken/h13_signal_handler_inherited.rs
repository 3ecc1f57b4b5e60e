//! The handler only asks the main loop to stop, and the child has the handler but not the loop. SIGTERM does not end
//! the child, and whoever waits for it waits on.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::sys::{cvt, wait};

static STOP: AtomicBool = AtomicBool::new(false);

extern "C" fn ask_to_stop(_signal: libc::c_int) {
    STOP.store(true, Ordering::Relaxed);
}

pub fn run() -> io::Result<()> {
    unsafe { libc::signal(libc::SIGTERM, ask_to_stop as *const () as libc::sighandler_t) };
    match cvt(unsafe { libc::fork() })? {
        0 => loop {
            unsafe { libc::pause() };
        },
        child => {
            cvt(unsafe { libc::kill(child, libc::SIGTERM) })?;
            wait(child)
        }
    }
}
