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
#[fx(fork)] #[role(daemon)] pub fn daemon(nochdir: i32, noclose: i32) -> i32 {}
/// The number decides what it does.
/// source: man 2 syscall
#[role(syscall)] pub fn syscall(num: i64) -> i64 {}

/// A child that shares memory until it executes the program; POSIX lists it as not async-signal-safe.
/// source: man 3 posix_spawn
#[fx(unsafe_call)] #[role(spawns_child)]
pub fn posix_spawn(pid: *mut i32, path: *const i8, file_actions: *const posix_spawn_file_actions_t, attrp: *const posix_spawnattr_t, argv: *const *mut i8, envp: *const *mut i8) -> i32 {}
/// Searches `PATH`.
/// source: man 3 posix_spawn
#[fx(unsafe_call, env)] #[role(spawns_child)]
pub fn posix_spawnp(pid: *mut i32, file: *const i8, file_actions: *const posix_spawn_file_actions_t, attrp: *const posix_spawnattr_t, argv: *const *mut i8, envp: *const *mut i8) -> i32 {}
#[fx(alloc)] pub fn posix_spawn_file_actions_init(actions: *mut posix_spawn_file_actions_t) -> i32 {}
#[fx(alloc)] pub fn posix_spawn_file_actions_destroy(actions: *mut posix_spawn_file_actions_t) -> i32 {}
#[fx(alloc)] pub fn posix_spawn_file_actions_addopen(actions: *mut posix_spawn_file_actions_t, fd: i32, path: *const i8, oflag: i32, mode: u32) -> i32 {}
#[fx(alloc)] pub fn posix_spawn_file_actions_addclose(actions: *mut posix_spawn_file_actions_t, fd: i32) -> i32 {}
#[fx(alloc)] pub fn posix_spawn_file_actions_adddup2(actions: *mut posix_spawn_file_actions_t, fd: i32, newfd: i32) -> i32 {}
#[fx(alloc)] pub fn posix_spawn_file_actions_addchdir_np(actions: *mut posix_spawn_file_actions_t, path: *const i8) -> i32 {}
#[fx(alloc)] pub fn posix_spawn_file_actions_addclosefrom_np(actions: *mut posix_spawn_file_actions_t, from: i32) -> i32 {}
pub fn posix_spawnattr_init(attr: *mut posix_spawnattr_t) -> i32 {}
pub fn posix_spawnattr_destroy(attr: *mut posix_spawnattr_t) -> i32 {}
pub fn posix_spawnattr_setflags(attr: *mut posix_spawnattr_t, flags: i16) -> i32 {}
pub fn posix_spawnattr_setpgroup(attr: *mut posix_spawnattr_t, pgroup: i32) -> i32 {}
pub fn posix_spawnattr_setsigmask(attr: *mut posix_spawnattr_t, mask: *const sigset_t) -> i32 {}
pub fn posix_spawnattr_setsigdefault(attr: *mut posix_spawnattr_t, mask: *const sigset_t) -> i32 {}
/// Waits itself, with SIGCHLD blocked and SIGINT and SIGQUIT ignored in the whole process.
/// source: man 3 system; glibc manual, Running a Command
#[fx(unsafe_call, lock, alloc, wait, signal_handler, signal_mask)] pub fn system(command: *const i8) -> i32 {}
/// source: man 3 popen; glibc manual, Pipe to a Subprocess
#[fx(alloc, lock, stdio)] #[role(spawns_child)] #[role(opens, flags = 1, flag = "e")]
pub fn popen(command: *const i8, mode: *const i8) -> *mut FILE {}
#[fx(alloc, lock, stdio, wait)] #[role(reaps)] pub fn pclose(stream: *mut FILE) -> i32 {}

#[fx(exec)] pub fn execl(path: *const i8, arg0: *const i8) -> i32 {}
#[fx(exec)] pub fn execle(path: *const i8, arg0: *const i8) -> i32 {}
#[fx(exec)] pub fn execv(path: *const i8, argv: *const *const i8) -> i32 {}
#[fx(exec)] pub fn execve(path: *const i8, argv: *const *const i8, envp: *const *const i8) -> i32 {}
#[fx(exec)] pub fn fexecve(fd: i32, argv: *const *const i8, envp: *const *const i8) -> i32 {}
#[fx(exec)] pub fn execveat(dirfd: i32, path: *const i8, argv: *const *const i8, envp: *const *const i8, flags: i32) -> i32 {}
/// The `p` forms read `PATH`; not on the list of async-signal-safe functions.
/// source: man 3 exec; man 7 signal-safety
#[fx(exec, env)] pub fn execlp(file: *const i8, arg0: *const i8) -> i32 {}
/// source: man 3 exec; man 7 signal-safety
#[fx(exec, env)] pub fn execvp(file: *const i8, argv: *const *const i8) -> i32 {}
/// source: man 3 exec; man 7 signal-safety
#[fx(exec, env)] pub fn execvpe(file: *const i8, argv: *const *const i8, envp: *const *const i8) -> i32 {}

#[fx(exit)] #[role(diverges)] pub fn exit(status: i32) -> ! {}
#[fx(exit_now)] #[role(diverges)] pub fn _exit(status: i32) -> ! {}
#[fx(exit_now)] #[role(diverges)] pub fn _Exit(status: i32) -> ! {}
#[fx(exit_now)] #[role(diverges)] pub fn abort() -> ! {}
/// Runs the handlers of `at_quick_exit` only.
#[fx(exit)] #[role(diverges)] pub fn quick_exit(status: i32) -> ! {}
#[fx(lock, alloc)] #[role(stores, param = 0)] pub fn atexit(cb: extern "C" fn()) -> i32 {}
#[fx(lock, alloc)] #[role(stores, param = 0)] pub fn on_exit(cb: extern "C" fn(i32, *mut c_void), arg: *mut c_void) -> i32 {}

#[fx(wait)] #[role(reaps)] pub fn wait(status: *mut i32) -> i32 {}
#[fx(wait)] #[role(reaps)] pub fn waitpid(pid: i32, status: *mut i32, options: i32) -> i32 {}
#[fx(wait)] #[role(reaps)] pub fn waitid(idtype: u32, id: u32, infop: *mut siginfo_t, options: i32) -> i32 {}
#[fx(wait)] #[role(reaps)] pub fn wait3(status: *mut i32, options: i32, rusage: *mut rusage) -> i32 {}
#[fx(wait)] #[role(reaps)] pub fn wait4(pid: i32, status: *mut i32, options: i32, rusage: *mut rusage) -> i32 {}

/// On the list, and yet: glibc changes every thread's identity by a signal, and waits for threads it knows of, which
/// a forked child no longer has the locks of. The raw system call changes the calling thread alone.
/// source: man 7 nptl, man 2 setuid (C library/kernel differences); glibc nptl/nptl_setxid.c
#[fx(setxid)] pub fn setuid(uid: u32) -> i32 {}
#[fx(setxid)] pub fn setgid(gid: u32) -> i32 {}
#[fx(setxid)] pub fn seteuid(uid: u32) -> i32 {}
#[fx(setxid)] pub fn setegid(gid: u32) -> i32 {}
#[fx(setxid)] pub fn setreuid(ruid: u32, euid: u32) -> i32 {}
#[fx(setxid)] pub fn setregid(rgid: u32, egid: u32) -> i32 {}
#[fx(setxid)] pub fn setresuid(ruid: u32, euid: u32, suid: u32) -> i32 {}
#[fx(setxid)] pub fn setresgid(rgid: u32, egid: u32, sgid: u32) -> i32 {}
#[fx(setxid)] pub fn setgroups(ngroups: usize, groups: *const u32) -> i32 {}
pub fn setfsuid(uid: u32) -> i32 {}
pub fn setfsgid(gid: u32) -> i32 {}
/// Reads the group database.
/// source: man 3 initgroups; glibc manual, Setting Groups
#[fx(nss, lock, alloc, setxid)] pub fn initgroups(user: *const i8, group: u32) -> i32 {}

// Async-signal-safe in practice, though not on the list: system calls that take no lock in the C library.
pub fn getresuid(ruid: *mut u32, euid: *mut u32, suid: *mut u32) -> i32 {}
pub fn getresgid(rgid: *mut u32, egid: *mut u32, sgid: *mut u32) -> i32 {}
pub fn getpgid(pid: i32) -> i32 {}
pub fn getsid(pid: i32) -> i32 {}
pub fn gettid() -> i32 {}
pub fn setpgrp() -> i32 {}
pub fn tcgetsid(fd: i32) -> i32 {}
pub fn killpg(pgrp: i32, sig: i32) -> i32 {}
pub fn tgkill(tgid: i32, tid: i32, sig: i32) -> i32 {}
pub fn prctl(option: i32, a: u64, b: u64, c: u64, d: u64) -> i32 {}
pub fn ptrace(request: u32, pid: i32, addr: *mut c_void, data: *mut c_void) -> i64 {}
pub fn unshare(flags: i32) -> i32 {}
pub fn setns(fd: i32, nstype: i32) -> i32 {}
pub fn chroot(name: *const i8) -> i32 {}
pub fn pivot_root(new_root: *const i8, put_old: *const i8) -> i32 {}
pub fn personality(persona: u64) -> i32 {}
pub fn setpriority(which: u32, who: u32, prio: i32) -> i32 {}
pub fn getpriority(which: u32, who: u32) -> i32 {}
pub fn nice(incr: i32) -> i32 {}
pub fn getrlimit(resource: u32, rlim: *mut rlimit) -> i32 {}
pub fn setrlimit(resource: u32, rlim: *const rlimit) -> i32 {}
pub fn getrlimit64(resource: u32, rlim: *mut rlimit64) -> i32 {}
pub fn setrlimit64(resource: u32, rlim: *const rlimit64) -> i32 {}
pub fn prlimit(pid: i32, resource: u32, new_limit: *const rlimit, old_limit: *mut rlimit) -> i32 {}
pub fn prlimit64(pid: i32, resource: u32, new_limit: *const rlimit64, old_limit: *mut rlimit64) -> i32 {}
pub fn getrusage(resource: i32, usage: *mut rusage) -> i32 {}
pub fn sched_yield() -> i32 {}
pub fn sched_setaffinity(pid: i32, cpusetsize: usize, cpuset: *const cpu_set_t) -> i32 {}
pub fn sched_getaffinity(pid: i32, cpusetsize: usize, cpuset: *mut cpu_set_t) -> i32 {}
pub fn sched_setscheduler(pid: i32, policy: i32, param: *const sched_param) -> i32 {}
pub fn sched_getscheduler(pid: i32) -> i32 {}
pub fn sched_setparam(pid: i32, param: *const sched_param) -> i32 {}
pub fn sched_getcpu() -> i32 {}
pub fn sethostname(name: *const i8, len: usize) -> i32 {}
pub fn setdomainname(name: *const i8, len: usize) -> i32 {}
pub fn gethostname(name: *mut i8, len: usize) -> i32 {}
pub fn reboot(how_to: i32) -> i32 {}
pub fn acct(filename: *const i8) -> i32 {}
pub fn capget(hdrp: *mut c_void, datap: *mut c_void) -> i32 {}
pub fn capset(hdrp: *mut c_void, datap: *const c_void) -> i32 {}
pub fn __errno_location() -> *mut i32 {}
