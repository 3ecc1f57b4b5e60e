//! What a worker has been given.

use super::frames;
use serde::de::DeserializeOwned;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;

/// The worker's side: descriptors that were passed, the channel to the owner.
#[derive(Debug, Default)]
pub struct Context {
    pub(super) fds: Vec<OwnedFd>,
    pub(super) channel: Option<UnixStream>,
    pub(super) queued: Vec<Vec<u8>>,
    pub(super) promote: bool,
}

impl Context {
    /// Takes the descriptors that were passed: those of the template's [queue](super::Queue), then those of the job, in the
    /// order of [`Job::fd`](super::Job::fd).
    pub fn take_fds(&mut self) -> Vec<OwnedFd> {
        std::mem::take(&mut self.fds)
    }

    /// The argument of this number in the template's [queue](super::Queue).
    ///
    /// # Errors
    ///
    /// `NotFound` if there are not so many; `InvalidData` if it is of another type.
    pub fn queued<T: DeserializeOwned>(&self, number: usize) -> io::Result<T> {
        self.queued.get(number).ok_or_else(|| io::ErrorKind::NotFound.into()).and_then(|bytes| frames::decode(bytes))
    }

    /// Takes the channel, if [`Job::channel`](super::Job::channel) asked for one. It blocks; the owner's end does not.
    pub fn take_channel(&mut self) -> Option<UnixStream> {
        self.channel.take()
    }

    /// Once the function has returned, this process becomes a template, with all it has loaded and warmed up. The owner
    /// gets it by [`Worker::into_template`](super::Worker::into_template); if it does not ask, the process ends.
    pub fn become_template(&mut self) {
        self.promote = true;
    }
}
