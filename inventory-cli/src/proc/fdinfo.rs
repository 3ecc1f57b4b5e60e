//! `/proc/PID/fdinfo/N` (proc_pid_fdinfo(5)).

use crate::model::{FileLock, Watch};

/// What one descriptor's file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FdInfo {
    /// Offset.
    pub position: Option<u64>,
    /// Flags of open(2), with `O_CLOEXEC` of this very descriptor.
    pub flags: Option<u32>,
    /// Mount of the file, a number of `mountinfo`.
    pub mount: Option<u32>,
    /// Inode.
    pub inode: Option<u64>,
    /// Locks that belong to this open file description.
    pub locks: Vec<FileLock>,
    /// What an epoll instance watches.
    pub watches: Vec<Watch>,
    /// Whether more is watched than was kept.
    pub watches_cut: bool,
    /// The remaining lines, for the kinds that have them (eventfd-count, sigmask, Pid, …): name and value.
    pub details: Vec<(String, String)>,
}

/// More watches or details than this of one descriptor are not kept.
const KEPT: usize = 4096;

/// Parses the text. Lines that are not as documented are skipped: newer kernels add some.
pub fn parse(text: &str) -> FdInfo {
    let mut info = FdInfo::default();
    for line in text.lines() {
        let Some((name, value)) = line.split_once(':') else {
            if line.starts_with("inotify ") || line.starts_with("fanotify ") {
                keep(&mut info.details, line.split(' ').next().unwrap_or_default(), line);
            }
            continue;
        };
        let value = value.trim();
        match name.trim() {
            "pos" => info.position = value.parse().ok(),
            "flags" => info.flags = u32::from_str_radix(value, 8).ok(),
            "mnt_id" => info.mount = value.parse().ok(),
            "ino" => info.inode = value.parse().ok(),
            "lock" => info.locks.extend(lock(value)),
            "tfd" if info.watches.len() < KEPT => info.watches.extend(watch(value)),
            "tfd" => info.watches_cut = true,
            "scm_fds" => {}
            name if name.starts_with("inotify") || name.starts_with("fanotify") => {
                keep(&mut info.details, "watch", line);
            }
            name => keep(&mut info.details, name, value),
        }
    }
    info
}

fn keep(details: &mut Vec<(String, String)>, name: &str, value: &str) {
    const LONGEST: usize = 256;
    if details.len() < 64 {
        details.push((name.chars().take(64).collect(), value.chars().take(LONGEST).collect()));
    }
}

/// `1: FLOCK  ADVISORY  WRITE 18454 00:2a:1234 0 EOF`
fn lock(value: &str) -> Option<FileLock> {
    let mut words = value.split_whitespace().skip(1);
    let kind = words.next()?.to_ascii_lowercase();
    let mode = words.nth(1)?.to_ascii_lowercase();
    let recorded_owner = words.next()?.parse().ok().filter(|pid| *pid > 0);
    let start = words.nth(1)?.parse().ok()?;
    let end = words.next().and_then(|w| w.parse().ok());
    Some(FileLock { kind, mode, recorded_owner, start, end })
}

/// `tfd:        7 events:       19 data:                7  pos:0 ino:2 sdev:9`, without the first word
fn watch(value: &str) -> Option<Watch> {
    let fd = value.split_whitespace().next()?.parse().ok()?;
    let after = |name: &str| {
        let rest = value.split_once(name)?.1.trim_start();
        u64::from_str_radix(rest.split(|c: char| !c.is_ascii_hexdigit()).next()?, 16).ok()
    };
    let events = u32::try_from(after("events:")? & 0xffff_ffff).ok()?;
    Some(Watch { fd, events, inode: after("ino:"), holder: None, gone: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regular_file_with_a_lock() {
        let text = "pos:\t12\nflags:\t02100002\nmnt_id:\t24\nino:\t99\n\
                    lock:\t1: FLOCK  ADVISORY  WRITE 18454 00:2a:1234 0 EOF\n";
        let info = parse(text);
        assert_eq!(
            (info.position, info.flags, info.mount, info.inode),
            (Some(12), Some(0o2_100_002), Some(24), Some(99))
        );
        let lock =
            FileLock { kind: "flock".into(), mode: "write".into(), recorded_owner: Some(18454), start: 0, end: None };
        assert_eq!(info.locks, [lock]);
    }

    #[test]
    fn an_epoll_instance() {
        let info = parse("pos:\t0\nflags:\t02\nino:\t3\ntfd:        7 events:       19 data:  7  pos:0 ino:2 sdev:9\n");
        assert_eq!(info.watches, [Watch { fd: 7, events: 0x19, inode: Some(2), holder: None, gone: false }]);
    }

    #[test]
    fn nonsense_is_skipped() {
        for text in [
            "",
            ":",
            "lock:",
            "lock: 1: FLOCK",
            "tfd: x",
            "tfd: 1 events: zz",
            "pos: -1\nflags: 9",
            "lock: 1: A B C D E F",
        ] {
            assert_eq!(parse(text).locks.len() + parse(text).watches.len(), 0, "{text}");
        }
    }
}
