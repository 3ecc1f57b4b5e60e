//! Taking out what a report should not carry: the same text always becomes the same mark, so that relations stay.

use std::hash::Hasher as _;

use crate::model::{Kind, Snapshot};

/// Replaces arguments, paths, addresses and control groups by marks, and drops environments.
pub(super) fn redact(snapshot: &mut Snapshot) {
    for process in &mut snapshot.processes {
        for word in process.command.iter_mut().flatten() {
            *word = mark(word);
        }
        for path in [&mut process.exe, &mut process.cwd].into_iter().flatten() {
            *path = mark(path);
        }
        process.environment = None;
        process.cgroups = None;
        for mapping in process.mappings.iter_mut().flatten().filter(|m| m.path.starts_with('/')) {
            mapping.path = mark(&mapping.path);
        }
    }
    for file in &mut snapshot.files {
        if matches!(file.kind, Kind::File | Kind::Directory | Kind::Memfd) {
            file.target = mark(&file.target);
        }
        if let Some(socket) = &mut file.socket {
            let texts = std::iter::once(&mut socket.local).chain(&mut socket.remote);
            texts.filter(|t| !t.is_empty()).for_each(|t| *t = mark(t));
        }
    }
}

#[expect(
    deprecated,
    reason = "SipHasher is the hash of std with fixed keys; the default hasher need not stay as it is"
)]
fn mark(text: &str) -> String {
    let mut hasher = std::hash::SipHasher::new();
    hasher.write(text.as_bytes());
    format!("redacted-{:08x}", hasher.finish() & 0xffff_ffff)
}
