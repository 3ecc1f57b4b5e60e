//! Know the fork, reset what it broke.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(unsafe_code)]

#[cfg(all(
    any(feature = "r2d2", feature = "redis", feature = "postgres"),
    not(loom)
))]
pub mod adapters;
#[cfg(not(loom))]
pub mod atfork;
#[cfg(not(loom))]
mod child;
#[cfg(not(loom))]
pub mod detect;
#[cfg(not(loom))]
mod fork;
#[cfg(not(loom))]
mod inherited;
mod lockfree;
#[cfg(not(loom))]
pub mod pool;
#[cfg(not(loom))]
mod process;
#[cfg(not(loom))]
pub mod spawn;
#[cfg(not(loom))]
#[expect(
    unsafe_code,
    reason = "the one place for unsafe code and system calls; everything above is safe code"
)]
mod sys;
#[cfg(all(feature = "testkit", not(loom)))]
pub mod testkit;
#[cfg(not(loom))]
mod threads;

#[cfg(not(loom))]
pub use crate::{
    child::{Child, Exit},
    detect::{Generation, cached_pid, generation},
    fork::{Fork, ForkError, exit_child, fork, only_thread},
    inherited::Inherited,
    process::{
        Audit, CloseOnFork, Decision, Descriptor, DescriptorPolicy, Kind, PerProcess, TrackedLocal,
    },
    sys::arena::{ForkExcluded, NotHere},
    sys::fork_mutex::{ForkMutex, ForkMutexGuard, LockError},
    sys::process::fork_unchecked,
    threads::ThreadInfo,
};
