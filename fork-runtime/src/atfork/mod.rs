//! Hooks around every fork of the process, also those made by C libraries.
//!
//! ```
//! use fork_runtime::atfork::{self, Hooks, Phase};
//! use std::sync::atomic::{AtomicU64, Ordering};
//!
//! static SEED: AtomicU64 = AtomicU64::new(0);
//!
//! let registration = atfork::register(
//!     Hooks::new("my-library: random numbers")
//!         .phase(Phase::Rng)
//!         .child(|_| SEED.store(0, Ordering::Relaxed)),
//! );
//! // Dropping it unregisters; a library that lives as long as the program keeps it for good:
//! registration.forget();
//! ```
//!
//! # When what runs
//!
//! | | runs | order |
//! |---|---|---|
//! | `prepare` | in the thread that forks, before libc's `fork` | phases `App` to `Locks`, last registered first |
//! | `parent` | in that thread, after the fork; also when the fork failed | phases `Locks` to `App`, first registered first |
//! | `child` | in the child, once per process | as `parent` |
//!
//! The order within a phase is that of pthread_atfork(3). `child` runs inside libc's `fork` if the kernel says that the
//! process had one thread at the time. From a process with threads it waits for the first use of this crate in the
//! child ([`run_child_now`], a [`PerProcess`](crate::PerProcess), a pool): a closure may allocate and lock, and
//! between such a fork and `exec` only async-signal-safe functions may run (fork(2)). A hook that has to run right
//! there is another thing: [`register_signal_safe`]. A process made by a raw `clone` or `_Fork` (glibc 2.34), which no
//! libc handler sees, also runs its `child` hooks at the first use. A `vfork` child is no new process.
//!
//! # Rules
//!
//! - *Retry.* `prepare` that cannot be ready, because taking its lock now might dead-lock with another hook, answers
//!   [`Prepare::Retry`]: what was prepared is undone (their `parent` runs with [`Event::forked`] false), and all
//!   starts again, until the hook's [deadline](Hooks::deadline). Then [`fork()`](crate::fork()) gives up with an error
//!   that names the hook; libc's `fork`, which cannot be stopped, goes on, and the hook's `child` sees
//!   [`Event::prepared`] false.
//! - *Panics.* In `prepare`: as if its deadline were over. In `parent`: caught, the other hooks run. In `child`: the child
//!   ends by `abort` with a message that names the hook, since nobody could trust its state.
//! - *Re-entrancy.* A hook may register and unregister hooks; a new one takes part from the next fork on, a removed one
//!   is not run any more. A fork made inside a hook runs no `prepare` and no `parent`; its child runs the `child` hooks,
//!   which see as prepared what was prepared by then.
//! - *Concurrency.* Two threads that fork take turns, from the first `prepare` to the last `parent`. Dropping a
//!   [`Registration`] waits for another thread's fork in progress: afterwards the hook is not running.

pub(crate) mod engine;
mod hooks;

pub use crate::sys::raw_hooks::{RawHooks, RawRegistration, TableFull, register_signal_safe};
pub use engine::run_child_now;
pub use hooks::{Event, Hooks, Phase, Prepare, Registration, register};
