//! What the process answers to who started it.

use std::process::ExitCode;

/// Exit status of the tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing at error level.
    Clean = 0,
    /// Findings at error level.
    Findings = 1,
    /// The command line or a configuration is wrong; nothing was decided about the program.
    Usage = 2,
    /// The analysis could not finish.
    Unfinished = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
