//! Hazards made for real, and what `fork-inventory` says about them.
//!
//! The program is its own target: `hazards target NAME` makes a hazard in a fresh process and prints the pids that a
//! check looks at. Forks never happen in a process with the threads of a test harness.

mod checks;
mod contract;
mod copies;
mod dead_mount;
mod levels;
mod lives;
mod real;
mod robust;
mod scenarios;
mod support;
mod targets;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    if let [_, role, name, ..] = &words[..]
        && role == "target"
    {
        targets::run(name);
        return ExitCode::SUCCESS;
    }
    support::run(
        &[checks::ALL, contract::ALL, copies::ALL, levels::ALL, real::ALL, robust::ALL, scenarios::ALL].concat(),
        words.get(1).map(String::as_str),
    )
}
