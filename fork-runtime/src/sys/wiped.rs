//! The words that a fork erases.
//!
//! One page, mapped private and anonymous and marked `MADV_WIPEONFORK` (Linux 4.14, madvise(2)): the kernel gives the
//! child of `fork`, `_Fork`, `clone` and `clone3` zeros in its place, however the system call was made. A `vfork`
//! child shares the parent's memory and sees the parent's words, as it should.

use crate::lockfree::epoch;
use std::sync::atomic::{AtomicPtr, AtomicU8, AtomicU32, AtomicU64, Ordering};

/// What lies in the page. All zero is a valid value and means "not known yet in this process".
#[repr(C)]
#[derive(Debug)]
pub(crate) struct Words {
    /// The generation, 0 until the first use in this process.
    pub(crate) generation: AtomicU64,
    /// The thread that made it through the fork, see [`crate::process::token`].
    pub(crate) survivor: AtomicU64,
    /// The pid, 0 until asked for.
    pub(crate) pid: AtomicU32,
    /// Claim of the after-fork pass of the safe hooks.
    pub(crate) pass: AtomicU32,
    /// Claim of the after-fork pass of the signal-safe hooks.
    pub(crate) raw_pass: AtomicU32,
    /// Lock that serialises fork passes.
    pub(crate) gate: AtomicU32,
    /// Lock of the list of hooks.
    pub(crate) list: AtomicU32,
}

impl Words {
    const fn zeroed() -> Self {
        Self {
            generation: AtomicU64::new(0),
            survivor: AtomicU64::new(0),
            pid: AtomicU32::new(0),
            pass: AtomicU32::new(0),
            raw_pass: AtomicU32::new(0),
            gate: AtomicU32::new(0),
            list: AtomicU32::new(0),
        }
    }

    /// What the kernel does to the page at a fork, by hand. `generation` is 0 already where this is used.
    fn wipe(&self) {
        self.survivor.store(0, Ordering::Relaxed);
        self.pass.store(0, Ordering::Relaxed);
        self.raw_pass.store(0, Ordering::Relaxed);
        self.gate.store(0, Ordering::Relaxed);
        self.list.store(0, Ordering::Relaxed);
    }
}

/// Stands in until the page exists, so that the fast path needs no test for null. Never written.
static NOT_YET: Words = Words::zeroed();
static WORDS: AtomicPtr<Words> = AtomicPtr::new((&raw const NOT_YET).cast_mut());

/// The highest generation number drawn in this process or an ancestor. Ordinary memory: inherited.
static LAST: AtomicU64 = AtomicU64::new(0);

/// How the fork is noticed; decided once, inherited.
static METHOD: AtomicU8 = AtomicU8::new(UNDECIDED);
const UNDECIDED: u8 = 0;
const WIPE: u8 = 1;
const FALLBACK: u8 = 2;

/// The fallback's state: generation in the upper half, pid in the lower. In this mode `Words::generation` stays 0,
/// which sends every caller to the slow path and keeps the fast path free of a second test.
static BY_PID: AtomicU64 = AtomicU64::new(0);

#[inline]
fn current() -> &'static Words {
    let words = WORDS.load(Ordering::Acquire);
    // SAFETY: `WORDS` holds the address of a static or of a mapping (in Miri: an allocation) that is never unmapped.
    unsafe { &*words }
}

/// The words of this process, mapped now if need be.
pub(crate) fn words() -> &'static Words {
    let words = current();
    if std::ptr::eq(words, &raw const NOT_YET) { map() } else { words }
}

/// The generation of this process. See [`crate::generation`].
#[inline]
pub(crate) fn generation() -> u64 {
    let seen = current().generation.load(Ordering::Acquire);
    if seen != 0 { seen } else { generation_slow() }
}

#[cold]
fn generation_slow() -> u64 {
    let words = words();
    if METHOD.load(Ordering::Acquire) == FALLBACK {
        return by_pid(words);
    }
    let generation = epoch::current(&words.generation, &LAST);
    note_survivor(words);
    generation
}

/// The pid without a system call where the page is wiped by the kernel, by `getpid` otherwise.
#[inline]
pub(crate) fn cached_pid() -> u32 {
    let seen = current().pid.load(Ordering::Relaxed);
    if seen != 0 { seen } else { pid_slow() }
}

#[cold]
fn pid_slow() -> u32 {
    let words = words();
    let pid = super::process::getpid();
    if METHOD.load(Ordering::Acquire) == WIPE {
        words.pid.store(pid, Ordering::Relaxed);
    }
    pid
}

/// Whether the kernel wipes the page (and not the fallback).
pub(crate) fn wiped_by_kernel() -> bool {
    words();
    METHOD.load(Ordering::Acquire) == WIPE
}

/// Chooses the fallback. `false` when the method was decided before.
pub(crate) fn force_fallback() -> bool {
    METHOD.compare_exchange(UNDECIDED, FALLBACK, Ordering::AcqRel, Ordering::Acquire).is_ok()
}

/// The libc handler in the child: all that the fallback can do when libc makes the process.
pub(crate) fn child_of_libc_fork() {
    if METHOD.load(Ordering::Acquire) == FALLBACK {
        BY_PID.fetch_and(!u64::from(u32::MAX), Ordering::AcqRel);
    }
}

fn by_pid(words: &Words) -> u64 {
    let pid = u64::from(super::process::getpid());
    let mut seen = BY_PID.load(Ordering::Acquire);
    loop {
        if seen & u64::from(u32::MAX) == pid {
            return seen >> 32;
        }
        let first = seen == 0;
        let drawn = LAST.fetch_add(1, Ordering::Relaxed) + 1;
        if !first {
            words.wipe();
        }
        match BY_PID.compare_exchange(seen, drawn << 32 | pid, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => {
                note_survivor(words);
                return drawn;
            }
            Err(now) => seen = now,
        }
    }
}

/// The thread that came through a fork is the leader of the new thread group (fork(2): "the child process is created
/// with a single thread", whose id is the pid). Only that thread can say so of itself.
fn note_survivor(words: &Words) {
    if words.survivor.load(Ordering::Relaxed) == 0 && super::process::is_leader() {
        words.survivor.store(crate::process::token::existing(), Ordering::Release);
    }
}

#[cold]
fn map() -> &'static Words {
    let fresh = if METHOD.load(Ordering::Acquire) == FALLBACK { None } else { wiped_page() };
    let method = if fresh.is_some() { WIPE } else { FALLBACK };
    // A thread that lost the race for the method keeps the winner's, whatever its own page is.
    let method = match METHOD.compare_exchange(UNDECIDED, method, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => method,
        Err(decided) => decided,
    };
    let page = match fresh {
        Some(page) if method == WIPE => page,
        _ => Box::leak(Box::new(Words::zeroed())),
    };
    // The process that maps the page was not made by a fork we could know of: nothing is due in it.
    crate::lockfree::once_pass::finish(&page.pass);
    crate::lockfree::once_pass::finish(&page.raw_pass);
    let none = (&raw const NOT_YET).cast_mut();
    let ours = std::ptr::from_ref(page).cast_mut();
    let words = match WORDS.compare_exchange(none, ours, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => ours,
        // The loser's page is leaked: at most one per thread that raced for the very first use.
        Err(winner) => winner,
    };
    if method == FALLBACK {
        super::handlers::install();
    }
    // SAFETY: as in `current`.
    let words = unsafe { &*words };
    if method == FALLBACK {
        by_pid(words);
    }
    words
}

#[cfg(miri)]
fn wiped_page() -> Option<&'static Words> {
    None
}

#[cfg(not(miri))]
fn wiped_page() -> Option<&'static Words> {
    let length = super::process::page_size();
    // SAFETY: an anonymous mapping at an address of the kernel's choice touches no memory of ours.
    let page = unsafe {
        libc::mmap(
            std::ptr::null_mut(),
            length,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
            -1,
            0,
        )
    };
    if page == libc::MAP_FAILED {
        return None;
    }
    // A kernel that accepts an advice that does not exist says yes to everything (old qemu-user does).
    // SAFETY: advice on our own mapping; an unknown advice changes nothing.
    let lies = unsafe { libc::madvise(page, length, -1) } == 0;
    // SAFETY: advice on our own mapping, which nobody has read yet.
    let wiped = unsafe { libc::madvise(page, length, libc::MADV_WIPEONFORK) } == 0;
    if lies || !wiped {
        // SAFETY: the mapping made above, of which no reference exists.
        unsafe { libc::munmap(page, length) };
        return None;
    }
    // SAFETY: page-aligned, at least a page long, zeroed by the kernel, zero is a valid `Words`, never unmapped.
    Some(unsafe { &*page.cast::<Words>() })
}
