//! The owner's handle on a worker.

use super::builder::Builder;
use super::control::Started;
use super::error::JoinError;
use super::frames::{self, Reply};
use super::handle::Zygote;
use crate::child::{Child, Exit};
use crate::sys::{packets, reap};
use serde::de::DeserializeOwned;
use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A worker: a child of this process that a template has made, held by a pidfd.
///
/// Dropped, it runs on and leaves no zombie; [`kill_on_drop`](super::Job::kill_on_drop) changes that. In a forked copy of
/// its owner it does nothing.
pub struct Worker<R> {
    choices: Arc<Builder>,
    socket: OwnedFd,
    child: Child,
    said: Option<(Reply, Vec<OwnedFd>)>,
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

    /// The next thing it says; `None` when it has ended without a word.
    fn reply(&mut self, deadline: Option<Instant>) -> Result<Option<(Reply, Vec<OwnedFd>)>, JoinError> {
        if let Some(said) = self.said.take() {
            return Ok(Some(said));
        }
        loop {
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero()) {
                return Err(JoinError::Timeout);
            }
            let both = [self.socket.as_fd(), self.child.pidfd().map_err(JoinError::Lost)?];
            // The end of the process counts too: a child of the worker may hold its socket open.
            let ready = reap::either_readable(both, left).map_err(JoinError::Lost)?;
            if ready == [false; 2] {
                continue;
            }
            match frames::recv(self.socket.as_fd(), false) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock && ready[1] => return Ok(None),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Ok(Some((Reply::Started(_), _))) => {}
                other => return other.map_err(JoinError::BadReply),
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

    fn finish(&mut self, deadline: Option<Instant>) -> Result<(Vec<u8>, bool), JoinError> {
        match self.reply(deadline)? {
            Some((Reply::Done { result, template }, mut fds)) => {
                let bytes = match (result, fds.pop()) {
                    (Some(bytes), _) => bytes,
                    (None, Some(file)) => {
                        packets::unsealed(file, self.choices.largest_result).map_err(JoinError::BadReply)?
                    }
                    (None, None) => return Err(JoinError::BadReply(io::ErrorKind::InvalidData.into())),
                };
                Ok((bytes, template))
            }
            Some((Reply::Panicked { message, location }, _)) => {
                self.ended(deadline)?;
                Err(JoinError::Panicked { message, location })
            }
            Some((Reply::Unable(what), _)) => {
                self.ended(deadline)?;
                Err(JoinError::Unable(what))
            }
            Some(_) => Err(JoinError::BadReply(io::ErrorKind::InvalidData.into())),
            None => Err(JoinError::Ended(self.ended(deadline)?)),
        }
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
    /// and takes the process over as a template.
    ///
    /// # Errors
    ///
    /// See [`JoinError`]; [`JoinError::Ended`] if it has not called it.
    pub fn into_template(mut self) -> Result<(R, Zygote), JoinError> {
        let (bytes, template) = self.finish(None)?;
        if !template {
            return Err(JoinError::Ended(self.ended(None)?));
        }
        let result = frames::decode(&bytes).map_err(JoinError::BadReply)?;
        self.kill_on_drop = false;
        let (socket, child) = self.split().map_err(JoinError::Lost)?;
        let zygote = Zygote::promoted(&self.choices, socket, child);
        Ok((result, zygote.map_err(|error| JoinError::Lost(io::Error::other(error)))?))
    }

    /// Copies of both descriptors: the handle's own go with it.
    fn split(&self) -> io::Result<(OwnedFd, Child)> {
        let pidfd = self.child.pidfd()?.try_clone_to_owned()?;
        Ok((self.socket.try_clone()?, Child::new(self.child.id(), pidfd)))
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
