//! The owner's handle on a worker.

use super::builder::Builder;
use super::control::Started;
use super::error::JoinError;
use super::frames::{self, Reply};
use super::handle::Zygote;
use crate::child::{Child, Exit};
#[cfg(feature = "tokio")]
use crate::ready;
use crate::sys::packets::{self, Fds};
use crate::sys::reap;
use crate::sys::reap::Usage;
use serde::de::DeserializeOwned;
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

/// A worker: a child of this process that a template has made, held by a pidfd.
///
/// Dropped, it runs on and leaves no zombie; [`kill_on_drop`](super::Job::kill_on_drop) changes that. In a forked copy of
/// its owner it does nothing.
pub struct Worker<R> {
    choices: Arc<Builder>,
    socket: OwnedFd,
    child: Child,
    said: Option<Said>,
    channel: Option<UnixStream>,
    kill_on_drop: bool,
    result: PhantomData<fn() -> R>,
}

impl<R> fmt::Debug for Worker<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker").field("child", &self.child).finish_non_exhaustive()
    }
}

impl<R> Worker<R> {
    pub(super) fn new(
        choices: Arc<Builder>,
        started: Started,
        channel: Option<UnixStream>,
        kill_on_drop: bool,
    ) -> Self {
        let Started { socket, child, early } = started;
        Self { choices, socket, child, said: early, channel, kill_on_drop, result: PhantomData }
    }

    /// Its pid.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Its pidfd, to poll: readable once it has ended.
    ///
    /// # Errors
    ///
    /// `Unsupported` in another process than the one that made it.
    pub fn pidfd(&self) -> io::Result<BorrowedFd<'_>> {
        self.child.pidfd()
    }

    /// Sends a signal, to this worker and nobody else.
    ///
    /// # Errors
    ///
    /// As [`Child::signal`].
    pub fn signal(&self, signal: i32) -> io::Result<()> {
        self.child.signal(signal)
    }

    /// Sends `SIGKILL`.
    ///
    /// # Errors
    ///
    /// As [`Child::signal`].
    pub fn kill(&self) -> io::Result<()> {
        self.child.kill()
    }

    /// Waits for the end of the process, whatever it says.
    ///
    /// # Errors
    ///
    /// As [`Child::wait`].
    pub fn wait(&mut self) -> io::Result<Exit> {
        self.child.wait()
    }

    /// How it ended, if it has.
    ///
    /// # Errors
    ///
    /// As [`Child::wait`].
    pub fn try_wait(&mut self) -> io::Result<Option<Exit>> {
        self.child.try_wait()
    }

    /// Waits at most so long for the end.
    ///
    /// # Errors
    ///
    /// As [`Child::wait`].
    pub fn wait_timeout(&mut self, time: Duration) -> io::Result<Option<Exit>> {
        self.child.wait_timeout(time)
    }

    /// Takes the owner's end of the [channel](super::Job::channel), which does not block.
    pub fn channel(&mut self) -> Option<UnixStream> {
        self.channel.take()
    }

    /// What it has used, once its end has been waited for, by [`wait`](Worker::wait), [`try_wait`](Worker::try_wait) or
    /// [`join_timeout`](Worker::join_timeout).
    pub fn usage(&self) -> Option<Usage> {
        self.child.usage()
    }

    /// What it has said, if it has; `ended` is whether the process was seen to have ended before this.
    fn listen(&mut self, ended: bool) -> Poll<Result<Option<Said>, JoinError>> {
        if let Some(said) = self.said.take() {
            return Poll::Ready(Ok(Some(said)));
        }
        loop {
            match frames::recv(self.socket.as_fd()) {
                // A child of the worker may hold its socket open.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock && ended => return Poll::Ready(Ok(None)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Poll::Pending,
                Ok(Some((Reply::Started(_), _))) => {}
                other => return Poll::Ready(other.map_err(JoinError::BadReply)),
            }
        }
    }

    /// The next thing it says; `None` when it has ended without a word.
    fn reply(&mut self, deadline: Option<Instant>) -> Result<Option<Said>, JoinError> {
        if let Some(said) = self.said.take() {
            return Ok(Some(said));
        }
        loop {
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            let both = [self.socket.as_fd(), self.child.pidfd().map_err(JoinError::Lost)?];
            let [_, ended] = reap::either_readable(both, left).map_err(JoinError::Lost)?;
            if let Poll::Ready(said) = self.listen(ended) {
                return said;
            }
            if left.is_some_and(|left| left.is_zero()) {
                return Err(JoinError::Timeout);
            }
        }
    }

    fn ended(&mut self, deadline: Option<Instant>) -> Result<Exit, JoinError> {
        let exit = match deadline {
            None => self.child.wait().map(Some),
            Some(deadline) => self.child.wait_timeout(deadline.saturating_duration_since(Instant::now())),
        };
        exit.map_err(JoinError::Lost)?.ok_or(JoinError::Timeout)
    }

    /// The encoded result, and whether the process is a template now; or what is to be told once the process has ended.
    fn understood(&self, said: Option<Said>) -> Result<(Vec<u8>, bool), Failed> {
        let bad = |error| Failed::Now(JoinError::BadReply(error));
        match said {
            Some((Reply::Done { result, template }, mut fds)) => match (result, fds.pop()) {
                (Some(bytes), _) => Ok((bytes, template)),
                (None, Some(file)) => {
                    let bytes = packets::unsealed(file, self.choices.largest_result).map_err(bad)?;
                    Ok((bytes, template))
                }
                (None, None) => Err(bad(io::ErrorKind::InvalidData.into())),
            },
            Some((Reply::Panicked { message, location }, _)) => {
                Err(Failed::With(JoinError::Panicked { message, location }))
            }
            Some((Reply::Unable(what), _)) => Err(Failed::With(JoinError::Unable(what))),
            Some(_) => Err(bad(io::ErrorKind::InvalidData.into())),
            None => Err(Failed::Ended),
        }
    }

    fn finish(&mut self, deadline: Option<Instant>) -> Result<(Vec<u8>, bool), JoinError> {
        let said = self.reply(deadline)?;
        self.understood(said).or_else(|failed| match failed {
            Failed::Now(error) => Err(error),
            Failed::With(error) => self.ended(deadline).and(Err(error)),
            Failed::Ended => Err(JoinError::Ended(self.ended(deadline)?)),
        })
    }
}

type Said = (Reply, Fds);

/// Why there is no result, and whether the end of the process is to be waited for.
enum Failed {
    Now(JoinError),
    With(JoinError),
    Ended,
}

/// Waiting in tasks of Tokio, see [`Child::wait_async`].
#[cfg(feature = "tokio")]
impl<R> Worker<R> {
    /// [`wait`](Worker::wait) for a task.
    ///
    /// # Errors
    ///
    /// As [`Child::wait`].
    pub async fn wait_async(&mut self) -> io::Result<Exit> {
        self.child.wait_async().await
    }

    /// [`join`](Worker::join) for a task. If it is dropped before, the worker is too, with what was chosen by
    /// [`kill_on_drop`](super::Job::kill_on_drop).
    ///
    /// # Errors
    ///
    /// See [`JoinError`].
    pub async fn join_async(mut self) -> Result<R, JoinError>
    where
        R: DeserializeOwned,
    {
        let said = match self.listen(false) {
            Poll::Ready(said) => said?,
            Poll::Pending => {
                let socket = ready::watched(self.socket.as_fd()).map_err(JoinError::Lost)?;
                let pidfd = self.child.pidfd().and_then(ready::watched).map_err(JoinError::Lost)?;
                ready::first_of(&socket, &pidfd, |ended| self.listen(ended)).await.map_err(JoinError::Lost)??
            }
        };
        let (bytes, template) = match self.understood(said) {
            Ok(result) => result,
            Err(Failed::Now(error)) => return Err(error),
            Err(Failed::With(error)) => return self.wait_async().await.map_err(JoinError::Lost).and(Err(error)),
            Err(Failed::Ended) => {
                return Err(JoinError::Ended(self.wait_async().await.map_err(JoinError::Lost)?));
            }
        };
        if template {
            // As in `result`.
            let _ = self.child.kill();
        }
        self.wait_async().await.map_err(JoinError::Lost)?;
        frames::decode(&bytes).map_err(JoinError::BadReply)
    }
}

impl<R: DeserializeOwned> Worker<R> {
    /// Waits for the result, and for the end of the process.
    ///
    /// # Errors
    ///
    /// See [`JoinError`].
    pub fn join(mut self) -> Result<R, JoinError> {
        self.result(None)
    }

    /// As [`join`](Worker::join), waiting at most so long; after [`JoinError::Timeout`] it may be asked again.
    ///
    /// # Errors
    ///
    /// See [`JoinError`].
    pub fn join_timeout(&mut self, time: Duration) -> Result<R, JoinError> {
        self.result(Some(Instant::now() + time))
    }

    /// Waits for the result, and not for the end of the process, which may have hooks to run; for that there is
    /// [`wait`](Worker::wait). To be asked once.
    ///
    /// # Errors
    ///
    /// See [`JoinError`].
    pub fn answer(&mut self) -> Result<R, JoinError> {
        let (bytes, template) = self.finish(None)?;
        if template {
            // As in `result`.
            let _ = self.child.kill();
        }
        frames::decode(&bytes).map_err(JoinError::BadReply)
    }

    fn result(&mut self, deadline: Option<Instant>) -> Result<R, JoinError> {
        let (bytes, template) = self.finish(deadline)?;
        if template {
            // It waits for orders that will not come.
            let _ = self.child.kill();
        }
        self.ended(None)?;
        frames::decode(&bytes).map_err(JoinError::BadReply)
    }

    /// Waits for the result of a worker that has called [`Context::become_template`](super::Context::become_template),
    /// and takes the process over as a template. It is asked for its threads and [audited](Zygote::report) as any other.
    ///
    /// # Errors
    ///
    /// See [`JoinError`]; [`JoinError::Ended`] if it has not called it, [`JoinError::NoTemplate`] if it cannot be one.
    pub fn into_template(self) -> Result<(R, Zygote), JoinError> {
        self.promoted(None)
    }

    /// As [`into_template`](Worker::into_template), waiting at most so long. A worker that is stuck is then killed, as it
    /// would be in everybody's way.
    ///
    /// # Errors
    ///
    /// As [`into_template`](Worker::into_template), and [`JoinError::Timeout`].
    pub fn into_template_timeout(self, time: Duration) -> Result<(R, Zygote), JoinError> {
        self.promoted(Some(Instant::now() + time))
    }

    fn promoted(mut self, deadline: Option<Instant>) -> Result<(R, Zygote), JoinError> {
        // Until it is a template, nobody can use it any more.
        self.kill_on_drop |= deadline.is_some();
        let (bytes, template) = self.finish(deadline)?;
        if !template {
            return Err(JoinError::Ended(self.ended(deadline)?));
        }
        let result = frames::decode(&bytes).map_err(JoinError::BadReply)?;
        let (choices, socket) = (Arc::clone(&self.choices), self.socket.try_clone().map_err(JoinError::Lost)?);
        let child = std::mem::replace(&mut self.child, Child::nobody());
        drop(self);
        let zygote = Zygote::promoted(&choices, socket, child);
        Ok((result, zygote.map_err(JoinError::NoTemplate)?))
    }
}

impl<R> Drop for Worker<R> {
    fn drop(&mut self) {
        if self.kill_on_drop {
            // Inert in a forked copy of the owner, and an error if it has been waited for.
            let _ = self.child.kill();
        }
    }
}
