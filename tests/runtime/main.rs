//! Pools over forks, with real servers. Each scenario is a fresh process with one thread.

#[path = "../../fork-runtime/tests/common/mod.rs"]
mod common;

mod pg;
mod redis_pool;
mod steps;
mod support;

use common::Scenario;

fn main() -> std::process::ExitCode {
    let all: Vec<Scenario> = [redis_pool::SCENARIOS, pg::SCENARIOS, steps::SCENARIOS].concat();
    common::main(&all)
}
