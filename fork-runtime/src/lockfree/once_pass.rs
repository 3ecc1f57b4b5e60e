//! The claim that makes the after-fork pass run once per process, although no lock may guard it.
//!
//! The word lies in wiped memory: a claim held by a thread of the parent is erased by the fork itself.

use super::atomic::{AtomicU32, Ordering};

const DUE: u32 = 0;
const CLAIMED: u32 = 1;
const DONE: u32 = 2;

/// What the caller of [`claim`] has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claim {
    /// The pass is the caller's: run it, then call [`finish`].
    Mine,
    /// Another thread of this process runs it now.
    Running,
    /// It has run, or was never due.
    Done,
}

/// Tries to take the pass.
#[inline]
pub(crate) fn claim(word: &AtomicU32) -> Claim {
    if word.load(Ordering::Acquire) == DONE {
        return Claim::Done;
    }
    match word.compare_exchange(DUE, CLAIMED, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => Claim::Mine,
        Err(CLAIMED) => Claim::Running,
        Err(_) => Claim::Done,
    }
}

/// Publishes that the pass has run; everything it wrote is seen by whoever then gets [`Claim::Done`].
pub(crate) fn finish(word: &AtomicU32) {
    word.store(DONE, Ordering::Release);
}
