//! Starting a program without running a line of unprepared code between fork and exec.
//!
//! ```
//! use fork_runtime::spawn::Spawn;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let mut child = Spawn::new("true").env_clear().new_session().umask(0o077).start()?;
//! assert!(child.wait()?.success());
//!
//! let error = Spawn::new("/no/such/program").start().unwrap_err();
//! assert_eq!(error.step(), fork_runtime::spawn::Step::Exec);
//! # Ok(())
//! # }
//! ```
//!
//! It replaces what people write in `CommandExt::pre_exec`, which makes std give up `posix_spawn` for `fork`: its cost
//! then grows with the size of the process, and the closure runs where only async-signal-safe code may.
//!
//! Everything is allocated before. The child is made by `clone(CLONE_VM | CLONE_VFORK)` (clone(2)), as `posix_spawn`
//! does: no page table is copied, and the parent's thread waits until the child has executed the program. Then the child
//! makes system calls only; the first that fails is reported, with its [`Step`]. Linux 5.4.
//!
//! In the child, in this order: handlers reset to default, session, process group, controlling terminal, resource limits, umask,
//! folder, groups and user, descriptors, everything else marked close-on-exec, signal mask, exec.

mod build;

pub use build::{Inherit, Spawn};

use std::fmt;
use std::io;

/// What the child was doing when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[repr(u32)]
pub enum Step {
    /// Making the process; or the request itself was wrong (a NUL byte in an argument).
    Prepare = 0,
    /// setsid(2).
    Session,
    /// setpgid(2).
    ProcessGroup,
    /// ioctl_tty(2), `TIOCSCTTY`.
    Terminal,
    /// setrlimit(2).
    ResourceLimit,
    /// chdir(2) or fchdir(2).
    Folder,
    /// setgroups(2), setresgid(2) or setresuid(2).
    Identity,
    /// fcntl(2) or dup3(2).
    Descriptors,
    /// close_range(2).
    CloseRange,
    /// sigaction(2) or sigprocmask(2).
    Signals,
    /// execve(2).
    Exec,
}

/// The program was not started.
#[derive(Debug)]
pub struct SpawnError {
    pub(crate) step: Step,
    pub(crate) error: io::Error,
}

impl SpawnError {
    /// What failed.
    pub fn step(&self) -> Step {
        self.step
    }

    /// The system's reason.
    pub fn io(&self) -> &io::Error {
        &self.error
    }
}

impl fmt::Display for SpawnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.step {
            Step::Prepare => "the process could not be made",
            Step::Session => "no new session",
            Step::ProcessGroup => "the process group was not set",
            Step::Terminal => "no controlling terminal",
            Step::ResourceLimit => "a resource limit was not set",
            Step::Folder => "the working folder was not changed",
            Step::Identity => "the user or group was not changed",
            Step::Descriptors => "a descriptor was not set up",
            Step::CloseRange => "the other descriptors were not marked close-on-exec",
            Step::Signals => "signals were not reset",
            Step::Exec => "the program was not executed",
        })
    }
}

impl std::error::Error for SpawnError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl From<SpawnError> for io::Error {
    fn from(error: SpawnError) -> Self {
        io::Error::new(error.error.kind(), error)
    }
}
