//! A lazily made value that is made again in every process.

use crate::Inherited;
use crate::atfork::run_child_now;
use crate::detect::generation;
use crate::sys::chain::Chain;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// Like [`LazyLock`](std::sync::LazyLock), but once per process instead of once.
///
/// ```
/// use fork_runtime::PerProcess;
///
/// static LOG_PREFIX: PerProcess<String> = PerProcess::new(|| format!("[{}]", fork_runtime::cached_pid()));
///
/// assert_eq!(*LOG_PREFIX, format!("[{}]", std::process::id()));
/// // In a forked child the same expression makes the child's own prefix.
/// ```
///
/// The parent's value is leaked in the child, never dropped: its destructor belongs to the parent, and `&T` taken
/// before the fork stay valid. [`on_inherit`](PerProcess::on_inherit) gets a look at it.
///
/// No lock is involved that a fork could leave held: a thread that was inside `init` at the fork was working on the
/// parent's copy, which nobody waits for in the child. Threads of one process wait for the one that runs `init`. If `init`
/// panics, the next caller tries again; if it calls `get` of the same value, it waits for itself.
pub struct PerProcess<T, F = fn() -> T> {
    values: Chain<Slot<T>>,
    init: F,
    on_inherit: Option<fn(Inherited<&T>)>,
}

struct Slot<T> {
    value: OnceLock<T>,
    told: AtomicBool,
}

impl<T, F: Fn() -> T> PerProcess<T, F> {
    /// A value that `init` will make when it is first needed, in each process.
    pub const fn new(init: F) -> Self {
        Self { values: Chain::new(), init, on_inherit: None }
    }

    /// Runs `look` once in a child, before `init`, with the value the parent had, if it had one.
    #[must_use]
    pub fn on_inherit(mut self, look: fn(Inherited<&T>)) -> Self {
        self.on_inherit = Some(look);
        self
    }

    /// The value of this process.
    #[inline]
    pub fn get(&self) -> &T {
        match self.values.get(generation()).and_then(|slot| slot.value.get()) {
            Some(value) => value,
            None => self.make(),
        }
    }

    /// The value of this process, if it was made already.
    pub fn get_if_made(&self) -> Option<&T> {
        self.values.get(generation()).and_then(|slot| slot.value.get())
    }

    #[cold]
    fn make(&self) -> &T {
        run_child_now();
        loop {
            let now = generation();
            let slot = match self.values.get(now) {
                Some(slot) => slot,
                None => self.values.insert(now, Slot { value: OnceLock::new(), told: AtomicBool::new(false) }).0,
            };
            let value = slot.value.get_or_init(|| {
                if let (Some(look), Some(old)) = (self.on_inherit, self.values.inherited(now))
                    && let Some(value) = old.value.get()
                    && !old.told.swap(true, Ordering::AcqRel)
                {
                    look(Inherited::new(value));
                }
                (self.init)()
            });
            // `init` may have forked; its child starts over with a value of its own.
            if now.is_current() {
                return value;
            }
        }
    }
}

impl<T, F: Fn() -> T> Deref for PerProcess<T, F> {
    type Target = T;

    fn deref(&self) -> &T {
        self.get()
    }
}

impl<T: fmt::Debug, F> fmt::Debug for PerProcess<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.values.get(generation()).and_then(|slot| slot.value.get());
        f.debug_tuple("PerProcess").field(&value).finish()
    }
}
