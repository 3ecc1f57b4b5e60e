//! All processes in one line each, and who belongs to whom.

use std::collections::{HashMap, HashSet};
use std::io;

use super::Bounds;
use crate::model::Role;
use crate::proc::{Root, parse_stat};

/// Forked, and has not executed a program since (include/linux/sched.h).
const PF_FORKNOEXEC: u32 = 0x40;
const PF_KTHREAD: u32 = 0x0020_0000;

/// A process in short: its line of `stat`.
#[derive(Clone, Debug)]
pub struct Row {
    /// Process id.
    pub pid: i32,
    /// Parent.
    pub parent: i32,
    /// Name.
    pub name: String,
    /// State letter.
    pub state: char,
    /// Process group.
    pub group: i32,
    /// Session.
    pub session: i32,
    /// Start, in clock ticks since boot.
    pub start_ticks: u64,
    /// Forked without exec.
    pub forked_without_exec: bool,
    /// Thread of the kernel.
    pub kernel_thread: bool,
    /// Hash of the addresses that exec chose; none when they may not be read.
    pub layout: Option<u64>,
    /// Threads.
    pub threads: u64,
    /// Resident bytes.
    pub resident: u64,
}

/// All processes.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
    places: HashMap<i32, usize>,
}

impl Table {
    /// Reads the state lines of all processes. One that ends meanwhile is left out.
    ///
    /// # Errors
    ///
    /// When the proc filesystem cannot be listed.
    pub fn read(root: &Root) -> io::Result<Self> {
        let mut rows: Vec<Row> = Vec::new();
        root.states(|pid, line| rows.extend(row(pid, line)))?;
        let places = rows.iter().enumerate().map(|(place, row)| (row.pid, place)).collect();
        Ok(Self { rows, places })
    }

    /// The row of a process.
    pub fn get(&self, pid: i32) -> Option<&Row> {
        self.rows.get(*self.places.get(&pid)?)
    }

    /// All rows, by pid.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

fn row(pid: i32, line: &[u8]) -> Option<Row> {
    let stat = parse_stat(line).ok()?;
    // Without the right to know them the kernel shows 0 or 1.
    let layout = (stat.startstack > 1).then(|| {
        let parts = [stat.startcode, stat.startstack, stat.arg_start.unwrap_or(0), stat.env_start.unwrap_or(0)];
        super::identity::hash(&parts.map(u64::to_ne_bytes).concat())
    });
    Some(Row {
        pid,
        parent: stat.ppid,
        name: crate::proc::text::lossless(stat.comm.as_bytes()),
        state: stat.state,
        group: stat.pgrp,
        session: stat.session,
        start_ticks: stat.starttime,
        forked_without_exec: stat.flags & PF_FORKNOEXEC != 0,
        kernel_thread: stat.flags & PF_KTHREAD != 0,
        layout,
        threads: u64::try_from(stat.num_threads).unwrap_or(0),
        resident: stat.rss.saturating_mul(procfs::page_size()),
    })
}

/// More relatives than this are not read for one question.
const MOST_RELATIVES: usize = 1000;

/// The targets, and with them (if `wide`) their parents, their children, and whoever runs in a fork of the same program run.
pub(super) fn family<'a>(table: &'a Table, targets: &[i32], wide: bool, bounds: &mut Bounds) -> Vec<(&'a Row, Role)> {
    let mut members: Vec<(&Row, Role)> =
        targets.iter().filter_map(|pid| table.get(*pid)).map(|row| (row, Role::Target)).collect();
    if !wide {
        return members;
    }
    let mut known: HashSet<i32> = members.iter().map(|(row, _)| row.pid).collect();
    let layouts: HashSet<u64> = members.iter().filter_map(|(row, _)| row.layout).collect();
    let parents: HashSet<i32> = members.iter().map(|(row, _)| row.parent).collect();
    // The children of init, of a subreaper or of a shell are no family: only forks of one program run are.
    let sibling_of = |row: &Row| {
        let same_run = row.layout.is_some_and(|l| layouts.contains(&l));
        let same_parent = parents.contains(&row.parent) && row.parent > 1;
        let forking_parent = table.get(row.parent).is_some_and(|p| p.layout.is_some_and(|l| layouts.contains(&l)));
        same_run || same_parent && (row.forked_without_exec || forking_parent)
    };
    let targets: HashSet<i32> = known.clone();
    let relatives = table.rows.iter().filter(|row| !row.kernel_thread).filter_map(|row| {
        let role = if parents.contains(&row.pid) {
            Role::Parent
        } else if targets.contains(&row.parent) {
            Role::Child
        } else if sibling_of(row) {
            Role::Sibling
        } else {
            return None;
        };
        (!targets.contains(&row.pid)).then_some((row, role))
    });
    let mut relatives: Vec<_> = relatives.collect();
    relatives.sort_by_key(|(row, role)| (*role, row.pid));
    if relatives.len() > MOST_RELATIVES {
        bounds.cut.push(format!(
            "{} of {} relatives: more than are read for one question",
            relatives.len() - MOST_RELATIVES,
            relatives.len()
        ));
        relatives.truncate(MOST_RELATIVES);
    }
    members.extend(relatives.into_iter().filter(|(row, _)| known.insert(row.pid)));
    members
}
