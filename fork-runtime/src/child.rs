//! A handle on a child process that cannot be mistaken for another process.

use crate::detect::{Generation, generation};
use crate::process::PerProcess;
use crate::sys::reap::{self, Usage};
use std::fmt;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// By `_exit` with this status.
    Status(i32),
    /// By this signal.
    Signal(i32),
}

impl Exit {
    /// Whether it ended with status 0.
    pub fn success(self) -> bool {
        self == Exit::Status(0)
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Exit::Status(status) => write!(f, "exit status {status}"),
            Exit::Signal(signal) => write!(f, "signal {signal}"),
        }
    }
}

/// A child of this process, held by a pidfd (Linux 5.3; waiting needs 5.4).
///
/// Dropping it leaves the process running. No zombie stays: a handle dropped before its child ended is kept aside, and
/// later forks, spawns and drops collect it. In a forked child the handle is inert: the process is its parent's.
#[derive(Debug)]
pub struct Child {
    pid: u32,
    pidfd: Option<OwnedFd>,
    ended: Option<(Exit, Usage)>,
    born: Generation,
}

/// Children whose handles were dropped while they ran.
static DROPPED: PerProcess<Mutex<Vec<OwnedFd>>> = PerProcess::new(Mutex::default);

impl Child {
    pub(crate) fn new(pid: u32, pidfd: OwnedFd) -> Self {
        sweep();
        Self { pid, pidfd: Some(pidfd), ended: None, born: generation() }
    }

    /// The handle on no process, for where one was.
    #[cfg(feature = "zygote")]
    pub(crate) fn nobody() -> Self {
        Self { pid: 0, pidfd: None, ended: None, born: generation() }
    }

    /// The pid, in the namespace of this process.
    pub fn id(&self) -> u32 {
        self.pid
    }

    /// Waits for the end.
    ///
    /// # Errors
    ///
    /// `Unsupported` in another process than the one that made it; the errors of waitid(2): `ECHILD` when something
    /// else has collected the child, or `SIGCHLD` is ignored.
    pub fn wait(&mut self) -> io::Result<Exit> {
        loop {
            if let Some(exit) = self.collect(true)? {
                return Ok(exit);
            }
        }
    }

    /// The end, if it has come.
    ///
    /// # Errors
    ///
    /// As [`Child::wait`].
    pub fn try_wait(&mut self) -> io::Result<Option<Exit>> {
        self.collect(false)
    }

    /// Waits at most so long.
    ///
    /// # Errors
    ///
    /// As [`Child::wait`].
    pub fn wait_timeout(&mut self, time: Duration) -> io::Result<Option<Exit>> {
        let start = Instant::now();
        loop {
            if let Some(exit) = self.collect(false)? {
                return Ok(Some(exit));
            }
            let left = time.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Ok(None);
            }
            reap::readable_within(self.fd()?, left)?;
        }
    }

    /// What it has used, once its end has been waited for.
    pub fn usage(&self) -> Option<Usage> {
        self.ended.map(|(_, usage)| usage)
    }

    /// Sends a signal; to this child and nobody else, even if its number has been used again.
    ///
    /// # Errors
    ///
    /// `Unsupported` in another process than the one that made it; `ESRCH` when it has ended and been waited for.
    pub fn signal(&self, signal: i32) -> io::Result<()> {
        reap::send_signal(self.fd()?, signal)
    }

    /// Sends `SIGKILL`.
    ///
    /// # Errors
    ///
    /// As [`Child::signal`].
    pub fn kill(&self) -> io::Result<()> {
        self.signal(libc::SIGKILL)
    }

    /// The pidfd, to poll; readable once the child has ended.
    ///
    /// # Errors
    ///
    /// `Unsupported` in another process than the one that made it.
    pub fn pidfd(&self) -> io::Result<BorrowedFd<'_>> {
        self.fd()
    }

    fn fd(&self) -> io::Result<BorrowedFd<'_>> {
        let fd = self.pidfd.as_ref().filter(|_| self.born.is_current());
        fd.map(AsFd::as_fd)
            .ok_or_else(|| io::Error::new(io::ErrorKind::Unsupported, "this child handle was inherited over a fork"))
    }

    fn collect(&mut self, block: bool) -> io::Result<Option<Exit>> {
        if self.ended.is_none() {
            self.ended = reap::wait(self.fd()?, block)?.map(|ended| (read(ended), ended.usage));
        }
        Ok(self.ended.map(|(exit, _)| exit))
    }
}

fn read(ended: reap::Ended) -> Exit {
    if ended.code == libc::CLD_EXITED { Exit::Status(ended.status) } else { Exit::Signal(ended.status) }
}

impl Drop for Child {
    fn drop(&mut self) {
        if !self.born.is_current() {
            return;
        }
        // `sweep` collects it at once if it has ended already.
        if let (None, Some(fd)) = (self.ended, self.pidfd.take())
            && let Ok(mut dropped) = DROPPED.get().lock()
        {
            dropped.push(fd);
        }
        sweep();
    }
}

/// Collects the children whose handles were dropped.
fn sweep() {
    if let Ok(mut dropped) = DROPPED.get().lock() {
        dropped.retain(|fd| matches!(reap::wait(fd.as_fd(), false), Ok(None)));
    }
}
