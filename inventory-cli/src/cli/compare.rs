//! `compare`: two saved snapshots, before and after.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use super::args::{Format, Options};
use super::failure::Failure;
use super::load;
use super::run::print;
use crate::model::{Finding, Process, Severity, Snapshot};
use crate::proc::text::harmless;
use crate::render::text::{self, Page};
use crate::render::{bytes, paragraph};

/// Says what came, went and grew; status 1 when there is a new finding at or above `--fail-on`.
pub(super) fn compare(options: &Options, before: &Path, after: &Path, page: Page) -> Result<ExitCode, Failure> {
    let before = load::saved(before, options)?;
    let after = load::saved(after, options)?;
    // A finding is the same one when it is about the same process and hazard, in the same words.
    let key = |f: &Finding| (f.pid, f.hazard.clone(), f.message.clone());
    let (old, new): (BTreeSet<_>, BTreeSet<_>) =
        (before.findings.iter().map(key).collect(), after.findings.iter().map(key).collect());
    let came: Vec<Finding> = after.findings.iter().filter(|f| !old.contains(&key(f))).cloned().collect();
    let went: Vec<Finding> = before.findings.iter().filter(|f| !new.contains(&key(f))).cloned().collect();
    let changes = changes(&before, &after);
    match options.format {
        Format::Prometheus => return Err(Failure::usage("compare has no metrics: use --format text or json")),
        Format::Json | Format::Ndjson => {
            let answer = json!({ "came": came, "went": went, "changes": changes });
            print(|out| writeln_json(out, &answer))?;
        }
        Format::Text => print(|out| out.write_all(told(&changes, &came, &went, options, page).as_bytes()))?,
    }
    let fails = options.fail_on.least().is_some_and(|least| came.iter().any(|f| f.severity >= least));
    Ok(ExitCode::from(u8::from(fails)))
}

fn told(changes: &[String], came: &[Finding], went: &[Finding], options: &Options, page: Page) -> String {
    let least = options.severity.least().unwrap_or(Severity::Error);
    let mut text = String::new();
    for change in changes {
        text += &paragraph(&harmless(change), page.width, "  ");
    }
    if changes.is_empty() {
        text += "nothing has changed that a snapshot shows\n";
    }
    if came.iter().any(|f| f.severity >= least) {
        text += &format!("\n{}\n{}", page.paint.strong("findings that came"), text::findings(came, least, page));
    }
    let mut gone = went.iter().filter(|f| f.severity >= least).peekable();
    if gone.peek().is_some() {
        text += &format!("\n{}\n", page.paint.strong("findings that went"));
    }
    for finding in gone {
        let line = format!("{} {} {}", finding.severity.word(), finding.hazard, finding.message);
        text += &paragraph(&harmless(&line), page.width, "  ");
    }
    text
}

fn writeln_json(out: &mut impl std::io::Write, value: &serde_json::Value) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Processes that came and went, and for those in both what they opened, closed and grew.
fn changes(before: &Snapshot, after: &Snapshot) -> Vec<String> {
    // A reused pid is another process: its start is another.
    let same = |snapshot: &'_ Snapshot, p: &Process| {
        snapshot.process(p.pid).is_some_and(|other| other.start_ticks == p.start_ticks)
    };
    let mut changes = Vec::new();
    for process in after.processes.iter().filter(|p| !same(before, p)) {
        let how = if process.forked_without_exec { "forked" } else { "executed" };
        changes.push(format!("{} (pid {}) came: {how} by {}", process.name, process.pid, process.parent));
    }
    for process in before.processes.iter().filter(|p| !same(after, p)) {
        changes.push(format!("{} (pid {}) went", process.name, process.pid));
    }
    for (old, new) in before.processes.iter().filter_map(|p| Some((p, after.process(p.pid)?))) {
        if old.start_ticks != new.start_ticks {
            continue;
        }
        let (had, has) = (table(before, old), table(after, new));
        let name = format!("{} (pid {})", new.name, new.pid);
        for (fd, target) in has.iter().filter(|(fd, target)| had.get(fd) != Some(target)).take(50) {
            changes.push(format!("{name} opened fd {fd}: {target}"));
        }
        for (fd, target) in had.iter().filter(|(fd, _)| !has.contains_key(fd)).take(50) {
            changes.push(format!("{name} closed fd {fd}: {target}"));
        }
        let resident = |p: &Process| p.memory.as_ref().map_or(0, |m| m.resident);
        if resident(old).abs_diff(resident(new)) >= MUCH {
            changes.push(format!("{name} went from {} to {} resident", bytes(resident(old)), bytes(resident(new))));
        }
        let own = |p: &Process| p.mappings.iter().flatten().filter_map(|m| m.exclusive).fold(0, u64::saturating_add);
        if own(new).saturating_sub(own(old)) >= MUCH {
            changes.push(format!("{name} copied or made {} of memory of its own", bytes(own(new) - own(old))));
        }
    }
    changes
}

/// Less memory than this is not worth a line.
const MUCH: u64 = 1 << 20;

fn table<'a>(snapshot: &'a Snapshot, process: &'a Process) -> BTreeMap<i32, &'a str> {
    let descriptors = process.descriptors.iter().flatten();
    descriptors.filter_map(|d| Some((d.fd, snapshot.file(d)?.target.as_str()))).collect()
}
