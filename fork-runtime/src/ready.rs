//! Waiting without blocking a thread: pidfds and sockets in Tokio's epoll instance. No `SIGCHLD` handler, no task, no
//! thread of its own.

pub(crate) use crate::sys::reactor::watched;
use crate::{Child, Exit};
use std::future::poll_fn;
use std::io;
use std::os::fd::OwnedFd;
use std::task::Poll;
use tokio::io::unix::AsyncFd;

/// Calls `read` when the first of both can be read (with `false`), or the second (with `true`), until it has something.
pub(crate) async fn first_of<T>(
    first: &AsyncFd<OwnedFd>,
    second: &AsyncFd<OwnedFd>,
    mut read: impl FnMut(bool) -> Poll<T>,
) -> io::Result<T> {
    loop {
        let (ended, mut guard) = poll_fn(|context| {
            if let Poll::Ready(guard) = first.poll_read_ready(context) {
                return Poll::Ready(guard.map(|guard| (false, guard)));
            }
            second.poll_read_ready(context).map(|guard| guard.map(|guard| (true, guard)))
        })
        .await?;
        match read(ended) {
            Poll::Ready(value) => return Ok(value),
            Poll::Pending => guard.clear_ready(),
        }
    }
}

impl Child {
    /// [`wait`](Child::wait) for a task of Tokio: the thread does other work in the meantime. To be called in a runtime
    /// with its I/O driver enabled. It may be dropped at any time, and called again.
    ///
    /// # Errors
    ///
    /// As [`Child::wait`].
    ///
    /// # Panics
    ///
    /// Outside of a runtime, or in one without I/O, as all of Tokio's.
    pub async fn wait_async(&mut self) -> io::Result<Exit> {
        if let Some(exit) = self.try_wait()? {
            return Ok(exit);
        }
        let pidfd = watched(self.pidfd()?)?;
        loop {
            let mut guard = pidfd.readable().await?;
            match self.try_wait()? {
                Some(exit) => return Ok(exit),
                None => guard.clear_ready(),
            }
        }
    }
}
