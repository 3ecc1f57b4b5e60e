//! The threads of this process, as `/proc` names them.

use std::fmt;
use std::fs;
use std::io;

/// A thread: its id and the name the kernel has for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadInfo {
    /// The thread's id.
    pub tid: u32,
    /// `comm`, at most 15 bytes (proc(5)).
    pub name: String,
    pub(crate) exiting: bool,
}

impl fmt::Display for ThreadInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.tid)
    }
}

/// `PF_EXITING` in the flags of `/proc/PID/stat`, field 9 (include/linux/sched.h; the value has never changed).
const EXITING: u64 = 0x4;

/// All threads but the calling one.
pub(crate) fn others() -> io::Result<Vec<ThreadInfo>> {
    // "PID/task/TID" of the calling thread, Linux 3.17 (proc(5)).
    let own = fs::read_link("/proc/thread-self")?;
    let own = own.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc/self/task")? {
        let Some(tid) = entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        if Some(tid) == own {
            continue;
        }
        // Gone in between: not a thread any more.
        let Ok(stat) = fs::read_to_string(format!("/proc/self/task/{tid}/stat")) else {
            continue;
        };
        if let Some(thread) = parse(tid, &stat) {
            found.push(thread);
        }
    }
    Ok(found)
}

/// `TID (name) state ppid pgrp session tty tpgid flags ..`; the name may hold anything, also parentheses.
fn parse(tid: u32, stat: &str) -> Option<ThreadInfo> {
    let (_, rest) = stat.split_once('(')?;
    let (name, rest) = rest.rsplit_once(") ")?;
    let mut fields = rest.split(' ');
    let state = fields.next()?;
    let flags: u64 = fields.nth(5)?.parse().ok()?;
    let exiting = flags & EXITING != 0 || matches!(state, "X" | "Z");
    Some(ThreadInfo { tid, name: name.to_owned(), exiting })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_name_with_parentheses_does_not_shift_the_fields() {
        let thread = parse(7, "7 (a) (b) S 1 2 3 4 5 4194308 0 0").expect("parses");
        assert_eq!(thread.name, "a) (b");
        assert!(thread.exiting);
        assert!(!parse(7, "7 (x) S 1 2 3 4 5 4194304 0 0").expect("parses").exiting);
    }
}
