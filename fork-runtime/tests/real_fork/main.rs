//! Real forks of every kind, each scenario in a fresh process with one thread.

#[path = "../common/mod.rs"]
mod common;

mod atfork;
mod detect;
mod fork;
mod process;
mod spawn;

use common::{Outcome, Scenario};
use fork_runtime::testkit::Way;
use fork_runtime::{Child, Exit};
use std::time::Duration;

fn main() -> std::process::ExitCode {
    let all: Vec<Scenario> =
        [detect::SCENARIOS, atfork::SCENARIOS, fork::SCENARIOS, process::SCENARIOS, spawn::SCENARIOS].concat();
    common::main(&all)
}

/// A child that ends with 0 within bounded time; one that hangs is killed and is an error.
fn succeeds(mut child: Child) -> Outcome {
    match child.wait_timeout(Duration::from_secs(60))? {
        Some(Exit::Status(0)) => Ok(()),
        Some(exit) => Err(format!("the child ended with {exit}").into()),
        None => {
            child.kill()?;
            child.wait()?;
            Err("the child hung".into())
        }
    }
}

/// `Err` with the text unless it holds; for use in children too, where it becomes the exit status.
fn ensure(holds: bool, what: &str) -> Outcome {
    if holds { Ok(()) } else { Err(what.to_owned().into()) }
}

/// Turns an outcome into an exit status, printing the error.
fn status(outcome: Outcome) -> i32 {
    match outcome {
        Ok(()) => 0,
        Err(error) => {
            let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("in the child: {error}\n").as_bytes());
            1
        }
    }
}

/// The ways that work here: a new pid namespace takes `CAP_SYS_ADMIN`.
fn ways() -> Vec<Way> {
    let root = std::fs::read_to_string("/proc/self/status")
        .is_ok_and(|status| status.lines().any(|line| line.starts_with("CapEff:") && line.ends_with("ffffffff")));
    Way::ALL.into_iter().filter(|way| root || *way != Way::NewPidNamespace).collect()
}
