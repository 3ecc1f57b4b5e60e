//! Pools over forks, with real servers. Each scenario is a fresh process with one thread.

#[path = "../../fork-runtime/tests/common/mod.rs"]
mod common;

mod fifty;
mod pg;
mod redis_pool;
mod redis_py;
mod steps;
mod support;

use common::Scenario;

fn main() -> std::process::ExitCode {
    let all: Vec<Scenario> = [redis_pool::SCENARIOS, redis_py::SCENARIOS, pg::SCENARIOS, steps::SCENARIOS].concat();
    common::main(&all)
}
