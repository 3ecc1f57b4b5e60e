//! A snapshot, from the machine or from a file.

use std::io;
use std::path::Path;

use super::args::{Options, Targets};
use super::failure::Failure;
use super::redact::redact;
use crate::collect::{Parts, Request, Table, collect};
use crate::findings;
use crate::model::{Role, SCHEMA_VERSION, Snapshot};
use crate::proc::{ProcDir, Root, text};

/// What a command wants to see.
pub(super) enum Wanted<'a> {
    /// Processes by pid or description, with their family.
    Family(&'a Targets, Parts),
    /// Processes by pid.
    Pids(&'a [i32], bool, Parts),
    /// All processes.
    Everything(Parts),
}

impl<'a> Wanted<'a> {
    pub(super) fn family(targets: &'a Targets, parts: Parts) -> Self {
        Self::Family(targets, parts)
    }

    pub(super) fn pids(pids: &'a [i32], family: bool, parts: Parts) -> Self {
        Self::Pids(pids, family, parts)
    }

    pub(super) fn everything(parts: Parts) -> Self {
        Self::Everything(parts)
    }

    fn parts(&self) -> Parts {
        match self {
            Self::Family(_, parts) | Self::Pids(_, _, parts) | Self::Everything(parts) => *parts,
        }
    }
}

/// Where processes are read.
pub(super) fn root(options: &Options) -> Root {
    options.sysroot.clone().map_or_else(Root::host, Root::other)
}

/// Reads what is wanted.
pub(super) fn snapshot(options: &Options, wanted: Wanted<'_>) -> Result<Snapshot, Failure> {
    let mut snapshot = match &options.from {
        Some(path) => from_file(path, &wanted)?,
        None => from_machine(options, &wanted)?,
    };
    if options.redact {
        redact(&mut snapshot);
    }
    if !wanted.parts().unjudged {
        snapshot.findings = findings::judge(&snapshot);
    }
    Ok(snapshot)
}

fn from_machine(options: &Options, wanted: &Wanted<'_>) -> Result<Snapshot, Failure> {
    let root = root(options);
    let unreadable = |e: io::Error| Failure::target(format!("cannot list {}: {e}", root.join("").display()));
    let (targets, family, parts) = match wanted {
        Wanted::Family(asked, parts) => (select(&root, asked)?, !asked.all, *parts),
        Wanted::Pids(pids, family, parts) => (pids.to_vec(), *family, *parts),
        Wanted::Everything(parts) => (root.pids().map_err(unreadable)?, false, *parts),
    };
    if !matches!(wanted, Wanted::Everything(_)) {
        for pid in &targets {
            match ProcDir::open(&root, *pid) {
                Err(_) if targets.len() > 1 => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    let hidden = "or it is hidden from this user (mount option hidepid)";
                    return Err(Failure::target(format!("there is no process {pid}, {hidden}")));
                }
                Err(error) => return Err(Failure::target(format!("process {pid} cannot be read: {error}"))),
                Ok(_) => {}
            }
        }
    }
    let request = Request { root: root.clone(), targets, family, parts, budget: options.budget };
    collect(&request).map_err(unreadable)
}

fn select(root: &Root, asked: &Targets) -> Result<Vec<i32>, Failure> {
    let mut pids = asked.pids.clone();
    if let Some(pid) = pids.iter().find(|p| **p <= 0) {
        return Err(Failure::usage(format!("{pid} is no process id")));
    }
    let described = asked.all || asked.name.is_some() || asked.cgroup.is_some();
    if !described && pids.is_empty() {
        return Err(Failure::usage("which process? give a pid, --name TEXT, --cgroup PATH or --all"));
    }
    if described {
        let table = Table::read(root).map_err(|e| Failure::target(e.to_string()))?;
        let own = i32::try_from(std::process::id()).unwrap_or(0);
        let matches = |pid: i32, name: &str| {
            let Ok(dir) = ProcDir::open(root, pid) else { return false };
            let contains = |file: &str, part: &str| {
                dir.read_up_to(file, 16 * 1024)
                    .is_ok_and(|bytes| text::lossless(&bytes).replace('\0', " ").contains(part))
            };
            asked.name.as_deref().is_none_or(|part| name.contains(part) || contains("cmdline", part))
                && asked.cgroup.as_deref().is_none_or(|part| contains("cgroup", part))
        };
        let rows = table.rows().iter().filter(|r| !r.kernel_thread && r.pid != own);
        pids.extend(rows.filter(|r| asked.all || matches(r.pid, &r.name)).map(|r| r.pid));
    }
    pids.sort_unstable();
    pids.dedup();
    if pids.is_empty() {
        return Err(Failure::target("no process fits this description"));
    }
    Ok(pids)
}

/// A saved snapshot, judged anew.
pub(super) fn saved(path: &Path, options: &Options) -> Result<Snapshot, Failure> {
    let mut snapshot = parse(path)?;
    if options.redact {
        redact(&mut snapshot);
    }
    snapshot.findings = findings::judge(&snapshot);
    Ok(snapshot)
}

fn parse(path: &Path) -> Result<Snapshot, Failure> {
    let unreadable = |e: &dyn std::fmt::Display| Failure::usage(format!("cannot read {}: {e}", path.display()));
    let file = std::fs::File::open(path).map_err(|e| unreadable(&e))?;
    let snapshot: Snapshot =
        serde_json::from_reader(io::BufReader::new(file)).map_err(|e| unreadable(&format!("not a snapshot: {e}")))?;
    if snapshot.schema_version > SCHEMA_VERSION {
        let message = format!(
            "{} is of a newer version ({}): use a newer fork-inventory",
            path.display(),
            snapshot.schema_version
        );
        return Err(Failure::usage(message));
    }
    Ok(snapshot)
}

fn from_file(path: &Path, wanted: &Wanted<'_>) -> Result<Snapshot, Failure> {
    let mut snapshot = parse(path)?;
    let pids: &[i32] = match wanted {
        Wanted::Family(asked, _) => &asked.pids,
        Wanted::Pids(pids, ..) => pids,
        Wanted::Everything(_) => &[],
    };
    for pid in pids {
        if snapshot.process(*pid).is_none() {
            return Err(Failure::target(format!("there is no process {pid} in {}", path.display())));
        }
    }
    // Another process of the snapshot can be asked about than the one it was taken for.
    if !pids.is_empty() {
        for process in &mut snapshot.processes {
            if pids.contains(&process.pid) {
                process.role = Role::Target;
            } else if process.role == Role::Target {
                process.role = Role::Sibling;
            }
        }
    }
    Ok(snapshot)
}
