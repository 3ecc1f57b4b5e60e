//! What can go wrong, by whom it is noticed.

use super::audit::Report;
use super::entry::NoSuchEntry;
use super::frames::Refusal;
use crate::{Exit, ForkError};
use std::fmt;
use std::io;

/// There is no template.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// [`Builder::early`](super::Builder::early) in a process with threads, or fork(2) failed.
    Fork(ForkError),
    /// The template could not be executed.
    Exec(io::Error),
    /// The template ended, or did not answer in time. In exec mode: the program does not call
    /// [`init`](super::init) as the first thing in `main`.
    NoAnswer,
    /// A preload failed, with its own words.
    Preload {
        /// The entry.
        entry: String,
        /// What it returned, or its panic.
        message: String,
    },
    /// A preload left threads behind. By name.
    Threads(Vec<String>),
    /// The strict audit found something.
    Audit(Report),
    /// An argument could not be encoded.
    Encode(io::Error),
    /// The kernel or libc lacks something: `clone3`, or `PR_GET_TID_ADDRESS`.
    Unsupported(io::Error),
    /// The zygote is its parent's: this process was forked.
    Inherited,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BuildError::Fork(error) => write!(f, "no template: {error}"),
            BuildError::Exec(_) => f.write_str("the template was not executed"),
            BuildError::NoAnswer => f.write_str(
                "the template does not answer; call fork_runtime::zygote::init() as the first thing in main",
            ),
            BuildError::Preload { entry, message } => write!(f, "the preload \"{entry}\" failed: {message}"),
            BuildError::Threads(names) => {
                write!(f, "the template has threads after its preload: {}", names.join(", "))
            }
            BuildError::Audit(report) => write!(f, "the template would share with its workers: {report}"),
            BuildError::Encode(_) => f.write_str("an argument could not be encoded"),
            BuildError::Unsupported(_) => f.write_str("this system cannot make workers"),
            BuildError::Inherited => f.write_str(INHERITED),
        }
    }
}

const INHERITED: &str = "the zygote was made before a fork, by the parent process";

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            BuildError::Fork(error) => Some(error),
            BuildError::Exec(error) | BuildError::Encode(error) | BuildError::Unsupported(error) => Some(error),
            _ => None,
        }
    }
}

/// There is no worker.
#[derive(Debug)]
#[non_exhaustive]
pub enum SpawnError {
    /// The program has no such entry.
    NoSuchEntry(NoSuchEntry),
    /// The function is not part of the program (a shared library's, say).
    NotOurFunction,
    /// The template has threads now. By name.
    Threads(Vec<String>),
    /// The template ended, and there is neither a spare nor a way to make another one.
    TemplateGone,
    /// The template did not answer in time.
    Timeout,
    /// The argument could not be encoded, or a socket not made; or the kernel refused the process.
    Os(io::Error),
    /// The zygote is its parent's: this process was forked.
    Inherited,
}

impl fmt::Display for SpawnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SpawnError::NoSuchEntry(error) => error.fmt(f),
            SpawnError::NotOurFunction => f.write_str("the function is not part of this program's own code"),
            SpawnError::Threads(names) => write!(f, "the template has threads: {}", names.join(", ")),
            SpawnError::TemplateGone => f.write_str("the template has ended"),
            SpawnError::Timeout => f.write_str("the template did not answer in time"),
            SpawnError::Os(_) => f.write_str("no worker could be made"),
            SpawnError::Inherited => f.write_str(INHERITED),
        }
    }
}

impl std::error::Error for SpawnError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        if let SpawnError::Os(error) = self { Some(error) } else { None }
    }
}

impl From<io::Error> for SpawnError {
    fn from(error: io::Error) -> Self {
        SpawnError::Os(error)
    }
}

impl From<BuildError> for SpawnError {
    fn from(error: BuildError) -> Self {
        match error {
            BuildError::Threads(names) => SpawnError::Threads(names),
            BuildError::Inherited => SpawnError::Inherited,
            BuildError::NoAnswer => SpawnError::TemplateGone,
            error => SpawnError::Os(io::Error::other(error)),
        }
    }
}

impl From<SpawnError> for BuildError {
    fn from(error: SpawnError) -> Self {
        match error {
            SpawnError::Threads(names) => BuildError::Threads(names),
            SpawnError::Inherited => BuildError::Inherited,
            SpawnError::Os(error) => BuildError::Unsupported(error),
            _ => BuildError::NoAnswer,
        }
    }
}

impl From<Refusal> for SpawnError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Threads(names) => SpawnError::Threads(names),
            Refusal::Clone(errno) => SpawnError::Os(io::Error::from_raw_os_error(errno)),
            Refusal::Preload { entry, message } => SpawnError::Os(io::Error::other(format!("{entry}: {message}"))),
        }
    }
}

/// There is no result.
#[derive(Debug)]
#[non_exhaustive]
pub enum JoinError {
    /// The function panicked.
    Panicked {
        /// What the panic said.
        message: String,
        /// File, line and column.
        location: String,
    },
    /// The worker could not become what the job asked for, or find the entry; in its words.
    Unable(String),
    /// It left by itself, or was killed, before its function returned.
    Ended(Exit),
    /// The result could not be decoded, or is larger than allowed.
    BadReply(io::Error),
    /// It has not ended in time.
    Timeout,
    /// The worker was to become a template and cannot be one: it has threads, say.
    NoTemplate(BuildError),
    /// How it ended is not known: something else in this process has waited for it.
    Lost(io::Error),
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JoinError::Panicked { message, location } => write!(f, "the worker panicked at {location}: {message}"),
            JoinError::Unable(what) => write!(f, "the worker could not start its job: {what}"),
            JoinError::Ended(exit) => write!(f, "the worker ended without a result, with {exit}"),
            JoinError::BadReply(_) => f.write_str("the worker's result cannot be used"),
            JoinError::Timeout => f.write_str("the worker has not ended in time"),
            JoinError::NoTemplate(_) => f.write_str("the worker cannot become a template"),
            JoinError::Lost(_) => f.write_str("how the worker ended is not known"),
        }
    }
}

impl std::error::Error for JoinError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            JoinError::BadReply(error) | JoinError::Lost(error) => Some(error),
            JoinError::NoTemplate(error) => Some(error),
            _ => None,
        }
    }
}
