//! `cargo fork-lint`: see the library's `cli` module.

use std::process::ExitCode;

fn main() -> ExitCode {
    fork_lint::cli::main(std::env::args_os())
}
