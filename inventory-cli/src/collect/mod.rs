//! Reading processes into a [`Snapshot`]: nothing is judged here, and every failure to read is kept.

mod copied;
mod deep;
mod descriptors;
mod files;
mod gaps;
mod handlers;
mod identity;
mod memory;
mod sockets;
mod surroundings;
mod table;
mod threads;

use std::io;
use std::time::{Duration, Instant, SystemTime};

pub use copied::Copied;
pub use table::{Row, Table};

use crate::model::{Process, Role, SCHEMA_VERSION, Snapshot};
use crate::proc::{ProcDir, Root};
use gaps::Gaps;

/// How much to read. Each part costs time, so that every command asks for what it shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts {
    /// Tables of descriptors.
    pub descriptors: bool,
    /// Threads and what they wait for.
    pub threads: bool,
    /// Mappings.
    pub mappings: bool,
    /// States of pages, against the parent's.
    pub pages: bool,
    /// Sums of `smaps_rollup` also for a large process.
    pub rollup: bool,
    /// Namespaces, limits, control groups, environment.
    pub surroundings: bool,
    /// An inherited descriptor is one comparison: its own flags are not read.
    pub brief: bool,
    /// Never open `/proc/PID/mem`.
    pub no_memory: bool,
    /// Addresses of signal handlers, by bpf(2).
    pub handlers: bool,
    /// Search private memory for locks and unwritten output that the fork copied.
    pub deep: bool,
    /// Findings are not shown, and need not be made.
    pub unjudged: bool,
}

/// What to read.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where.
    pub root: Root,
    /// The processes asked for.
    pub targets: Vec<i32>,
    /// Whether parents, children and siblings are read, too.
    pub family: bool,
    /// How much of each.
    pub parts: Parts,
    /// Stop reading after this time, and say what is missing.
    pub budget: Option<Duration>,
}

/// When to stop, and what was left out.
#[derive(Debug)]
pub(crate) struct Bounds {
    deadline: Option<Instant>,
    pub(crate) cut: Vec<String>,
}

impl Bounds {
    fn new(budget: Option<Duration>) -> Self {
        Self { deadline: budget.map(|b| Instant::now() + b), cut: Vec::new() }
    }

    /// Whether the time is over; says so once for each thing left out.
    pub(crate) fn over(&mut self, what: impl FnOnce() -> String) -> bool {
        let over = self.deadline.is_some_and(|d| Instant::now() >= d);
        if over {
            self.cut.push(format!("{}: the budget of time ran out", what()));
        }
        over
    }
}

/// Reads what was asked for; [`crate::findings::judge`] judges it. A process that ended meanwhile is left out and named in `cut`.
///
/// # Errors
///
/// When the proc filesystem cannot be listed.
pub fn collect(request: &Request) -> io::Result<Snapshot> {
    let table = Table::read(&request.root)?;
    let mut bounds = Bounds::new(request.budget);
    let mut members = table::family(&table, &request.targets, request.family, &mut bounds);
    // Forebears first: a descriptor is compared with those of the process it may come from.
    members.sort_by_key(|(row, _)| (row.start_ticks, row.pid));
    let mut seen: Vec<(ProcDir, Process, Gaps)> = Vec::with_capacity(members.len());
    for (row, role) in members {
        let needed = role == Role::Target || request.family;
        if !needed || bounds.over(|| format!("process {}", row.pid)) {
            continue;
        }
        let mut gaps = Gaps::default();
        match identity::read(&request.root, row, role, request.parts, &mut gaps) {
            Ok((dir, process)) => seen.push((dir, process, gaps)),
            Err(error) if role == Role::Target => bounds.cut.push(format!("process {}: {error}", row.pid)),
            Err(_) => {}
        }
    }
    identity::origins(&mut seen);
    let mut files = files::Files::new(request.root.is_live());
    if request.parts.descriptors {
        descriptors::read(&mut seen, &mut files, request.parts, &mut bounds);
        sockets::fill(&seen, &mut files.files, request.root.is_live());
        files.resolve_watches(&seen);
    }
    threads::read(&mut seen, request, &mut bounds);
    memory::read(&mut seen, request.parts, &mut bounds);
    if request.parts.deep && !request.parts.no_memory {
        deep::read(&mut seen, &mut bounds);
    }
    if request.parts.handlers {
        handlers::read(&mut seen, request.root.is_live());
    }
    if request.parts.surroundings {
        surroundings::read(&mut seen, &mut bounds);
    }
    let mut processes: Vec<Process> = seen
        .into_iter()
        .map(|(dir, mut process, gaps)| {
            if dir.stat().is_err() {
                bounds.cut.push(format!("process {}: it ended while it was being read", process.pid));
            }
            process.unreadable = gaps.into_list();
            process
        })
        .collect();
    processes.sort_by_key(|p| (p.role, p.start_ticks, p.pid));
    Ok(Snapshot {
        schema_version: SCHEMA_VERSION,
        tool_version: env!("CARGO_PKG_VERSION").into(),
        taken_at: SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64(),
        kernel: std::fs::read_to_string(request.root.join("sys/kernel/osrelease")).unwrap_or_default().trim().into(),
        looked_as: nix::unistd::geteuid().as_raw(),
        live: request.root.is_live(),
        processes,
        files: files.files,
        cut: bounds.cut,
        memory_over_time: Vec::new(),
        findings: Vec::new(),
    })
}
