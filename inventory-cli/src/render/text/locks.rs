//! Threads, and what they wait for.

use super::{Page, gaps, title};
use crate::model::{Process, Snapshot, Wait};
use crate::proc::text::harmless;
use crate::render::table::{table, wrap};

/// The waiting threads of every process asked for, and the file locks it holds.
pub fn locks(snapshot: &Snapshot, page: Page) -> String {
    let mut text = String::new();
    for process in snapshot.targets() {
        text += &page.paint.strong(&title(process));
        text.push('\n');
        let rows: Vec<Vec<String>> = process
            .threads
            .iter()
            .map(|t| {
                vec![
                    t.tid.to_string(),
                    harmless(&t.name),
                    t.state.to_string(),
                    t.wait.as_ref().map_or("-".into(), briefly),
                ]
            })
            .collect();
        text += &table(&["TID", "NAME", "STATE", "WAITS FOR"], &rows, page.width);
        for thread in &process.threads {
            if let Some(wait) = thread.wait.as_ref().filter(|w| w.lock.is_some()) {
                text += &wrap(&waits(wait), page.width, &format!("  {} waits for ", thread.tid));
            }
            let Some(wait) = thread.wait.as_ref().filter(|w| !w.stack.is_empty()) else { continue };
            text +=
                &format!("  {}: {}\n", thread.tid, page.paint.faint("words on its stack that are return addresses"));
            for frame in &wait.stack {
                text += &wrap(&harmless(frame), page.width, "    ");
            }
        }
        for lock in process.latent_locks.iter().flatten() {
            let owner = lock.owner.name.as_deref().map(|n| format!(" ({})", harmless(n))).unwrap_or_default();
            let line = format!("glibc mutex {}, held at the fork by {}{owner}", harmless(&lock.place), lock.owner.tid);
            text += &wrap(&line, page.width, "  latent  ");
        }
        for stream in process.unwritten.iter().flatten() {
            let whose = if stream.same_as_parent { ", and so has the parent" } else { "" };
            text += &format!("  stdio   {} bytes not yet written to fd {}{whose}\n", stream.bytes, stream.fd);
        }
        text += &files(snapshot, process);
    }
    text + &gaps(snapshot, page)
}

/// What fits a column.
fn briefly(wait: &Wait) -> String {
    let Some(kind) = wait.lock else { return format!("system call {}", wait.call) };
    format!("{}{}", kind.words(), if wait.hopeless { ", for ever" } else { "" })
}

fn waits(wait: &Wait) -> String {
    let kind = wait.lock.map_or("", crate::model::LockKind::words);
    let mut text = format!("{kind} {}", harmless(wait.place.as_deref().unwrap_or("?")));
    if let Some(owner) = &wait.owner {
        let name = owner.name.as_deref().map(|n| format!(" ({} of the parent)", harmless(n))).unwrap_or_default();
        text += &format!(", owner {}{name}{}", owner.tid, if owner.here { "" } else { ", not in this process" });
    }
    if wait.hopeless {
        text += ", for ever";
    } else if wait.timed {
        text += ", with a time-out";
    }
    text
}

fn files(snapshot: &Snapshot, process: &Process) -> String {
    let mut text = String::new();
    for (descriptor, file) in process.descriptors.iter().flatten().filter_map(|d| Some((d, snapshot.file(d)?))) {
        for lock in &file.locks {
            let owner = match lock.recorded_owner {
                Some(owner) if owner != process.pid => format!(", recorded for process {owner}"),
                _ => String::new(),
            };
            text += &format!(
                "  fd {}: {} {} lock on {}{owner}\n",
                descriptor.fd,
                lock.kind,
                lock.mode,
                harmless(&file.target)
            );
        }
    }
    text
}
