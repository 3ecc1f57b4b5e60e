//! The three functions that libc calls around every `fork` of the process, whoever calls it.

#[cfg(not(miri))]
use crate::atfork::engine;
use std::sync::atomic::{AtomicBool, Ordering};

static INSTALLED: AtomicBool = AtomicBool::new(false);

/// Registers the handlers. Two threads may both do so, and so may a child whose parent was forked in between: the
/// engine counts nested calls and claims each pass, so a second registration changes nothing.
#[cfg(not(miri))]
pub(crate) fn install() {
    if INSTALLED.load(Ordering::Acquire) {
        return;
    }
    // SAFETY: the three functions are `extern "C"`, do not unwind (panics of hooks are caught), and live as long as
    // the program; glibc removes them when the shared object that holds them is unloaded (pthread_atfork(3)).
    let refused = unsafe { libc::pthread_atfork(Some(prepare), Some(parent), Some(child)) };
    // ENOMEM is the only failure (pthread_atfork(3)). Detection by the page does not need the handlers.
    if refused == 0 {
        INSTALLED.store(true, Ordering::Release);
    }
}

#[cfg(miri)]
pub(crate) fn install() {
    INSTALLED.store(true, Ordering::Release);
}

#[cfg(not(miri))]
extern "C" fn prepare() {
    engine::before_libc_fork();
}

#[cfg(not(miri))]
extern "C" fn parent() {
    engine::in_parent();
}

#[cfg(not(miri))]
extern "C" fn child() {
    engine::in_child();
}
