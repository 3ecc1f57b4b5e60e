//! Templates and workers, each scenario in a fresh process with one thread, which is also what a template executes.

#[path = "../common/mod.rs"]
mod common;

mod basics;

use common::{Outcome, Scenario};
use fork_runtime::zygote::{self, BuildError, Zygote};

fn main() -> std::process::ExitCode {
    zygote::init();
    let all: Vec<Scenario> = [basics::SCENARIOS].concat();
    common::main(&all)
}

/// `Err` with the text unless it holds.
fn ensure(holds: bool, what: impl AsRef<str>) -> Outcome {
    if holds { Ok(()) } else { Err(what.as_ref().to_owned().into()) }
}

/// Runs `test` with a template of either kind.
fn both(test: impl Fn(&Zygote) -> Outcome) -> Outcome {
    let kinds: [(&str, fn() -> Result<Zygote, BuildError>); 2] =
        [("early", || Zygote::builder().early()), ("exec", || Zygote::builder().exec())];
    for (name, make) in kinds {
        test(&make()?).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(())
}
