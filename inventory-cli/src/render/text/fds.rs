//! The table of descriptors.

use std::io::{self, Write};

use super::fd_columns::{Cell, Column, Condition, Row};
use super::{Page, gaps, title};
use crate::model::{OpenFile, Relation, Snapshot};
use crate::proc::text::harmless;
use crate::render::bytes;
use crate::render::table::table;

/// Leaves those descriptors of the processes asked for that meet all conditions: what every format then shows.
pub fn pick(snapshot: &mut Snapshot, conditions: &[Condition]) {
    if conditions.is_empty() {
        return;
    }
    let sharers = snapshot.sharer_counts();
    let kept: Vec<Option<Vec<_>>> = snapshot
        .processes
        .iter()
        .map(|process| {
            let meets = |d: &&crate::model::Descriptor| {
                let count = sharers.get(d.file as usize).copied().unwrap_or(0);
                let row = |file| Row { snapshot, process, descriptor: d, file, sharers: count.saturating_sub(1) };
                snapshot.file(d).map(row).is_some_and(|row| conditions.iter().all(|c| c.holds(row)))
            };
            let target = process.role == crate::model::Role::Target;
            process.descriptors.as_ref().map(|all| all.iter().filter(|d| !target || meets(d)).copied().collect())
        })
        .collect();
    for (process, kept) in snapshot.processes.iter_mut().zip(kept) {
        process.descriptors = kept;
    }
}

/// Writes the descriptors of every process asked for, one process after the other: with hundreds of large tables the text
/// is longer than all else in memory. `sharers` is how many processes have each file.
///
/// # Errors
///
/// The writer's.
pub fn fds(
    out: &mut dyn Write,
    snapshot: &Snapshot,
    sharers: &[u32],
    columns: &[Column],
    page: Page,
) -> io::Result<()> {
    let head: Vec<&str> = columns.iter().map(|c| c.head).collect();
    for process in snapshot.targets() {
        writeln!(out, "{}", page.paint.strong(&title(process)))?;
        let Some(descriptors) = &process.descriptors else {
            out.write_all(b"  the table of descriptors could not be read\n")?;
            continue;
        };
        let rows: Vec<Vec<Cell>> = descriptors
            .iter()
            .filter_map(|descriptor| {
                // One of them is this process.
                let sharers = sharers.get(descriptor.file as usize).map_or(0, |s| s.saturating_sub(1));
                let row = Row { snapshot, process, descriptor, file: snapshot.file(descriptor)?, sharers };
                Some(columns.iter().map(|c| (c.cell)(row)).collect())
            })
            .collect();
        if rows.is_empty() {
            out.write_all(b"  no such descriptor\n")?;
        } else {
            out.write_all(table(&head, &rows, page.width).as_bytes())?;
        }
    }
    out.write_all(gaps(snapshot, page).as_bytes())
}

pub(super) fn access(file: &OpenFile) -> &'static str {
    let Some(flags) = file.flags else { return "?" };
    match (flags & 0o3, flags & libc::O_APPEND.cast_unsigned() != 0) {
        (0, false) => "r",
        (0, true) => "ra",
        (1, false) => "w",
        (1, true) => "wa",
        (_, false) => "rw",
        (_, true) => "rwa",
    }
}

/// The word of a relation.
pub(super) fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Inherited => "same",
        Relation::Duplicated => "dup",
        Relation::Reopened => "reopened",
        Relation::Own => "-",
        Relation::Unknown => "?",
    }
}

/// What is behind a descriptor, in a line.
pub(super) fn describe(snapshot: &Snapshot, file: &OpenFile) -> String {
    if let Some(socket) = &file.socket {
        let peer = match (&socket.remote, socket.peer) {
            (Some(remote), _) => format!(" to {}", harmless(remote)),
            (None, Some(peer)) => match holder_of(snapshot, peer) {
                Some(place) => format!(" to {place}"),
                None => format!(" to inode {peer}"),
            },
            (None, None) => String::new(),
        };
        let local = if socket.local.is_empty() { String::new() } else { format!(" {}", harmless(&socket.local)) };
        return format!("{} {}{local}{peer}", socket.protocol, socket.state);
    }
    let mut text = harmless(&file.target);
    if file.deleted {
        text = format!("{text}, deleted, holds {}", bytes(file.bytes.unwrap_or(0)));
    }
    for lock in &file.locks {
        text += &format!(", {} {} lock", lock.kind, lock.mode);
    }
    match file.watches.as_slice() {
        [] => {}
        watches => {
            let numbers: Vec<String> = watches.iter().take(8).map(|w| w.fd.to_string()).collect();
            let more = if watches.len() > 8 { ", …" } else { "" };
            text += &format!(" watches {}{more}", numbers.join(", "));
        }
    }
    let details: Vec<String> =
        file.details.iter().take(2).map(|(name, value)| format!("{} {}", harmless(name), harmless(value))).collect();
    if !details.is_empty() {
        text += &format!(", {}", details.join(", "));
    }
    text
}

fn holder_of(snapshot: &Snapshot, inode: u64) -> Option<String> {
    let file = snapshot.files.iter().position(|f| f.inode == Some(inode) && f.target.starts_with("socket:"))?;
    snapshot.processes.iter().find_map(|p| {
        let d = p.descriptors.iter().flatten().find(|d| d.file as usize == file)?;
        Some(format!("{} fd {}", p.pid, d.fd))
    })
}
