//! `cargo fork-lint`: see the library's `cli` module.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    fork_lint::cli::main(std::env::args_os())
}
