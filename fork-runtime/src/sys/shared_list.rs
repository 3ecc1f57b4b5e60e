//! A list that is read and replaced under a lock which a fork cannot leave held.
//!
//! The lock word lies in the wiped page. What it guards is one pointer, replaced in one store, so the list a child
//! finds is whole whatever a vanished thread was doing.

use super::wiped::{Words, generation, words};
use std::sync::Arc;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

/// Holds a lock word; gives it back if this is still the process that took it.
pub(crate) struct WordGuard {
    word: &'static AtomicU32,
    generation: u64,
}

/// Takes the lock whose word `pick` names.
pub(crate) fn lock(pick: fn(&Words) -> &AtomicU32) -> WordGuard {
    let generation = generation();
    let word = pick(words());
    let mut round = 0;
    while word.compare_exchange_weak(0, 1, Ordering::Acquire, Ordering::Relaxed).is_err() {
        super::process::pause(round);
        round += 1;
    }
    WordGuard { word, generation }
}

/// Gives a lock word back by hand, where taking and giving lie in different functions.
pub(crate) fn unlock(pick: fn(&Words) -> &AtomicU32) {
    pick(words()).store(0, Ordering::Release);
}

impl WordGuard {
    /// Leaves the word taken, for [`unlock`].
    pub(crate) fn keep(self) {
        std::mem::forget(self);
    }
}

impl Drop for WordGuard {
    fn drop(&mut self) {
        if self.generation == generation() {
            self.word.store(0, Ordering::Release);
        }
    }
}

/// See the module.
pub(crate) struct SharedList<T: 'static> {
    items: AtomicPtr<Vec<Arc<T>>>,
}

impl<T: Send + Sync> SharedList<T> {
    pub(crate) const fn new() -> Self {
        Self { items: AtomicPtr::new(std::ptr::null_mut()) }
    }

    /// Whether nothing was ever put in. Needs no lock.
    pub(crate) fn never_used(&self) -> bool {
        self.items.load(Ordering::Acquire).is_null()
    }

    /// The items of this moment.
    pub(crate) fn snapshot(&self) -> Arc<Vec<Arc<T>>> {
        let _held = lock(|words| &words.list);
        let items = self.items.load(Ordering::Acquire);
        if items.is_null() {
            return Arc::default();
        }
        // SAFETY: made by `Arc::into_raw` in `replace`; the list's own count is given up only under the lock, which is
        // held here.
        unsafe { Arc::increment_strong_count(items) };
        // SAFETY: the count taken above is handed to the new `Arc`.
        unsafe { Arc::from_raw(items) }
    }

    /// Puts `change(items)` in their place.
    pub(crate) fn replace(&self, change: impl FnOnce(&mut Vec<Arc<T>>)) {
        let held = lock(|words| &words.list);
        let old = self.items.load(Ordering::Acquire);
        // SAFETY: null, or a live `Arc`'s content, which is never changed after it was published.
        let mut items = unsafe { old.as_ref() }.cloned().unwrap_or_default();
        change(&mut items);
        self.items.store(Arc::into_raw(Arc::new(items)).cast_mut(), Ordering::Release);
        drop(held);
        if !old.is_null() {
            // SAFETY: the list's own count of the old items, given up once, outside the lock since drops may run code.
            drop(unsafe { Arc::from_raw(old) });
        }
    }
}
