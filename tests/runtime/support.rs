//! What the scenarios share.

use crate::common::Outcome;
use fork_runtime::testkit::Way;
use fork_runtime::{Child, Exit};
use std::collections::BTreeSet;
use std::time::Duration;

/// Any error.
pub(crate) type Trouble = Box<dyn std::error::Error>;

/// Runs the destructor of a value that stays where it is, as happens in a child that returns from `main`.
///
/// # Safety
///
/// This process ends without touching the value again.
pub(crate) unsafe fn drop_copy<T>(value: &T) {
    // SAFETY: read from a reference; the caller promises that this copy is the one that counts.
    drop(unsafe { std::ptr::read(value) });
}

/// Ends with 0 in bounded time, or is killed and is an error.
pub(crate) fn succeeds(mut child: Child) -> Outcome {
    match child.wait_timeout(Duration::from_secs(60))? {
        Some(Exit::Status(0)) => Ok(()),
        Some(exit) => Err(format!("the child ended with {exit}").into()),
        None => {
            child.kill()?;
            child.wait()?;
            Err("the child hung".into())
        }
    }
}

/// `Err` with the text unless it holds.
pub(crate) fn ensure(holds: bool, what: &str) -> Outcome {
    if holds { Ok(()) } else { Err(what.to_owned().into()) }
}

/// An outcome as an exit status.
pub(crate) fn status(outcome: Outcome) -> i32 {
    match outcome {
        Ok(()) => 0,
        Err(error) => {
            let text = format!("in the child {}: {error}\n", std::process::id());
            let _ = std::io::Write::write_all(&mut std::io::stderr(), text.as_bytes());
            1
        }
    }
}

/// The way of the n-th child.
pub(crate) fn way(number: usize) -> Way {
    [Way::Fork, Way::Clone3, Way::Grandchild, Way::UnderscoreFork, Way::RawGrandchild][number % 5]
}

/// The open descriptors with what they are.
pub(crate) fn descriptors() -> std::io::Result<BTreeSet<(String, String)>> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir("/proc/self/fd")? {
        let path = entry?.path();
        // The descriptor of this very listing is gone by now, or will be.
        if let (Ok(target), Some(name)) = (std::fs::read_link(&path), path.file_name())
            && !target.starts_with("/proc")
        {
            found.insert((name.to_string_lossy().into_owned(), target.to_string_lossy().into_owned()));
        }
    }
    Ok(found)
}

/// The sockets among them, by inode.
pub(crate) fn sockets() -> std::io::Result<BTreeSet<String>> {
    Ok(descriptors()?.into_iter().map(|(_, target)| target).filter(|target| target.starts_with("socket:")).collect())
}

/// Whether this process has a child in state Z.
pub(crate) fn has_zombie() -> bool {
    let me = std::process::id().to_string();
    std::fs::read_dir("/proc").is_ok_and(|all| {
        all.filter_map(|entry| std::fs::read_to_string(entry.ok()?.path().join("stat")).ok()).any(|stat| {
            let mut fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
            fields.next() == Some("Z") && fields.next() == Some(&me)
        })
    })
}
