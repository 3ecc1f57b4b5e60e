//! Mappings, and the states of their pages.

use std::collections::HashMap;

use super::gaps::Gaps;
use super::{Bounds, Parts};
use crate::model::{Mapping, Process, Role};
use crate::proc::maps::{self, Map};
use crate::proc::memory::Pagemap;
use crate::proc::{ProcDir, text};

/// Above this resident size `smaps` and `smaps_rollup` are read only when asked for: both hold the target's memory lock
/// while they walk (measured: 14 ms for 2 GB).
const LARGE: u64 = 1 << 30;

pub(super) fn read(seen: &mut [(ProcDir, Process, Gaps)], parts: Parts, bounds: &mut Bounds) {
    for at in 0..seen.len() {
        let Some((dir, process, gaps)) = seen.get_mut(at) else { continue };
        if process.role == Role::Parent {
            process.timers = dir.read("timers").ok().map(|t| timers(&text::lossless(&t)));
        }
        if process.role != Role::Target || process.kernel_thread || bounds.over(|| format!("memory of {}", process.pid))
        {
            continue;
        }
        process.timers = dir.read("timers").ok().map(|t| timers(&text::lossless(&t)));
        let resident = process.memory.as_ref().map_or(0, |m| m.resident);
        if parts.pages && (parts.rollup || resident < LARGE) {
            rollup(dir, process, gaps);
        } else if parts.pages {
            bounds.cut.push(format!("shares of {}: more than 1 GiB resident, ask with --rollup", process.pid));
        }
        if !parts.mappings {
            continue;
        }
        let Some(text) = gaps.keep("maps", dir.read("maps")) else { continue };
        let parsed = maps::parse(&text);
        let flags = if parts.pages && (parts.rollup || resident < LARGE) { flags(dir, gaps) } else { HashMap::new() };
        let mut mappings: Vec<Mapping> = parsed.iter().map(|map| mapping(map, &flags)).collect();
        let origin = process.forked_from;
        if parts.pages {
            let parent = origin.and_then(|pid| seen.iter().find(|(_, p, _)| p.pid == pid)).map(|(dir, _, _)| dir);
            let parent = parent.and_then(|dir| Pagemap::open(dir).ok());
            if let Some((dir, process, gaps)) = seen.get_mut(at) {
                pages(dir, process.pid, &mut mappings, parent, gaps, bounds);
            }
        }
        if let Some((_, process, _)) = seen.get_mut(at) {
            process.mappings = Some(mappings);
        }
    }
}

fn mapping(map: &Map, flags: &HashMap<u64, Vec<String>>) -> Mapping {
    let letter = |on: bool, letter: char| if on { letter } else { '-' };
    let [r, w, x] = map.access;
    let access = [letter(r, 'r'), letter(w, 'w'), letter(x, 'x'), if map.shared { 's' } else { 'p' }];
    Mapping {
        start: map.start,
        end: map.end,
        access: access.iter().collect(),
        path: map.path.clone(),
        deleted: map.deleted,
        present: None,
        exclusive: None,
        same_as_parent: None,
        diverged: None,
        flags: flags.get(&map.start).cloned().unwrap_or_default(),
    }
}

fn rollup(dir: &ProcDir, process: &mut Process, gaps: &mut Gaps) {
    let Some(text) = gaps.keep("smaps_rollup", dir.read("smaps_rollup")) else { return };
    let text = text::lossless(&text);
    let sum = |names: &[&str]| -> u64 {
        let of = |line: &str| {
            let (name, value) = line.split_once(':')?;
            let kib: u64 = value.split_whitespace().next()?.parse().ok()?;
            names.contains(&name).then_some(kib * 1024)
        };
        text.lines().filter_map(of).sum()
    };
    if let Some(memory) = &mut process.memory {
        memory.shared = Some(sum(&["Shared_Clean", "Shared_Dirty"]));
        memory.private = Some(sum(&["Private_Clean", "Private_Dirty"]));
        memory.proportional = Some(sum(&["Pss"]));
    }
}

/// `VmFlags` of each mapping that matter to a fork, by first address (proc_pid_smaps(5)).
fn flags(dir: &ProcDir, gaps: &mut Gaps) -> HashMap<u64, Vec<String>> {
    let text = gaps.keep("smaps", dir.read("smaps")).unwrap_or_default();
    let mut found = HashMap::new();
    let mut start = 0;
    for line in text.split(|b| *b == b'\n') {
        if let Some(flags) = line.strip_prefix(b"VmFlags:") {
            let matters = |f: &&str| matches!(*f, "dc" | "wf" | "ht" | "hg");
            let words = String::from_utf8_lossy(flags);
            let kept: Vec<String> = words.split_whitespace().filter(matters).map(str::to_owned).collect();
            if !kept.is_empty() {
                found.insert(start, kept);
            }
        } else if line.first().is_some_and(u8::is_ascii_hexdigit)
            && let Some(map) = maps::line(line)
        {
            start = map.start;
        }
    }
    found
}

/// Pages that are looked at in one read: 2 MB of memory, after which the kernel lets go of the memory lock.
const CHUNK: u64 = 4096;

fn pages(
    dir: &ProcDir,
    pid: i32,
    mappings: &mut [Mapping],
    mut parent: Option<Pagemap>,
    gaps: &mut Gaps,
    bounds: &mut Bounds,
) {
    let Some(mut own) = gaps.keep("pagemap", Pagemap::open(dir)) else { return };
    let page = own.page_size();
    let mut theirs = Vec::new();
    for mapping in mappings.iter_mut().filter(|m| m.path != "[vsyscall]") {
        if bounds.over(|| format!("pages of {pid} from {:#x} on", mapping.start)) {
            return;
        }
        let [mut present, mut exclusive, mut same, mut diverged] = [0u64; 4];
        let mut numbers = false;
        let mut at = mapping.start;
        while at < mapping.end {
            let most = usize::try_from(((mapping.end - at) / page).min(CHUNK)).unwrap_or(1).max(1);
            theirs.clear();
            if let Some(parent) = &mut parent {
                theirs.extend(parent.read(at, most).into_iter().flatten());
            }
            let Ok(entries) = own.read(at, most) else { break };
            for (place, entry) in entries.enumerate().filter(|(_, e)| e.is_present()) {
                present += page;
                exclusive += if entry.is_exclusive() { page } else { 0 };
                let other = theirs.get(place).filter(|p| p.is_present());
                if let (Some(mine), Some(other)) = (entry.number(), other.and_then(|p| p.number())) {
                    numbers = true;
                    *(if mine == other { &mut same } else { &mut diverged }) += page;
                }
            }
            at += most as u64 * page;
        }
        (mapping.present, mapping.exclusive) = (Some(present), Some(exclusive));
        if numbers {
            (mapping.same_as_parent, mapping.diverged) = (Some(same), Some(diverged));
        }
    }
}

/// `ID: 0`, `signal: 14/0`, `notify: signal/pid.7`, `ClockID: 0`, four lines a timer.
fn timers(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let starts = lines.iter().enumerate().filter(|(_, l)| l.starts_with("ID:")).map(|(at, _)| at);
    starts.take(1024).map(|at| lines.iter().skip(at).take(4).copied().collect::<Vec<_>>().join(", ")).collect()
}
