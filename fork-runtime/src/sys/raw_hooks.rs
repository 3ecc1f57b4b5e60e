//! Hooks that run inside libc's handler in the child of a threaded process: a fixed table, no lock, no allocation.

use crate::atfork::Phase;
use std::ffi::c_void;
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

/// The functions of a hook that must be async-signal-safe. See [`register_signal_safe`].
#[derive(Debug, Clone, Copy)]
pub struct RawHooks {
    /// What messages call it.
    pub name: &'static str,
    /// Where it stands among the others.
    pub phase: Phase,
    /// Runs before the fork, in the thread that forks.
    pub prepare: Option<unsafe extern "C" fn(*mut c_void)>,
    /// Runs after the fork in the parent.
    pub parent: Option<unsafe extern "C" fn(*mut c_void)>,
    /// Runs after the fork in the child.
    pub child: Option<unsafe extern "C" fn(*mut c_void)>,
    /// Given to each of the functions.
    pub data: *mut c_void,
}

struct Entry {
    hooks: RawHooks,
    order: u64,
}

const ROOM: usize = 64;
static TABLE: [AtomicPtr<Entry>; ROOM] = [const { AtomicPtr::new(std::ptr::null_mut()) }; ROOM];
static ORDER: AtomicU64 = AtomicU64::new(1);

/// All [`RawHooks`] places are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableFull;

impl std::fmt::Display for TableFull {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "all {ROOM} places for signal-safe fork hooks are taken")
    }
}

impl std::error::Error for TableFull {}

/// Keeps a signal-safe hook registered; dropping it unregisters.
#[derive(Debug)]
#[must_use = "dropping the registration unregisters the hook"]
pub struct RawRegistration {
    place: usize,
    entry: *mut c_void,
}

// SAFETY: the pointer is only compared, never read through.
unsafe impl Send for RawRegistration {}
// SAFETY: as above.
unsafe impl Sync for RawRegistration {}

impl RawRegistration {
    /// Keeps the hook for the life of the process.
    pub fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for RawRegistration {
    fn drop(&mut self) {
        let mine = self.entry.cast::<Entry>();
        // The entry itself is leaked (48 bytes): a thread that forks right now may still be reading it.
        let _ = TABLE[self.place].compare_exchange(mine, std::ptr::null_mut(), Ordering::AcqRel, Ordering::Relaxed);
    }
}

/// Registers functions that run inside libc's fork handler, also in the child of a process with threads, where the
/// closures of [`Hooks`](crate::atfork::Hooks) would have to wait.
///
/// They run innermost: `prepare` after that of all ordinary hooks, `parent` and `child` before theirs; among
/// themselves by phase, `prepare` last in first out, `parent` and `child` first in first out. After a raw `clone`,
/// which no handler sees, `child` runs at the next use of this crate. Each runs once per generation.
///
/// # Safety
///
/// - `child` is async-signal-safe (signal-safety(7)): it neither allocates nor locks, and does not unwind;
/// - `prepare` and `parent` do not unwind;
/// - each may be called with `data` from any thread, until the registration is dropped and no fork is in progress.
///
/// # Errors
///
/// [`TableFull`] when 64 such hooks are registered: the table cannot grow, since growing takes a lock.
pub unsafe fn register_signal_safe(hooks: RawHooks) -> Result<RawRegistration, TableFull> {
    super::handlers::install();
    super::wiped::words();
    let order = ORDER.fetch_add(1, Ordering::Relaxed);
    let entry = Box::into_raw(Box::new(Entry { hooks, order }));
    for (place, slot) in TABLE.iter().enumerate() {
        if slot.compare_exchange(std::ptr::null_mut(), entry, Ordering::AcqRel, Ordering::Relaxed).is_ok() {
            return Ok(RawRegistration { place, entry: entry.cast() });
        }
    }
    // SAFETY: made by `Box::into_raw` above and published nowhere.
    drop(unsafe { Box::from_raw(entry) });
    Err(TableFull)
}

type Pick = fn(&RawHooks) -> Option<unsafe extern "C" fn(*mut c_void)>;

/// Runs `prepare`, last in first out.
pub(crate) fn prepare() {
    let mut limit = (u8::MAX, u64::MAX);
    while let Some((key, entry)) = next(|key| key < limit, |new, best| new > best) {
        run(entry, |hooks| hooks.prepare);
        limit = key;
    }
}

/// Runs `parent`, first in first out.
pub(crate) fn parent() {
    forwards(|hooks| hooks.parent);
}

/// Runs `child`, first in first out. Async-signal-safe if the hooks are.
pub(crate) fn child() {
    forwards(|hooks| hooks.child);
}

fn forwards(pick: Pick) {
    let mut limit = None;
    while let Some((key, entry)) = next(|key| limit.is_none_or(|limit| key > limit), |new, best| new < best) {
        run(entry, pick);
        limit = Some(key);
    }
}

type Key = (u8, u64);

/// The best entry by `better` among those `allowed`: a selection sort without memory.
fn next(allowed: impl Fn(Key) -> bool, better: impl Fn(Key, Key) -> bool) -> Option<(Key, &'static Entry)> {
    let mut best: Option<(Key, &'static Entry)> = None;
    for slot in &TABLE {
        let entry = slot.load(Ordering::Acquire);
        // SAFETY: null, or an entry made by `register_signal_safe`; entries are never freed once published.
        let Some(entry) = (unsafe { entry.as_ref() }) else {
            continue;
        };
        let key = (entry.hooks.phase.rank(), entry.order);
        if allowed(key) && best.is_none_or(|(held, _)| better(key, held)) {
            best = Some((key, entry));
        }
    }
    best
}

fn run(entry: &Entry, pick: Pick) {
    if let Some(function) = pick(&entry.hooks) {
        // SAFETY: the promise given to `register_signal_safe`.
        unsafe { function(entry.hooks.data) }
    }
}
