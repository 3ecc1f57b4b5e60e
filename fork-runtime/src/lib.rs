//! Know the fork, reset what it broke.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(unsafe_code)]

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
mod process;
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
    process::PerProcess,
    sys::process::fork_unchecked,
    threads::ThreadInfo,
};
