//! The lock-free algorithms, free of system calls, so that loom can run every interleaving of them.

pub(crate) mod epoch;
pub(crate) mod once_pass;

/// The atomics: std's in the crate, loom's in its models.
pub(crate) mod atomic {
    #[cfg(fork_runtime_loom)]
    pub(crate) use loom::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering};
    #[cfg(not(fork_runtime_loom))]
    pub(crate) use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering};
}

#[cfg(all(test, fork_runtime_loom))]
mod models;

/// The pool's slots, compiled here again for their model.
#[cfg(all(test, fork_runtime_loom))]
#[path = "../sys/slots.rs"]
#[expect(unsafe_code, reason = "part of `sys`, which loom builds leave out")]
mod slots;
