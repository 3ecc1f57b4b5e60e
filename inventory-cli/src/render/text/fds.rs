//! The table of descriptors.

use super::{Page, gaps, title};
use crate::model::{Descriptor, OpenFile, Relation, Snapshot};
use crate::proc::text::harmless;
use crate::render::bytes;
use crate::render::table::table;

/// The descriptors of every process asked for that `keep` lets through.
pub fn fds(snapshot: &Snapshot, keep: impl Fn(&Descriptor, &OpenFile) -> bool, page: Page) -> String {
    let sharers = snapshot.sharers();
    let mut text = String::new();
    for process in snapshot.targets() {
        text += &page.paint.strong(&title(process));
        text.push('\n');
        let Some(descriptors) = &process.descriptors else {
            text += "  the table of descriptors could not be read\n";
            continue;
        };
        let shown = descriptors.iter().filter_map(|d| Some((d, snapshot.file(d)?))).filter(|(d, f)| keep(d, f));
        let rows: Vec<Vec<String>> = shown
            .map(|(d, file)| {
                // One of them is this process.
                let sharers = sharers.get(d.file as usize).map_or(0, |s| s.len().saturating_sub(1));
                vec![
                    d.fd.to_string(),
                    kind(file),
                    access(file),
                    d.cloexec.map_or("?", |c| if c { "exec" } else { "-" }).into(),
                    relation(d.relation).into(),
                    if sharers == 0 { "-".into() } else { sharers.to_string() },
                    describe(snapshot, file),
                ]
            })
            .collect();
        if rows.is_empty() {
            text += "  no such descriptor\n";
        } else {
            text += &table(&["FD", "KIND", "RW", "CLOSE", "PARENT'S", "SHARED", "TARGET"], &rows, page.width);
        }
    }
    text + &gaps(snapshot, page)
}

/// The word of a kind.
pub(super) fn kind(file: &OpenFile) -> String {
    serde_json::to_value(file.kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn access(file: &OpenFile) -> String {
    let Some(flags) = file.flags else { return "?".into() };
    let append = if flags & libc::O_APPEND.cast_unsigned() != 0 { "a" } else { "" };
    let letters = match flags & 0o3 {
        0 => "r",
        1 => "w",
        _ => "rw",
    };
    format!("{letters}{append}")
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
