//! The command line.

mod args;
mod compare;
mod demo;
mod doctor;
mod explain;
mod failure;
mod load;
mod over_time;
mod redact;
mod run;
mod serve;
mod watch;
mod who;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

pub use args::command;

use clap::FromArgMatches as _;

/// Runs the program; answers its exit status: 0 nothing at or above `--fail-on`, 1 findings, 2 usage, 3 the target is gone
/// or cannot be read at all.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let parsed = command().try_get_matches_from(arguments).and_then(|m| args::App::from_arg_matches(&m));
    let app = match parsed {
        Ok(app) => app,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match run::run(&app) {
        Ok(status) => status,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "error: {failure}");
            failure.status()
        }
    }
}
