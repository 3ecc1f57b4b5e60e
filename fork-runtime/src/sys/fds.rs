//! Descriptors that must not live on in a child: a table without locks, walked in libc's fork handler.
//!
//! An entry is a descriptor's number, the generation that registered it, what to do with it, and the device and inode
//! it stood for: a child that closed it and opened something else under the number keeps that.

use crate::detect::generation;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

/// What happens to the child's copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The number is freed.
    Close,
    /// The number now is `/dev/null`: an object that still holds it does no harm.
    Null,
}

const PER_CHUNK: usize = 128;

struct Chunk {
    entries: [Entry; PER_CHUNK],
    next: AtomicPtr<Chunk>,
}

/// `state`: 0 free, 1 being filled, otherwise `generation << 33 | fate << 32 | fd` with bit 63 set.
struct Entry {
    state: AtomicU64,
    device: AtomicU64,
    inode: AtomicU64,
}

const FREE: u64 = 0;
const FILLING: u64 = 1;
const USED: u64 = 1 << 63;
const CLOSE: u64 = 1 << 32;
const EPOCH: u64 = (1 << 30) - 1;

impl Entry {
    const fn new() -> Self {
        Self { state: AtomicU64::new(FREE), device: AtomicU64::new(0), inode: AtomicU64::new(0) }
    }
}

impl Chunk {
    const fn new() -> Self {
        Self { entries: [const { Entry::new() }; PER_CHUNK], next: AtomicPtr::new(std::ptr::null_mut()) }
    }

    fn next(&self) -> Option<&'static Chunk> {
        // SAFETY: null, or a leaked chunk.
        unsafe { self.next.load(Ordering::Acquire).as_ref() }
    }

    /// The next chunk, added if there is none.
    fn grow(&self) -> &'static Chunk {
        if let Some(next) = self.next() {
            return next;
        }
        let fresh = Box::into_raw(Box::new(Chunk::new()));
        let none = std::ptr::null_mut();
        if let Err(winner) = self.next.compare_exchange(none, fresh, Ordering::AcqRel, Ordering::Acquire) {
            // SAFETY: made above and published nowhere.
            drop(unsafe { Box::from_raw(fresh) });
            // SAFETY: not null, since the exchange failed; a leaked chunk.
            return unsafe { &*winner };
        }
        // SAFETY: leaked by being published.
        unsafe { &*fresh }
    }
}

static FIRST: Chunk = Chunk::new();

/// An entry of the table; dropping it frees the entry, and does not touch the descriptor. Drop it *before* the
/// descriptor is closed.
pub(crate) struct Tracked {
    entry: &'static Entry,
    state: u64,
}

impl std::fmt::Debug for Tracked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Tracked").field(&(self.state & u64::from(u32::MAX))).finish()
    }
}

impl Drop for Tracked {
    fn drop(&mut self) {
        // In a child whose pass emptied the entry, it may be another's by now.
        let _ = self.entry.state.compare_exchange(self.state, FREE, Ordering::AcqRel, Ordering::Relaxed);
    }
}

/// Puts a descriptor into the table.
pub(crate) fn track(fd: BorrowedFd<'_>, fate: Fate) -> io::Result<Tracked> {
    super::wiped::words();
    super::handlers::install();
    let (device, inode) = identity(fd.as_raw_fd())?;
    let number = u64::from(fd.as_raw_fd().cast_unsigned());
    let close = if fate == Fate::Close { CLOSE } else { 0 };
    let state = USED | (generation().number() & EPOCH) << 33 | close | number;
    let mut chunk = &FIRST;
    loop {
        for entry in &chunk.entries {
            if entry.state.compare_exchange(FREE, FILLING, Ordering::AcqRel, Ordering::Relaxed).is_ok() {
                entry.device.store(device, Ordering::Relaxed);
                entry.inode.store(inode, Ordering::Relaxed);
                entry.state.store(state, Ordering::Release);
                return Ok(Tracked { entry, state });
            }
        }
        chunk = chunk.grow();
    }
}

/// Carries out the fate of every entry of an ancestor. Async-signal-safe; each entry is taken by exactly one caller.
pub(crate) fn settle_inherited() {
    let now = generation().number() & EPOCH;
    let mut null: Option<OwnedFd> = None;
    let mut next = Some(&FIRST);
    while let Some(chunk) = next {
        for entry in &chunk.entries {
            let state = entry.state.load(Ordering::Acquire);
            if state & USED == 0 || (state >> 33) & EPOCH == now {
                continue;
            }
            let known = (entry.device.load(Ordering::Relaxed), entry.inode.load(Ordering::Relaxed));
            if entry.state.compare_exchange(state, FREE, Ordering::AcqRel, Ordering::Relaxed).is_err() {
                continue;
            }
            let fd = RawFd::try_from(state & u64::from(u32::MAX)).unwrap_or(-1);
            if identity(fd).is_ok_and(|found| found == known) {
                settle(fd, state & CLOSE != 0, &mut null);
            }
        }
        next = chunk.next();
    }
}

fn settle(fd: RawFd, close: bool, null: &mut Option<OwnedFd>) {
    // Where there is no room for another descriptor, or no /dev/null, closing is the next best.
    if close || !null_over(fd, null) {
        // SAFETY: registered by its owner to be closed in a child; the owner, of a past generation, uses it no more.
        unsafe { libc::close(fd) };
    }
}

/// Puts `/dev/null` under a number that the caller has to itself; leaves it as it is if that cannot be had.
pub(crate) fn neutralise(fd: BorrowedFd<'_>) {
    null_over(fd.as_raw_fd(), &mut None);
}

/// `null` keeps `/dev/null` open from one call to the next.
fn null_over(fd: RawFd, null: &mut Option<OwnedFd>) -> bool {
    if null.is_none() {
        *null = open_null().ok();
    }
    // SAFETY: `fd` is its caller's: registered for just this by an owner of a past generation, which knows that the number
    // now is /dev/null, or borrowed from an owner that nobody else borrows from. dup3(2) replaces it in one step, so the
    // number is never free in between.
    null.as_ref().is_some_and(|null| unsafe { libc::dup3(null.as_raw_fd(), fd, libc::O_CLOEXEC) } >= 0)
}

fn open_null() -> io::Result<OwnedFd> {
    // SAFETY: a constant string; open(2) is async-signal-safe.
    let fd = unsafe { libc::open(c"/dev/null".as_ptr(), libc::O_RDWR | libc::O_CLOEXEC) };
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: fresh, owned by nobody else.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Device and inode: for a socket, pipe or anonymous file, unique while it exists.
pub(crate) fn identity(fd: RawFd) -> io::Result<(u64, u64)> {
    // SAFETY: `stat` is plain data, for which zero is a valid value.
    let mut stat: libc::stat = unsafe { std::mem::zeroed() };
    // SAFETY: a place for the result; fstat(2) is async-signal-safe and checks the number.
    if unsafe { libc::fstat(fd, &raw mut stat) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok((stat.st_dev, stat.st_ino))
}

/// Calls `look` with each socket among this process' descriptors, above stdio.
pub(crate) fn each_socket(mut look: impl FnMut(BorrowedFd<'_>)) -> io::Result<()> {
    for entry in std::fs::read_dir("/proc/self/fd")? {
        let Ok(number) = entry?.file_name().to_string_lossy().parse::<RawFd>() else {
            continue;
        };
        if number > 2 && is_socket(number) {
            // SAFETY: open a moment ago. Another thread may close it in between; `look` gets an error from the
            // system call it makes then, or another socket, and only compares addresses.
            look(unsafe { BorrowedFd::borrow_raw(number) });
        }
    }
    Ok(())
}

fn is_socket(fd: RawFd) -> bool {
    // SAFETY: as in `identity`.
    let mut stat: libc::stat = unsafe { std::mem::zeroed() };
    // SAFETY: as in `identity`.
    let known = unsafe { libc::fstat(fd, &raw mut stat) } == 0;
    known && stat.st_mode & libc::S_IFMT == libc::S_IFSOCK
}

/// The address of the peer, as the kernel's bytes.
pub(crate) fn peer(fd: BorrowedFd<'_>) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0_u8; size_of::<libc::sockaddr_storage>()];
    let mut length = libc::socklen_t::try_from(bytes.len()).unwrap_or_default();
    // SAFETY: the place and its length.
    if unsafe { libc::getpeername(fd.as_raw_fd(), bytes.as_mut_ptr().cast(), &raw mut length) } != 0 {
        return Err(io::Error::last_os_error());
    }
    bytes.truncate(usize::try_from(length).unwrap_or_default());
    Ok(bytes)
}

/// `CLOCK_MONOTONIC_COARSE` in milliseconds: a few nanoseconds, the resolution of a tick (clock_gettime(2)).
#[cfg(not(miri))]
pub(crate) fn coarse_millis() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: a place for the result; the clock exists since Linux 2.6.32.
    unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC_COARSE, &raw mut time) };
    time.tv_sec.cast_unsigned() * 1000 + time.tv_nsec.cast_unsigned() / 1_000_000
}

#[cfg(miri)]
pub(crate) fn coarse_millis() -> u64 {
    0
}

/// Whether the number is a socket with a peer.
#[cfg(feature = "zygote")]
pub(crate) fn is_connected(fd: RawFd) -> bool {
    // SAFETY: borrowed for a question that is asked of open sockets only; the caller's process has one thread.
    is_socket(fd) && peer(unsafe { BorrowedFd::borrow_raw(fd) }).is_ok()
}

/// Owns a number that was passed over exec, if it is a socket.
#[cfg(feature = "zygote")]
pub(crate) fn adopt_socket(fd: RawFd) -> Option<OwnedFd> {
    if !is_socket(fd) {
        return None;
    }
    // SAFETY: touches no memory; an open number.
    unsafe { libc::fcntl(fd, libc::F_SETFD, libc::FD_CLOEXEC) };
    // SAFETY: open, and passed to this process for its own: nothing in it has had the time to own it.
    Some(unsafe { OwnedFd::from_raw_fd(fd) })
}
