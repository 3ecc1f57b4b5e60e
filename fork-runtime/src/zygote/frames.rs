//! What owner, template and worker tell each other: one datagram each, in postcard's encoding.
//!
//! The owner makes a socket pair for each request and keeps one end. The other end goes to the template over the control
//! socket; the template answers on it, hands it to the worker, and forgets it. So no request waits for another one's
//! answer, and whoever dies is an end of file on every socket concerned. The job itself (argument, descriptors) is sent to
//! the worker over that pair, past the template.

use super::audit::Report;
use crate::sys::packets::{self, Fds, MESSAGE, Short};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};

/// On the control socket, with the template's end of the request's pair.
#[derive(Serialize, Deserialize)]
pub(super) enum Order {
    /// A process that waits for a [`JobFrame`], or has it, if more bytes follow. With the order's number, for the ledger.
    Worker(u64),
    /// A process that takes orders. Its ledger comes along.
    Template(u64),
    /// What to load before the first order. The ledger comes along.
    Setup(Setup),
    /// No request: what came along, and these words, all workers get.
    Queue(Queued),
}

/// Something that a template keeps for its workers.
#[derive(Serialize, Deserialize)]
pub(super) enum Queued {
    Fds,
    Argument(Vec<u8>),
    /// In a memory file.
    LargeArgument,
}

#[derive(Serialize, Deserialize, Clone, Default, Debug)]
pub(super) struct Setup {
    pub(super) name: Option<Vec<u8>>,
    /// Name, signature and encoded argument.
    pub(super) preload: Vec<(String, u64, Vec<u8>)>,
}

/// On a request's pair, from template or worker.
#[derive(Serialize, Deserialize, Debug)]
pub(super) enum Reply {
    /// By the template, with the pidfd.
    Started(u32),
    /// By the template: no process was made.
    Refused(Refusal),
    /// The setup is done.
    Ready(Report),
    /// By the worker: the encoded result, or none if it is in the memory file that came along.
    Done { result: Option<Vec<u8>>, template: bool },
    /// By the worker.
    Panicked { message: String, location: String },
    /// By the worker: it could not be what it was asked to be.
    Unable(String),
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The names of the template's threads.
    Threads(Vec<String>),
    Clone(i32),
    Preload {
        entry: String,
        message: String,
    },
}

/// On a request's pair, to the worker. Descriptors come in this order: the argument if it is large, the channel, the
/// standard streams, the cgroup, the others.
#[derive(Serialize, Deserialize, Debug)]
pub(super) struct JobFrame<'a> {
    pub(super) task: Task<'a>,
    /// `None`: in a memory file.
    pub(super) argument: Option<&'a [u8]>,
    pub(super) channel: bool,
    pub(super) stdio: [bool; 3],
    pub(super) cgroup: bool,
    pub(super) fds: u32,
    pub(super) settings: Option<Settings>,
}

#[derive(Serialize, Deserialize, Debug)]
pub(super) enum Task<'a> {
    Entry(&'a str, u64),
    /// Distances of the caller and the function, see [`crate::sys::functions`].
    Function(u64, u64),
    /// argv; the argument is empty.
    Execute(Vec<Vec<u8>>),
}

/// Who the worker is.
#[derive(Serialize, Deserialize, Debug, Clone, Default, PartialEq)]
pub(super) struct Settings {
    pub(super) clear_env: bool,
    pub(super) env: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    pub(super) folder: Option<Vec<u8>>,
    pub(super) title: Option<Vec<u8>>,
    pub(super) limits: Vec<(u32, u64, u64)>,
    pub(super) umask: Option<u32>,
    pub(super) nice: Option<i32>,
    pub(super) user: Option<(u32, u32, Vec<u32>)>,
    pub(super) session: bool,
    pub(super) namespaces: i32,
    pub(super) no_new_privileges: bool,
    pub(super) seccomp: Option<Vec<u8>>,
    pub(super) death_signal: Option<i32>,
}

fn invalid(error: postcard::Error) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

pub(super) fn encode(value: &impl Serialize) -> io::Result<Vec<u8>> {
    postcard::to_stdvec(value).map_err(invalid)
}

pub(super) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> io::Result<T> {
    postcard::from_bytes(bytes).map_err(invalid)
}

pub(super) fn send(to: BorrowedFd<'_>, value: &impl Serialize, fds: &[OwnedFd]) -> io::Result<()> {
    packets::send(to, &encode(value)?, &packets::numbers(fds))
}

/// Without waiting: `WouldBlock` if nothing is there.
pub(super) fn recv(from: BorrowedFd<'_>) -> io::Result<Option<(Reply, Fds)>> {
    let mut start = Short::new();
    match packets::recv(from, false, &mut start, &mut packets::room())? {
        Some((long, fds)) => Ok(Some((decode(long.as_deref().unwrap_or(start.bytes()))?, fds))),
        None => Ok(None),
    }
}

/// Of the template: without an allocation.
pub(super) fn send_started(to: BorrowedFd<'_>, pid: u32, pidfd: Option<&OwnedFd>) -> io::Result<()> {
    let mut bytes = [0; 16];
    let bytes = postcard::to_slice(&Reply::Started(pid), &mut bytes).map_err(invalid)?;
    let fd = pidfd.map(AsRawFd::as_raw_fd);
    packets::send(to, bytes, fd.as_slice())
}

/// Sends a result; a large one by a memory file.
pub(super) fn send_done(to: &OwnedFd, result: Vec<u8>, template: bool) -> io::Result<()> {
    let (result, file) =
        if result.len() > MESSAGE { (None, Some(packets::sealed(&result)?)) } else { (Some(result), None) };
    let file: Vec<OwnedFd> = file.into_iter().collect();
    send(to.as_fd(), &Reply::Done { result, template }, &file)
}
