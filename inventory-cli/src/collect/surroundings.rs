//! Namespaces, limits, control groups, environment: where a parent and its child differ, or should.

use std::collections::BTreeMap;

use procfs::FromRead as _;
use procfs::process::{LimitValue, Limits};

use super::Bounds;
use super::gaps::Gaps;
use super::identity::hash;
use crate::model::{Process, Role};
use crate::proc::{ProcDir, text};

pub(super) fn read(seen: &mut [(ProcDir, Process, Gaps)], bounds: &mut Bounds) {
    for (dir, process, gaps) in seen.iter_mut().filter(|(_, p, _)| matches!(p.role, Role::Target | Role::Parent)) {
        if process.kernel_thread || bounds.over(|| format!("surroundings of {}", process.pid)) {
            continue;
        }
        for (name, link) in [
            ("cgroup", c"ns/cgroup"),
            ("ipc", c"ns/ipc"),
            ("mnt", c"ns/mnt"),
            ("net", c"ns/net"),
            ("pid", c"ns/pid"),
            ("time", c"ns/time"),
            ("user", c"ns/user"),
            ("uts", c"ns/uts"),
        ] {
            let inode = dir.link(link).ok().and_then(|l| l.split_once(":[")?.1.strip_suffix(']')?.parse().ok());
            process.namespaces.extend(inode.map(|inode| (name.to_owned(), inode)));
        }
        if process.namespaces.is_empty() {
            gaps.note("ns", &std::io::Error::from_raw_os_error(libc::EACCES));
        }
        process.cgroups = gaps.keep("cgroup", dir.read_up_to("cgroup", 1 << 16)).map(|t| lines(&t));
        process.limits = gaps.keep("limits", dir.read_up_to("limits", 1 << 16)).map(|t| limits(&t)).unwrap_or_default();
        process.environment = gaps.keep("environ", dir.read_up_to("environ", 4 << 20)).map(|t| environment(&t));
        let login = dir.read_up_to("loginuid", 32).ok().and_then(|t| String::from_utf8(t).ok()?.trim().parse().ok());
        process.login_uid = login.filter(|uid| *uid != u32::MAX);
    }
}

fn lines(text: &[u8]) -> Vec<String> {
    text.split(|b| *b == b'\n').filter(|l| !l.is_empty()).map(text::lossless).collect()
}

fn limits(text: &[u8]) -> BTreeMap<String, Option<u64>> {
    let Ok(l) = Limits::from_read(text) else { return BTreeMap::new() };
    let soft = |value: LimitValue| match value {
        LimitValue::Unlimited => None,
        LimitValue::Value(value) => Some(value),
    };
    [
        ("open_files", l.max_open_files),
        ("processes", l.max_processes),
        ("core_file_size", l.max_core_file_size),
        ("stack_size", l.max_stack_size),
        ("locked_memory", l.max_locked_memory),
        ("address_space", l.max_address_space),
        ("data_size", l.max_data_size),
        ("file_size", l.max_file_size),
        ("cpu_time", l.max_cpu_time),
        ("pending_signals", l.max_pending_signals),
    ]
    .into_iter()
    .map(|(name, limit)| (name.to_owned(), soft(limit.soft_limit)))
    .collect()
}

/// Names, and a hash of each value: enough to see what differs, and no secret.
fn environment(text: &[u8]) -> BTreeMap<String, String> {
    let pair = |entry: &[u8]| {
        let at = entry.iter().position(|b| *b == b'=')?;
        let (name, value) = entry.split_at(at);
        Some((text::lossless(name), format!("{:08x}", hash(value) & 0xffff_ffff)))
    };
    text.split(|b| *b == 0).filter(|e| !e.is_empty()).take(4096).filter_map(pair).collect()
}
