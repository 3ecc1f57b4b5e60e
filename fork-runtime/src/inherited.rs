//! A value that belongs to the parent.

use std::fmt;
use std::mem::ManuallyDrop;
use std::ops::Deref;

/// Something that came over a fork. Dropping it does *not* drop the value: its destructor would act for the parent.
pub struct Inherited<T>(ManuallyDrop<T>);

impl<T> Inherited<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(ManuallyDrop::new(value))
    }

    /// Leaks the value; what dropping does as well, but said aloud.
    pub fn forget(self) {}

    /// The value itself. If it is dropped its destructor runs, in the child: right only if that does nothing outside
    /// this process' memory.
    pub fn into_inner(self) -> T {
        ManuallyDrop::into_inner(self.0)
    }
}

impl<T> Deref for Inherited<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Inherited<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Inherited").field(&**self).finish()
    }
}
