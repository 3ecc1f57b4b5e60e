//! Templates and workers, each scenario in a fresh process with one thread, which is also what a template executes.
//!
//! What is promised, and the scenarios that hold it (all names begin with `zygote_`):
//!
//! | feature | scenarios |
//! |---|---|
//! | a fresh process per job | `a_fresh_process_per_job`, `ten_thousand_leave_nothing` |
//! | a template by early fork, by exec | nearly all run with both; `same_image_after_an_upgrade_on_disk` |
//! | one thread, proved before each clone | `refused_with_threads`, `preload_errors_reach_the_builder`, `mold_with_threads` |
//! | template of a template, with what is queued | `derived`, `derived_with_queued_descriptors_and_arguments` |
//! | promotion of a worker | `worker_becomes_a_template`, `mold_*`, `signal_during_promotion` |
//! | warm processes | `warm_processes`, `warm_processes_killed` |
//! | the same cost whatever the caller's size | the benchmark `zygote` |
//! | requests do not wait for each other | `hung_preload_delays_only_its_builder`, `threads_ask_at_once`, `stuck_template_*` |
//! | descriptors go to the worker; no others do | `three_hundred_descriptors`, `only_passed_descriptors_exist`, `ten_servers_*` |
//! | typed arguments, results, panics | `typed_*`, `large_*`, `panic_*`, `functions_*`, `unknown_*` |
//! | exit status and usage reach the caller | `exit_status_and_signal`, `usage_comes_with_the_status` |
//! | kill without reuse of a pid | `exit_status_and_signal`, `kill_on_drop` |
//! | waiting in tasks | `awaited_*` |
//! | handles are inert in a forked copy of the owner | `handles_dropped_in_a_forked_copy_do_nothing`, `refused_with_threads` |
//! | signals, mask, title, folder, environment | `handlers_and_mask_are_reset`, `settings` |
//! | limits, user, session, namespaces, cgroup, seccomp | `setting_*` |
//! | preload with its errors | `preload_*`, `audit_*` |
//! | the template's death is survived | `template_killed_*`, `workers_outlive_*`, `killed_at_random_*` |
//! | the owner's death ends all | `owner_death_*`, `setting_death_signal`, `dropped_template_ends` |
//! | pid 1, nobody, containers | `as_pid_one`, `as_nobody_*`, `in_a_container_*` |
//! | libc is right after a raw clone | `raw_clone_leaves_libc_right` |
//! | hooks, unregistering, order; detection after raw clones; pools | the targets `real_fork` and `runtime_pools` |

#[path = "../common/mod.rs"]
mod common;

mod basics;
mod image;
mod kills;
mod life;
mod settings;
mod workers;

use common::{Outcome, Scenario};
use fork_runtime::zygote::{self, Zygote};
use std::time::{Duration, Instant};

fn main() -> std::process::ExitCode {
    zygote::init();
    let all: Vec<Scenario> = [
        basics::SCENARIOS,
        image::SCENARIOS,
        life::SCENARIOS,
        kills::SCENARIOS,
        settings::SCENARIOS,
        workers::SCENARIOS,
    ]
    .concat();
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
