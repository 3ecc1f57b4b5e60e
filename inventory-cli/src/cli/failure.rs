//! Why the program could not answer.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// A failure, with its exit status.
#[derive(Debug)]
pub(super) struct Failure {
    status: u8,
    message: String,
}

impl Failure {
    /// The question makes no sense: status 2.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { status: 2, message: message.into() }
    }

    /// The target is gone, or nothing of it can be read: status 3.
    pub(super) fn target(message: impl Into<String>) -> Self {
        Self { status: 3, message: message.into() }
    }

    pub(super) fn status(&self) -> ExitCode {
        ExitCode::from(self.status)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self { status: 3, message: error.to_string() }
    }
}
