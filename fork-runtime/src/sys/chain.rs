//! One value per process of a line of processes, found without a lock.
//!
//! A list of nodes, newest first, each marked with its generation. A new node is put in front by compare-exchange. Nodes
//! of ancestors stay until the chain goes, so that a reference to one is never dangling.

use crate::detect::{Generation, generation};
use std::marker::PhantomData;
use std::sync::atomic::{AtomicPtr, Ordering};

pub(crate) struct Chain<T> {
    head: AtomicPtr<Node<T>>,
    owns: PhantomData<Node<T>>,
}

struct Node<T> {
    generation: Generation,
    value: T,
    previous: *mut Node<T>,
}

// SAFETY: the chain owns its values (`Send`) and hands out `&T` to any thread (`Sync`); nodes are changed by nobody
// after they were published by a release store.
unsafe impl<T: Send + Sync> Sync for Chain<T> {}
// SAFETY: as above; moving the chain moves the values.
unsafe impl<T: Send + Sync> Send for Chain<T> {}

impl<T> Chain<T> {
    pub(crate) const fn new() -> Self {
        Self { head: AtomicPtr::new(std::ptr::null_mut()), owns: PhantomData }
    }

    /// The value of this generation, if there is one.
    #[inline]
    pub(crate) fn get(&self, now: Generation) -> Option<&T> {
        let head = self.newest()?;
        (head.generation == now).then_some(&head.value)
    }

    /// The newest value of an ancestor.
    pub(crate) fn inherited(&self, now: Generation) -> Option<&T> {
        let mut node = self.newest()?;
        while node.generation == now {
            // SAFETY: null or a node published before this one; nodes live as long as the chain.
            node = unsafe { node.previous.as_ref() }?;
        }
        Some(&node.value)
    }

    /// The value of this generation, `value` if there was none. True if it is.
    pub(crate) fn insert(&self, now: Generation, value: T) -> (&T, bool) {
        let fresh = Box::into_raw(Box::new(Node { generation: now, value, previous: std::ptr::null_mut() }));
        let mut head = self.head.load(Ordering::Acquire);
        loop {
            // SAFETY: null or a published node, as in `newest`.
            if let Some(node) = unsafe { head.as_ref() }.filter(|node| node.generation == now) {
                // SAFETY: made above and published nowhere.
                drop(unsafe { Box::from_raw(fresh) });
                return (&node.value, false);
            }
            // SAFETY: `fresh` is ours alone until the exchange below succeeds.
            unsafe { (*fresh).previous = head };
            match self.head.compare_exchange(head, fresh, Ordering::AcqRel, Ordering::Acquire) {
                // SAFETY: published, and alive as long as the chain.
                Ok(_) => return (unsafe { &(*fresh).value }, true),
                Err(now) => head = now,
            }
        }
    }

    #[inline]
    fn newest(&self) -> Option<&Node<T>> {
        // SAFETY: null, or a node made by `insert`, which lives until the chain is dropped (`&mut self`).
        unsafe { self.head.load(Ordering::Acquire).as_ref() }
    }
}

impl<T> Drop for Chain<T> {
    /// Drops the value of this process; those of ancestors are leaked, since their destructors could say goodbye on a
    /// session that is not ours, or wait for a lock that nobody holds any more.
    fn drop(&mut self) {
        let now = generation();
        let mut next = *self.head.get_mut();
        while !next.is_null() {
            // SAFETY: a node made by `Box::into_raw`; `&mut self` proves that no reference is left.
            let node = unsafe { Box::from_raw(next) };
            next = node.previous;
            if node.generation == now {
                drop(node);
            } else {
                std::mem::forget(node);
            }
        }
    }
}
