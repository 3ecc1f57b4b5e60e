//! Numbers for threads that stay unique along a line of processes.
//!
//! libc's thread ids and stack addresses are used again after a fork; these numbers are not. The upper half is the
//! generation the number was drawn in, so a number of an earlier generation belongs either to the one thread that came
//! through the fork or to a thread that did not.

use crate::detect::generation;
use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering};

thread_local! {
    // No destructor: readable at any time of a thread's life, also in libc's fork handlers.
    static MINE: Cell<u64> = const { Cell::new(0) };
}

static NEXT: AtomicU32 = AtomicU32::new(1);

/// Stands for "the survivor is known and never had a number".
const NUMBERLESS: u64 = u64::MAX;

/// The number of this thread.
#[inline]
pub(crate) fn mine() -> u64 {
    let mine = MINE.get();
    if mine != 0 { mine } else { draw() }
}

#[cold]
fn draw() -> u64 {
    // From now on it matters which thread comes through a fork: libc's handler notes it.
    crate::sys::handlers::install();
    let epoch = generation().number() & u64::from(u32::MAX);
    let drawn = epoch << 32 | u64::from(NEXT.fetch_add(1, Ordering::Relaxed));
    MINE.set(drawn);
    drawn
}

/// The number of this thread, or the mark that it has none yet.
pub(crate) fn existing() -> u64 {
    match MINE.get() {
        0 => NUMBERLESS,
        mine => mine,
    }
}

/// Whether the thread that drew `token` ended with the last fork. Errs on the side of "no longer there" only when the
/// process was made by a raw clone and its first thread has not used this crate yet.
pub(crate) fn is_gone(token: u64) -> bool {
    let generation = generation().number() & u64::from(u32::MAX);
    if token >> 32 == generation {
        return false;
    }
    token != MINE.get() && token != crate::sys::wiped::words().survivor.load(Ordering::Acquire)
}
