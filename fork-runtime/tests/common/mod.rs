//! Runs each scenario in a process of its own, which has one thread: forking inside a test harness with threads would
//! test the harness.

use std::io::{Read, Write};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// What a scenario gives back.
pub(crate) type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A name and what to run.
pub(crate) type Scenario = (&'static str, fn() -> Outcome);

/// Says why a part could not be tried on this machine; the report has it.
#[allow(dead_code, reason = "not all test targets have such parts")]
pub(crate) fn note(what: &str) -> Outcome {
    writeln!(std::io::stderr(), "{NOTE}{what}")?;
    Ok(())
}

const NOTE: &str = "not here: ";

/// A scenario that takes longer hangs: that is what these tests are about.
const PATIENCE: Duration = Duration::from_secs(120);

/// The `main` of a test target.
pub(crate) fn main(scenarios: &[Scenario]) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, name] = arguments.as_slice()
        && flag == "--scenario"
    {
        return alone(scenarios, name);
    }
    let mut out = std::io::stdout().lock();
    let filters: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    let chosen: Vec<_> = scenarios
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| filters.is_empty() || filters.iter().any(|filter| name.contains(filter.as_str())))
        .collect();
    if arguments.iter().any(|argument| argument == "--list") {
        for name in chosen {
            let _ = writeln!(out, "{name}: test");
        }
        return ExitCode::SUCCESS;
    }
    let _ = writeln!(out, "\nrunning {} scenarios", chosen.len());
    let mut failed = 0;
    for name in &chosen {
        let start = Instant::now();
        match supervised(name) {
            Ok(log) => {
                let _ = writeln!(out, "scenario {name} ... ok ({:.1?})", start.elapsed());
                for note in log.lines().filter(|line| line.starts_with(NOTE)) {
                    let _ = writeln!(out, "    {note}");
                }
            }
            Err(report) => {
                failed += 1;
                let _ = writeln!(out, "scenario {name} ... FAILED\n{report}");
            }
        }
    }
    let _ = writeln!(out, "\nscenarios: {} passed, {failed} failed\n", chosen.len() - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn alone(scenarios: &[Scenario], name: &str) -> ExitCode {
    let Some((_, run)) = scenarios.iter().find(|(known, _)| *known == name) else {
        return ExitCode::from(2);
    };
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn supervised(name: &str) -> Result<String, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut log = tempfile::tempfile().map_err(|error| error.to_string())?;
    let copy = || log.try_clone().map(Stdio::from).map_err(|error| error.to_string());
    let mut child = Command::new(program)
        .args(["--scenario", name])
        .stdin(Stdio::null())
        .stdout(copy()?)
        .stderr(copy()?)
        .spawn()
        .map_err(|error| error.to_string())?;
    let start = Instant::now();
    let end = loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => break None,
            Ok(Some(status)) => break Some(status.to_string()),
            Ok(None) if start.elapsed() > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                break Some(format!("still running after {PATIENCE:?}"));
            }
            Ok(None) => std::thread::sleep(Duration::from_millis(2)),
            Err(error) => break Some(error.to_string()),
        }
    };
    let mut report = String::new();
    let _ = std::io::Seek::rewind(&mut log);
    let _ = log.read_to_string(&mut report);
    match end {
        None => Ok(report),
        Some(end) => Err(format!("{end}\n{report}")),
    }
}
