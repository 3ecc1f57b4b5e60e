//! Every way Linux has to make a process, for [`crate::testkit`].

use crate::child::Child;
use crate::testkit::Way;
use std::io;

fn result(pid: i64) -> io::Result<u32> {
    u32::try_from(pid).map_err(|_| io::Error::last_os_error())
}

impl Way {
    /// [`Way::start`] in a process with threads.
    ///
    /// # Safety
    ///
    /// In the child only async-signal-safe functions may run (fork(2)). glibc re-initialises its allocator in the child
    /// of `fork`, which lets tests allocate in practice; after a raw clone not even that holds, unless the other
    /// threads are known to be outside the allocator and any other lock.
    ///
    /// # Errors
    ///
    /// Those of the system call.
    pub unsafe fn start_threaded(self, body: impl FnOnce() -> i32) -> io::Result<Child> {
        // SAFETY: the caller's promise.
        match unsafe { make(self) }? {
            0 => self.in_child(body),
            pid => Ok(Child::new(pid, super::reap::pidfd_open(pid)?)),
        }
    }
}

/// A copy of this process.
///
/// # Safety
///
/// As [`Way::start_threaded`].
unsafe fn make(way: Way) -> io::Result<u32> {
    match way {
        // SAFETY: the caller's promise, here and below.
        Way::Fork | Way::Grandchild => unsafe { super::process::libc_fork() },
        // SAFETY: as above.
        Way::UnderscoreFork => unsafe { underscore_fork() },
        // SAFETY: as above.
        Way::Clone => unsafe { clone(0) },
        // SAFETY: as above.
        Way::Clone3 | Way::RawGrandchild => unsafe { clone3(0) },
        // SAFETY: as above; the flag adds a namespace.
        Way::NewPidNamespace => unsafe { clone3(libc::CLONE_NEWPID) },
    }
}

/// [`make`] for the one caller that has just been told by the kernel that there is one thread.
pub(crate) fn make_alone(way: Way) -> io::Result<u32> {
    // SAFETY: single-threaded: the child is a whole copy, and nothing in it was in the middle of a change.
    unsafe { make(way) }
}

/// glibc's `_Fork` (2.34): async-signal-safe, runs no handlers.
///
/// # Safety
///
/// As [`super::process::libc_fork`].
pub(crate) unsafe fn underscore_fork() -> io::Result<u32> {
    unsafe extern "C" {
        fn _Fork() -> libc::pid_t;
    }
    // SAFETY: the caller's promise.
    // fork-lint: allow(child-returns) -- to make the child is all this does: its caller promises what the child does
    result(i64::from(unsafe { _Fork() }))
}

/// clone(2) with flags of the caller's choice and no new stack.
///
/// # Safety
///
/// As [`super::process::libc_fork`]; `flags` make a process with its own memory.
pub(crate) unsafe fn clone(flags: i32) -> io::Result<u32> {
    let flags = i64::from(flags | libc::SIGCHLD);
    // SAFETY: no stack, no thread ids, no TLS: the kernel copies this thread as fork(2) does.
    // fork-lint: allow(child-returns) -- to make the child is all this does: its caller promises what the child does
    result(unsafe { libc::syscall(libc::SYS_clone, flags, 0, 0, 0, 0) })
}

/// clone3(2), Linux 5.3.
///
/// # Safety
///
/// As [`clone`].
pub(crate) unsafe fn clone3(flags: i32) -> io::Result<u32> {
    // SAFETY: `clone_args` is plain data, for which zero is a valid value.
    let mut args: libc::clone_args = unsafe { std::mem::zeroed() };
    args.flags = u64::try_from(flags).unwrap_or_default();
    args.exit_signal = u64::from(libc::SIGCHLD.cast_unsigned());
    // SAFETY: `args` and its size; the kernel only reads it.
    // fork-lint: allow(child-returns) -- to make the child is all this does: its caller promises what the child does
    result(unsafe { libc::syscall(libc::SYS_clone3, &raw const args, size_of::<libc::clone_args>()) })
}

/// Runs `body` in a process that shares this one's memory until it ends, as `vfork` and `posix_spawn` make it, and
/// gives what it returned.
pub(crate) fn in_vfork_child(body: fn() -> u64) -> io::Result<u64> {
    struct Job {
        body: fn() -> u64,
        result: u64,
    }
    extern "C" fn run(job: *mut libc::c_void) -> i32 {
        // SAFETY: the `Job` of the caller, which waits and does not touch it meanwhile.
        let job = unsafe { &mut *job.cast::<Job>() };
        job.result = (job.body)();
        0
    }
    let mut job = Job { body, result: 0 };
    let mut stack = vec![0_u128; 16 * 1024];
    let top = stack.as_mut_ptr_range().end.cast::<libc::c_void>();
    let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD;
    // SAFETY: an aligned stack of its own; it and `job` outlive the child, since CLONE_VFORK returns only when the
    // child has ended (clone(2)). The child reads and writes memory only.
    let pid = result(i64::from(unsafe { libc::clone(run, top, flags, (&raw mut job).cast()) }))?;
    drop(stack);
    Child::new(pid, super::reap::pidfd_open(pid)?).wait()?;
    Ok(job.result)
}

/// This process is killed when the parent ends, or now, if that is the parent no longer: prctl(2), `PR_SET_PDEATHSIG`.
pub(crate) fn end_with(parent: u32) {
    // SAFETY: numbers.
    unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) };
    // SAFETY: no condition.
    if u32::try_from(unsafe { libc::getppid() }) != Ok(parent) {
        super::process::exit_now(126);
    }
}
