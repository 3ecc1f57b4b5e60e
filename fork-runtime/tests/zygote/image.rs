//! The program's file is replaced while it runs, as upgrades do.

use crate::common::{Outcome, Scenario};
use crate::ensure;
use crate::kills::kill_template;
use fork_runtime::zygote::Zygote;
use std::fs;
use std::process::Command;

const NAME: &str = "zygote_same_image_after_an_upgrade_on_disk";

pub(crate) const SCENARIOS: &[Scenario] = &[(NAME, upgraded)];

/// Set in the program that is to be replaced.
const INNER: &str = "FORK_RUNTIME_TEST_UPGRADED";

fork_runtime::entry! {
    fn double(_context, number: u32) -> u32 {
        2 * number
    }
}

fn upgraded() -> Outcome {
    if std::env::var_os(INNER).is_some() {
        return replaced();
    }
    let folder = tempfile::tempdir()?;
    let program = folder.path().join("program");
    fs::copy(std::env::current_exe()?, &program)?;
    let status = Command::new(&program).args(["--scenario", NAME]).env(INNER, "1").status()?;
    ensure(status.success(), format!("the copy of this program: {status}"))
}

fn replaced() -> Outcome {
    let program = std::env::current_exe()?;
    let before = Zygote::builder().exec()?;
    let other = program.with_extension("new");
    fs::copy("/bin/false", &other)?;
    fs::rename(&other, &program)?;
    ensure(!Command::new(&program).status()?.success(), "the file is another program now")?;
    for (which, zygote) in [("before", before), ("after", Zygote::builder().exec()?)] {
        let doubled = zygote.spawn(double, &21)?.join()?;
        ensure(doubled == 42, format!("the template made {which} the upgrade: {doubled}"))?;
        // It is executed again, and has to be the same program.
        kill_template(&zygote)?;
        let doubled = zygote.spawn(double, &4)?.join()?;
        ensure(doubled == 8, format!("the one that replaced it: {doubled}"))?;
    }
    Ok(())
}
