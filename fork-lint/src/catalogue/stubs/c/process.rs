//! Making, replacing, ending and awaiting processes, and who they run as.
//! source: the function's page in sections 2 and 3 of man-pages 6.03; glibc manual, safety remarks

/// Runs the handlers of `pthread_atfork`; glibc makes its own allocator usable in the child.
/// source: man 2 fork, man 3 pthread_atfork
#[fx(fork)] #[role(fork, child = 0)] pub fn fork() -> i32 {}
/// source: man 2 vfork
#[fx(fork)] #[role(fork, child = 0, kind = "vfork")] pub fn vfork() -> i32 {}
/// Runs no handlers and repairs nothing.
/// source: POSIX.1-2024 _Fork; glibc 2.34 NEWS
#[fx(fork)] #[role(fork, child = 0, kind = "raw")] pub fn _Fork() -> i32 {}
/// A child process or, with `CLONE_THREAD`, a thread: the flags decide.
/// source: man 2 clone
#[fx(fork)] #[role(clone_entry, param = 0)]
pub fn clone(cb: extern "C" fn(*mut c_void) -> i32, stack: *mut c_void, flags: i32, arg: *mut c_void) -> i32 {}
/// Also opens the terminal's master side, without close-on-exec.
/// source: man 3 forkpty
#[fx(fork, unsafe_call)] #[role(fork, child = 0)] #[role(opens, out = 0, instead = "fcntl(fd, F_SETFD, FD_CLOEXEC) after it")]
pub fn forkpty(amaster: *mut i32, name: *mut i8, termp: *const termios, winp: *const winsize) -> i32 {}
/// source: man 3 daemon
#[fx(fork)] #[role(daemon)] pub fn daemon() -> i32 {}
/// The number decides what it does.
/// source: man 2 syscall
#[role(syscall)] pub fn syscall() -> i64 {}

/// A child that shares memory until it executes the program; POSIX lists it as not async-signal-safe.
/// source: man 3 posix_spawn
#[fx(unsafe_call)] #[role(spawns_child)]
pub fn posix_spawn() -> i32 {}
/// Searches `PATH`.
/// source: man 3 posix_spawn
#[fx(unsafe_call, env)] #[role(spawns_child)]
pub fn posix_spawnp() -> i32 {}
#[fx(alloc)] pub fn posix_spawn_file_actions_init() -> i32 {}
#[fx(alloc)] pub fn posix_spawn_file_actions_destroy() -> i32 {}
#[fx(alloc)] pub fn posix_spawn_file_actions_addopen() -> i32 {}
#[fx(alloc)] pub fn posix_spawn_file_actions_addclose() -> i32 {}
#[fx(alloc)] pub fn posix_spawn_file_actions_adddup2() -> i32 {}
#[fx(alloc)] pub fn posix_spawn_file_actions_addchdir_np() -> i32 {}
#[fx(alloc)] pub fn posix_spawn_file_actions_addclosefrom_np() -> i32 {}
pub fn posix_spawnattr_init() -> i32 {}
pub fn posix_spawnattr_destroy() -> i32 {}
pub fn posix_spawnattr_setflags() -> i32 {}
pub fn posix_spawnattr_setpgroup() -> i32 {}
pub fn posix_spawnattr_setsigmask() -> i32 {}
pub fn posix_spawnattr_setsigdefault() -> i32 {}
/// Waits itself, with SIGCHLD blocked and SIGINT and SIGQUIT ignored in the whole process.
/// source: man 3 system; glibc manual, Running a Command
#[fx(unsafe_call, lock, alloc, wait, signal_handler, signal_mask)] pub fn system() -> i32 {}
/// source: man 3 popen; glibc manual, Pipe to a Subprocess
#[fx(alloc, lock, stdio)] #[role(spawns_child)] #[role(opens, flags = 1, flag = "e")]
pub fn popen(command: *const i8, mode: *const i8) -> *mut FILE {}
#[fx(alloc, lock, stdio, wait)] #[role(reaps)] pub fn pclose() -> i32 {}

#[fx(exec)] pub fn execl() -> i32 {}
#[fx(exec)] pub fn execle() -> i32 {}
#[fx(exec)] pub fn execv() -> i32 {}
#[fx(exec)] pub fn execve() -> i32 {}
#[fx(exec)] pub fn fexecve() -> i32 {}
#[fx(exec)] pub fn execveat() -> i32 {}
/// The `p` forms read `PATH`; not on the list of async-signal-safe functions.
/// source: man 3 exec; man 7 signal-safety
#[fx(exec, env)] pub fn execlp() -> i32 {}
/// source: man 3 exec; man 7 signal-safety
#[fx(exec, env)] pub fn execvp() -> i32 {}
/// source: man 3 exec; man 7 signal-safety
#[fx(exec, env)] pub fn execvpe() -> i32 {}

#[fx(exit)] #[role(diverges)] pub fn exit() -> ! {}
#[fx(exit_now)] #[role(diverges)] pub fn _exit() -> ! {}
#[fx(exit_now)] #[role(diverges)] pub fn _Exit() -> ! {}
#[fx(exit_now)] #[role(diverges)] pub fn abort() -> ! {}
/// Runs the handlers of `at_quick_exit` only.
#[fx(exit)] #[role(diverges)] pub fn quick_exit() -> ! {}
#[fx(lock, alloc)] #[role(stores, param = 0)] pub fn atexit(cb: extern "C" fn()) -> i32 {}
#[fx(lock, alloc)] #[role(stores, param = 0)] pub fn on_exit(cb: extern "C" fn(i32, *mut c_void), arg: *mut c_void) -> i32 {}

#[fx(wait)] #[role(reaps)] pub fn wait() -> i32 {}
#[fx(wait)] #[role(reaps)] pub fn waitpid() -> i32 {}
#[fx(wait)] #[role(reaps)] pub fn waitid() -> i32 {}
#[fx(wait)] #[role(reaps)] pub fn wait3() -> i32 {}
#[fx(wait)] #[role(reaps)] pub fn wait4() -> i32 {}

/// On the list, and yet: glibc changes every thread's identity by a signal, and waits for threads it knows of, which
/// a forked child no longer has the locks of. The raw system call changes the calling thread alone.
/// source: man 7 nptl, man 2 setuid (C library/kernel differences); glibc nptl/nptl_setxid.c
#[fx(setxid)] pub fn setuid() -> i32 {}
#[fx(setxid)] pub fn setgid() -> i32 {}
#[fx(setxid)] pub fn seteuid() -> i32 {}
#[fx(setxid)] pub fn setegid() -> i32 {}
#[fx(setxid)] pub fn setreuid() -> i32 {}
#[fx(setxid)] pub fn setregid() -> i32 {}
#[fx(setxid)] pub fn setresuid() -> i32 {}
#[fx(setxid)] pub fn setresgid() -> i32 {}
#[fx(setxid)] pub fn setgroups() -> i32 {}
pub fn setfsuid() -> i32 {}
pub fn setfsgid() -> i32 {}
/// Reads the group database.
/// source: man 3 initgroups; glibc manual, Setting Groups
#[fx(nss, lock, alloc, setxid)] pub fn initgroups() -> i32 {}

// Async-signal-safe in practice, though not on the list: system calls that take no lock in the C library.
pub fn getresuid() -> i32 {}
pub fn getresgid() -> i32 {}
pub fn getpgid() -> i32 {}
pub fn getsid() -> i32 {}
pub fn gettid() -> i32 {}
pub fn setpgrp() -> i32 {}
pub fn tcgetsid() -> i32 {}
pub fn killpg() -> i32 {}
pub fn tgkill() -> i32 {}
pub fn prctl() -> i32 {}
pub fn ptrace() -> i64 {}
pub fn unshare() -> i32 {}
pub fn setns() -> i32 {}
pub fn chroot() -> i32 {}
pub fn pivot_root() -> i32 {}
pub fn personality() -> i32 {}
pub fn setpriority() -> i32 {}
pub fn getpriority() -> i32 {}
pub fn nice() -> i32 {}
pub fn getrlimit() -> i32 {}
pub fn setrlimit() -> i32 {}
pub fn getrlimit64() -> i32 {}
pub fn setrlimit64() -> i32 {}
pub fn prlimit() -> i32 {}
pub fn prlimit64() -> i32 {}
pub fn getrusage() -> i32 {}
pub fn sched_yield() -> i32 {}
pub fn sched_setaffinity() -> i32 {}
pub fn sched_getaffinity() -> i32 {}
pub fn sched_setscheduler() -> i32 {}
pub fn sched_getscheduler() -> i32 {}
pub fn sched_setparam() -> i32 {}
pub fn sched_getcpu() -> i32 {}
pub fn sethostname() -> i32 {}
pub fn setdomainname() -> i32 {}
pub fn gethostname() -> i32 {}
pub fn reboot() -> i32 {}
pub fn acct() -> i32 {}
pub fn capget() -> i32 {}
pub fn capset() -> i32 {}
pub fn __errno_location() -> *mut i32 {}
