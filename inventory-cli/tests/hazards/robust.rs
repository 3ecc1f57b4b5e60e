//! Targets that are too large, vanish, come back as another, or lie on a filesystem that answers no more.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use inventory_cli::findings;
use inventory_cli::model::{Severity, Snapshot};
use inventory_cli::render::text::{self, Page};
use inventory_cli::render::{Paint, json, page, prometheus};
use serde_json::Value;

use crate::dead_mount::DeadMount;
use crate::support::{Check, PATIENCE, Target, inventory};

pub(crate) const ALL: &[Check] = &[
    ("twenty_thousand_descriptors_are_listed_and_a_budget_cuts_them", many),
    ("a_process_that_dies_during_the_scan_is_said_to_be_gone", dying),
    ("a_reused_pid_is_not_the_process_that_was_opened", reused),
    ("damaged_snapshots_are_refused_or_judged", damaged),
    ("a_filesystem_that_answers_no_more_holds_nobody_up", dead_mount),
];

fn many() {
    let target = Target::own("many");
    let pid = target.pid().to_string();
    let (_, text) = inventory(&["fds", &pid, "--format", "json"]);
    let answer: Value = serde_json::from_str(&text).unwrap();
    let process = answer["processes"].as_array().unwrap().iter().find(|p| p["pid"] == target.pid()).unwrap();
    let expected = std::fs::read_dir(format!("/proc/{pid}/fd")).unwrap().count();
    assert_eq!(process["descriptors"].as_array().unwrap().len(), expected);
    assert!(expected > 3000);
    let start = Instant::now();
    let (status, text) = inventory(&["fds", &pid, "--budget", "1ms"]);
    assert!(status == 0 && text.contains("the budget of time ran out"), "{}", text.len());
    assert!(start.elapsed() < PATIENCE);
}

fn dying() {
    for round in 0..12 {
        let target = Target::own("connection");
        let pid = target.pid();
        let mut command = Command::new(env!("CARGO_BIN_EXE_fork-inventory"));
        command.args(["scan", &pid.to_string(), "--deep", "--format", "json"]);
        let looking = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(500 * round));
        assert!(pid > 0);
        // SAFETY: a signal to a process that this test's target has made and not reaped.
        unsafe { libc::kill(pid, libc::SIGKILL) };
        let output = looking.wait_with_output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!errors.contains("panicked"), "{errors}");
        match output.status.code() {
            Some(3) => {}
            Some(0 | 1) => assert!(serde_json::from_slice::<Value>(&output.stdout).is_ok()),
            other => panic!("{other:?}: {errors}"),
        }
    }
}

/// Numbers, words and bytes of a saved snapshot are replaced at random; nothing that reads it may panic.
fn damaged() {
    let target = Target::own("connection");
    let (_, whole) = inventory(&["snapshot", &target.pid().to_string(), "--deep"]);
    let whole = whole.into_bytes();
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut chance = |below: usize| {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        usize::try_from(state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap() % below.max(1)
    };
    let numbers: Vec<usize> = (1..whole.len())
        .filter(|at| whole[*at].is_ascii_digit() && matches!(whole[at - 1], b':' | b'[' | b',' | b'-'))
        .collect();
    let values = ["0", "1", "4294967295", "2147483647", "18446744073709551615", "9223372036854775807"];
    let mut judged = 0;
    for round in 0..1500 {
        let mut bytes = whole.clone();
        for _ in 0..=chance(8) {
            let at = numbers[chance(numbers.len())].min(bytes.len() - 1);
            let end = (at..bytes.len()).find(|e| !bytes[*e].is_ascii_digit()).unwrap_or(bytes.len());
            bytes.splice(at..end, values[chance(values.len())].bytes());
        }
        if chance(10) == 0 {
            let at = chance(bytes.len());
            bytes[at] ^= 1 << chance(8);
        }
        let Ok(mut snapshot) = serde_json::from_slice::<Snapshot>(&bytes) else { continue };
        judged += 1;
        let survived = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| show(&mut snapshot)));
        assert!(survived.is_ok(), "round {round}: {}", String::from_utf8_lossy(&bytes));
    }
    assert!(judged > 500, "{judged} were whole enough to be judged");
}

/// Everything that is ever done with a snapshot.
fn show(snapshot: &mut Snapshot) {
    let page = Page { width: 80, paint: Paint { colour: false } };
    snapshot.findings = findings::judge(snapshot);
    let mut out = Vec::new();
    json::whole(snapshot, &mut out).unwrap();
    json::lines(snapshot, &mut out).unwrap();
    text::fds(&mut out, snapshot, &snapshot.sharer_counts(), &text::Column::usual(), page).unwrap();
    let mut all = text::scan(snapshot, Severity::Info, page) + &text::locks(snapshot, page);
    all += &(text::signals(snapshot, page) + &text::mem(snapshot, page) + &text::maps(snapshot, page));
    all += &(text::tree(snapshot, page) + &prometheus::metrics(snapshot) + &page::page(snapshot));
    if let [child, parent, ..] = &snapshot.processes[..] {
        all += &text::diff(snapshot, child, parent, page);
    }
    assert!(!all.is_empty());
}

/// The target opens `/proc/PID` of a child, ends it, and makes the kernel give the number to another one.
fn reused() {
    let target = Target::own("pid-reuse");
    // 1: the old directory answered no more; 2: the number could not be had (no right to ask for it, or taken).
    assert!(matches!(target.pids[0], 1 | 2), "a reused pid was taken for the process that had it");
}

fn dead_mount() {
    // Without the right to mount, or without FUSE, there is no such filesystem to be made here.
    let Some(mount) = DeadMount::new() else { return };
    let file = std::fs::File::open(mount.path().join("file")).expect("the server still answers");
    let mut holder = Command::new("sleep").arg("60").stdin(file).spawn().unwrap();
    let pid = holder.id().to_string();
    mount.die();
    // What other tools do: this one waits until the mount is gone.
    let mut stat = Command::new("stat")
        .args(["-L", &format!("/proc/{pid}/fd/0")])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    for command in ["scan", "fds", "maps", "mem", "locks", "diff", "tree", "snapshot"] {
        let start = Instant::now();
        let mut looking = Command::new(env!("CARGO_BIN_EXE_fork-inventory"))
            .args([command, &pid, "--fail-on", "never"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        while looking.try_wait().unwrap().is_none() {
            if start.elapsed() > Duration::from_secs(10) {
                let _ = looking.kill();
                mount.end();
                panic!("{command} waits for the dead filesystem");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
    let hung = stat.try_wait().unwrap().is_none();
    let (_, text) = inventory(&["fds", &pid]);
    mount.end();
    let _ = holder.kill();
    let _ = holder.wait();
    let _ = stat.wait();
    assert!(hung, "the filesystem did answer");
    assert!(text.contains("/file"), "{text}");
}
