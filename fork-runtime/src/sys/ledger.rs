//! What a template was doing when it was killed: a page that it shares with its owner.
//!
//! Between the clone and the message that tells of it, a template may be killed, and so may the newborn process: then
//! nobody would be left to name it, and it would stay a zombie for ever. So the *kernel* names it: `CLONE_PARENT_SETTID`
//! (clone(2)) stores the pid here before the new process runs for the first time and before the clone returns, that
//! is, before a signal can end the template.

use crate::detect::{Generation, generation};
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// The page's content: which order was carried out last, and the pid that came of it, or 0.
#[repr(C)]
struct Words {
    order: AtomicU64,
    pid: AtomicU32,
}

/// Owner and template each have the page mapped; their copies and workers have not (`MADV_DONTFORK`, madvise(2)).
#[derive(Debug)]
pub(crate) struct Ledger {
    words: NonNull<Words>,
    born: Generation,
}

// SAFETY: a shared mapping of atomics; the address stays valid until the drop.
unsafe impl Send for Ledger {}
// SAFETY: as above.
unsafe impl Sync for Ledger {}

const LENGTH: usize = 4096;

/// The memory file's name, for the audit, which has to know it from a user's.
pub(crate) const NAME: &str = "fork-runtime-ledger";

/// A memory file for a ledger, whose size nobody can change: touching the page cannot be a SIGBUS.
pub(crate) fn file() -> io::Result<OwnedFd> {
    let flags = libc::MFD_CLOEXEC | libc::MFD_ALLOW_SEALING;
    // SAFETY: a constant string.
    let fd = unsafe { libc::memfd_create(c"fork-runtime-ledger".as_ptr(), flags) };
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: fresh, owned by nobody else.
    let fd = unsafe { OwnedFd::from_raw_fd(fd) };
    let seals = libc::F_SEAL_SHRINK | libc::F_SEAL_GROW | libc::F_SEAL_SEAL;
    // SAFETY: a number; the file is our own.
    if unsafe { libc::ftruncate(fd.as_raw_fd(), 4096) } != 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: as above.
    if unsafe { libc::fcntl(fd.as_raw_fd(), libc::F_ADD_SEALS, seals) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(fd)
}

impl Ledger {
    pub(crate) fn map(file: &OwnedFd) -> io::Result<Self> {
        let rights = libc::PROT_READ | libc::PROT_WRITE;
        // SAFETY: at an address of the kernel's choice; the file has this length for good, see `file`.
        let base = unsafe { libc::mmap(std::ptr::null_mut(), LENGTH, rights, libc::MAP_SHARED, file.as_raw_fd(), 0) };
        let words = NonNull::new(base.cast()).filter(|_| base != libc::MAP_FAILED);
        let ledger = Self { words: words.ok_or_else(io::Error::last_os_error)?, born: generation() };
        // SAFETY: our own mapping.
        if unsafe { libc::madvise(base, LENGTH, libc::MADV_DONTFORK) } != 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(ledger)
    }

    /// Whether this is the process that mapped it, not a forked copy.
    pub(crate) fn is_ours(&self) -> bool {
        self.born.is_current()
    }

    fn words(&self) -> Option<&Words> {
        if !self.is_ours() {
            return None;
        }
        // SAFETY: mapped until the drop, in the process that mapped it, which was asked; page-aligned, and any bits are
        // valid atomics.
        Some(unsafe { self.words.as_ref() })
    }

    /// The template starts on an order. The result is the place for `CLONE_PARENT_SETTID`.
    pub(crate) fn begin(&self, order: u64) -> io::Result<u64> {
        let words = self.words().ok_or(io::ErrorKind::Unsupported)?;
        // In this order: nobody may see the new order with an old pid.
        words.pid.store(0, Ordering::SeqCst);
        words.order.store(order, Ordering::SeqCst);
        Ok(words.pid.as_ptr().addr() as u64)
    }

    /// The pid of the process that the template made for the order, if that was its last one. For the owner, once the
    /// template has ended.
    pub(crate) fn made(&self, order: u64) -> Option<u32> {
        let words = self.words()?;
        let pid = words.pid.load(Ordering::SeqCst);
        (words.order.load(Ordering::SeqCst) == order && pid > 0).then_some(pid)
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        // In a forked copy there is no such mapping; the address may be another one's.
        if self.is_ours() {
            // SAFETY: our own mapping, of which no reference outlives `self`.
            unsafe { libc::munmap(self.words.as_ptr().cast(), LENGTH) };
        }
    }
}
