//! Every hazard of fork in a few lines, twice: as programs have it, and repaired.
//!
//! `src/broken/hNN_*.rs` and `src/repaired/hNN_*.rs` are the same program without and with the repair; the number is
//! the hazard's id. The package is there to be linted: `cargo fork-lint --manifest-path tests/example/Cargo.toml`.
//! It also runs, one example at a time (`cargo run -- H04 repaired`), but the broken ones do what their first lines
//! say: some hang, and one of them signals a process that it did not start.

mod broken;
mod repaired;
mod sys;

use std::process::ExitCode;
use std::{env, io};

fn main() -> ExitCode {
    let mut args = env::args().skip(1);
    let (hazard, twin) = (args.next().unwrap_or_default(), args.next().unwrap_or_default());
    match run(&hazard, &twin) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fork-example: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs one twin of one hazard. Each is called from here and from nowhere else, so they share no past.
fn run(hazard: &str, twin: &str) -> io::Result<()> {
    match (hazard, twin) {
        ("H01", "broken") => broken::h01_lock_held_at_fork::run(),
        ("H01", "repaired") => repaired::h01_lock_held_at_fork::run(),
        ("H02", "broken") => broken::h02_threads_at_fork::run(),
        ("H02", "repaired") => repaired::h02_threads_at_fork::run(),
        ("H03", "broken") => broken::h03_unsafe_call_in_child::run(),
        ("H03", "repaired") => repaired::h03_unsafe_call_in_child::run(),
        ("H04", "broken") => broken::h04_fd_leaked_on_exec::run(),
        ("H04", "repaired") => repaired::h04_fd_leaked_on_exec::run(),
        ("H08", "broken") => broken::h08_stdio_slot_reused::run(),
        ("H08", "repaired") => repaired::h08_stdio_slot_reused::run(),
        ("H17", "broken") => broken::h17_child_runs_parents_exit::run(),
        ("H17", "repaired") => repaired::h17_child_runs_parents_exit::run(),
        ("H19", "broken") => broken::h19_child_not_reaped::run(),
        ("H19", "repaired") => repaired::h19_child_not_reaped::run(),
        ("H23", "broken") => broken::h23_exec_error_pipe_closed::run(),
        ("H23", "repaired") => repaired::h23_exec_error_pipe_closed::run(),
        ("H24", "broken") => broken::h24_fork_failure_unchecked::run(),
        ("H24", "repaired") => repaired::h24_fork_failure_unchecked::run(),
        _ => Err(io::Error::other("usage: fork-example H01..H24 broken|repaired")),
    }
}
