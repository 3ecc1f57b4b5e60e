//! Which descriptors are the same open file description.
//!
//! kcmp(2) is the only exact answer: path, inode, offset and flags can agree for two separate descriptions and differ for
//! one (measured). Candidates are found by their target, so that each descriptor costs a few comparisons, whatever the
//! number of processes.

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::gaps::Gaps;
use super::identity::hash;
use crate::model::{Descriptor, Kind, OpenFile, Process, Relation, Role};
use crate::proc::ProcDir;
use crate::sys;

/// A descriptor of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) pid: i32,
    pub(super) fd: i32,
}

/// The table that another is compared with: that of the parent.
pub(super) struct Baseline<'a> {
    pid: i32,
    table: &'a [Descriptor],
    /// Made when first asked for: a fork that has only what it inherited never asks.
    numbers: OnceCell<HashMap<u32, i32>>,
}

impl<'a> Baseline<'a> {
    pub(super) fn new(pid: i32, table: &'a [Descriptor]) -> Self {
        Self { pid, table, numbers: OnceCell::new() }
    }

    /// The lowest number of a file.
    fn number(&self, file: u32) -> Option<i32> {
        self.numbers.get_or_init(|| self.table.iter().rev().map(|d| (d.file, d.fd)).collect()).get(&file).copied()
    }

    fn at(&self, fd: i32) -> Option<&Descriptor> {
        // Numbers are given from 0 up, so that most stand at their own place.
        let place = usize::try_from(fd).ok()?;
        let there = self.table.get(place).filter(|d| d.fd == fd);
        there.or_else(|| self.table.get(self.table.binary_search_by_key(&fd, |d| d.fd).ok()?))
    }
}

/// The open file descriptions found so far.
pub(super) struct Files {
    pub(super) files: Vec<OpenFile>,
    /// A descriptor that has each of them.
    at: Vec<Place>,
    /// Those with the same target, in the kernel's order.
    alike: HashMap<u64, Vec<u32>>,
    live: bool,
}

impl Files {
    pub(super) fn new(live: bool) -> Self {
        Self { files: Vec::new(), at: Vec::new(), alike: HashMap::new(), live }
    }

    /// The file, when the parent has the same open file description under the same number.
    pub(super) fn inherited(&self, baseline: &Baseline<'_>, place: Place, gaps: &mut Gaps) -> Option<u32> {
        let parents = baseline.at(place.fd)?;
        self.compare(Place { pid: baseline.pid, fd: place.fd }, place, gaps)?.is_eq().then_some(parents.file)
    }

    /// Adds a file that was read in full, unless it is known; answers its place and how it stands to the parent's table.
    pub(super) fn add(
        &mut self,
        file: OpenFile,
        place: Place,
        baseline: Option<&Baseline<'_>>,
        gaps: &mut Gaps,
    ) -> (u32, Relation) {
        let key = hash(file.target.as_bytes());
        let alike = self.alike.get(&key).map_or(&[][..], Vec::as_slice);
        let mut comparable = self.live;
        let found = alike.binary_search_by(|other| {
            let place_of = self.at.get(*other as usize).copied().unwrap_or(place);
            self.compare(place_of, place, gaps).unwrap_or_else(|| {
                comparable = false;
                Ordering::Less
            })
        });
        let parents = |file: u32| baseline.and_then(|b| b.number(file));
        if let Ok(known) = found
            && let Some(known) = alike.get(known).copied()
        {
            return (known, if parents(known).is_some() { Relation::Duplicated } else { Relation::Own });
        }
        if !comparable && let Some(known) = alike.iter().copied().find(|known| self.surely_same(*known, &file)) {
            let relation = match parents(known) {
                Some(fd) if fd == place.fd => Relation::Inherited,
                Some(_) => Relation::Duplicated,
                None => Relation::Own,
            };
            return (known, relation);
        }
        let by_path = matches!(file.kind, Kind::File | Kind::Directory | Kind::Device);
        let relation = match baseline {
            None => Relation::Unknown,
            Some(_) if !comparable && !alike.is_empty() => Relation::Unknown,
            Some(_) if by_path && alike.iter().any(|other| parents(*other).is_some()) => Relation::Reopened,
            Some(_) => Relation::Own,
        };
        let new = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        let slot = found.unwrap_or_else(|slot| slot);
        self.files.push(file);
        self.at.push(place);
        let alike = self.alike.entry(key).or_default();
        alike.insert(slot.min(alike.len()), new);
        (new, relation)
    }

    /// Without kcmp: an inode of the socket filesystem is one socket, an end of a pipe is one end.
    fn surely_same(&self, known: u32, file: &OpenFile) -> bool {
        let Some(known) = self.files.get(known as usize) else { return false };
        match file.kind {
            Kind::Socket => known.inode == file.inode,
            Kind::Pipe => known.inode == file.inode && known.flags == file.flags && file.flags.is_some(),
            _ => false,
        }
    }

    fn compare(&self, a: Place, b: Place, gaps: &mut Gaps) -> Option<Ordering> {
        if !self.live {
            return None;
        }
        match sys::same_file((a.pid, a.fd), (b.pid, b.fd)) {
            Ok(order) => Some(order),
            Err(error) => {
                // A descriptor closed meanwhile is no gap.
                if error.raw_os_error() != Some(libc::EBADF) {
                    gaps.note("kcmp", &error);
                }
                None
            }
        }
    }

    /// Finds out who has what the epoll instances watch.
    pub(super) fn resolve_watches(&mut self, seen: &[(ProcDir, Process, Gaps)]) {
        if !self.live {
            return;
        }
        let holders: Vec<&Process> = seen.iter().map(|(_, p, _)| p).collect();
        // Those of a parent or a sibling alone are nobody's question.
        let asked = holders.iter().filter(|p| matches!(p.role, Role::Target | Role::Child));
        let asked: HashSet<u32> = asked.flat_map(|p| p.descriptors.iter().flatten()).map(|d| d.file).collect();
        let files = self.files.iter_mut().zip(&self.at).zip(0u32..);
        for ((file, at), _) in files.filter(|((f, _), n)| f.kind == Kind::Epoll && asked.contains(n)) {
            let sharers = sharers(&holders, *at);
            for watch in file.watches.iter_mut().take(512) {
                let has = |pid: i32| sys::same_watched_file((pid, watch.fd), (at.pid, at.fd), watch.fd, 0);
                let own = has(at.pid);
                watch.holder = if matches!(own, Ok(true)) {
                    Some((at.pid, watch.fd))
                } else {
                    sharers.iter().skip(1).copied().find(|pid| has(*pid).unwrap_or(false)).map(|pid| (pid, watch.fd))
                };
                // The number is free, or means another file by now.
                watch.gone = match own {
                    Ok(same) => !same,
                    Err(error) => error.raw_os_error() == Some(libc::EBADF),
                };
            }
        }
    }
}

/// The processes whose numbers a watch list may speak of: who has the instance first, then all others read.
fn sharers(processes: &[&Process], at: Place) -> Vec<i32> {
    let mut pids = vec![at.pid];
    pids.extend(processes.iter().filter(|p| p.descriptors.is_some()).map(|p| p.pid).filter(|pid| *pid != at.pid));
    pids.truncate(64);
    pids
}
