//! Types as libraries have them, each twice: as people write it, which a real fork breaks, and with `#[fork_safe]`.
//!
//! Each scenario runs in a fresh process with one thread, and every wait in it ends.

#[path = "../../../fork-runtime/tests/common/mod.rs"]
mod common;

mod client;
mod hooks;
mod ids;
mod logger;
mod pool;

use common::{Outcome, Scenario};
use fork_runtime::{Child, Exit};
use std::time::Duration;

fn main() -> std::process::ExitCode {
    let all: Vec<Scenario> =
        [ids::SCENARIOS, pool::SCENARIOS, logger::SCENARIOS, client::SCENARIOS, hooks::SCENARIOS].concat();
    common::main(&all)
}

/// Longer than anything takes that ends at all.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a child that waits for ever is looked at.
const GLANCE: Duration = Duration::from_millis(500);

fn succeeds(child: Child) -> Outcome {
    match ended(child, PATIENCE)? {
        Some(Exit::Status(0)) => Ok(()),
        Some(exit) => Err(format!("the child ended with {exit}").into()),
        None => Err("the child hung".into()),
    }
}

/// How it ended; `None` if it did not, and was killed.
fn ended(mut child: Child, patience: Duration) -> Result<Option<Exit>, Box<dyn std::error::Error>> {
    let exit = child.wait_timeout(patience)?;
    if exit.is_none() {
        child.kill()?;
        child.wait()?;
    }
    Ok(exit)
}

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
