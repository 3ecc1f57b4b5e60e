//! Thread-locals whose values can be disposed of when their threads are gone.

use super::token;
use crate::Inherited;
use crate::atfork::run_child_now;
use crate::detect::generation;
use crate::sys::shared_list::SharedList;
use std::cell::RefCell;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A thread-local whose values a child can get rid of.
///
/// After a fork, the locals of all other threads are memory that nobody reaches: what they own (descriptors, mappings)
/// stays for the life of the child. Values of a `TrackedLocal` are known to the process: a child's first use of it, or
/// [`dispose_inherited`](TrackedLocal::dispose_inherited), gives those of vanished threads to `dispose`, by default to
/// drop them.
///
/// ```
/// use fork_runtime::TrackedLocal;
///
/// static SCRATCH: TrackedLocal<Vec<u8>> = TrackedLocal::new(Vec::new);
/// let length = SCRATCH.with(|scratch| {
///     scratch.push(1);
///     scratch.len()
/// });
/// assert_eq!(length, 1);
/// ```
///
/// A value that its thread was using at the fork may be half-changed, and is leaked. In the process that made it, a
/// value is dropped when its thread ends. `T` is `Send`, since another thread drops it.
pub struct TrackedLocal<T: Send + 'static> {
    init: fn() -> T,
    dispose: fn(Inherited<T>),
    cells: SharedList<Cell<T>>,
    /// The generation whose inherited values are dealt with.
    settled: AtomicU64,
}

struct Cell<T> {
    thread: u64,
    /// Locked while its thread is inside `with`; nobody ever waits for it. A lock found taken in a child is the mark of
    /// a value in use at the fork.
    value: Mutex<Option<T>>,
}

/// Takes a thread's value out of a local; kept by the thread until it ends.
type Ending = Box<dyn Fn(u64)>;

struct Endings(Vec<Ending>);

impl Drop for Endings {
    fn drop(&mut self) {
        let me = token::mine();
        for ending in self.0.drain(..) {
            ending(me);
        }
    }
}

thread_local! {
    static ENDINGS: RefCell<Endings> = const { RefCell::new(Endings(Vec::new())) };
}

/// The thread is inside [`TrackedLocal::with`] of the same local already.
const REENTERED: &str = "a TrackedLocal was used inside its own `with`";

impl<T: Send + 'static> TrackedLocal<T> {
    /// A local whose values are made by `init`, and dropped in a child.
    pub const fn new(init: fn() -> T) -> Self {
        Self { init, dispose: |value| drop(value.into_inner()), cells: SharedList::new(), settled: AtomicU64::new(0) }
    }

    /// Disposes of the values of vanished threads in another way than by dropping them.
    #[must_use]
    pub const fn on_inherit(mut self, dispose: fn(Inherited<T>)) -> Self {
        self.dispose = dispose;
        self
    }

    /// Runs `body` with this thread's value.
    ///
    /// # Panics
    ///
    /// When called inside `body` of the same local.
    pub fn with<R>(&'static self, body: impl FnOnce(&mut T) -> R) -> R {
        self.dispose_inherited();
        let me = token::mine();
        let cells = self.cells.snapshot();
        let cell = match cells.iter().find(|cell| cell.thread == me) {
            Some(cell) => Arc::clone(cell),
            None => self.add(me),
        };
        drop(cells);
        // Only this thread, and one that knows this one to be gone, ever looks: it is free unless re-entered.
        let mut value = match cell.value.try_lock() {
            Ok(value) => value,
            Err(std::sync::TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(std::sync::TryLockError::WouldBlock) => reentered(),
        };
        body(value.get_or_insert_with(self.init))
    }

    fn add(&'static self, me: u64) -> Arc<Cell<T>> {
        let cell = Arc::new(Cell { thread: me, value: Mutex::new(None) });
        self.cells.replace(|cells| cells.push(Arc::clone(&cell)));
        // A thread that is ending already keeps its value until the process ends.
        let _ = ENDINGS.try_with(|endings| {
            endings.borrow_mut().0.push(Box::new(move |thread| {
                self.cells.replace(|cells| cells.retain(|cell| cell.thread != thread));
            }));
        });
        cell
    }

    /// Disposes of the values of threads that did not survive the fork, if that has not been done in this process. Gives
    /// their number, without those that were in use and are leaked.
    pub fn dispose_inherited(&'static self) -> usize {
        let now = generation().number();
        if self.settled.load(Ordering::Acquire) == now {
            return 0;
        }
        run_child_now();
        if self.settled.swap(now, Ordering::AcqRel) == now || self.cells.never_used() {
            return 0;
        }
        let mut gone = Vec::new();
        self.cells.replace(|cells| {
            let (lost, kept) = std::mem::take(cells).into_iter().partition(|cell| token::is_gone(cell.thread));
            gone = lost;
            *cells = kept;
        });
        gone.into_iter().filter(|cell| self.dispose_of(cell)).count()
    }

    fn dispose_of(&self, cell: &Arc<Cell<T>>) -> bool {
        match cell.value.try_lock().map_or_else(taken_anyway, |mut value| Ok(value.take())) {
            Ok(Some(value)) => {
                (self.dispose)(Inherited::new(value));
                true
            }
            Ok(None) => false,
            // In use at the fork. The lock is held for ever; its value must not be dropped with the cell.
            Err(()) => {
                std::mem::forget(Arc::clone(cell));
                false
            }
        }
    }
}

/// A value whose thread panicked in `with` is whole as far as Rust is concerned.
fn taken_anyway<T>(error: std::sync::TryLockError<std::sync::MutexGuard<'_, Option<T>>>) -> Result<Option<T>, ()> {
    match error {
        std::sync::TryLockError::Poisoned(poisoned) => Ok(PoisonError::into_inner(poisoned).take()),
        std::sync::TryLockError::WouldBlock => Err(()),
    }
}

#[cold]
#[expect(clippy::panic, reason = "a second `&mut` to the same value cannot be given")]
fn reentered() -> ! {
    panic!("{REENTERED}")
}

impl<T: Send + 'static> fmt::Debug for TrackedLocal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrackedLocal").finish_non_exhaustive()
    }
}
