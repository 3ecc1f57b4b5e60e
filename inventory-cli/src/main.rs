//! `fork-inventory`: see the library's documentation.

use std::process::ExitCode;

fn main() -> ExitCode {
    inventory_cli::cli::main(std::env::args_os())
}
