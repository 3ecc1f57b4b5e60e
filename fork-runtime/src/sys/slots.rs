//! A bag of boxes that is taken from and put into without locks.
//!
//! Each slot is one pointer: null, or a box that whoever swaps it out owns. There is no state in between, so what a fork
//! copies is always whole. `crate::lockfree::models` runs its interleavings.

use crate::lockfree::atomic::{AtomicPtr, AtomicU64, Ordering};
use std::marker::PhantomData;

/// On a cache line of its own, so that threads with different slots do not disturb each other.
#[repr(align(64))]
struct Slot<T> {
    content: AtomicPtr<T>,
    taken: AtomicU64,
}

pub(crate) struct Slots<T> {
    slots: Box<[Slot<T>]>,
    owns: PhantomData<T>,
}

// SAFETY: a box is owned by the bag or by the one thread that swapped it out; sharing the bag moves boxes only.
unsafe impl<T: Send> Sync for Slots<T> {}
// SAFETY: as above.
unsafe impl<T: Send> Send for Slots<T> {}

impl<T> Slots<T> {
    pub(crate) fn new(count: usize) -> Self {
        let empty = || Slot { content: AtomicPtr::new(std::ptr::null_mut()), taken: AtomicU64::new(0) };
        Self { slots: (0..count.max(1)).map(|_| empty()).collect(), owns: PhantomData }
    }

    /// Takes a box, looking at slot `hint` first.
    #[inline]
    pub(crate) fn take(&self, hint: usize) -> Option<Box<T>> {
        let first = hint % self.slots.len();
        let (before, from) = self.slots.split_at(first);
        from.iter().chain(before).find_map(|slot| {
            // A look first: swapping would take the cache line away from its user.
            if slot.content.load(Ordering::SeqCst).is_null() {
                return None;
            }
            let content = slot.content.swap(std::ptr::null_mut(), Ordering::SeqCst);
            if content.is_null() {
                return None;
            }
            slot.taken.fetch_add(1, Ordering::Relaxed);
            // SAFETY: put there by `put` from a box; the swap made this thread its only owner.
            Some(unsafe { Box::from_raw(content) })
        })
    }

    /// Puts a box into a free slot, `hint` first; gives it back if there is none.
    #[inline]
    pub(crate) fn put(&self, hint: usize, content: Box<T>) -> Result<(), Box<T>> {
        let first = hint % self.slots.len();
        let (before, from) = self.slots.split_at(first);
        let content = Box::into_raw(content);
        for slot in from.iter().chain(before) {
            if slot.content.load(Ordering::Relaxed).is_null()
                && slot
                    .content
                    .compare_exchange(std::ptr::null_mut(), content, Ordering::SeqCst, Ordering::Relaxed)
                    .is_ok()
            {
                return Ok(());
            }
        }
        // SAFETY: made above, and no slot took it.
        Err(unsafe { Box::from_raw(content) })
    }

    /// How many are in, at some moment.
    #[cfg(not(fork_runtime_loom))]
    pub(crate) fn count(&self) -> usize {
        self.slots.iter().filter(|slot| !slot.content.load(Ordering::Relaxed).is_null()).count()
    }

    /// How many were ever taken out.
    #[cfg(not(fork_runtime_loom))]
    pub(crate) fn taken(&self) -> u64 {
        self.slots.iter().map(|slot| slot.taken.load(Ordering::Relaxed)).sum()
    }
}

impl<T> Drop for Slots<T> {
    fn drop(&mut self) {
        while self.take(0).is_some() {}
    }
}
