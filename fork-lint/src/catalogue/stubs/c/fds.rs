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
pub fn creat64(path: *const i8, mode: u32) -> i32 {}
#[role(opens, flags = 2, flag = "O_CLOEXEC")] pub fn open_by_handle_at(mount_fd: i32, handle: *mut c_void, flags: i32) -> i32 {}
pub fn name_to_handle_at(dirfd: i32, path: *const i8, handle: *mut c_void, mount_id: *mut i32, flags: i32) -> i32 {}
#[role(opens, flags = 1, flag = "SOCK_CLOEXEC")] pub fn socket(domain: i32, ty: i32, protocol: i32) -> i32 {}
#[role(opens, flags = 1, flag = "SOCK_CLOEXEC", out = 3)]
pub fn socketpair(domain: i32, ty: i32, protocol: i32, sv: *mut i32) -> i32 {}
#[role(opens, flag = "SOCK_CLOEXEC", instead = "accept4(fd, addr, len, SOCK_CLOEXEC)")]
pub fn accept(socket: i32, address: *mut sockaddr, len: *mut u32) -> i32 {}
#[role(opens, flags = 3, flag = "SOCK_CLOEXEC")]
pub fn accept4(fd: i32, addr: *mut sockaddr, len: *mut u32, flags: i32) -> i32 {}
/// Receives descriptors with `SCM_RIGHTS`.
/// source: man 2 recvmsg
#[role(opens, flags = 2, flag = "MSG_CMSG_CLOEXEC", out = 1)]
pub fn recvmsg(fd: i32, msg: *mut msghdr, flags: i32) -> isize {}
#[role(opens, flags = 3, flag = "MSG_CMSG_CLOEXEC", out = 1)]
pub fn recvmmsg(fd: i32, msgs: *mut mmsghdr, vlen: u32, flags: i32, timeout: *mut timespec) -> i32 {}
pub fn sendmmsg(fd: i32, msgs: *mut mmsghdr, vlen: u32, flags: i32) -> i32 {}
#[role(opens, out = 0, flag = "O_CLOEXEC", instead = "pipe2(fds, O_CLOEXEC)")] pub fn pipe(fds: *mut i32) -> i32 {}
#[role(opens, flags = 1, flag = "O_CLOEXEC", out = 0)] pub fn pipe2(fds: *mut i32, flags: i32) -> i32 {}
#[role(opens, dup = true, flag = "FD_CLOEXEC", instead = "fcntl(fd, F_DUPFD_CLOEXEC, 0)")] pub fn dup(fd: i32) -> i32 {}
pub fn dup2(src: i32, dst: i32) -> i32 {}
#[role(opens, dup = true, flags = 2, flag = "O_CLOEXEC")] pub fn dup3(oldfd: i32, newfd: i32, flags: i32) -> i32 {}
#[role(opens, flags = 1, flag = "EFD_CLOEXEC")] pub fn eventfd(init: u32, flags: i32) -> i32 {}
pub fn eventfd_read(fd: i32, value: *mut u64) -> i32 {}
pub fn eventfd_write(fd: i32, value: u64) -> i32 {}
#[role(opens, flag = "EPOLL_CLOEXEC", instead = "epoll_create1(EPOLL_CLOEXEC)")] pub fn epoll_create(size: i32) -> i32 {}
#[role(opens, flags = 0, flag = "EPOLL_CLOEXEC")] pub fn epoll_create1(flags: i32) -> i32 {}
pub fn epoll_ctl(epfd: i32, op: i32, fd: i32, event: *mut epoll_event) -> i32 {}
pub fn epoll_wait(epfd: i32, events: *mut epoll_event, maxevents: i32, timeout: i32) -> i32 {}
pub fn epoll_pwait(epfd: i32, events: *mut epoll_event, maxevents: i32, timeout: i32, sigmask: *const sigset_t) -> i32 {}
#[role(opens, flag = "IN_CLOEXEC", instead = "inotify_init1(IN_CLOEXEC)")] pub fn inotify_init() -> i32 {}
#[role(opens, flags = 0, flag = "IN_CLOEXEC")] pub fn inotify_init1(flags: i32) -> i32 {}
pub fn inotify_add_watch(fd: i32, path: *const i8, mask: u32) -> i32 {}
pub fn inotify_rm_watch(fd: i32, wd: i32) -> i32 {}
#[role(opens, flags = 0, flag = "FAN_CLOEXEC")] pub fn fanotify_init(flags: u32, event_f_flags: u32) -> i32 {}
pub fn fanotify_mark(fd: i32, flags: u32, mask: u64, dirfd: i32, path: *const i8) -> i32 {}
#[role(opens, flags = 2, flag = "SFD_CLOEXEC")] pub fn signalfd(fd: i32, mask: *const sigset_t, flags: i32) -> i32 {}
#[role(opens, flags = 1, flag = "TFD_CLOEXEC")] pub fn timerfd_create(clockid: i32, flags: i32) -> i32 {}
pub fn timerfd_settime(fd: i32, flags: i32, new: *const itimerspec, old: *mut itimerspec) -> i32 {}
pub fn timerfd_gettime(fd: i32, curr: *mut itimerspec) -> i32 {}
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
#[role(opens, cloexec = true)] pub fn shm_open(name: *const i8, oflag: i32, mode: u32) -> i32 {}
pub fn shm_unlink(name: *const i8) -> i32 {}
/// The kernel sets close-on-exec.
/// source: Linux 6.1 ipc/mqueue.c do_mq_open
#[role(opens, cloexec = true)] pub fn mq_open(name: *const i8, oflag: i32) -> i32 {}
#[role(closes, param = 0)] pub fn mq_close(mqd: i32) -> i32 {}
/// The kernel sets close-on-exec.
/// source: Linux 6.1 io_uring/io_uring.c io_uring_install_fd
#[role(opens, cloexec = true)] pub fn io_uring_setup(entries: u32, params: *mut c_void) -> i32 {}
pub fn io_uring_enter(fd: u32, to_submit: u32, min_complete: u32, flags: u32, sig: *mut c_void) -> i32 {}
/// source: man 2 landlock_create_ruleset
#[role(opens, cloexec = true)] pub fn landlock_create_ruleset(attr: *const c_void, size: usize, flags: u32) -> i32 {}
#[role(opens, flag = "O_CLOEXEC", instead = "mkostemp(template, O_CLOEXEC)")] pub fn mkstemp(template: *mut i8) -> i32 {}
#[role(opens, flag = "O_CLOEXEC", instead = "mkostemps(template, len, O_CLOEXEC)")]
pub fn mkstemps(template: *mut i8, suffixlen: i32) -> i32 {}
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
pub fn login_tty(fd: i32) -> i32 {}
/// source: glibc manual, Allocating Pseudo-Terminals
#[fx(unsafe_call)] pub fn grantpt(fd: i32) -> i32 {}
pub fn unlockpt(fd: i32) -> i32 {}
/// A static buffer.
/// source: glibc manual, Allocating Pseudo-Terminals
#[fx(unsafe_call)] pub fn ptsname(fd: i32) -> *mut i8 {}
pub fn ptsname_r(fd: i32, buf: *mut i8, buflen: usize) -> i32 {}

/// The command decides.
/// source: man 2 fcntl
#[role(fcntl)] pub fn fcntl(fd: i32, cmd: i32, arg: i64) -> i32 {}
/// The command decides.
/// source: man 2 fcntl
#[role(fcntl)] pub fn fcntl64(fd: i32, cmd: i32, arg: i64) -> i32 {}
/// source: man 2 ioctl, man 2 ioctl_fs (FIOCLEX, FIONCLEX)
#[role(ioctl)] pub fn ioctl(fd: i32, request: u64, arg: u64) -> i32 {}
#[role(closes, param = 0)] pub fn close(fd: i32) -> i32 {}
#[role(closes_range)] pub fn close_range(first: u32, last: u32, flags: i32) -> i32 {}
#[role(closes_range)] pub fn closefrom(lowfd: i32) {}

#[role(locks_file)] pub fn flock(fd: i32, operation: i32) -> i32 {}
#[role(locks_file)] pub fn lockf(fd: i32, cmd: i32, len: i64) -> i32 {}

// Async-signal-safe in practice: system calls that take no lock in the C library.
pub fn pread(fd: i32, buf: *mut c_void, count: usize, offset: i64) -> isize {}
pub fn pread64(fd: i32, buf: *mut c_void, count: usize, offset: i64) -> isize {}
pub fn pwrite(fd: i32, buf: *const c_void, count: usize, offset: i64) -> isize {}
pub fn pwrite64(fd: i32, buf: *const c_void, count: usize, offset: i64) -> isize {}
pub fn readv(fd: i32, iov: *const iovec, iovcnt: i32) -> isize {}
pub fn writev(fd: i32, iov: *const iovec, iovcnt: i32) -> isize {}
pub fn preadv(fd: i32, iov: *const iovec, iovcnt: i32, offset: i64) -> isize {}
pub fn pwritev(fd: i32, iov: *const iovec, iovcnt: i32, offset: i64) -> isize {}
pub fn sendfile(out_fd: i32, in_fd: i32, offset: *mut i64, count: usize) -> isize {}
pub fn sendfile64(out_fd: i32, in_fd: i32, offset: *mut i64, count: usize) -> isize {}
pub fn splice(fd_in: i32, off_in: *mut i64, fd_out: i32, off_out: *mut i64, len: usize, flags: u32) -> isize {}
pub fn tee(fd_in: i32, fd_out: i32, len: usize, flags: u32) -> isize {}
pub fn copy_file_range(fd_in: i32, off_in: *mut i64, fd_out: i32, off_out: *mut i64, len: usize, flags: u32) -> isize {}
pub fn lseek64(fd: i32, offset: i64, whence: i32) -> i64 {}
pub fn ftruncate64(fd: i32, length: i64) -> i32 {}
pub fn truncate(path: *const i8, length: i64) -> i32 {}
pub fn fallocate(fd: i32, mode: i32, offset: i64, len: i64) -> i32 {}
pub fn posix_fallocate(fd: i32, offset: i64, len: i64) -> i32 {}
pub fn posix_fadvise(fd: i32, offset: i64, len: i64, advise: i32) -> i32 {}
pub fn stat64(path: *const i8, buf: *mut stat64) -> i32 {}
pub fn lstat64(path: *const i8, buf: *mut stat64) -> i32 {}
pub fn fstat64(fd: i32, buf: *mut stat64) -> i32 {}
pub fn fstatat64(dirfd: i32, path: *const i8, buf: *mut stat64, flag: i32) -> i32 {}
pub fn statx(dirfd: i32, path: *const i8, flags: i32, mask: u32, buf: *mut statx) -> i32 {}
pub fn statfs(path: *const i8, buf: *mut statfs) -> i32 {}
pub fn fstatfs(fd: i32, buf: *mut statfs) -> i32 {}
pub fn statvfs(path: *const i8, buf: *mut statvfs) -> i32 {}
pub fn fstatvfs(fd: i32, buf: *mut statvfs) -> i32 {}
pub fn lchown(path: *const i8, uid: u32, gid: u32) -> i32 {}
pub fn renameat2(olddirfd: i32, oldpath: *const i8, newdirfd: i32, newpath: *const i8, flags: u32) -> i32 {}
pub fn euidaccess(path: *const i8, mode: i32) -> i32 {}
pub fn sync() {}
pub fn syncfs(fd: i32) -> i32 {}
pub fn getdents64(fd: i32, buf: *mut c_void, count: usize) -> isize {}
pub fn mount(src: *const i8, target: *const i8, fstype: *const i8, flags: u64, data: *const c_void) -> i32 {}
pub fn umount(target: *const i8) -> i32 {}
pub fn umount2(target: *const i8, flags: i32) -> i32 {}
pub fn move_mount(from_dirfd: i32, from_path: *const i8, to_dirfd: i32, to_path: *const i8, flags: u32) -> i32 {}
pub fn ppoll(fds: *mut pollfd, nfds: u64, timeout: *const timespec, sigmask: *const sigset_t) -> i32 {}
pub fn isatty(fd: i32) -> i32 {}
pub fn vhangup() -> i32 {}
pub fn cfmakeraw(termios: *mut termios) {}
pub fn cfsetspeed(termios: *mut termios, speed: u32) -> i32 {}
pub fn dirfd(dirp: *mut DIR) -> i32 {}
pub fn fileno(stream: *mut FILE) -> i32 {}
pub fn getxattr(path: *const i8, name: *const i8, value: *mut c_void, size: usize) -> isize {}
pub fn setxattr(path: *const i8, name: *const i8, value: *const c_void, size: usize, flags: i32) -> i32 {}
pub fn fgetxattr(fd: i32, name: *const i8, value: *mut c_void, size: usize) -> isize {}
pub fn fsetxattr(fd: i32, name: *const i8, value: *const c_void, size: usize, flags: i32) -> i32 {}
