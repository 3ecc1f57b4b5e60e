//! The places of the pool where a test may stop a thread and fork. Feature `test-steps`; not for production.

use std::sync::PoisonError;
use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// A place in [`Pool::get`](super::Pool::get), in a check-in, or in what they call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of the steps")]
#[non_exhaustive]
pub enum Step {
    GetEntered,
    StateFound,
    Taken,
    BeforeCheck,
    Checked,
    BeforePermit,
    PermitTaken,
    BeforeConnect,
    Connected,
    FdsTracked,
    WaiterCounted,
    WaiterLocked,
    WaiterWoken,
    ReleaseEntered,
    BeforePut,
    Put,
    NotifyLocked,
    Notified,
    BeforeDestroy,
    Destroyed,
}

impl Step {
    /// All of them.
    pub const ALL: [Step; 20] = [
        Step::GetEntered,
        Step::StateFound,
        Step::Taken,
        Step::BeforeCheck,
        Step::Checked,
        Step::BeforePermit,
        Step::PermitTaken,
        Step::BeforeConnect,
        Step::Connected,
        Step::FdsTracked,
        Step::WaiterCounted,
        Step::WaiterLocked,
        Step::WaiterWoken,
        Step::ReleaseEntered,
        Step::BeforePut,
        Step::Put,
        Step::NotifyLocked,
        Step::Notified,
        Step::BeforeDestroy,
        Step::Destroyed,
    ];
}

static WATCHED: AtomicBool = AtomicBool::new(false);
static WATCHER: RwLock<Option<fn(Step)>> = RwLock::new(None);

/// Calls `watcher` in every thread that reaches a step, until it is replaced.
pub fn watch(watcher: Option<fn(Step)>) {
    *WATCHER.write().unwrap_or_else(PoisonError::into_inner) = watcher;
    WATCHED.store(watcher.is_some(), Ordering::Release);
}

/// Stops calling the watcher, without taking a lock: for a child.
pub fn ignore() {
    WATCHED.store(false, Ordering::Release);
}

pub(crate) fn reached(step: Step) {
    if WATCHED.load(Ordering::Acquire) {
        // Copied out: the watcher may block for long.
        let watcher = *WATCHER.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(watcher) = watcher {
            watcher(step);
        }
    }
}
