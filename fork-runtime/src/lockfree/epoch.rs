//! How a process finds its generation number without a lock.
//!
//! `word` lies in memory that the kernel wipes at a fork, `last` in ordinary memory that the child inherits.
//! A thread that finds the word wiped draws the next number from `last` and publishes it by compare-exchange;
//! whoever loses that race takes the winner's number. Nobody ever waits, so there is no state that a fork could
//! leave half-done: a number that was drawn and not published belongs to nobody.
//!
//! Why a child never gets a number that an object it inherited already has: every published number was drawn from
//! `last` before it was published, so the copy of `last` in the child is at least as high, and the child draws a
//! higher one.

use super::atomic::{AtomicU64, Ordering};

/// The generation in `word`, published now if the word was wiped.
pub(crate) fn current(word: &AtomicU64, last: &AtomicU64) -> u64 {
    let seen = word.load(Ordering::Acquire);
    if seen != 0 { seen } else { publish(word, last) }
}

#[cold]
fn publish(word: &AtomicU64, last: &AtomicU64) -> u64 {
    let drawn = last.fetch_add(1, Ordering::Relaxed) + 1;
    match word.compare_exchange(0, drawn, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => drawn,
        Err(winner) => winner,
    }
}
