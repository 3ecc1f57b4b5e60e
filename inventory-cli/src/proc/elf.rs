//! Names of addresses, from the symbol tables of the files that a process maps.

use std::fs::File;
use std::io::Read as _;

use object::read::ReadCache;
use object::{Object as _, ObjectSegment as _, ObjectSymbol as _, ObjectSymbolTable as _, SymbolIndex};

use super::maps::{self, Map};
use super::{ProcDir, text};
use crate::sys;

/// Filesystems whose server can be gone; a file on them is not opened.
const REMOTE: &[&str] = &["nfs", "nfs4", "cifs", "smb3", "fuse", "9p", "ceph", "afs", "glusterfs", "lustre", "autofs"];

/// Whether a filesystem of this type can make a reader wait for another machine or process.
pub fn is_remote(filesystem: &str) -> bool {
    REMOTE.contains(&filesystem) || filesystem.starts_with("fuse.")
}

/// No more symbols than this are looked through: the file is the target's own.
const MOST_SYMBOLS: usize = 2_000_000;

/// An address in words: `symbol+8 (libfoo.so)`, `[heap]`, `libfoo.so at 0x123`, `anonymous memory`.
pub fn place(dir: &ProcDir, maps: &[Map], address: u64) -> String {
    places(dir, maps, &[address]).pop().unwrap_or_default()
}

/// As [`place`], for many: each object is looked through once.
pub fn places(dir: &ProcDir, maps: &[Map], addresses: &[u64]) -> Vec<String> {
    let mut words = vec![String::new(); addresses.len()];
    let mut objects: Vec<(&Map, Vec<usize>)> = Vec::new();
    for ((n, address), word) in addresses.iter().enumerate().zip(&mut words) {
        let Some(map) = maps::at(maps, *address) else {
            *word = format!("{address:#x}, not mapped");
            continue;
        };
        // What a program has zeroed (.bss) lies in anonymous memory right behind its file's last mapping.
        let file = if map.path.starts_with('/') { Some(map) } else { behind(maps, map) };
        let Some(file) = file else {
            let what = if map.path.is_empty() { "anonymous memory" } else { map.path.as_str() };
            *word = format!("{what} at {address:#x}");
            continue;
        };
        match objects.iter_mut().find(|(m, _)| m.path == file.path && m.inode == file.inode) {
            Some((_, wanted)) => wanted.push(n),
            None => objects.push((file, vec![n])),
        }
    }
    for (file, wanted) in objects {
        let object = file.path.rsplit('/').next().unwrap_or(&file.path);
        let first = first_of(maps, file);
        let relative: Vec<u64> =
            wanted.iter().filter_map(|n| Some(addresses.get(*n)?.wrapping_sub(first.start))).collect();
        for (n, found) in wanted.iter().zip(symbols(dir, file, &relative)) {
            if let Some(word) = words.get_mut(*n) {
                *word = match found {
                    Ok(name) => format!("{name} ({object})"),
                    Err(address) => format!("{object} at {address:#x}"),
                };
            }
        }
    }
    words
}

/// The mapping of an object's beginning.
fn first_of<'a>(maps: &'a [Map], file: &'a Map) -> &'a Map {
    maps.iter().find(|m| m.path == file.path && m.inode == file.inode).unwrap_or(file)
}

/// Address of a symbol of the C library, or of the program when that has it built in.
pub fn address_of(dir: &ProcDir, maps: &[Map], name: &str) -> Option<u64> {
    let is_libc =
        |m: &&Map| m.path.rsplit('/').next().is_some_and(|n| n.starts_with("libc.so.6") || n.starts_with("libc-2."));
    let first = maps.iter().find(is_libc).or_else(|| maps.iter().find(|m| m.path.starts_with('/')))?;
    let cache = ReadCache::new(open(dir, first)?);
    let elf = object::File::parse(&cache).ok()?;
    let mut symbols = elf.dynamic_symbols().chain(elf.symbols()).take(MOST_SYMBOLS);
    let symbol = symbols.find(|s| s.is_definition() && s.name() == Ok(name))?;
    Some(first.start.wrapping_add(symbol.address().wrapping_sub(lowest(&elf))))
}

/// The file mapping that an anonymous one continues.
fn behind<'a>(maps: &'a [Map], map: &Map) -> Option<&'a Map> {
    let before = maps.get(maps.partition_point(|m| m.end < map.start))?;
    (map.path.is_empty() && before.end == map.start && before.path.starts_with('/')).then_some(before)
}

/// The file of a mapping, when it can be opened without waiting for another machine, and is still the one that is mapped.
fn open(dir: &ProcDir, map: &Map) -> Option<File> {
    if map.deleted || is_on_remote(dir, &map.path) {
        return None;
    }
    // Through the target's root: a container has another file under the same name.
    let root = dir.open_dir("root").ok()?;
    let file = File::from(sys::open_at(&root, map.path.trim_start_matches('/'), false).ok()?);
    let same = file.metadata().is_ok_and(|m| m.is_file() && std::os::unix::fs::MetadataExt::ino(&m) == map.inode);
    same.then_some(file)
}

/// The lowest address of an object, as its segments have it.
fn lowest<'a>(elf: &impl object::Object<'a>) -> u64 {
    elf.segments().map(|s| s.address()).min().unwrap_or(0) & !(procfs::page_size() - 1)
}

/// The symbols at addresses, which count from the object's first mapping; or the addresses as the file has them.
fn symbols(dir: &ProcDir, map: &Map, relative: &[u64]) -> Vec<Result<String, u64>> {
    let unknown = || relative.iter().map(|r| Err(*r)).collect();
    let Some(file) = open(dir, map) else { return unknown() };
    let cache = ReadCache::new(file);
    let Ok(elf) = object::File::parse(&cache) else { return unknown() };
    let lowest = lowest(&elf);
    name(&elf, &relative.iter().map(|r| r.wrapping_add(lowest)).collect::<Vec<_>>())
}

/// The symbol that fits an address best so far: the last to begin before it; of those, one without a size.
#[derive(Clone, Copy)]
struct Best {
    start: u64,
    sizeless: bool,
    index: SymbolIndex,
    dynamic: bool,
}

/// The symbols at addresses of an object.
pub(super) fn name<'a>(elf: &impl object::Object<'a>, wanted: &[u64]) -> Vec<Result<String, u64>> {
    let mut best: Vec<Option<Best>> = vec![None; wanted.len()];
    let plain = elf.symbols().map(|s| (s, false));
    for (symbol, dynamic) in plain.chain(elf.dynamic_symbols().map(|s| (s, true))).take(MOST_SYMBOLS) {
        let start = symbol.address();
        let end = start.saturating_add(symbol.size().max(1));
        if !symbol.is_definition() {
            continue;
        }
        let here = Best { start, sizeless: symbol.size() == 0, index: symbol.index(), dynamic };
        for (wanted, best) in wanted.iter().zip(&mut best) {
            let nearer = || best.is_none_or(|b: Best| (b.start, b.sizeless) <= (here.start, here.sizeless));
            if start <= *wanted && *wanted < end && nearer() {
                *best = Some(here);
            }
        }
    }
    let told = |(wanted, best): (&u64, Option<Best>)| {
        let Best { start, index, dynamic, .. } = best.ok_or(*wanted)?;
        let text = if dynamic {
            elf.dynamic_symbol_table().and_then(|t| t.symbol_by_index(index).ok()?.name().ok())
        } else {
            elf.symbol_by_index(index).ok().and_then(|s| s.name().ok())
        };
        let text = text.ok_or(*wanted)?;
        let name: String = format!("{:#}", rustc_demangle::demangle(text)).chars().take(200).collect();
        let offset = wanted - start;
        Ok(if offset == 0 { text::harmless(&name) } else { format!("{}+{offset}", text::harmless(&name)) })
    };
    wanted.iter().zip(best).map(told).collect()
}

/// Whether the longest mount above a path is of a filesystem that can hang. Unknown counts as not.
fn is_on_remote(dir: &ProcDir, path: &str) -> bool {
    let mut text = String::new();
    let Ok(file) = dir.open_file("mountinfo") else { return true };
    if file.take(4 << 20).read_to_string(&mut text).is_err() {
        return true;
    }
    let above = |point: &str| {
        point == "/" || path.strip_prefix(point).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    mounts(&text).filter(|m| above(m.point)).max_by_key(|m| m.point.len()).is_some_and(|m| is_remote(m.filesystem))
}

/// A line of `mountinfo`.
#[derive(Clone, Copy, Debug)]
pub struct Mount<'a> {
    /// Number, as in fdinfo's `mnt_id`.
    pub id: u32,
    /// Where.
    pub point: &'a str,
    /// Type of the filesystem.
    pub filesystem: &'a str,
}

/// The lines of `mountinfo` (proc_pid_mountinfo(5)).
pub fn mounts(text: &str) -> impl Iterator<Item = Mount<'_>> {
    text.lines().filter_map(|line| {
        let (left, right) = line.split_once(" - ")?;
        let mut words = left.split(' ');
        let id = words.next()?.parse().ok()?;
        Some(Mount { id, point: words.nth(3)?, filesystem: right.split(' ').next()? })
    })
}
