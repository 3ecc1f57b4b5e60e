//! A value whose destructor can be called off.

use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};

/// Dropped like any other value, unless [`leak`](Leakable::leak) was called.
pub(crate) struct Leakable<T> {
    value: ManuallyDrop<T>,
    leaked: bool,
}

impl<T> Leakable<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self { value: ManuallyDrop::new(value), leaked: false }
    }

    /// Its destructor will not run: it would act for the parent, or on a half-changed value.
    pub(crate) fn leak(&mut self) {
        self.leaked = true;
    }
}

impl<T> Deref for Leakable<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Leakable<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T> Drop for Leakable<T> {
    fn drop(&mut self) {
        if !self.leaked {
            // SAFETY: dropped nowhere else, and not used after this, the end of its owner.
            unsafe { ManuallyDrop::drop(&mut self.value) }
        }
    }
}
