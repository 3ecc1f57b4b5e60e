//! The signal is blocked over the fork, and the child lets it in when the default action is back. None is lost, and
//! none meets the parent's handler in the child.

use std::sync::atomic::{AtomicBool, Ordering};
use std::{io, mem, ptr};

use crate::sys::{cvt, wait};

static STOP: AtomicBool = AtomicBool::new(false);

extern "C" fn ask_to_stop(_signal: libc::c_int) {
    STOP.store(true, Ordering::Relaxed);
}

pub fn run() -> io::Result<()> {
    // SAFETY: the handler stores to an atomic only; an all-zero `sigset_t` is a set, emptied before use.
    let term = unsafe {
        libc::signal(libc::SIGTERM, ask_to_stop as *const () as libc::sighandler_t);
        let mut set = mem::zeroed();
        libc::sigemptyset(&mut set);
        libc::sigaddset(&mut set, libc::SIGTERM);
        cvt(libc::sigprocmask(libc::SIG_BLOCK, &set, ptr::null_mut()))?;
        set
    };
    // SAFETY: the process has one thread, and the child makes system calls only.
    match cvt(unsafe { libc::fork() })? {
        0 => unsafe {
            libc::signal(libc::SIGTERM, libc::SIG_DFL);
            libc::sigprocmask(libc::SIG_UNBLOCK, &term, ptr::null_mut());
            libc::pause();
            libc::_exit(0)
        },
        child => unsafe {
            cvt(libc::sigprocmask(libc::SIG_UNBLOCK, &term, ptr::null_mut()))?;
            cvt(libc::kill(child, libc::SIGTERM))?;
            wait(child)
        },
    }
}
