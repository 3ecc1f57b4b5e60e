//! Making a worker out of a template: `clone3` with what glibc would have done, and the way to a clean process.

use super::ledger::Ledger;
use super::process::{Alone, alone};
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicI32, Ordering};

/// What a raw clone leaves stale, and how to put it right. Taken in the template, whose only thread it is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ThreadState {
    tid_address: u64,
    robust_list: usize,
    robust_length: usize,
}

/// Linux 3.5, prctl(2); needs `CONFIG_CHECKPOINT_RESTORE`, which distributions set.
const PR_GET_TID_ADDRESS: i32 = 40;
/// Linux 5.5, clone(2): handlers are reset to default.
const CLEAR_SIGHAND: u64 = 0x1_0000_0000;

impl ThreadState {
    pub(crate) fn record() -> io::Result<Self> {
        let mut address: u64 = 0;
        // SAFETY: a place for the result.
        if unsafe { libc::prctl(PR_GET_TID_ADDRESS, &raw mut address) } != 0 {
            return Err(io::Error::last_os_error());
        }
        let cached = usize::try_from(address).unwrap_or_default() as *const libc::pid_t;
        // SAFETY: gettid(2).
        let tid = unsafe { libc::syscall(libc::SYS_gettid) };
        // musl points it at a lock of its own: then this is not the place of the id.
        // SAFETY: null, or an address that libc registered for this living thread; glibc keeps the id there.
        if unsafe { cached.as_ref() }.is_none_or(|cached| i64::from(*cached) != tid) {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "this libc does not keep the thread's id in place"));
        }
        let (mut list, mut length) = (0_usize, 0_usize);
        // SAFETY: two places for the results; 0 is the calling thread.
        unsafe { libc::syscall(libc::SYS_get_robust_list, 0, &raw mut list, &raw mut length) };
        Ok(Self { tid_address: address, robust_list: list, robust_length: length })
    }
}

/// What [`clone_alone`] came to.
pub(crate) enum Cloned {
    /// This is the new process.
    Here,
    /// It has this pid, and this pidfd.
    There(u32, OwnedFd),
    /// There is another thread: no process was made.
    NotAlone,
}

/// Makes a copy of this process as a sibling (`CLONE_PARENT`): its parent is this one's parent, who can wait for it.
///
/// Safe: the kernel is asked right before whether this is the only thread, so nothing is copied in the middle of a
/// change. glibc's cached thread id is set by `CLONE_CHILD_SETTID`, the list of robust mutexes in [`settle_in`].
///
/// The ledger gets the pid for `order` before the new process runs.
pub(crate) fn clone_alone(state: &ThreadState, ledger: &Ledger, order: u64) -> io::Result<Cloned> {
    let mut round = 0;
    // A thread that was joined a moment ago may still count.
    while alone() != Alone::Yes {
        if round > 200 {
            return Ok(Cloned::NotAlone);
        }
        super::process::pause(round);
        round += 1;
    }
    let mut pidfd: RawFd = -1;
    // SAFETY: `clone_args` is plain data, for which zero is a valid value.
    let mut args: libc::clone_args = unsafe { std::mem::zeroed() };
    let settid = libc::CLONE_PARENT_SETTID | libc::CLONE_CHILD_SETTID | libc::CLONE_CHILD_CLEARTID;
    let flags = libc::CLONE_PARENT | libc::CLONE_PIDFD | settid;
    args.flags = u64::from(flags.cast_unsigned()) | CLEAR_SIGHAND;
    args.parent_tid = ledger.begin(order)?;
    args.pidfd = (&raw mut pidfd).addr() as u64;
    args.child_tid = state.tid_address;
    // SAFETY: one thread, no new stack, no shared memory: the child is a whole copy. `args` is alive; the kernel writes
    // the pidfd here, the child's id to the place libc keeps it at, and to the ledger, an atomic that lives.
    // fork-lint: allow(child-returns) -- to make the child is all this does: its caller promises what the child does
    let pid = unsafe { libc::syscall(libc::SYS_clone3, &raw const args, size_of::<libc::clone_args>()) };
    match u32::try_from(pid) {
        Ok(0) => {
            // SAFETY: the list that libc registered for the thread that this one is a copy of.
            unsafe { libc::syscall(libc::SYS_set_robust_list, state.robust_list, state.robust_length) };
            Ok(Cloned::Here)
        }
        // SAFETY: the kernel made the descriptor for us just now.
        Ok(pid) => Ok(Cloned::There(pid, unsafe { OwnedFd::from_raw_fd(pidfd) })),
        Err(_) => Err(io::Error::last_os_error()),
    }
}

/// Blocks every signal: the template handles none, and a worker starts with an empty mask.
pub(crate) fn block_signals() {
    set_mask(&u64::MAX);
}

/// Lets signals in again.
pub(crate) fn unblock_signals() {
    set_mask(&0);
}

fn set_mask(mask: &u64) {
    let no_place = std::ptr::null_mut::<u64>();
    // SAFETY: a set of the size that is given; rt_sigprocmask(2).
    unsafe { libc::syscall(libc::SYS_rt_sigprocmask, libc::SIG_SETMASK, mask, no_place, size_of::<u64>()) };
}

/// Closes every descriptor from 3 on but some: close_range(2) (Linux 5.9), else by the list in `/proc`.
///
/// For a process that uses nothing else it inherited: objects that own one of the descriptors are never used or dropped.
pub(crate) fn close_all_but(keep: &[BorrowedFd<'_>]) {
    let mut kept: Vec<u32> = keep.iter().map(|fd| fd.as_raw_fd().cast_unsigned()).filter(|fd| *fd > 2).collect();
    kept.sort_unstable();
    let mut first = 3;
    for number in &kept {
        if *number > first && !close_range(first, number - 1) {
            return close_one_by_one(&kept);
        }
        first = number + 1;
    }
    if !close_range(first, u32::MAX) {
        close_one_by_one(&kept);
    }
}

fn close_one_by_one(kept: &[u32]) {
    for fd in super::policy::numbers().unwrap_or_default() {
        if fd > 2 && !kept.contains(&fd.cast_unsigned()) {
            // SAFETY: as in `close_all_but`; this process has forgotten who owned it.
            unsafe { libc::close(fd) };
        }
    }
}

fn close_range(first: u32, last: u32) -> bool {
    // SAFETY: as in `close_all_but`, the only caller.
    unsafe { libc::syscall(libc::SYS_close_range, first, last, 0) == 0 }
}

/// The parent of a template and of its workers, as the template saw it first.
static OWNER: AtomicI32 = AtomicI32::new(0);

/// Remembers this template's parent, which is that of its workers too.
pub(crate) fn note_owner() {
    // SAFETY: no condition.
    OWNER.store(unsafe { libc::getppid() }, Ordering::Relaxed);
}

/// A signal when the thread that made the template ends: prctl(2), `PR_SET_PDEATHSIG`. The kernel sends none for a parent
/// that has ended before the call: then this process sends it to itself.
pub(crate) fn die_with_parent(signal: i32) -> io::Result<()> {
    // SAFETY: a number.
    zero(i64::from(unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, signal) }))?;
    let owner = OWNER.load(Ordering::Relaxed);
    // SAFETY: no condition.
    if owner > 0 && unsafe { libc::getppid() } != owner {
        // SAFETY: a number; the signal goes to this thread, the only one.
        unsafe { libc::raise(signal) };
    }
    Ok(())
}

pub(super) fn zero(result: i64) -> io::Result<()> {
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Writes out what C code has buffered. Only where there is one thread: fflush(3) takes locks.
pub(crate) fn flush_c() {
    // SAFETY: null means all output streams.
    unsafe { libc::fflush(std::ptr::null_mut()) };
}

/// The name of this process in `ps`, cut at 15 bytes (prctl(2), `PR_SET_NAME`).
pub(crate) fn set_name(name: &[u8]) {
    let mut text = [0_u8; 16];
    let length = name.len().min(15);
    text[..length].copy_from_slice(&name[..length]);
    // SAFETY: a NUL-terminated text of at most 16 bytes.
    unsafe { libc::prctl(libc::PR_SET_NAME, text.as_ptr()) };
}
