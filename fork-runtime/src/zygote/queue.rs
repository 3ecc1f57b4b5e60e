//! What a template hands to all its workers.

use super::frames::{self, Order, Queued};
use crate::sys::packets::{self, FDS_A_MESSAGE, Fds, MESSAGE};
use serde::Serialize;
use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};

/// Descriptors and arguments that each worker of a [derived](super::Zygote::derive_with) template gets, and each template
/// derived of that one: [`Context::take_fds`](super::Context::take_fds) has them before those of the job,
/// [`Context::queued`](super::Context::queued) the arguments.
#[derive(Debug, Default)]
#[must_use]
pub struct Queue {
    fds: Vec<OwnedFd>,
    arguments: Vec<Vec<u8>>,
}

impl Queue {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a descriptor.
    pub fn fd(mut self, fd: impl Into<OwnedFd>) -> Self {
        self.fds.push(fd.into());
        self
    }

    /// Adds an argument.
    ///
    /// # Errors
    ///
    /// Those of its `Serialize`.
    pub fn argument(mut self, argument: &impl Serialize) -> io::Result<Self> {
        self.arguments.push(frames::encode(argument)?);
        Ok(self)
    }

    /// To a template that has just been made, before any order.
    pub(super) fn send(&self, to: BorrowedFd<'_>) -> io::Result<()> {
        for fds in packets::numbers(&self.fds).chunks(FDS_A_MESSAGE) {
            packets::send(to, &frames::encode(&Order::Queue(Queued::Fds))?, fds)?;
        }
        for argument in &self.arguments {
            if argument.len() > MESSAGE / 2 {
                let file = packets::sealed(argument)?;
                frames::send(to, &Order::Queue(Queued::LargeArgument), &[file])?;
            } else {
                frames::send(to, &Order::Queue(Queued::Argument(argument.clone())), &[])?;
            }
        }
        Ok(())
    }
}

/// The same in the template.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) fds: Vec<OwnedFd>,
    pub(super) arguments: Vec<Vec<u8>>,
}

impl Held {
    pub(super) fn add(&mut self, queued: Queued, mut fds: Fds) -> io::Result<()> {
        match queued {
            Queued::Fds => self.fds.extend(fds),
            Queued::Argument(bytes) => self.arguments.push(bytes),
            Queued::LargeArgument => {
                let file = fds.pop().ok_or(io::ErrorKind::UnexpectedEof)?;
                self.arguments.push(packets::unsealed(file, usize::MAX)?);
            }
        }
        Ok(())
    }
}
