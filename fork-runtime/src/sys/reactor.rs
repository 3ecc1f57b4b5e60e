//! Descriptors in Tokio's epoll instance.

use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// A copy of the descriptor in the runtime's epoll: the original may be there for another purpose, which the kernel would
/// refuse (epoll_ctl(2), `EEXIST`).
pub(crate) fn watched(fd: BorrowedFd<'_>) -> io::Result<AsyncFd<OwnedFd>> {
    let copy = fd.try_clone_to_owned()?;
    // SAFETY: an open descriptor that the result owns, of which nobody else has the number to close it; `OwnedFd` always
    // returns the same one.
    unsafe { AsyncFd::register_with_interest(copy, Interest::READABLE) }.map_err(io::Error::from)
}
