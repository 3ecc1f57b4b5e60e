//! One page about a process: verdict, origin, counts, findings, next step.

use super::{Page, command, findings, gaps, title};
use crate::findings::milliseconds;
use crate::model::{Confidence, Kind, Process, Relation, Role, Severity, Snapshot};
use crate::proc::text::harmless;
use crate::render::table::{shorten, wrap};
use crate::render::{bytes, duration};

/// The page of every process asked for, then the findings of all.
pub fn scan(snapshot: &Snapshot, from: Severity, page: Page) -> String {
    let mut text = String::new();
    for process in snapshot.targets() {
        text += &page.paint.strong(&verdict(snapshot, process));
        text.push('\n');
        for (name, value) in facts(snapshot, process) {
            text += &wrap(&value, page.width, &format!("  {name:<9} "));
        }
    }
    text += &gaps(snapshot, page);
    if !text.is_empty() {
        text.push('\n');
    }
    text + &findings(&snapshot.findings, from, page)
}

/// The worst there is to say, in a line.
fn verdict(snapshot: &Snapshot, process: &Process) -> String {
    let own = snapshot.findings.iter().filter(|f| f.pid == process.pid);
    let worst = own.clone().map(|f| f.severity).max();
    let proven = own.clone().any(|f| f.severity == Severity::Error && f.confidence == Confidence::Proven);
    let word = match worst {
        Some(Severity::Error) if proven => "BROKEN",
        Some(Severity::Error) => "PROBABLY BROKEN",
        Some(Severity::Warning) => "AT RISK",
        // Silence is only worth something where reading was possible.
        _ if !process.unreadable.is_empty() => "NOTHING SEEN (not all could be read)",
        _ => "OK",
    };
    format!("{}: {word}", title(process))
}

fn facts(snapshot: &Snapshot, process: &Process) -> Vec<(&'static str, String)> {
    let mut facts = vec![("command", shorten(&command(process), 160))];
    let age = process.age_seconds.map(|s| format!("{} ago", duration(s))).unwrap_or_default();
    let parent = snapshot.process(process.parent);
    let parent_name = parent.map_or_else(String::new, |p| format!(" ({})", harmless(&p.name)));
    let origin = match (process.forked_without_exec, process.forked_from) {
        (true, Some(from)) if from == process.parent => {
            format!("forked without exec from {from}{parent_name}, {age}")
        }
        (true, _) => format!(
            "forked without exec, {age}; its parent is {}{parent_name}, not the process it was forked from",
            process.parent
        ),
        (false, _) => format!("runs a program of its own, started {age} by {}{parent_name}", process.parent),
    };
    facts.push(("origin", origin));
    let kin = |role: Role| snapshot.processes.iter().filter(|p| p.role == role).count();
    let (children, siblings) = (kin(Role::Child), kin(Role::Sibling));
    if children + siblings > 0 {
        facts.push(("family", format!("{children} of its children, {siblings} of its siblings looked at")));
    }
    facts.push(("state", state(process)));
    if let Some(table) = &process.descriptors {
        facts.push(("files", descriptors(snapshot, process, table.len())));
    }
    if let Some(memory) = &process.memory {
        let tables = memory.page_tables.unwrap_or(0);
        let cost = match milliseconds(tables) {
            0 => "a fork costs less than 1 ms".to_owned(),
            ms => format!("a fork costs about {ms} ms"),
        };
        facts.push(("memory", format!("{} resident, {cost}", bytes(memory.resident))));
    }
    facts
}

fn state(process: &Process) -> String {
    let word = match process.state {
        'R' => "runs",
        'S' => "sleeps",
        'D' => "waits for a device or the kernel",
        'Z' => "has ended, nobody has asked for its end",
        'T' | 't' => "is stopped",
        'I' => "is idle",
        _ => "in an unknown state",
    };
    let threads =
        if process.threads_total == 1 { "1 thread".into() } else { format!("{} threads", process.threads_total) };
    format!("{word}, {threads}")
}

fn descriptors(snapshot: &Snapshot, process: &Process, total: usize) -> String {
    let of = |relation: Relation| process.descriptors.iter().flatten().filter(|d| d.relation == relation).count();
    let shared = of(Relation::Inherited) + of(Relation::Duplicated);
    let sockets =
        process.descriptors.iter().flatten().filter_map(|d| snapshot.file(d)).filter(|f| f.kind == Kind::Socket);
    let parts = [
        (shared, "shared with the parent"),
        (of(Relation::Reopened), "reopened"),
        (of(Relation::Unknown), "not compared"),
        (sockets.count(), "sockets"),
    ];
    let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if parts.is_empty() { total.to_string() } else { format!("{total}: {}", parts.join(", ")) }
}
