//! What is in a fork's memory: locks and output that were copied, stacks, handlers, and the locks of musl.

use std::process::Command;

use serde_json::Value;

use crate::support::{Check, Target, compile, compile_with, finding, inventory, says};

pub(crate) const ALL: &[Check] = &[
    ("copies_of_held_locks_are_found_before_they_bite", latent),
    ("output_that_both_will_write_is_found", unwritten),
    ("handlers_have_names_without_a_stop", handlers),
    ("the_stack_of_a_waiter_leads_to_its_caller", stack),
    ("locks_of_musl_are_told_from_those_of_glibc", musl),
];

fn target(word: &str) -> Target {
    let mut command = Command::new(compile("copies", &[]));
    command.arg(word);
    Target::start(command)
}

/// The findings of a deep look at the child.
fn deep(target: &Target) -> Vec<Value> {
    let (_, text) = inventory(&["scan", &target.pid().to_string(), "--deep", "--format", "json"]);
    let answer: Value = serde_json::from_str(&text).unwrap();
    let all = answer["findings"].as_array().unwrap().iter();
    all.filter(|f| f["pid"] == target.pid() && (f["hazard"] == "H01" || f["hazard"] == "H17")).cloned().collect()
}

fn latent() {
    let hazard = target("held");
    let found = deep(&hazard);
    let locks: Vec<&Value> = found.iter().filter(|f| f["hazard"] == "H01").collect();
    // The forking thread's own lock, `own_mutex`, is none of them.
    assert_eq!(locks.len(), 2, "{locks:#?}");
    for word in ["victim_mutex", "[heap]"] {
        let lock = locks.iter().find(|f| f["message"].as_str().unwrap().contains(word)).unwrap();
        says(lock, "warning", &["log-flusher", "at the fork"]);
        assert_eq!(lock["confidence"], "likely");
    }
    let (_, text) = inventory(&["locks", &hazard.pid().to_string(), "--deep"]);
    assert!(text.contains("latent  glibc mutex victim_mutex"), "{text}");
    assert_eq!(deep(&target("flushed")), Vec::<Value>::new());
    let (status, _) = inventory(&["scan", &hazard.pid().to_string(), "--deep", "--no-mem"]);
    assert_eq!(status, 2, "one asks for what the other forbids");
}

fn unwritten() {
    let hazard = target("held");
    let found = deep(&hazard);
    let output = found.iter().find(|f| f["hazard"] == "H17").expect("a finding");
    says(output, "warning", &["the same 21 bytes", "written twice"]);
    // The bytes themselves can be secret.
    let (_, text) = inventory(&["snapshot", &hazard.pid().to_string(), "--deep"]);
    assert!(text.contains("\"unwritten\"") && !text.contains("4711 committed"));
}

fn handlers() {
    let target = target("held");
    let pid = target.pid().to_string();
    let (_, text) = inventory(&["signals", &pid, "--handlers"]);
    let (_, doctor) = inventory(&["doctor"]);
    if doctor.lines().any(|l| l.starts_with("missing bpf task iterator")) {
        assert!(text.contains("handlers of") && text.contains("needs"), "{text}");
        return;
    }
    assert!(text.contains("TERM runs on_term (copies)"), "{text}");
    let (_, text) = inventory(&["signals", &pid, "--handlers", "--format", "json"]);
    let answer: Value = serde_json::from_str(&text).unwrap();
    let handlers = answer["processes"][0]["handlers"].as_array().unwrap();
    assert!(handlers.iter().any(|h| h["signal"] == libc::SIGPIPE && h["address"].is_null()), "{handlers:#?}");
}

fn stack() {
    let mut command = Command::new(compile("locks", &[]));
    command.arg("mutex");
    let target = Target::start(command);
    finding(target.pid(), "H01");
    let (_, text) = inventory(&["locks", &target.pid().to_string()]);
    assert!(text.contains("main+") && text.contains("(locks)") && text.contains("return addresses"), "{text}");
}

fn musl() {
    for flags in [&[][..], &["-static"]] {
        let program = compile_with("musl-gcc", "locks", flags);
        for (kind, lock, place, because) in [
            ("mutex", "musl mutex", "victim_mutex", "one thread"),
            ("recursive", "musl recursive mutex", "special", "log-flusher"),
            ("errorcheck", "musl recursive mutex", "special", "log-flusher"),
        ] {
            let mut command = Command::new(&program);
            command.arg(kind);
            let target = Target::start(command);
            says(&finding(target.pid(), "H01"), "error", &[lock, place, because]);
        }
    }
}
