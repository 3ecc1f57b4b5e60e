//! Making a template.

use super::control::How;
use super::entry::Entry;
use super::error::BuildError;
use super::frames::{self, Setup};
use super::handle::Zygote;
use serde::Serialize;
use std::time::Duration;

/// Choices about a template. See [`Zygote::builder`].
#[derive(Debug, Clone)]
#[must_use]
pub struct Builder {
    pub(super) setup: Setup,
    pub(super) timeout: Duration,
    pub(super) strict: bool,
    pub(super) warm: usize,
    pub(super) spare: bool,
    pub(super) largest_result: usize,
    pub(super) failed: Option<String>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            setup: Setup::default(),
            timeout: Duration::from_secs(60),
            strict: false,
            warm: 0,
            spare: false,
            largest_result: 64 << 20,
            failed: None,
        }
    }
}

impl Builder {
    /// Runs an entry in the template before the first worker is made of it: what it loads, every worker has. Its error
    /// is the builder's.
    pub fn preload<A: Serialize>(mut self, entry: Entry<A, Result<(), String>>, argument: &A) -> Self {
        match frames::encode(argument) {
            Ok(bytes) => {
                let signature = Entry::<A, Result<(), String>>::signature();
                self.setup.preload.push((entry.name().to_owned(), signature, bytes));
            }
            Err(error) => self.failed = Some(format!("{}: {error}", entry.name())),
        }
        self
    }

    /// The template's name in `ps`, at most 15 bytes.
    pub fn name(mut self, name: impl Into<Vec<u8>>) -> Self {
        self.setup.name = Some(name.into());
        self
    }

    /// How long the template may take to start, its preloads included, and to answer a request; 60 s.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = time;
        self
    }

    /// Makes a finding of the [audit](Zygote::report) an error.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Keeps so many processes that are forked and wait for a job: handing one over takes a tenth of a fork.
    pub fn warm(mut self, count: usize) -> Self {
        self.warm = count;
        self
    }

    /// Keeps a second template, a copy of the first with all it has preloaded, that takes over when the first dies.
    pub fn spare(mut self) -> Self {
        self.spare = true;
        self
    }

    /// The largest encoded result that a worker may return, in bytes; 64 MiB.
    pub fn largest_result(mut self, bytes: usize) -> Self {
        self.largest_result = bytes;
        self
    }

    /// Forks the template off now; to be called at the start of `main`, while the program is small and has one thread.
    ///
    /// # Errors
    ///
    /// See [`BuildError`]; with other threads it is [`BuildError::Fork`], which names them.
    pub fn early(self) -> Result<Zygote, BuildError> {
        self.check()?;
        Zygote::build(self, How::Early)
    }

    /// Executes this program's image again as the template: safe from any thread at any time, also after the file was
    /// replaced on disk (`/proc/self/exe`, proc(5)), with an address layout of its own. `main` must call
    /// [`init`](super::init) first.
    ///
    /// # Errors
    ///
    /// See [`BuildError`].
    pub fn exec(self) -> Result<Zygote, BuildError> {
        self.check()?;
        Zygote::build(self, How::Exec)
    }

    fn check(&self) -> Result<(), BuildError> {
        match &self.failed {
            Some(what) => Err(BuildError::Encode(std::io::Error::other(what.clone()))),
            None => Ok(()),
        }
    }
}
