//! `fork` as a safe function, and as an unsafe one.

use crate::atfork::engine;
use crate::child::Child;
use crate::sys;
use crate::sys::process::Alone;
use crate::threads::{self, ThreadInfo};
use std::fmt;
use std::io;
use std::time::{Duration, Instant};

/// On which side of the fork we are.
#[derive(Debug)]
pub enum Fork {
    /// The process that called, with a handle on the new one.
    Parent(Child),
    /// The new process. Leave it by [`exit_child`] or `exec`: returning from `main` runs the parent's destructors and
    /// `atexit` handlers a second time.
    Child,
}

/// Why there was no fork.
#[derive(Debug)]
#[non_exhaustive]
pub enum ForkError {
    /// The process has other threads. In the child they would be gone, and whatever lock they hold would stay held.
    NotSingleThreaded {
        /// The other threads, as far as `/proc` could be read.
        threads: Vec<ThreadInfo>,
    },
    /// The kernel would not say how many threads there are: neither unshare(2) nor `/proc` is allowed here.
    ThreadsUnknown,
    /// A `prepare` hook was not ready within its deadline.
    HookNotReady {
        /// The name of the hook.
        hook: String,
    },
    /// A `prepare` hook panicked.
    HookPanicked {
        /// The name of the hook.
        hook: String,
    },
    /// fork(2) or pidfd_open(2) failed.
    Os(io::Error),
}

impl fmt::Display for ForkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ForkError::NotSingleThreaded { threads } => {
                f.write_str("fork refused: the process has other threads:")?;
                for (at, thread) in threads.iter().enumerate() {
                    write!(f, "{} {thread}", if at == 0 { "" } else { "," })?;
                }
                if threads.is_empty() { f.write_str(" (their names could not be read)") } else { Ok(()) }
            }
            ForkError::ThreadsUnknown => {
                f.write_str("fork refused: the kernel does not say how many threads there are")
            }
            ForkError::HookNotReady { hook } => write!(f, "fork given up: the hook \"{hook}\" was not ready in time"),
            ForkError::HookPanicked { hook } => {
                write!(f, "fork given up: the hook \"{hook}\" panicked")
            }
            ForkError::Os(_) => f.write_str("fork failed"),
        }
    }
}

impl std::error::Error for ForkError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        if let ForkError::Os(error) = self { Some(error) } else { None }
    }
}

/// How long a thread that has begun to exit may take to be gone from the kernel's count.
const DYING: Duration = Duration::from_secs(2);

/// Makes a child that is a whole copy of this process; refuses in a process with threads.
///
/// Safe, because there is no other thread that could hold a lock or be in the middle of a change: the kernel itself is
/// asked, by `unshare(CLONE_VM)` (unshare(2): `EINVAL` if multithreaded; where seccomp forbids the call, by counting
/// `/proc/self/task`), after the `prepare` hooks, right before the fork. A thread that was joined a moment ago and is
/// still on its way out is waited for.
///
/// The child has the same descriptors, signal handlers and mask. All [`atfork`](crate::atfork) hooks have run when this
/// returns.
///
/// ```
/// use fork_runtime::{Fork, exit_child, fork};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// match fork() {
///     Ok(Fork::Parent(mut child)) => assert!(child.wait()?.success()),
///     Ok(Fork::Child) => exit_child(0),
///     Err(error) => eprintln!("{error}"), // names the threads
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// See [`ForkError`]. Nothing has happened then: prepared hooks were undone.
pub fn fork() -> Result<Fork, ForkError> {
    only_thread()?;
    engine::before_own_fork().map_err(|refused| {
        let hook = refused.hook;
        if refused.panicked { ForkError::HookPanicked { hook } } else { ForkError::HookNotReady { hook } }
    })?;
    // A hook may have started a thread.
    if let Err(error) = only_thread() {
        engine::cancel();
        return Err(error);
    }
    match sys::process::fork_alone() {
        Ok(0) => {
            engine::run_child_now();
            Ok(Fork::Child)
        }
        Ok(pid) => {
            engine::in_parent();
            parent(pid).map_err(ForkError::Os)
        }
        Err(error) => {
            engine::in_parent();
            Err(ForkError::Os(error))
        }
    }
}

pub(crate) fn parent(pid: u32) -> io::Result<Fork> {
    // The child cannot be reaped, and its number not be used again, before we wait for it.
    Ok(Fork::Parent(Child::new(pid, sys::reap::pidfd_open(pid)?)))
}

/// Ends a forked child at once: no destructors, no `atexit` handlers, no flushing of buffers that the parent will flush
/// as well. `_exit(2)`.
pub fn exit_child(status: i32) -> ! {
    sys::process::exit_now(status)
}

/// Asks the kernel whether this is the only thread.
///
/// # Errors
///
/// [`ForkError::NotSingleThreaded`] and [`ForkError::ThreadsUnknown`].
pub fn only_thread() -> Result<(), ForkError> {
    let start = Instant::now();
    let mut round = 0;
    loop {
        let listed = match sys::process::alone() {
            Alone::Yes => return Ok(()),
            Alone::No => threads::others(),
            Alone::NotAllowed => {
                let others = threads::others().map_err(|_| ForkError::ThreadsUnknown)?;
                if others.is_empty() {
                    return Ok(());
                }
                Ok(others)
            }
        };
        // An empty list after a "no": the last other thread left in between, or shares the memory as a process.
        let threads = listed.unwrap_or_default();
        let leaving = threads.iter().all(|thread| thread.exiting);
        if !leaving || start.elapsed() > DYING {
            return Err(ForkError::NotSingleThreaded { threads });
        }
        sys::process::pause(round);
        round += 1;
    }
}
