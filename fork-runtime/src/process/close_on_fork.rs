//! What `O_CLOFORK` would be.

use crate::detect::{Generation, generation};
use crate::sys::fds::{self, Fate, Tracked};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, IntoRawFd, OwnedFd};

/// A descriptor that a forked child does not keep.
///
/// Closed inside libc's `fork`; after a raw `clone`, at the first use of this crate in the child. A descriptor that the
/// child has put something else under, after closing it itself, is left alone.
///
/// ```
/// use fork_runtime::CloseOnFork;
/// use std::io::Read;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let (mut reader, writer) = std::io::pipe()?;
/// let writer = CloseOnFork::new(writer.into())?;
/// // A child forked here has no copy of the writing end, so the reader sees the end of file
/// // when this process closes it, and not when the last child ends.
/// drop(writer);
/// assert_eq!(reader.read(&mut [0])?, 0);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct CloseOnFork {
    // Dropped first: the number must leave the table before it can be given out again.
    tracked: Option<Tracked>,
    fd: Option<OwnedFd>,
    born: Generation,
}

impl CloseOnFork {
    /// Takes the descriptor over.
    ///
    /// # Errors
    ///
    /// Those of fstat(2).
    pub fn new(fd: OwnedFd) -> io::Result<Self> {
        let tracked = fds::track(fd.as_fd(), Fate::Close)?;
        Ok(Self { tracked: Some(tracked), fd: Some(fd), born: generation() })
    }

    /// The descriptor; `None` in a child.
    pub fn get(&self) -> Option<BorrowedFd<'_>> {
        self.fd.as_ref().filter(|_| self.born.is_current()).map(AsFd::as_fd)
    }

    /// Gives the descriptor back, to be kept over forks from now on; `None` in a child.
    pub fn into_inner(mut self) -> Option<OwnedFd> {
        if !self.born.is_current() {
            return None;
        }
        self.tracked = None;
        self.fd.take()
    }
}

impl Drop for CloseOnFork {
    fn drop(&mut self) {
        if self.born.is_current() {
            self.tracked = None;
        } else {
            // After a raw clone the pass over the table has perhaps not been yet.
            fds::settle_inherited();
            // Closed, and perhaps another's number by now.
            let _ = self.fd.take().map(IntoRawFd::into_raw_fd);
        }
    }
}
