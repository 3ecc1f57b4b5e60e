//! Descriptors: what opens, copies, marks and closes them. `dup2` opens nothing here: it puts a descriptor where the
//! next program looks for it, and has to leave close-on-exec off.
//! source: the function's page in section 2 or 3 of man-pages 6.03

#[role(opens, flags = 1, flag = "O_CLOEXEC")] pub fn open(path: *const i8, oflag: i32, mode: u32) -> i32 {}
#[role(opens, flags = 1, flag = "O_CLOEXEC")] pub fn open64(path: *const i8, oflag: i32, mode: u32) -> i32 {}
#[role(opens, flags = 2, flag = "O_CLOEXEC")] pub fn openat(dirfd: i32, path: *const i8, oflag: i32, mode: u32) -> i32 {}
#[role(opens, flags = 2, flag = "O_CLOEXEC")] pub fn openat64(dirfd: i32, path: *const i8, oflag: i32, mode: u32) -> i32 {}
#[role(opens, flag = "O_CLOEXEC", instead = "open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, mode)")]
pub fn creat(path: *const i8, mode: u32) -> i32 {}
#[role(opens, flag = "O_CLOEXEC", instead = "open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, mode)")]
pub fn creat64() -> i32 {}
#[role(opens, flags = 2, flag = "O_CLOEXEC")] pub fn open_by_handle_at(mount_fd: i32, handle: *mut c_void, flags: i32) -> i32 {}
pub fn name_to_handle_at(dirfd: i32, path: *const i8, handle: *mut c_void, mount_id: *mut i32, flags: i32) -> i32 {}
#[role(opens, flags = 1, flag = "SOCK_CLOEXEC")] pub fn socket(domain: i32, ty: i32, protocol: i32) -> i32 {}
#[role(opens, flags = 1, flag = "SOCK_CLOEXEC", out = 3)]
pub fn socketpair(domain: i32, ty: i32, protocol: i32, sv: *mut i32) -> i32 {}
#[role(opens, flag = "SOCK_CLOEXEC", instead = "accept4(fd, addr, len, SOCK_CLOEXEC)")]
pub fn accept() -> i32 {}
#[role(opens, flags = 3, flag = "SOCK_CLOEXEC")]
pub fn accept4(fd: i32, addr: *mut sockaddr, len: *mut u32, flags: i32) -> i32 {}
/// Receives descriptors with `SCM_RIGHTS`.
/// source: man 2 recvmsg
#[role(opens, flags = 2, flag = "MSG_CMSG_CLOEXEC", out = 1)]
pub fn recvmsg(fd: i32, msg: *mut msghdr, flags: i32) -> isize {}
#[role(opens, flags = 3, flag = "MSG_CMSG_CLOEXEC", out = 1)]
pub fn recvmmsg(fd: i32, msgs: *mut mmsghdr, vlen: u32, flags: i32, timeout: *mut timespec) -> i32 {}
pub fn sendmmsg() -> i32 {}
#[role(opens, out = 0, flag = "O_CLOEXEC", instead = "pipe2(fds, O_CLOEXEC)")] pub fn pipe(fds: *mut i32) -> i32 {}
#[role(opens, flags = 1, flag = "O_CLOEXEC", out = 0)] pub fn pipe2(fds: *mut i32, flags: i32) -> i32 {}
#[role(opens, dup = true, flag = "FD_CLOEXEC", instead = "fcntl(fd, F_DUPFD_CLOEXEC, 0)")] pub fn dup(fd: i32) -> i32 {}
pub fn dup2(src: i32, dst: i32) -> i32 {}
#[role(opens, dup = true, flags = 2, flag = "O_CLOEXEC")] pub fn dup3(oldfd: i32, newfd: i32, flags: i32) -> i32 {}
#[role(opens, flags = 1, flag = "EFD_CLOEXEC")] pub fn eventfd(init: u32, flags: i32) -> i32 {}
pub fn eventfd_read(fd: i32, value: *mut u64) -> i32 {}
pub fn eventfd_write() -> i32 {}
#[role(opens, flag = "EPOLL_CLOEXEC", instead = "epoll_create1(EPOLL_CLOEXEC)")] pub fn epoll_create() -> i32 {}
#[role(opens, flags = 0, flag = "EPOLL_CLOEXEC")] pub fn epoll_create1(flags: i32) -> i32 {}
pub fn epoll_ctl(epfd: i32, op: i32, fd: i32, event: *mut epoll_event) -> i32 {}
pub fn epoll_wait() -> i32 {}
pub fn epoll_pwait() -> i32 {}
#[role(opens, flag = "IN_CLOEXEC", instead = "inotify_init1(IN_CLOEXEC)")] pub fn inotify_init() -> i32 {}
#[role(opens, flags = 0, flag = "IN_CLOEXEC")] pub fn inotify_init1(flags: i32) -> i32 {}
pub fn inotify_add_watch(fd: i32, path: *const i8, mask: u32) -> i32 {}
pub fn inotify_rm_watch() -> i32 {}
#[role(opens, flags = 0, flag = "FAN_CLOEXEC")] pub fn fanotify_init(flags: u32, event_f_flags: u32) -> i32 {}
pub fn fanotify_mark(fd: i32, flags: u32, mask: u64, dirfd: i32, path: *const i8) -> i32 {}
#[role(opens, flags = 2, flag = "SFD_CLOEXEC")] pub fn signalfd(fd: i32, mask: *const sigset_t, flags: i32) -> i32 {}
#[role(opens, flags = 1, flag = "TFD_CLOEXEC")] pub fn timerfd_create(clockid: i32, flags: i32) -> i32 {}
pub fn timerfd_settime(fd: i32, flags: i32, new: *const itimerspec, old: *mut itimerspec) -> i32 {}
pub fn timerfd_gettime() -> i32 {}
#[role(opens, flags = 1, flag = "MFD_CLOEXEC")] pub fn memfd_create(name: *const i8, flags: u32) -> i32 {}
#[role(opens, flags = 0, flag = "FD_CLOEXEC")] pub fn memfd_secret(flags: u32) -> i32 {}
#[role(opens, flags = 4, flag = "PERF_FLAG_FD_CLOEXEC")]
pub fn perf_event_open(attr: *mut c_void, pid: i32, cpu: i32, group_fd: i32, flags: u64) -> i32 {}
#[role(opens, flags = 0, flag = "O_CLOEXEC")] pub fn userfaultfd(flags: i32) -> i32 {}
#[role(opens, flags = 1, flag = "FSOPEN_CLOEXEC")] pub fn fsopen(fsname: *const i8, flags: u32) -> i32 {}
#[role(opens, flags = 1, flag = "FSMOUNT_CLOEXEC")] pub fn fsmount(fd: i32, flags: u32, attr_flags: u32) -> i32 {}
#[role(opens, flags = 2, flag = "OPEN_TREE_CLOEXEC")] pub fn open_tree(dirfd: i32, path: *const i8, flags: u32) -> i32 {}
#[role(opens, cloexec = true)] pub fn pidfd_open(pid: i32, flags: u32) -> i32 {}
#[role(opens, cloexec = true)] pub fn pidfd_getfd(pidfd: i32, targetfd: i32, flags: u32) -> i32 {}
pub fn pidfd_send_signal(pidfd: i32, sig: i32, info: *mut siginfo_t, flags: u32) -> i32 {}
/// glibc and musl both set `FD_CLOEXEC`.
/// source: man 3 shm_open
#[role(opens, cloexec = true)] pub fn shm_open() -> i32 {}
pub fn shm_unlink() -> i32 {}
/// The kernel sets close-on-exec.
/// source: Linux 6.1 ipc/mqueue.c do_mq_open
#[role(opens, cloexec = true)] pub fn mq_open() -> i32 {}
#[role(closes, param = 0)] pub fn mq_close(mqd: i32) -> i32 {}
/// The kernel sets close-on-exec.
/// source: Linux 6.1 io_uring/io_uring.c io_uring_install_fd
#[role(opens, cloexec = true)] pub fn io_uring_setup() -> i32 {}
pub fn io_uring_enter() -> i32 {}
/// source: man 2 landlock_create_ruleset
#[role(opens, cloexec = true)] pub fn landlock_create_ruleset() -> i32 {}
#[role(opens, flag = "O_CLOEXEC", instead = "mkostemp(template, O_CLOEXEC)")] pub fn mkstemp() -> i32 {}
#[role(opens, flag = "O_CLOEXEC", instead = "mkostemps(template, len, O_CLOEXEC)")]
pub fn mkstemps() -> i32 {}
#[role(opens, flags = 1, flag = "O_CLOEXEC")] pub fn mkostemp(template: *mut i8, flags: i32) -> i32 {}
#[role(opens, flags = 2, flag = "O_CLOEXEC")] pub fn mkostemps(template: *mut i8, suffixlen: i32, flags: i32) -> i32 {}
pub fn mkdtemp(template: *mut i8) -> *mut i8 {}
#[role(opens, flags = 0, flag = "O_CLOEXEC")] pub fn posix_openpt(flags: i32) -> i32 {}
#[role(opens, flag = "O_CLOEXEC", instead = "posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)")] pub fn getpt() -> i32 {}
/// Opens both sides of a terminal; not on the list of async-signal-safe functions.
/// source: man 3 openpty; glibc manual, Pseudo-Terminal Pairs
#[fx(unsafe_call)] #[role(opens, out = 0, flag = "O_CLOEXEC", instead = "posix_openpt with O_CLOEXEC")]
#[role(opens, out = 1, flag = "O_CLOEXEC", instead = "posix_openpt with O_CLOEXEC")]
pub fn openpty(amaster: *mut i32, aslave: *mut i32, name: *mut i8, termp: *const termios, winp: *const winsize) -> i32 {}
pub fn login_tty() -> i32 {}
/// source: glibc manual, Allocating Pseudo-Terminals
#[fx(unsafe_call)] pub fn grantpt() -> i32 {}
pub fn unlockpt() -> i32 {}
/// A static buffer.
/// source: glibc manual, Allocating Pseudo-Terminals
#[fx(unsafe_call)] pub fn ptsname() -> *mut i8 {}
pub fn ptsname_r() -> i32 {}

/// The command decides.
/// source: man 2 fcntl
#[role(fcntl)] pub fn fcntl() -> i32 {}
/// The command decides.
/// source: man 2 fcntl
#[role(fcntl)] pub fn fcntl64() -> i32 {}
/// source: man 2 ioctl, man 2 ioctl_fs (FIOCLEX, FIONCLEX)
#[role(ioctl)] pub fn ioctl() -> i32 {}
#[role(closes, param = 0)] pub fn close(fd: i32) -> i32 {}
#[role(closes_range)] pub fn close_range(first: u32, last: u32, flags: i32) -> i32 {}
#[role(closes_range)] pub fn closefrom(lowfd: i32) {}

#[role(locks_file)] pub fn flock() -> i32 {}
#[role(locks_file)] pub fn lockf() -> i32 {}

// Async-signal-safe in practice: system calls that take no lock in the C library.
pub fn pread() -> isize {}
pub fn pread64() -> isize {}
pub fn pwrite() -> isize {}
pub fn pwrite64() -> isize {}
pub fn readv() -> isize {}
pub fn writev() -> isize {}
pub fn preadv() -> isize {}
pub fn pwritev() -> isize {}
pub fn sendfile() -> isize {}
pub fn sendfile64() -> isize {}
pub fn splice() -> isize {}
pub fn tee() -> isize {}
pub fn copy_file_range() -> isize {}
pub fn lseek64() -> i64 {}
pub fn ftruncate64() -> i32 {}
pub fn truncate() -> i32 {}
pub fn fallocate() -> i32 {}
pub fn posix_fallocate() -> i32 {}
pub fn posix_fadvise() -> i32 {}
pub fn stat64() -> i32 {}
pub fn lstat64() -> i32 {}
pub fn fstat64() -> i32 {}
pub fn fstatat64() -> i32 {}
pub fn statx() -> i32 {}
pub fn statfs() -> i32 {}
pub fn fstatfs() -> i32 {}
pub fn statvfs() -> i32 {}
pub fn fstatvfs() -> i32 {}
pub fn lchown() -> i32 {}
pub fn renameat2() -> i32 {}
pub fn euidaccess() -> i32 {}
pub fn sync() {}
pub fn syncfs() -> i32 {}
pub fn getdents64() -> isize {}
pub fn mount() -> i32 {}
pub fn umount() -> i32 {}
pub fn umount2() -> i32 {}
pub fn move_mount() -> i32 {}
pub fn ppoll() -> i32 {}
pub fn isatty() -> i32 {}
pub fn vhangup() -> i32 {}
pub fn cfmakeraw() {}
pub fn cfsetspeed() -> i32 {}
pub fn dirfd() -> i32 {}
pub fn fileno() -> i32 {}
pub fn getxattr() -> isize {}
pub fn setxattr() -> i32 {}
pub fn fgetxattr() -> isize {}
pub fn fsetxattr() -> i32 {}
