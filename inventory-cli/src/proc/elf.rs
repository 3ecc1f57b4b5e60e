//! Names of addresses, from the symbol tables of the files that a process maps.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use object::read::ReadCache;
use object::{Object as _, ObjectSegment as _, ObjectSymbol as _};

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
    let Some(map) = maps::at(maps, address) else { return format!("{address:#x}, not mapped") };
    // What a program has zeroed (.bss) lies in anonymous memory right behind its file's last mapping.
    let file = if map.path.starts_with('/') { Some(map) } else { behind(maps, map) };
    let Some(file) = file else {
        let what = if map.path.is_empty() { "anonymous memory" } else { map.path.as_str() };
        return format!("{what} at {address:#x}");
    };
    let object = file.path.rsplit('/').next().unwrap_or(&file.path);
    let first = maps.iter().find(|m| m.path == file.path && m.inode == file.inode).unwrap_or(file);
    match symbol(dir, file, first, address) {
        Ok(name) => format!("{name} ({object})"),
        Err(address) => format!("{object} at {address:#x}"),
    }
}

/// The file mapping that an anonymous one continues.
fn behind<'a>(maps: &'a [Map], map: &Map) -> Option<&'a Map> {
    let before = maps.get(maps.partition_point(|m| m.end < map.start))?;
    (map.path.is_empty() && before.end == map.start && before.path.starts_with('/')).then_some(before)
}

/// The symbol at an address, or the address as the file has it.
fn symbol(dir: &ProcDir, map: &Map, first: &Map, address: u64) -> Result<String, u64> {
    let relative = address.wrapping_sub(first.start);
    if map.deleted || is_on_remote(dir, &map.path) {
        return Err(relative);
    }
    // Through the target's root: a container has another file under the same name.
    let Ok(root) = dir.open_dir("root") else { return Err(relative) };
    let path = Path::new(map.path.trim_start_matches('/'));
    let Ok(file) = sys::open_at(&root, path, false) else { return Err(relative) };
    let file = File::from(file);
    let same = file.metadata().is_ok_and(|m| m.is_file() && std::os::unix::fs::MetadataExt::ino(&m) == map.inode);
    if !same {
        return Err(relative);
    }
    let cache = ReadCache::new(file);
    let Ok(elf) = object::File::parse(&cache) else { return Err(relative) };
    let lowest = elf.segments().map(|s| s.address()).min().unwrap_or(0) & !(procfs::page_size() - 1);
    let wanted = relative.wrapping_add(lowest);
    let best = elf
        .symbols()
        .chain(elf.dynamic_symbols())
        .take(MOST_SYMBOLS)
        .filter(|s| s.is_definition() && s.address() <= wanted && wanted < s.address().saturating_add(s.size().max(1)))
        .max_by_key(|s| (s.address(), s.size() == 0))
        .and_then(|s| Some((s.name().ok()?.to_owned(), wanted - s.address())));
    let Some((name, offset)) = best else { return Err(wanted) };
    let name: String = format!("{:#}", rustc_demangle::demangle(&name)).chars().take(200).collect();
    Ok(if offset == 0 { text::harmless(&name) } else { format!("{}+{offset}", text::harmless(&name)) })
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
