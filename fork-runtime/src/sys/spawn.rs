//! The child of a spawn: shares the parent's memory, so it makes system calls and writes one report, nothing else.

use crate::spawn::{SpawnError, Step};
use std::ffi::{CString, c_char, c_void};
use std::io;
use std::os::fd::{FromRawFd, OwnedFd, RawFd};
use std::ptr;

/// The choices that are plain data.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) fds: Vec<(RawFd, RawFd)>,
    pub(crate) folder: Option<CString>,
    pub(crate) session: bool,
    pub(crate) group: Option<u32>,
    pub(crate) terminal: Option<RawFd>,
    pub(crate) reset_ignored: bool,
    pub(crate) limits: Vec<(u32, u64, u64)>,
    pub(crate) umask: Option<u32>,
    pub(crate) user: Option<(u32, u32, Vec<u32>)>,
    pub(crate) close_others: bool,
}

/// All that the child needs, in the form the kernel wants it.
pub(crate) struct Plan {
    programs: Vec<CString>,
    argv: Vec<*const c_char>,
    envp: Vec<*const c_char>,
    setting: Setting,
    /// Above every number that the program gets: where the given descriptors wait for their places.
    above: RawFd,
    _args: Vec<CString>,
    _env: Vec<CString>,
}

impl Plan {
    pub(crate) fn new(programs: Vec<CString>, args: Vec<CString>, env: Vec<CString>, setting: Setting) -> Self {
        let pointers = |texts: &[CString]| texts.iter().map(|text| text.as_ptr()).chain([ptr::null()]).collect();
        let above = setting.fds.iter().map(|(_, target)| *target).max().unwrap_or(0).max(2) + 1;
        Self { programs, argv: pointers(&args), envp: pointers(&env), setting, above, _args: args, _env: env }
    }
}

/// What parent and child share. The child writes `step` and `errno`; the parent reads them after it.
struct Shared<'a> {
    plan: &'a Plan,
    /// Room for the temporary numbers of the given descriptors.
    parked: Vec<RawFd>,
    step: Step,
    errno: i32,
}

const STACK: usize = 64 * 1024;

/// Makes the child and waits until it has executed its program or failed.
pub(crate) fn run(plan: &Plan) -> Result<(u32, OwnedFd), SpawnError> {
    let prepare = |error| SpawnError { step: Step::Prepare, error };
    let stack = Stack::new().map_err(prepare)?;
    let mut shared = Shared { plan, parked: vec![-1; plan.setting.fds.len()], step: Step::Prepare, errno: 0 };
    let mut pidfd: RawFd = -1;
    // No handler of this process may run in the child, on its small stack and in shared memory.
    let mask = block_all();
    let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::CLONE_PIDFD | libc::SIGCHLD;
    let data = (&raw mut shared).cast::<c_void>();
    // SAFETY: a stack of its own and data that outlive the child's use of them: CLONE_VFORK suspends this thread until
    // the child executes or ends (clone(2)). `child` makes async-signal-safe system calls only. The third pointer is the
    // place of the pidfd (CLONE_PIDFD, Linux 5.2).
    let pid = unsafe { libc::clone(child, stack.top(), flags, data, &raw mut pidfd) };
    let failed = io::Error::last_os_error();
    set_mask(&mask);
    let Ok(pid) = u32::try_from(pid) else {
        return Err(prepare(failed));
    };
    // SAFETY: the kernel made it for us just now.
    let pidfd = unsafe { OwnedFd::from_raw_fd(pidfd) };
    // SAFETY: a valid place. Volatile, since the compiler does not know that another process wrote it.
    let errno = unsafe { ptr::read_volatile(&raw const shared.errno) };
    if errno == 0 {
        return Ok((pid, pidfd));
    }
    // SAFETY: as above.
    let step = unsafe { ptr::read_volatile(&raw const shared.step) };
    // It has called `_exit`; an error here means that something else has collected it.
    let _ = super::reap::wait(std::os::fd::AsFd::as_fd(&pidfd), true);
    Err(SpawnError { step, error: io::Error::from_raw_os_error(errno) })
}

/// A mapping with an inaccessible page below.
struct Stack {
    base: *mut c_void,
    length: usize,
}

impl Stack {
    fn new() -> io::Result<Self> {
        let guard = super::process::page_size();
        let length = STACK + guard;
        let kind = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_STACK;
        // SAFETY: anonymous, at an address of the kernel's choice.
        let base = unsafe { libc::mmap(ptr::null_mut(), length, libc::PROT_READ | libc::PROT_WRITE, kind, -1, 0) };
        if base == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let stack = Self { base, length };
        // SAFETY: the lowest page of the mapping above.
        if unsafe { libc::mprotect(base, guard, libc::PROT_NONE) } != 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(stack)
    }

    fn top(&self) -> *mut c_void {
        self.base.wrapping_byte_add(self.length)
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: our mapping; the child that used it has executed or ended.
        unsafe { libc::munmap(self.base, self.length) };
    }
}

/// The kernel's signal set: 64 bits on Linux but for MIPS.
type Mask = u64;

/// Raw, since libc's function leaves its own signals 32 and 33 unblocked, whose handlers must not run in the child.
fn sigmask(set: &Mask) -> Mask {
    let mut old: Mask = 0;
    // SAFETY: two sets of the size that is given. rt_sigprocmask(2) cannot fail with valid arguments.
    unsafe { libc::syscall(libc::SYS_rt_sigprocmask, libc::SIG_SETMASK, set, &raw mut old, size_of::<Mask>()) };
    old
}

fn block_all() -> Mask {
    sigmask(&Mask::MAX)
}

fn set_mask(mask: &Mask) {
    sigmask(mask);
}

/// Runs in the child. No allocation, no lock, no panic: system calls and the report.
extern "C" fn child(data: *mut c_void) -> i32 {
    // SAFETY: the `Shared` of `run`, whose thread is suspended.
    let shared = unsafe { &mut *data.cast::<Shared<'_>>() };
    let plan = shared.plan;
    if let Err((step, errno)) = set_up(plan, &mut shared.parked) {
        shared.step = step;
        shared.errno = errno;
    } else {
        shared.step = Step::Exec;
        shared.errno = exec(plan);
    }
    super::process::exit_now(127)
}

/// Tries each path. Returns only with an error: the most telling one, as execvp(3) does.
fn exec(plan: &Plan) -> i32 {
    let mut told = libc::ENOENT;
    for program in &plan.programs {
        // SAFETY: NUL-terminated strings and null-terminated arrays of them, alive in the parent.
        unsafe { libc::execve(program.as_ptr(), plan.argv.as_ptr(), plan.envp.as_ptr()) };
        match errno() {
            libc::ENOENT | libc::ENOTDIR => {}
            libc::EACCES => told = libc::EACCES,
            other => return other,
        }
    }
    told
}

fn errno() -> i32 {
    // SAFETY: no preconditions.
    let place = unsafe { libc::__errno_location() };
    // SAFETY: the address of this thread's variable, which the child shares with its suspended parent.
    unsafe { *place }
}

type Failed = (Step, i32);

/// The result of a system call that says failure by a negative number.
fn checked(step: Step, result: i64) -> Result<i64, Failed> {
    if result < 0 { Err((step, errno())) } else { Ok(result) }
}

fn set_up(plan: &Plan, parked: &mut [RawFd]) -> Result<(), Failed> {
    let setting = &plan.setting;
    reset_signals(setting.reset_ignored)?;
    if setting.session {
        // SAFETY: setsid(2) touches no memory.
        checked(Step::Session, i64::from(unsafe { libc::setsid() }))?;
    }
    if let Some(group) = setting.group {
        // SAFETY: setpgid(2) touches no memory.
        checked(Step::ProcessGroup, i64::from(unsafe { libc::setpgid(0, group.cast_signed()) }))?;
    }
    for (resource, soft, hard) in &setting.limits {
        let limit = libc::rlimit { rlim_cur: *soft, rlim_max: *hard };
        // SAFETY: reads one `rlimit`.
        let done = unsafe { libc::setrlimit(*resource, &raw const limit) };
        checked(Step::ResourceLimit, i64::from(done))?;
    }
    if let Some(mask) = setting.umask {
        // SAFETY: umask(2) touches no memory and always succeeds.
        unsafe { libc::umask(mask) };
    }
    if let Some(folder) = &setting.folder {
        // SAFETY: a NUL-terminated string.
        checked(Step::Folder, i64::from(unsafe { libc::chdir(folder.as_ptr()) }))?;
    }
    if let Some((uid, gid, groups)) = &setting.user {
        identity(*uid, *gid, groups)?;
    }
    place(&setting.fds, plan.above, parked)?;
    if let Some(terminal) = setting.terminal {
        // SAFETY: the argument is a number; only a terminal accepts the request.
        let done = unsafe { libc::ioctl(terminal, libc::TIOCSCTTY, 0) };
        checked(Step::Terminal, i64::from(done))?;
    }
    if setting.close_others {
        mark_others(&setting.fds)?;
    }
    set_mask(&0);
    Ok(())
}

/// Handlers must be gone before signals are let in; the table of handlers is the child's own copy (no CLONE_SIGHAND).
///
/// Raw calls, since libc's function refuses its own signals 32 and 33, which may be ignored like any other. The kernel's
/// structure begins with the handler on all platforms but MIPS; all zero is the default action.
fn reset_signals(ignored_too: bool) -> Result<(), Failed> {
    const DEFAULT: [usize; 8] = [0; 8];
    for signal in 1..=64 {
        if matches!(signal, libc::SIGKILL | libc::SIGSTOP) {
            continue;
        }
        let mut action = DEFAULT;
        let no_change = ptr::null::<usize>();
        // SAFETY: a place larger than the kernel's structure, and the size of its signal set.
        unsafe { libc::syscall(libc::SYS_rt_sigaction, signal, no_change, action.as_mut_ptr(), size_of::<Mask>()) };
        if action[0] == libc::SIG_DFL || (action[0] == libc::SIG_IGN && !ignored_too) {
            continue;
        }
        let no_place = ptr::null_mut::<usize>();
        // SAFETY: the default action for a signal that may have one.
        let done =
            unsafe { libc::syscall(libc::SYS_rt_sigaction, signal, DEFAULT.as_ptr(), no_place, size_of::<Mask>()) };
        checked(Step::Signals, done)?;
    }
    Ok(())
}

/// Raw calls: libc's functions tell all threads of the process to follow, and the parent's are the wrong ones.
fn identity(uid: u32, gid: u32, groups: &[u32]) -> Result<(), Failed> {
    // SAFETY: an array and its length.
    checked(Step::Identity, unsafe { libc::syscall(libc::SYS_setgroups, groups.len(), groups.as_ptr()) })?;
    // SAFETY: touches no memory.
    checked(Step::Identity, unsafe { libc::syscall(libc::SYS_setresgid, gid, gid, gid) })?;
    // SAFETY: touches no memory.
    checked(Step::Identity, unsafe { libc::syscall(libc::SYS_setresuid, uid, uid, uid) })?;
    Ok(())
}

/// Copies all sources out of the way, then each to its place: so that no target hits a source that is still needed.
fn place(fds: &[(RawFd, RawFd)], above: RawFd, parked: &mut [RawFd]) -> Result<(), Failed> {
    for ((source, _), parked) in fds.iter().zip(parked.iter_mut()) {
        // SAFETY: makes a number; touches no memory.
        let copy = unsafe { libc::fcntl(*source, libc::F_DUPFD_CLOEXEC, above) };
        checked(Step::Descriptors, i64::from(copy))?;
        *parked = copy;
    }
    for ((_, target), parked) in fds.iter().zip(parked.iter()) {
        // SAFETY: in the child's own table of descriptors (no CLONE_FILES). The copy has no close-on-exec flag (dup(2)).
        let done = unsafe { libc::dup2(*parked, *target) };
        checked(Step::Descriptors, i64::from(done))?;
    }
    Ok(())
}

/// Marks everything from 3 on close-on-exec, apart from the given numbers.
fn mark_others(fds: &[(RawFd, RawFd)]) -> Result<(), Failed> {
    let flag = libc::CLOSE_RANGE_CLOEXEC;
    // SAFETY: changes flags only, in the child's own table.
    let done = unsafe { libc::syscall(libc::SYS_close_range, 3_u32, u32::MAX, flag) };
    if done != 0 {
        // Before Linux 5.9 there is no such call, before 5.11 not this flag.
        if !matches!(errno(), libc::ENOSYS | libc::EINVAL | libc::EPERM) {
            return Err((Step::CloseRange, errno()));
        }
        mark_one_by_one()?;
    }
    for (_, target) in fds {
        // SAFETY: clears the flag of a number that was placed above.
        let done = unsafe { libc::fcntl(*target, libc::F_SETFD, 0) };
        checked(Step::CloseRange, i64::from(done))?;
    }
    Ok(())
}

/// Up to the limit of numbers; those above it, opened before the limit was lowered, are not reached.
fn mark_one_by_one() -> Result<(), Failed> {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: a place for the result.
    checked(Step::CloseRange, i64::from(unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) }))?;
    let end = RawFd::try_from(limit.rlim_max.min(1 << 20)).unwrap_or(1 << 20);
    for number in 3..end {
        // SAFETY: a number that is not open gives EBADF.
        unsafe { libc::fcntl(number, libc::F_SETFD, libc::FD_CLOEXEC) };
    }
    Ok(())
}
