//! A mutex that says so when its holder did not survive a fork.

use crate::process::token;
use std::cell::UnsafeCell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

/// A mutex whose [`lock`](ForkMutex::lock) is an error where another would wait for ever.
///
/// ```
/// use fork_runtime::{ForkMutex, LockError};
///
/// static COUNT: ForkMutex<u32> = ForkMutex::new(0);
/// match COUNT.lock() {
///     Ok(mut count) => *count += 1,
///     // In a child: a thread of the parent held it at the fork, and is not there to give it back.
///     Err(LockError::HolderGone) => { /* do without, or make a fresh one */ }
///     Err(error) => eprintln!("{error}"),
/// }
/// ```
///
/// The value is as the vanished thread left it, perhaps half-changed, so there is no way to it by `&self`; `&mut self`
/// still gives it ([`get_mut`](ForkMutex::get_mut)). For a fresh one in each process, use
/// [`PerProcess`](crate::PerProcess). A guard that the forking thread itself holds is good in the child, where dropping
/// it releases the child's copy. A panic under the lock does not poison it.
///
/// After a raw `clone`, other threads of the child take such a guard for a lost one until the child's first thread has
/// used this crate.
pub struct ForkMutex<T: ?Sized> {
    /// The holder's number, 0 if free. Numbers are never used again along a line of processes.
    holder: AtomicU64,
    waiting: AtomicU32,
    /// Changes at each release that somebody waits for.
    released: AtomicU32,
    /// The holder took it by `hold` and has no guard.
    unguarded: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: the value is reached by the holder alone, one thread at a time.
unsafe impl<T: ?Sized + Send> Sync for ForkMutex<T> {}
// SAFETY: moving the mutex moves the value.
unsafe impl<T: ?Sized + Send> Send for ForkMutex<T> {}

/// Why a [`ForkMutex`] was not locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LockError {
    /// It is held by a thread that did not survive the fork.
    HolderGone,
    /// It is held by the calling thread, which would wait for itself.
    HeldByThisThread,
}

impl fmt::Display for LockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LockError::HolderGone => "the lock is held by a thread that did not survive the fork",
            LockError::HeldByThisThread => "the lock is held by this very thread",
        })
    }
}

impl std::error::Error for LockError {}

impl<T> ForkMutex<T> {
    /// Unlocked.
    pub const fn new(value: T) -> Self {
        Self {
            holder: AtomicU64::new(0),
            waiting: AtomicU32::new(0),
            released: AtomicU32::new(0),
            unguarded: AtomicBool::new(false),
            value: UnsafeCell::new(value),
        }
    }

    /// The value.
    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

impl<T: ?Sized> ForkMutex<T> {
    /// Waits for the lock.
    ///
    /// # Errors
    ///
    /// See [`LockError`]: each is a case in which waiting would never end.
    pub fn lock(&self) -> Result<ForkMutexGuard<'_, T>, LockError> {
        let me = token::mine();
        if self.take(me).is_ok() { Ok(self.guard()) } else { self.lock_slow(me) }
    }

    /// The lock if it is free; `None` while a living thread holds it.
    ///
    /// # Errors
    ///
    /// As [`lock`](ForkMutex::lock).
    pub fn try_lock(&self) -> Result<Option<ForkMutexGuard<'_, T>>, LockError> {
        let me = token::mine();
        match self.take(me) {
            Ok(()) => Ok(Some(self.guard())),
            Err(holder) => hopeless(holder, me).map_or(Ok(None), Err),
        }
    }

    /// The value; nobody else can have the lock.
    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }

    /// As [`try_lock`](ForkMutex::try_lock), without a guard: this thread keeps the lock until it calls
    /// [`resume`](ForkMutex::resume), from one hook around a fork to the next. True if it has the lock.
    pub(crate) fn hold(&self) -> Result<bool, LockError> {
        let taken = self.try_lock()?;
        let held = taken.is_some();
        if held {
            self.unguarded.store(true, Ordering::Relaxed);
        }
        std::mem::forget(taken);
        Ok(held)
    }

    /// The guard of a lock that this thread took by [`hold`](ForkMutex::hold), in the same process or in a child of it.
    pub(crate) fn resume(&self) -> Option<ForkMutexGuard<'_, T>> {
        // The mark is set without a guard alive, and is the holder's alone to look at: there will be one guard.
        let mine = self.holder.load(Ordering::SeqCst) == token::mine();
        (mine && self.unguarded.swap(false, Ordering::Relaxed)).then(|| self.guard())
    }

    fn take(&self, me: u64) -> Result<(), u64> {
        self.holder.compare_exchange(0, me, Ordering::SeqCst, Ordering::SeqCst).map(drop)
    }

    fn guard(&self) -> ForkMutexGuard<'_, T> {
        ForkMutexGuard { mutex: self, not_send: PhantomData }
    }

    #[cold]
    fn lock_slow(&self, me: u64) -> Result<ForkMutexGuard<'_, T>, LockError> {
        // Counted before the look at the holder; a release looks at the count after it has cleared the holder. Both
        // sequentially consistent: one sees the other. A fork leaves the count too high, which costs a wake-up.
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let result = loop {
            let seen = self.released.load(Ordering::SeqCst);
            match self.take(me) {
                Ok(()) => break Ok(self.guard()),
                Err(holder) => {
                    if let Some(error) = hopeless(holder, me) {
                        break Err(error);
                    }
                }
            }
            wait(&self.released, seen);
        };
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        result
    }
}

fn hopeless(holder: u64, me: u64) -> Option<LockError> {
    // If this is the thread that came through a fork, let it be known.
    crate::generation();
    if holder == me {
        Some(LockError::HeldByThisThread)
    } else if token::is_gone(holder) {
        Some(LockError::HolderGone)
    } else {
        None
    }
}

impl<T: Default> Default for ForkMutex<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: ?Sized> fmt::Debug for ForkMutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let holder = self.holder.load(Ordering::Relaxed);
        let state = if holder == 0 {
            "free"
        } else if token::is_gone(holder) {
            "held by a thread that did not survive the fork"
        } else {
            "held"
        };
        f.debug_tuple("ForkMutex").field(&format_args!("{state}")).finish()
    }
}

/// Holds a [`ForkMutex`].
#[must_use = "dropping the guard releases the lock"]
pub struct ForkMutexGuard<'a, T: ?Sized> {
    mutex: &'a ForkMutex<T>,
    /// The number in the mutex is that of the thread: the guard must stay with it.
    not_send: PhantomData<*const ()>,
}

// SAFETY: a shared guard gives `&T` only.
unsafe impl<T: ?Sized + Sync> Sync for ForkMutexGuard<'_, T> {}

impl<T: ?Sized> Deref for ForkMutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: the guard's thread holds the lock, in this process or in the parent whose copy this is.
        unsafe { &*self.mutex.value.get() }
    }
}

impl<T: ?Sized> DerefMut for ForkMutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as in `deref`, and `&mut self` makes it the only reference.
        unsafe { &mut *self.mutex.value.get() }
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for ForkMutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized> Drop for ForkMutexGuard<'_, T> {
    fn drop(&mut self) {
        self.mutex.holder.store(0, Ordering::SeqCst);
        if self.mutex.waiting.load(Ordering::SeqCst) > 0 {
            self.mutex.released.fetch_add(1, Ordering::SeqCst);
            wake(&self.mutex.released);
        }
    }
}

/// Sleeps while `word` is `seen`. futex(2), Linux 2.6.22 for the private form.
fn wait(word: &AtomicU32, seen: u32) {
    let no_limit = std::ptr::null::<libc::timespec>();
    let operation = libc::FUTEX_WAIT | libc::FUTEX_PRIVATE_FLAG;
    // SAFETY: the word is alive; any result (woken, changed, interrupted) makes the caller look again.
    unsafe { libc::syscall(libc::SYS_futex, word.as_ptr(), operation, seen, no_limit) };
}

fn wake(word: &AtomicU32) {
    let operation = libc::FUTEX_WAKE | libc::FUTEX_PRIVATE_FLAG;
    // SAFETY: the address is only a key.
    unsafe { libc::syscall(libc::SYS_futex, word.as_ptr(), operation, 1) };
}
