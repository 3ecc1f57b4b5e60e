//! What a fork has copied and nobody has touched yet: locks that were held, output that was not written. Opt-in, because
//! all private memory that is present is read.

use std::collections::HashMap;

use super::Bounds;
use super::gaps::Gaps;
use super::threads::parents_threads;
use crate::model::{LatentLock, Owner, Process, Role, Unwritten};
use crate::proc::maps::{self, Map};
use crate::proc::memory::{self, Pagemap};
use crate::proc::{ProcDir, elf, latent, stdio};

/// No more memory than this of one process is searched.
const MOST: u64 = 1 << 30;
/// Bytes that are read at once.
const PIECE: u64 = 1 << 20;
/// No more locks than this are told.
const TOLD: usize = 100;

pub(super) fn read(seen: &mut [(ProcDir, Process, Gaps)], bounds: &mut Bounds) {
    for at in 0..seen.len() {
        let names = parents_threads(seen, at);
        let Some((dir, process, _)) = seen.get(at) else { continue };
        if process.role != Role::Target || !process.forked_without_exec || matches!(process.state, 'Z' | 'X') {
            continue;
        }
        let parent = seen.iter().find(|(_, p, _)| Some(p.pid) == process.forked_from).map(|(dir, p, _)| (dir, p));
        let Some((theirs, parent)) = parent else {
            bounds.cut.push(format!("search of {}: the process it was forked from is not there", process.pid));
            continue;
        };
        let (pid, origin) = (process.pid, parent.pid);
        let text = match dir.read("maps") {
            Ok(text) => text,
            Err(error) => {
                seen.iter_mut().skip(at).take(1).for_each(|(_, _, gaps)| gaps.note("maps", &error));
                continue;
            }
        };
        let maps = maps::parse(&text);
        let unwritten = unwritten(dir, &maps, theirs);
        let locks = locks(dir, pid, origin, &maps, &names, bounds);
        if let Some((_, process, gaps)) = seen.get_mut(at) {
            process.unwritten = unwritten;
            process.latent_locks = gaps.keep("mem", locks);
        }
    }
}

fn unwritten(dir: &ProcDir, maps: &[Map], parent: &ProcDir) -> Option<Vec<Unwritten>> {
    let own = stdio::unwritten(dir, maps)?;
    let theirs = parent.read("maps").ok().and_then(|text| stdio::unwritten(parent, &maps::parse(&text)));
    let same = |s: &stdio::Stream| theirs.iter().flatten().any(|other| other == s);
    let one = |s: stdio::Stream| Unwritten { address: s.address, fd: s.fd, bytes: s.length, same_as_parent: same(&s) };
    Some(own.into_iter().map(one).collect())
}

fn locks(
    dir: &ProcDir,
    pid: i32,
    origin: i32,
    maps: &[Map],
    names: &HashMap<i32, String>,
    bounds: &mut Bounds,
) -> std::io::Result<Vec<LatentLock>> {
    // Locks that the forking thread itself held are its own in the child, too. It was the main thread when the child runs
    // on the main stack; else it is one of the others, and nobody can say which.
    let main_forked = on_main_stack(dir, maps);
    let absent = |tid: i32| names.contains_key(&tid) && tid != pid && !(main_forked && tid == origin);
    let mut pages = Pagemap::open(dir)?;
    let mut found = Vec::new();
    let (mut left, mut buffer) = (MOST, Vec::new());
    let searched = |m: &&Map| m.access[1] && !m.shared && !m.path.starts_with("[v");
    for map in maps.iter().filter(searched) {
        let mut at = map.start;
        while at < map.end {
            if left == 0 || bounds.over(|| format!("search of {pid} from {at:#x} on")) {
                if left == 0 {
                    bounds.cut.push(format!("search of {pid} from {at:#x} on: more than 1 GiB"));
                }
                return Ok(told(dir, maps, found, names));
            }
            let end = (at + PIECE).min(map.end);
            for (from, to) in present(&mut pages, at, end)? {
                buffer.resize(usize::try_from(to - from).unwrap_or(0), 0);
                left = left.saturating_sub(to - from);
                // Unmapped meanwhile: nothing there to find.
                if memory::read(dir, from, &mut buffer).is_ok() {
                    found.extend(latent::find(&buffer, from, absent));
                }
            }
            at = end;
        }
    }
    Ok(told(dir, maps, found, names))
}

/// Runs of pages that are in memory: to read another would make the kernel bring it there.
fn present(pages: &mut Pagemap, start: u64, end: u64) -> std::io::Result<Vec<(u64, u64)>> {
    let size = pages.page_size();
    let most = usize::try_from((end - start) / size).unwrap_or(0);
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for (place, page) in pages.read(start, most)?.enumerate() {
        if !page.is_present() {
            continue;
        }
        let at = start + place as u64 * size;
        match runs.last_mut() {
            Some((_, to)) if *to == at => *to += size,
            _ => runs.push((at, at + size)),
        }
    }
    Ok(runs)
}

fn told(dir: &ProcDir, maps: &[Map], mut found: Vec<latent::Held>, names: &HashMap<i32, String>) -> Vec<LatentLock> {
    found.truncate(TOLD);
    let addresses: Vec<u64> = found.iter().map(|h| h.address).collect();
    let places = elf::places(dir, maps, &addresses);
    let one = |(held, place): (&latent::Held, String)| LatentLock {
        address: held.address,
        place,
        owner: Owner { tid: held.owner, here: false, name: names.get(&held.owner).cloned() },
    };
    found.iter().zip(places).map(one).collect()
}

/// Whether the main thread of a process has its stack where exec put it.
fn on_main_stack(dir: &ProcDir, maps: &[Map]) -> bool {
    let text = dir.read_up_to("syscall", 512).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    // A system call has the stack pointer before the last word; a thread that runs shows neither.
    let stack =
        text.split_ascii_whitespace().rev().nth(1).and_then(|w| u64::from_str_radix(w.strip_prefix("0x")?, 16).ok());
    stack.is_none_or(|s| maps::at(maps, s).is_some_and(|m| m.path == "[stack]"))
}
