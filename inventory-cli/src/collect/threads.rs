//! Threads, and what they wait for.

use std::collections::HashMap;

use super::gaps::Gaps;
use super::{Bounds, Request};
use crate::model::{Owner, Process, Role, Thread, Wait};
use crate::proc::maps::Map;
use crate::proc::{ProcDir, elf, maps, memory, parse_stat, stack, text, waiting};
use crate::sys;

/// More threads than this of one process are not read.
const MOST: usize = 4096;

pub(super) fn read(seen: &mut [(ProcDir, Process, Gaps)], request: &Request, bounds: &mut Bounds) {
    if !request.parts.threads {
        return;
    }
    let pids: Vec<i32> = seen.iter().map(|(_, p, _)| p.pid).collect();
    for at in 0..seen.len() {
        let names = parents_threads(seen, at);
        let Some((dir, process, gaps)) = seen.get_mut(at) else { continue };
        let wanted = matches!(process.role, Role::Target | Role::Parent) || process.forked_without_exec;
        if !wanted || process.kernel_thread || bounds.over(|| format!("threads of {}", process.pid)) {
            continue;
        }
        process.threads = list(dir, process, gaps, bounds);
        let alone = process.threads.len() == 1
            && request.root.is_live()
            && pids.iter().all(|p| *p == process.pid || !sys::same_address_space(process.pid, *p).unwrap_or(false));
        let mut reader = Waits { dir, maps: None, names, alone, no_memory: request.parts.no_memory };
        let owned: Vec<i32> = process.threads.iter().map(|t| t.tid).collect();
        for thread in process.threads.iter_mut().filter(|t| matches!(t.state, 'S' | 'D')).take(256) {
            thread.wait = reader.of(thread.tid, &owned, gaps);
        }
    }
}

/// Names of the threads of the process it was forked from: the owner of a copied lock may still live there.
pub(super) fn parents_threads(seen: &[(ProcDir, Process, Gaps)], at: usize) -> HashMap<i32, String> {
    let Some(origin) = seen.get(at).and_then(|(_, p, _)| p.forked_from) else { return HashMap::new() };
    let Some((dir, _, _)) = seen.iter().find(|(_, p, _)| p.pid == origin) else { return HashMap::new() };
    let name =
        |tid: i32| Some((tid, text::lossless(dir.read_up_to(&format!("task/{tid}/comm"), 64).ok()?.trim_ascii())));
    dir.threads().unwrap_or_default().into_iter().take(MOST).filter_map(name).collect()
}

fn list(dir: &ProcDir, process: &Process, gaps: &mut Gaps, bounds: &mut Bounds) -> Vec<Thread> {
    let tids = gaps.keep("task", dir.threads()).unwrap_or_default();
    if tids.len() > MOST {
        bounds.cut.push(format!("{} of {} threads of {}", tids.len() - MOST, tids.len(), process.pid));
    }
    let thread = |tid: i32| {
        let stat = parse_stat(&dir.read_up_to(&format!("task/{tid}/stat"), 4096).ok()?).ok()?;
        Some(Thread {
            tid,
            name: text::lossless(stat.comm.as_bytes()),
            state: stat.state,
            start_ticks: stat.starttime,
            wait: None,
        })
    };
    tids.into_iter().take(MOST).filter_map(thread).collect()
}

struct Waits<'a> {
    dir: &'a ProcDir,
    maps: Option<Vec<Map>>,
    names: HashMap<i32, String>,
    alone: bool,
    no_memory: bool,
}

impl Waits<'_> {
    fn of(&mut self, tid: i32, threads: &[i32], gaps: &mut Gaps) -> Option<Wait> {
        let text = gaps.keep("syscall", self.dir.read_up_to(&format!("task/{tid}/syscall"), 512))?;
        let call = waiting::parse(&String::from_utf8_lossy(&text))?;
        let [a, b, c, d, ..] = call.arguments;
        let mut wait = Wait {
            call: call.number,
            arguments: [a, b, c, d],
            lock: None,
            place: None,
            owner: None,
            timed: false,
            hopeless: false,
            stack: Vec::new(),
        };
        let Some(futex) = waiting::futex(&call) else { return Some(wait) };
        let dir = self.dir;
        let maps = self.maps.get_or_insert_with(|| {
            let text = gaps.keep("maps", dir.read("maps")).unwrap_or_default();
            maps::parse(&text)
        });
        let around = waiting::Around {
            words: (!self.no_memory).then(|| memory::words_around(dir, futex.address)).flatten(),
            musl: maps.iter().any(|m| m.path.contains("/ld-musl-")) || !uses_glibc(maps),
        };
        let lock = waiting::lock(&futex, &around);
        wait.lock = Some(lock.kind);
        wait.timed = futex.timed;
        wait.place = Some(elf::place(dir, maps, lock.address));
        wait.owner = lock.owner.and_then(|tid| i32::try_from(tid).ok()).map(|tid| Owner {
            tid,
            here: threads.contains(&tid),
            name: self.names.get(&tid).cloned(),
        });
        wait.hopeless = self.alone && futex.private && !futex.timed;
        // Names cost a look at symbol tables: only who is stuck is worth it.
        if !self.no_memory && (wait.hopeless || wait.owner.as_ref().is_some_and(|o| !o.here)) {
            wait.stack = stack::probable(dir, maps, call.stack, call.instruction);
        }
        Some(wait)
    }
}

/// Whether the process runs on a dynamically linked glibc.
fn uses_glibc(maps: &[Map]) -> bool {
    maps.iter()
        .any(|m| m.path.rsplit('/').next().is_some_and(|n| n.starts_with("libc.so.6") || n.starts_with("libc-2.")))
}
