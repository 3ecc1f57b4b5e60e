//! The state of a pool in one process.

use super::step;
use crate::detect::{Generation, generation};
use crate::sys::fds::Tracked;
use crate::sys::slots::Slots;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Instant;

/// A connection and what the pool knows about it. The fields are dropped in this order: the table forgets the
/// descriptors before they are closed.
pub(super) struct Entry<C> {
    #[expect(dead_code, reason = "kept for what its drop does")]
    pub(super) tracked: Vec<Tracked>,
    pub(super) conn: C,
    pub(super) made: u64,
    pub(super) used: u64,
}

/// Everything that changes. Belongs to one generation; a child looks at its parent's only to discard the idle ones.
pub(super) struct State<C> {
    pub(super) generation: Generation,
    pub(super) idle: Slots<Entry<C>>,
    /// Idle, checked out, or being made.
    pub(super) total: AtomicUsize,
    waiters: AtomicUsize,
    /// Guards nothing but the moment between a waiter's last look and its sleep.
    sleep: Mutex<()>,
    wake: Condvar,
    /// An inherited pool under `AfterFork::Refuse`.
    pub(super) refuses: AtomicBool,
    pub(super) counts: Counts,
}

#[derive(Default)]
pub(super) struct Counts {
    pub(super) made: AtomicU64,
    pub(super) dropped: AtomicU64,
    pub(super) failed: AtomicU64,
    pub(super) timeouts: AtomicU64,
    pub(super) waited: AtomicU64,
    pub(super) discarded: AtomicU64,
    pub(super) first: AtomicU64,
}

impl<C> State<C> {
    pub(super) fn new(max_size: usize) -> Self {
        Self {
            generation: generation(),
            idle: Slots::new(max_size),
            total: AtomicUsize::new(0),
            waiters: AtomicUsize::new(0),
            sleep: Mutex::new(()),
            wake: Condvar::new(),
            refuses: AtomicBool::new(false),
            counts: Counts::default(),
        }
    }

    /// Takes the right to make one more connection.
    pub(super) fn permit(&self, max_size: usize) -> bool {
        step!(BeforePermit);
        let more = |total: usize| (total < max_size).then_some(total + 1);
        let taken = self.total.fetch_update(Ordering::SeqCst, Ordering::SeqCst, more).is_ok();
        step!(PermitTaken);
        taken
    }

    /// Gives it back: the connection is gone, or was never made.
    pub(super) fn give_permit_back(&self) {
        self.total.fetch_sub(1, Ordering::SeqCst);
        self.notify();
    }

    /// Tells one waiter that something has come free. The waiter counts itself before its last look, and this looks at
    /// the count after what it announces, both sequentially consistent: one of the two sees the other.
    pub(super) fn notify(&self) {
        if self.waiters.load(Ordering::SeqCst) > 0 {
            {
                let _held = self.sleep.lock().unwrap_or_else(PoisonError::into_inner);
                step!(NotifyLocked);
            }
            self.wake.notify_one();
            step!(Notified);
        }
    }

    /// Waits until `look` finds something, or the deadline has passed.
    pub(super) fn wait_for<R>(&self, deadline: Instant, mut look: impl FnMut() -> Option<R>) -> Option<R> {
        self.counts.waited.fetch_add(1, Ordering::Relaxed);
        self.waiters.fetch_add(1, Ordering::SeqCst);
        step!(WaiterCounted);
        let mut held = self.sleep.lock().unwrap_or_else(PoisonError::into_inner);
        step!(WaiterLocked);
        let found = loop {
            if let Some(found) = look() {
                break Some(found);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break None;
            }
            held = self.wake.wait_timeout(held, left).unwrap_or_else(PoisonError::into_inner).0;
            step!(WaiterWoken);
        };
        drop(held);
        self.waiters.fetch_sub(1, Ordering::SeqCst);
        found
    }
}

/// Numbers of a pool in this process, at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Metrics {
    /// Connections there are, idle or not.
    pub connections: usize,
    /// Idle ones.
    pub idle: usize,
    /// Check-outs.
    pub checkouts: u64,
    /// Connections made.
    pub made: u64,
    /// Connections dropped: too old, idle for too long, broken, or failing their check.
    pub dropped: u64,
    /// Attempts to connect that failed.
    pub failed: u64,
    /// Check-outs that had to wait.
    pub waited: u64,
    /// Check-outs that waited in vain.
    pub timeouts: u64,
    /// Idle connections of the parent that this process discarded.
    pub discarded: u64,
}

impl<C> State<C> {
    pub(super) fn metrics(&self) -> Metrics {
        let get = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Metrics {
            connections: self.total.load(Ordering::Relaxed),
            idle: self.idle.count(),
            checkouts: self.idle.taken() + get(&self.counts.first),
            made: get(&self.counts.made),
            dropped: get(&self.counts.dropped),
            failed: get(&self.counts.failed),
            waited: get(&self.counts.waited),
            timeouts: get(&self.counts.timeouts),
            discarded: get(&self.counts.discarded),
        }
    }
}

/// Why there is no connection.
#[derive(Debug)]
#[non_exhaustive]
pub enum PoolError<E> {
    /// None came back in time.
    Timeout,
    /// A new one could not be made.
    Connect(E),
    /// The pool, or the guard, is from before a fork. See [`AfterFork::Refuse`](super::AfterFork::Refuse).
    Inherited,
}

impl<E> fmt::Display for PoolError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PoolError::Timeout => "no connection came free in time",
            PoolError::Connect(_) => "no connection could be made",
            PoolError::Inherited => "it was opened before a fork, by the parent process",
        })
    }
}

impl<E: std::error::Error + 'static> std::error::Error for PoolError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        if let PoolError::Connect(error) = self { Some(error) } else { None }
    }
}
