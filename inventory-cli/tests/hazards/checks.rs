//! What `fork-inventory` must say about each target, and about which it must be silent.

use std::process::Command;

use crate::support::{Check, Target, compile, finding, inventory, of, says, scan, silent};

pub(crate) const ALL: &[Check] = &[
    ("glibc_locks_with_an_owner_are_named_with_the_thread_of_the_parent", glibc_owned),
    ("glibc_locks_without_an_owner_are_proven_by_the_single_thread", glibc_ownerless),
    ("stripped_programs_and_heap_locks_are_still_judged", glibc_heap),
    ("locks_of_rust_std_are_proven_and_named", rust_locks),
    ("deleted_file_held_by_the_child_alone", deleted_file),
    ("reader_of_a_pipe_that_a_sibling_keeps_open", pipe),
    ("shared_connection_and_event_loop", connection),
    ("shared_offset", offset),
    ("flock_that_outlived_its_taker_names_the_holder", flock),
    ("blocked_sigterm_passed_through_exec", mask),
    ("zombies_and_who_should_reap_them", zombie),
    ("listener_leaked_through_exec", leak_on_exec),
    ("healthy_processes_are_not_blamed", healthy),
    ("json_is_valid_against_the_schema_and_a_saved_snapshot_says_the_same", saved),
    ("two_snapshots_tell_what_came_between_them", between),
    ("gone_targets_and_nonsense_have_their_exit_status", statuses),
];

fn glibc_owned() {
    let program = compile("locks", &[]);
    for (kind, lock, place) in [
        ("mutex", "glibc mutex", "victim_mutex"),
        ("recursive", "glibc mutex", "special"),
        ("errorcheck", "glibc mutex", "special"),
        ("robust", "glibc robust mutex", "special"),
        ("rwlock", "glibc rwlock", "victim_rwlock"),
    ] {
        let mut command = Command::new(&program);
        command.arg(kind);
        let target = Target::start(command);
        let found = finding(target.pid(), "H01");
        says(&found, "error", &[lock, place, "log-flusher"]);
        assert_eq!(found["confidence"], "proven");
    }
}

fn glibc_ownerless() {
    let mut command = Command::new(compile("locks", &[]));
    command.arg("semaphore");
    let target = Target::start(command);
    says(&finding(target.pid(), "H01"), "error", &["semaphore", "victim_semaphore", "one thread"]);
}

fn glibc_heap() {
    let mut command = Command::new(compile("locks", &["-s"]));
    command.arg("heap");
    let target = Target::start(command);
    says(&finding(target.pid(), "H01"), "error", &["glibc mutex", "[heap]", "log-flusher"]);
}

fn rust_locks() {
    for (name, lock, place) in [
        ("rust-mutex", "Rust std Mutex", "VICTIM_MUTEX"),
        ("rust-rwlock", "Rust std RwLock", "VICTIM_RWLOCK"),
        ("rust-once", "Rust std Once", "VICTIM_ONCE"),
        ("rust-stdout", "Rust std Mutex", "STDOUT"),
        ("parking-lot", "parking_lot lock", "waits for ever"),
    ] {
        let target = Target::own(name);
        says(&finding(target.pid(), "H01"), "error", &[lock, place, "one thread"]);
    }
}

fn deleted_file() {
    let target = Target::own("deleted-file");
    says(&finding(target.pid(), "H06"), "warning", &["3.0 MiB", "its parent does not"]);
    silent(target.pids[1]);
}

fn pipe() {
    let target = Target::own("pipe");
    let [reader, _, sibling] = target.pids[..] else { panic!("three pids") };
    says(&finding(reader, "H05"), "warning", &["keeps open", &format!("pid {sibling}")]);
}

fn connection() {
    let target = Target::own("connection");
    says(&finding(target.pid(), "H09"), "warning", &["tcp 127.0.0.1:", &format!("pid {}", target.pids[1])]);
    says(&finding(target.pid(), "H10"), "warning", &["epoll"]);
}

fn offset() {
    let target = Target::own("offset");
    says(&finding(target.pid(), "H07"), "warning", &["shares the offset", &format!("pid {}", target.pids[1])]);
}

fn flock() {
    let target = Target::own("flock");
    says(&finding(target.pid(), "H18"), "warning", &["holds the flock lock", "no longer has it"]);
}

fn mask() {
    let target = Target::own("mask");
    says(&finding(target.pid(), "H13"), "warning", &["TERM blocked", &format!("pid {}", target.pids[1])]);
}

fn zombie() {
    let target = Target::own("zombie");
    says(&finding(target.pid(), "H19"), "warning", &["3 ended children"]);
}

fn leak_on_exec() {
    let target = Target::own("leak-on-exec");
    says(&finding(target.pid(), "H04"), "warning", &["tcp 127.0.0.1:", "listen", "through exec"]);
}

fn healthy() {
    for name in ["condvar", "spawned", "activation", "prefork"] {
        let target = Target::own(name);
        target.pids.iter().for_each(|pid| silent(*pid));
    }
}

fn saved() {
    let target = Target::own("connection");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("snapshot.json");
    let file = file.to_str().unwrap();
    let pid = target.pid().to_string();
    assert_eq!(inventory(&["snapshot", &pid, "--output", file]).0, 0);
    let live = scan(target.pid());
    drop(target);
    let (status, text) = inventory(&["scan", &pid, "--from", file, "--format", "json"]);
    let saved: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(status, 1);
    for hazard in ["H09", "H10"] {
        assert_eq!(of(&saved, pid.parse().unwrap(), hazard).len(), of(&live, pid.parse().unwrap(), hazard).len());
    }
    let schema: serde_json::Value = serde_json::from_str(&inventory(&["schema"]).1).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for answer in [&saved, &live] {
        let errors: Vec<String> =
            validator.iter_errors(answer).map(|e| format!("{e} at {}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

fn statuses() {
    assert_eq!(inventory(&["scan", "2147483646"]).0, 3);
    assert_eq!(inventory(&["scan"]).0, 2);
    assert_eq!(inventory(&["scan", "--", "-1"]).0, 2);
    assert_eq!(inventory(&["who-holds", "nonsense"]).0, 2);
    assert_eq!(inventory(&["explain", "H99"]).0, 2);
    let target = Target::own("connection");
    let pid = target.pid().to_string();
    assert_eq!(inventory(&["scan", &pid]).0, 1);
    assert_eq!(inventory(&["scan", &pid, "--fail-on", "error"]).0, 0);
    for lines in ["scan", "fds", "locks", "signals", "mem", "maps", "tree"] {
        let (_, text) = inventory(&[lines, &pid]);
        assert!(text.lines().all(|l| l.chars().count() <= 80), "{lines}: {text}");
    }
}

/// The server forks a child between two looks.
fn between() {
    let target = Target::own("forker-later");
    let pid = target.pid().to_string();
    let folder = tempfile::tempdir().unwrap();
    let [before, after] = ["before", "after"].map(|n| folder.path().join(n).to_str().unwrap().to_owned());
    assert_eq!(inventory(&["snapshot", &pid, "-o", &before]).0, 0);
    let (status, text) = inventory(&["compare", &before, &before]);
    assert!(status == 0 && text.contains("nothing has changed"), "{status} {text}");
    target.go_on();
    let start = std::time::Instant::now();
    let text = loop {
        assert_eq!(inventory(&["snapshot", &pid, "-o", &after]).0, 0);
        let (status, text) = inventory(&["compare", &before, &after]);
        if status == 1 && text.contains("came: forked by") {
            break text;
        }
        assert!(start.elapsed() < crate::support::PATIENCE, "{text}");
    };
    assert!(text.contains("H10") && text.lines().all(|l| l.chars().count() <= 80), "{text}");
    let (_, json) = inventory(&["compare", &before, &after, "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(answer["came"].as_array().unwrap().iter().any(|f| f["hazard"] == "H10"), "{answer:#}");
    let (_, back) = inventory(&["compare", &after, &before]);
    assert!(back.contains(") went") && back.contains("findings that went"), "{back}");
    assert_eq!(inventory(&["compare", &before, "/nonexistent"]).0, 2);
}
