//! A locked value that starts over in a child.

use super::ForkReset;
use crate::atfork::{self, Event, Hooks, Phase, Prepare, run_child_now};
use crate::detect::generation;
use crate::sys::fork_mutex::{ForkMutex, ForkMutexGuard, LockError};
use crate::sys::leakable::Leakable;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};

/// A mutex whose value [starts over](ForkReset) in every child, before anyone there sees it.
///
/// ```
/// use fork_runtime::{ForkCell, ForkReset};
///
/// struct Counters {
///     requests: u64,
/// }
///
/// impl ForkReset for Counters {
///     fn fork_reset(&mut self) {
///         self.requests = 0; // a child has had none
///     }
/// }
///
/// let counters = ForkCell::new(Counters { requests: 0 });
/// counters.lock()?.requests += 1;
/// # Ok::<(), fork_runtime::LockError>(())
/// ```
///
/// Around libc's `fork` the runtime takes the lock, so that no thread is half-way through a change, and in the child
/// resets the value and gives the lock back: with the hooks of [`atfork`](crate::atfork), at their moments. Where that
/// could not be (a raw `clone`; a holder that would not let go within a second), the first
/// [`lock`](ForkCell::lock) resets it, and is an error if a vanished thread left it half-changed.
///
/// A guard that the forking thread itself holds stays good in the child: the value is reset after it is dropped. Dropping
/// a cell that was not reset leaks the value, whose destructor would act for the parent.
///
/// Each cell is a hook in the list of all: for the few states of a library, not for thousands of values.
pub struct ForkCell<T: ForkReset + Send + 'static> {
    inner: Arc<Inner<T>>,
    _hooks: atfork::Registration,
}

struct Inner<T> {
    value: ForkMutex<Leakable<T>>,
    /// The generation whose value this is.
    settled: AtomicU64,
}

impl<T: ForkReset + Send + 'static> ForkCell<T> {
    /// A value of this process, in [`Phase::App`].
    pub fn new(value: T) -> Self {
        Self::in_phase(Phase::App, value)
    }

    /// A value that is reset with the hooks of a phase.
    pub fn in_phase(phase: Phase, value: T) -> Self {
        let settled = AtomicU64::new(generation().number());
        let inner = Arc::new(Inner { value: ForkMutex::new(Leakable::new(value)), settled });
        let hooks = Hooks::new(std::any::type_name::<T>()).phase(phase);
        let hooks = hooks
            .prepare(with(&inner, |inner| inner.map_or(Prepare::Ready, Inner::prepare)))
            .parent(told(with(&inner, |inner| inner.map_or((), Inner::release))))
            .child(told(with(&inner, |inner| inner.map_or((), Inner::reset))));
        Self { inner, _hooks: atfork::register(hooks) }
    }

    /// Waits for the lock. In a child, resets the value if that was not done yet.
    ///
    /// # Errors
    ///
    /// [`LockError::HeldByThisThread`], where waiting would never end; [`LockError::HolderGone`] in a child whose parent
    /// made it past libc's `fork` while another thread held the lock.
    pub fn lock(&self) -> Result<ForkCellGuard<'_, T>, LockError> {
        if !self.inner.is_settled() {
            run_child_now();
        }
        let mut value = self.inner.value.lock()?;
        self.inner.settle(&mut value);
        Ok(ForkCellGuard { value })
    }

    /// Makes sure that the value is this process' own. Costs as much as [`generation`] if it is.
    ///
    /// # Errors
    ///
    /// Those of [`lock`](ForkCell::lock).
    #[inline]
    pub fn refresh(&self) -> Result<(), LockError> {
        if self.inner.is_settled() { Ok(()) } else { self.lock().map(drop) }
    }
}

/// The hooks must not keep the value alive.
fn with<T, R>(inner: &Arc<Inner<T>>, run: fn(Option<&Inner<T>>) -> R) -> impl Fn() -> R + use<T, R> {
    let weak: Weak<Inner<T>> = Arc::downgrade(inner);
    move || run(weak.upgrade().as_deref())
}

fn told(run: impl Fn()) -> impl Fn(&Event) {
    move |_| run()
}

impl<T> Inner<T> {
    #[inline]
    fn is_settled(&self) -> bool {
        self.settled.load(Ordering::Acquire) == generation().number()
    }

    fn prepare(&self) -> Prepare {
        match self.value.hold() {
            // Held by the thread that forks, or lost with an earlier fork: waiting would not help.
            Ok(true) | Err(_) => Prepare::Ready,
            Ok(false) => Prepare::Retry,
        }
    }

    fn release(&self) {
        drop(self.value.resume());
    }
}

impl<T: ForkReset> Inner<T> {
    fn reset(&self) {
        if let Some(mut value) = self.value.resume().or_else(|| self.value.try_lock().ok().flatten()) {
            self.settle(&mut value);
        }
    }

    /// The lock is held: nobody else looks at the value.
    fn settle(&self, value: &mut Leakable<T>) {
        if !self.is_settled() {
            value.fork_reset();
            self.settled.store(generation().number(), Ordering::Release);
        }
    }
}

impl<T> Drop for Inner<T> {
    fn drop(&mut self) {
        if !self.is_settled() {
            self.value.get_mut().leak();
        }
    }
}

impl<T: ForkReset + Send + 'static> Drop for ForkCell<T> {
    fn drop(&mut self) {
        // Its descriptors are to be closed rather than leaked. If that cannot be, `Inner` leaks.
        let _ = self.refresh();
    }
}

impl<T: ForkReset + Send + Default + 'static> Default for ForkCell<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: ForkReset + Send + 'static> fmt::Debug for ForkCell<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ForkCell").field("value", &std::any::type_name::<T>()).finish_non_exhaustive()
    }
}

/// Holds the lock of a [`ForkCell`].
#[must_use = "dropping the guard releases the lock"]
pub struct ForkCellGuard<'a, T> {
    value: ForkMutexGuard<'a, Leakable<T>>,
}

impl<T> Deref for ForkCellGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for ForkCellGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for ForkCellGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
