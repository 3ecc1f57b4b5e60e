//! Who copies memory, over time.
//!
//! Where parent and child have one page at one look and two at the next, the side whose page has another number is the one
//! that has written: the other keeps the old page. A single look cannot tell them apart. Needs `CAP_SYS_ADMIN`.

use std::io;
use std::time::Instant;

use crate::model::MemorySample;
use crate::proc::memory::Pagemap;
use crate::proc::{ProcDir, Root, maps};

/// More pages than this (4 GiB of memory) of one process are not followed: two numbers are kept of each.
const MOST: u64 = 1 << 20;
/// Pages that are looked at in one read.
const CHUNK: u64 = 4096;

/// A child and the process it was forked from, under observation.
#[derive(Debug)]
pub struct Copied {
    own: Pagemap,
    theirs: Pagemap,
    /// First address and number of pages of each writable private mapping at the start.
    ranges: Vec<(u64, u64)>,
    /// Numbers of each page at the last look, the child's and the parent's; 0: not in memory.
    before: Vec<(u64, u64)>,
    start: Instant,
    by_child: u64,
    by_parent: u64,
    /// Whether there was more than is followed.
    pub cut: bool,
}

impl Copied {
    /// Begins with the mappings that the child has now; later ones are not the parent's.
    ///
    /// # Errors
    ///
    /// The kernel's.
    pub fn new(root: &Root, child: i32, parent: i32) -> io::Result<Self> {
        let (dir, parent) = (ProcDir::open(root, child)?, ProcDir::open(root, parent)?);
        let (own, theirs) = (Pagemap::open(&dir)?, Pagemap::open(&parent)?);
        let (mut ranges, mut left, mut cut) = (Vec::new(), MOST, false);
        for map in maps::parse(&dir.read("maps")?).iter().filter(|m| m.access[1] && !m.shared) {
            let pages = (map.end.saturating_sub(map.start)) / own.page_size();
            cut |= pages > left;
            ranges.push((map.start, pages.min(left)));
            left -= pages.min(left);
        }
        Ok(Self { own, theirs, ranges, before: Vec::new(), start: Instant::now(), by_child: 0, by_parent: 0, cut })
    }

    /// Looks once more.
    ///
    /// # Errors
    ///
    /// The kernel's: `ESRCH` once a process has ended.
    pub fn look(&mut self) -> io::Result<MemorySample> {
        let page = self.own.page_size();
        let mut now = Vec::with_capacity(self.before.len());
        let (mut exclusive, mut present) = (0, 0);
        for (start, pages) in &self.ranges {
            let mut done = 0;
            while done < *pages {
                let most = usize::try_from((pages - done).min(CHUNK)).unwrap_or(1);
                let at = start + done * page;
                let first = now.len();
                for entry in self.own.read(at, most)? {
                    present += u64::from(entry.is_present());
                    exclusive += u64::from(entry.is_present() && entry.is_exclusive());
                    now.push((if entry.is_present() { entry.number().unwrap_or(0) } else { 0 }, 0));
                }
                now.resize(first + most, (0, 0));
                let theirs = self.theirs.read(at, most)?;
                for (slot, entry) in now.iter_mut().skip(first).zip(theirs).filter(|(_, e)| e.is_present()) {
                    slot.1 = entry.number().unwrap_or(0);
                }
                done += most as u64;
            }
        }
        let (mut same, mut apart) = (0, 0);
        for (child, parent) in now.iter().filter(|(child, parent)| *child != 0 && *parent != 0) {
            *(if child == parent { &mut same } else { &mut apart }) += page;
        }
        for ((child, parent), (old, theirs)) in now.iter().zip(&self.before) {
            // In one page before, in two now.
            if old == theirs && *old != 0 && child != parent && *child != 0 && *parent != 0 {
                self.by_child += if child == old { 0 } else { page };
                self.by_parent += if parent == old { 0 } else { page };
            }
        }
        self.before = now;
        let numbers = same + apart > 0;
        Ok(MemorySample {
            seconds: self.start.elapsed().as_secs_f64(),
            present: present * page,
            exclusive: exclusive * page,
            same_as_parent: numbers.then_some(same),
            diverged: numbers.then_some(apart),
            by_child: numbers.then_some(self.by_child),
            by_parent: numbers.then_some(self.by_parent),
        })
    }
}
