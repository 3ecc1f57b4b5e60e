//! Templates and workers, each scenario in a fresh process with one thread, which is also what a template executes.

#[path = "../common/mod.rs"]
mod common;

mod basics;
mod kills;
mod life;
mod settings;
mod workers;

use common::{Outcome, Scenario};
use fork_runtime::zygote::{self, Zygote};
use std::time::{Duration, Instant};

fn main() -> std::process::ExitCode {
    zygote::init();
    let all: Vec<Scenario> =
        [basics::SCENARIOS, life::SCENARIOS, kills::SCENARIOS, settings::SCENARIOS, workers::SCENARIOS].concat();
    common::main(&all)
}

/// `Err` with the text unless it holds.
fn ensure(holds: bool, what: impl AsRef<str>) -> Outcome {
    if holds { Ok(()) } else { Err(what.as_ref().to_owned().into()) }
}

/// Runs `test` with a template of either kind.
fn both(test: impl Fn(&Zygote) -> Outcome) -> Outcome {
    for (name, early) in [("early", true), ("exec", false)] {
        let builder = Zygote::builder();
        let zygote = if early { builder.early() } else { builder.exec() }?;
        test(&zygote).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(())
}

/// Waits, within bounds, until it holds.
fn eventually(what: &str, mut holds: impl FnMut() -> Result<bool, Box<dyn std::error::Error>>) -> Outcome {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !holds()? {
        ensure(Instant::now() < deadline, format!("not so after 30 s: {what}"))?;
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(())
}
