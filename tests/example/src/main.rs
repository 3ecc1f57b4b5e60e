//! Every hazard of fork in a few lines, twice: as programs have it, and repaired.
//!
//! `src/broken/hNN_*.rs` and `src/repaired/hNN_*.rs` are the same program without and with the repair; the number is
//! the hazard's id. The package is there to be linted: `cargo fork-lint --manifest-path tests/example/Cargo.toml`.
//! It also runs, one example at a time (`cargo run -- H04 repaired`), but the broken ones do what their first lines
//! say: some hang, and some end their parent.

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
        ("H05", "broken") => broken::h05_fd_leaked_on_fork::run(),
        ("H05", "repaired") => repaired::h05_fd_leaked_on_fork::run(),
        ("H06", "broken") => broken::h06_deleted_file_held::run(),
        ("H06", "repaired") => repaired::h06_deleted_file_held::run(),
        ("H07", "broken") => broken::h07_shared_file_offset::run(),
        ("H07", "repaired") => repaired::h07_shared_file_offset::run(),
        ("H08", "broken") => broken::h08_stdio_slot_reused::run(),
        ("H08", "repaired") => repaired::h08_stdio_slot_reused::run(),
        ("H09", "broken") => broken::h09_inherited_connection::run(),
        ("H09", "repaired") => repaired::h09_inherited_connection::run(),
        ("H10", "broken") => broken::h10_event_loop_inherited::run(),
        ("H10", "repaired") => repaired::h10_event_loop_inherited::run(),
        ("H11", "broken") => broken::h11_cached_pid::run(),
        ("H11", "repaired") => repaired::h11_cached_pid::run(),
        ("H12", "broken") => broken::h12_inherited_randomness::run(),
        ("H12", "repaired") => repaired::h12_inherited_randomness::run(),
        ("H13", "broken") => broken::h13_signal_handler_inherited::run(),
        ("H13", "repaired") => repaired::h13_signal_handler_inherited::run(),
        ("H14", "broken") => broken::h14_thread_local_lost::run(),
        ("H14", "repaired") => repaired::h14_thread_local_lost::run(),
        ("H15", "broken") => broken::h15_memory_doubles::run(),
        ("H15", "repaired") => repaired::h15_memory_doubles::run(),
        ("H16", "broken") => broken::h16_mapping_holds_file::run(),
        ("H16", "repaired") => repaired::h16_mapping_holds_file::run(),
        ("H17", "broken") => broken::h17_child_runs_parents_exit::run(),
        ("H17", "repaired") => repaired::h17_child_runs_parents_exit::run(),
        ("H18", "broken") => broken::h18_file_lock_lost::run(),
        ("H18", "repaired") => repaired::h18_file_lock_lost::run(),
        ("H19", "broken") => broken::h19_child_not_reaped::run(),
        ("H19", "repaired") => repaired::h19_child_not_reaped::run(),
        ("H20", "broken") => broken::h20_fork_cost::run(),
        ("H20", "repaired") => repaired::h20_fork_cost::run(),
        ("H21", "broken") => broken::h21_identity_inherited::run(),
        ("H21", "repaired") => repaired::h21_identity_inherited::run(),
        ("H22", "broken") => broken::h22_timers_lost::run(),
        ("H22", "repaired") => repaired::h22_timers_lost::run(),
        ("H23", "broken") => broken::h23_exec_error_pipe_closed::run(),
        ("H23", "repaired") => repaired::h23_exec_error_pipe_closed::run(),
        ("H24", "broken") => broken::h24_fork_failure_unchecked::run(),
        ("H24", "repaired") => repaired::h24_fork_failure_unchecked::run(),
        _ => Err(io::Error::other("usage: fork-example H01..H24 broken|repaired")),
    }
}
