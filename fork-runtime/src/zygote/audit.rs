//! What a template holds that its workers should not share.

use crate::threads;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The state of a template after its preload.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Report {
    /// What workers would share with each other; see [`Builder::strict`](super::Builder::strict).
    pub findings: Vec<Finding>,
}

/// Something that a preload left behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Finding {
    /// An epoll, io_uring, inotify or timer instance: events and registrations would be shared (`H10`). The kernel's name.
    EventInstance(String),
    /// A connected socket (`H09`): its number.
    Connection(i32),
    /// A shared, writable mapping (`H16`): what is mapped.
    SharedMapping(String),
    /// A file lock (`H18`): as /proc/locks has it.
    FileLock(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::EventInstance(name) => write!(f, "an instance of {name}, whose events all workers would share"),
            Finding::Connection(number) => {
                write!(f, "a connection (descriptor {number}), which all workers would share")
            }
            Finding::SharedMapping(name) => write!(f, "shared memory ({name}), which all workers would write"),
            Finding::FileLock(lock) => write!(f, "a file lock ({lock}), which no worker would hold alone"),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, finding) in self.findings.iter().enumerate() {
            write!(f, "{}{finding}", if at == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

/// The names of the other threads.
pub(super) fn threads() -> Vec<String> {
    threads::others().map(|all| all.iter().map(ToString::to_string).collect()).unwrap_or_default()
}

/// Looks at this process. `own` are descriptors of the template itself.
pub(super) fn audit(own: &[i32]) -> Report {
    let mut findings = Vec::new();
    for number in crate::sys::policy::numbers().unwrap_or_default() {
        if number <= 2 || own.contains(&number) {
            continue;
        }
        let target = std::fs::read_link(format!("/proc/self/fd/{number}")).unwrap_or_default();
        let target = target.to_string_lossy();
        let event = ["eventpoll", "io_uring", "inotify", "timerfd"].iter().any(|kind| target.contains(kind));
        if event && target.starts_with("anon_inode:") {
            findings.push(Finding::EventInstance(target.trim_start_matches("anon_inode:").to_owned()));
        } else if crate::sys::fds::is_connected(number) {
            findings.push(Finding::Connection(number));
        }
    }
    // "7f..-7f.. rw-s 00000000 00:01 7 /name", proc(5).
    for line in std::fs::read_to_string("/proc/self/maps").unwrap_or_default().lines() {
        let mut fields = line.split_ascii_whitespace();
        if fields.nth(1).is_some_and(|rights| rights.starts_with("rw") && rights.ends_with('s')) {
            let name = fields.nth(3).unwrap_or("anonymous");
            // The template's own page, which workers do not get.
            if !name.contains(crate::sys::ledger::NAME) {
                findings.push(Finding::SharedMapping(name.to_owned()));
            }
        }
    }
    let me = std::process::id().to_string();
    for line in std::fs::read_to_string("/proc/locks").unwrap_or_default().lines() {
        let fields: Vec<_> = line.split_ascii_whitespace().collect();
        if fields.get(4) == Some(&me.as_str()) {
            findings.push(Finding::FileLock(fields[1..4].join(" ")));
        }
    }
    Report { findings }
}
