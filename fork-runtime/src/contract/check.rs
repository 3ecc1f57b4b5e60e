//! What `#[fork_safe(check = ..)]` can name.

use super::{ForkCell, ForkReset};
use crate::detect::{Generation, generation};

/// Remembers in a value which process it belongs to, for `#[fork_safe(check = self.guard)]` on its `impl`.
///
/// In a child, the first checked method resets the value: [`ForkReset::fork_reset`]. Give the field `#[fork(reset)]`, so
/// that a reset by other means counts as well. A clone is as old as what it was cloned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForkGuard(Generation);

impl ForkGuard {
    /// Belongs to this process.
    pub fn new() -> Self {
        Self(generation())
    }
}

impl Default for ForkGuard {
    fn default() -> Self {
        Self::new()
    }
}

/// Can be named by `check` on methods with `&self`.
#[diagnostic::on_unimplemented(
    message = "a method with `&self` cannot start over by `{Self}`",
    label = "checked by a method with `&self`",
    note = "take `&mut self`, or keep the state in a `ForkCell` and name that: `check = self.state`",
    note = "a `fork_runtime::Generation` can be named, too: then the method panics in a child"
)]
pub trait ForkCheck {
    /// Sees to it that the method may go on in this process.
    ///
    /// # Panics
    ///
    /// If it must not.
    fn check(&self);
}

/// Can be named by `check` on methods with `&mut self` or `self` of an `Owner`.
#[diagnostic::on_unimplemented(
    message = "`check` cannot name a `{Self}`",
    label = "not known to tell a child from its parent",
    note = "name a field that is a `fork_runtime::ForkGuard`, `ForkCell` or `Generation`"
)]
pub trait ForkCheckMut<Owner: ?Sized> {
    /// What has to be done to the owner first.
    ///
    /// # Panics
    ///
    /// If it must not be used in this process.
    fn due(&self) -> Option<fn(&mut Owner)>;

    /// It was done.
    fn settled(&mut self) {}
}

impl<Owner: ForkReset + ?Sized> ForkCheckMut<Owner> for ForkGuard {
    #[inline]
    fn due(&self) -> Option<fn(&mut Owner)> {
        if self.0.is_current() { None } else { Some(Owner::fork_reset) }
    }

    fn settled(&mut self) {
        *self = Self::new();
    }
}

impl ForkCheck for Generation {
    #[inline]
    fn check(&self) {
        if !self.is_current() {
            refuse();
        }
    }
}

impl<T: ForkReset + Send + 'static> ForkCheck for ForkCell<T> {
    /// Where the lock cannot be had, the method finds out by itself when it takes it.
    #[inline]
    fn check(&self) {
        let _ = self.refresh();
    }
}

impl<Owner: ?Sized> ForkCheckMut<Owner> for Generation {
    #[inline]
    fn due(&self) -> Option<fn(&mut Owner)> {
        self.check();
        None
    }
}

impl<Owner: ?Sized, T: ForkReset + Send + 'static> ForkCheckMut<Owner> for ForkCell<T> {
    #[inline]
    fn due(&self) -> Option<fn(&mut Owner)> {
        self.check();
        None
    }
}

#[cold]
#[expect(clippy::panic, reason = "the documented refusal, where the method cannot say it politely")]
fn refuse() -> ! {
    panic!("this value belongs to the process that made it, which is this one's parent: make another one here")
}
