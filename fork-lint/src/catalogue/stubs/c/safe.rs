//! The functions POSIX requires to be async-signal-safe, apart from those that open descriptors (`fds.rs`), make or
//! end processes (`process.rs`), or change a thread's or the process's identity (`ids.rs`).
//! source: man 7 signal-safety (man-pages 6.03); POSIX.1-2017 2.4.3

pub fn access(path: *const i8, amode: i32) -> i32 {}
pub fn aio_error(aiocbp: *const c_void) -> i32 {}
pub fn aio_return(aiocbp: *mut c_void) -> isize {}
/// glibc's takes a mutex, against the standard.
/// source: man 7 signal-safety, deviations in the GNU C library
#[fx(lock)] pub fn aio_suspend(aiocb_list: *const *const c_void, nitems: i32, timeout: *const timespec) -> i32 {}
/// source: man 2 alarm
#[role(arms_timer)] pub fn alarm(seconds: u32) -> u32 {}
pub fn bind(socket: i32, address: *const sockaddr, len: u32) -> i32 {}
pub fn cfgetispeed(termios: *const termios) -> u32 {}
pub fn cfgetospeed(termios: *const termios) -> u32 {}
pub fn cfsetispeed(termios: *mut termios, speed: u32) -> i32 {}
pub fn cfsetospeed(termios: *mut termios, speed: u32) -> i32 {}
pub fn chdir(dir: *const i8) -> i32 {}
pub fn chmod(path: *const i8, mode: u32) -> i32 {}
pub fn chown(path: *const i8, uid: u32, gid: u32) -> i32 {}
pub fn clock_gettime(clk_id: i32, tp: *mut timespec) -> i32 {}
pub fn connect(socket: i32, address: *const sockaddr, len: u32) -> i32 {}
pub fn faccessat(dirfd: i32, path: *const i8, mode: i32, flags: i32) -> i32 {}
pub fn fchdir(dirfd: i32) -> i32 {}
pub fn fchmod(fd: i32, mode: u32) -> i32 {}
pub fn fchmodat(dirfd: i32, path: *const i8, mode: u32, flags: i32) -> i32 {}
pub fn fchown(fd: i32, owner: u32, group: u32) -> i32 {}
pub fn fchownat(dirfd: i32, path: *const i8, owner: u32, group: u32, flags: i32) -> i32 {}
pub fn fdatasync(fd: i32) -> i32 {}
pub fn ffs(i: i32) -> i32 {}
pub fn fstat(fd: i32, buf: *mut stat) -> i32 {}
pub fn fstatat(dirfd: i32, path: *const i8, buf: *mut stat, flags: i32) -> i32 {}
pub fn fsync(fd: i32) -> i32 {}
pub fn ftruncate(fd: i32, length: i64) -> i32 {}
pub fn futimens(fd: i32, times: *const timespec) -> i32 {}
pub fn getegid() -> u32 {}
pub fn geteuid() -> u32 {}
pub fn getgid() -> u32 {}
pub fn getgroups(size: i32, list: *mut u32) -> i32 {}
pub fn getpeername(socket: i32, address: *mut sockaddr, len: *mut u32) -> i32 {}
pub fn getpgrp() -> i32 {}
/// source: man 2 getpid
#[role(reads_pid)] pub fn getpid() -> i32 {}
pub fn getppid() -> i32 {}
pub fn getsockname(socket: i32, address: *mut sockaddr, len: *mut u32) -> i32 {}
pub fn getsockopt(socket: i32, level: i32, name: i32, value: *mut c_void, len: *mut u32) -> i32 {}
pub fn getuid() -> u32 {}
pub fn htonl(hostlong: u32) -> u32 {}
pub fn htons(hostshort: u16) -> u16 {}
pub fn kill(pid: i32, sig: i32) -> i32 {}
pub fn link(src: *const i8, dst: *const i8) -> i32 {}
pub fn linkat(olddirfd: i32, oldpath: *const i8, newdirfd: i32, newpath: *const i8, flags: i32) -> i32 {}
pub fn listen(socket: i32, backlog: i32) -> i32 {}
pub fn longjmp(env: *mut c_void, val: i32) -> ! {}
pub fn lseek(fd: i32, offset: i64, whence: i32) -> i64 {}
pub fn lstat(path: *const i8, buf: *mut stat) -> i32 {}
pub fn memccpy(dest: *mut c_void, src: *const c_void, c: i32, n: usize) -> *mut c_void {}
pub fn memchr(s: *const c_void, c: i32, n: usize) -> *mut c_void {}
pub fn memcmp(a: *const c_void, b: *const c_void, n: usize) -> i32 {}
pub fn memcpy(dest: *mut c_void, src: *const c_void, n: usize) -> *mut c_void {}
pub fn memmove(dest: *mut c_void, src: *const c_void, n: usize) -> *mut c_void {}
pub fn memset(dest: *mut c_void, c: i32, n: usize) -> *mut c_void {}
pub fn mkdir(path: *const i8, mode: u32) -> i32 {}
pub fn mkdirat(dirfd: i32, path: *const i8, mode: u32) -> i32 {}
pub fn mkfifo(path: *const i8, mode: u32) -> i32 {}
pub fn mkfifoat(dirfd: i32, path: *const i8, mode: u32) -> i32 {}
pub fn mknod(path: *const i8, mode: u32, dev: u64) -> i32 {}
pub fn mknodat(dirfd: i32, path: *const i8, mode: u32, dev: u64) -> i32 {}
pub fn ntohl(netlong: u32) -> u32 {}
pub fn ntohs(netshort: u16) -> u16 {}
pub fn pause() -> i32 {}
pub fn poll(fds: *mut pollfd, nfds: u64, timeout: i32) -> i32 {}
pub fn posix_trace_event(event_id: u32, data: *const c_void, len: usize) {}
pub fn pselect(nfds: i32, readfds: *mut fd_set, writefds: *mut fd_set, errorfds: *mut fd_set, timeout: *const timespec, sigmask: *const sigset_t) -> i32 {}
pub fn pthread_kill(thread: u64, sig: i32) -> i32 {}
pub fn pthread_self() -> u64 {}
pub fn raise(sig: i32) -> i32 {}
pub fn read(fd: i32, buf: *mut c_void, count: usize) -> isize {}
pub fn readlink(path: *const i8, buf: *mut i8, bufsz: usize) -> isize {}
pub fn readlinkat(dirfd: i32, path: *const i8, buf: *mut i8, bufsz: usize) -> isize {}
pub fn recv(socket: i32, buf: *mut c_void, len: usize, flags: i32) -> isize {}
pub fn recvfrom(socket: i32, buf: *mut c_void, len: usize, flags: i32, addr: *mut sockaddr, addrlen: *mut u32) -> isize {}
pub fn rename(oldname: *const i8, newname: *const i8) -> i32 {}
pub fn renameat(olddirfd: i32, oldpath: *const i8, newdirfd: i32, newpath: *const i8) -> i32 {}
pub fn rmdir(path: *const i8) -> i32 {}
pub fn select(nfds: i32, readfds: *mut fd_set, writefds: *mut fd_set, errorfds: *mut fd_set, timeout: *mut timeval) -> i32 {}
pub fn sem_post(sem: *mut sem_t) -> i32 {}
pub fn send(socket: i32, buf: *const c_void, len: usize, flags: i32) -> isize {}
pub fn sendmsg(fd: i32, msg: *const msghdr, flags: i32) -> isize {}
pub fn sendto(socket: i32, buf: *const c_void, len: usize, flags: i32, addr: *const sockaddr, addrlen: u32) -> isize {}
pub fn setpgid(pid: i32, pgid: i32) -> i32 {}
pub fn setsid() -> i32 {}
pub fn setsockopt(socket: i32, level: i32, name: i32, value: *const c_void, len: u32) -> i32 {}
pub fn shutdown(socket: i32, how: i32) -> i32 {}
/// source: man 2 sigaction
#[fx(signal_handler)] #[role(handler, param = 1)]
pub fn sigaction(signum: i32, act: *const sigaction, oldact: *mut sigaction) -> i32 {}
pub fn sigaddset(set: *mut sigset_t, signum: i32) -> i32 {}
pub fn sigdelset(set: *mut sigset_t, signum: i32) -> i32 {}
pub fn sigemptyset(set: *mut sigset_t) -> i32 {}
pub fn sigfillset(set: *mut sigset_t) -> i32 {}
pub fn sigismember(set: *const sigset_t, signum: i32) -> i32 {}
pub fn siglongjmp(env: *mut c_void, val: i32) -> ! {}
/// source: man 2 signal
#[fx(signal_handler)] #[role(handler, param = 1)] pub fn signal(signum: i32, handler: usize) -> usize {}
pub fn sigpause(sig: i32) -> i32 {}
pub fn sigpending(set: *mut sigset_t) -> i32 {}
/// source: man 2 sigprocmask
#[fx(signal_mask)] pub fn sigprocmask(how: i32, set: *const sigset_t, oldset: *mut sigset_t) -> i32 {}
/// source: man 3 pthread_sigmask
#[fx(signal_mask)] pub fn pthread_sigmask(how: i32, set: *const sigset_t, oldset: *mut sigset_t) -> i32 {}
pub fn sigqueue(pid: i32, sig: i32, value: sigval) -> i32 {}
/// source: man 3 sigset
#[fx(signal_handler)] #[role(handler, param = 1)] pub fn sigset(sig: i32, disp: usize) -> usize {}
pub fn sigsuspend(mask: *const sigset_t) -> i32 {}
pub fn sleep(secs: u32) -> u32 {}
pub fn sockatmark(fd: i32) -> i32 {}
pub fn stat(path: *const i8, buf: *mut stat) -> i32 {}
pub fn stpcpy(dst: *mut i8, src: *const i8) -> *mut i8 {}
pub fn stpncpy(dst: *mut i8, src: *const i8, n: usize) -> *mut i8 {}
pub fn strcat(s: *mut i8, ct: *const i8) -> *mut i8 {}
pub fn strchr(cs: *const i8, c: i32) -> *mut i8 {}
pub fn strcmp(cs: *const i8, ct: *const i8) -> i32 {}
pub fn strcpy(dst: *mut i8, src: *const i8) -> *mut i8 {}
pub fn strcspn(cs: *const i8, ct: *const i8) -> usize {}
pub fn strlen(cs: *const i8) -> usize {}
pub fn strncat(s: *mut i8, ct: *const i8, n: usize) -> *mut i8 {}
pub fn strncmp(cs: *const i8, ct: *const i8, n: usize) -> i32 {}
pub fn strncpy(dst: *mut i8, src: *const i8, n: usize) -> *mut i8 {}
pub fn strnlen(cs: *const i8, maxlen: usize) -> usize {}
pub fn strpbrk(cs: *const i8, ct: *const i8) -> *mut i8 {}
pub fn strrchr(cs: *const i8, c: i32) -> *mut i8 {}
pub fn strspn(cs: *const i8, ct: *const i8) -> usize {}
pub fn strstr(cs: *const i8, ct: *const i8) -> *mut i8 {}
pub fn strtok_r(s: *mut i8, delim: *const i8, save: *mut *mut i8) -> *mut i8 {}
pub fn symlink(path1: *const i8, path2: *const i8) -> i32 {}
pub fn symlinkat(target: *const i8, newdirfd: i32, linkpath: *const i8) -> i32 {}
pub fn tcdrain(fd: i32) -> i32 {}
pub fn tcflow(fd: i32, action: i32) -> i32 {}
pub fn tcflush(fd: i32, action: i32) -> i32 {}
pub fn tcgetattr(fd: i32, termios: *mut termios) -> i32 {}
pub fn tcgetpgrp(fd: i32) -> i32 {}
pub fn tcsendbreak(fd: i32, duration: i32) -> i32 {}
pub fn tcsetattr(fd: i32, actions: i32, termios: *const termios) -> i32 {}
pub fn tcsetpgrp(fd: i32, pgrp: i32) -> i32 {}
pub fn time(time: *mut i64) -> i64 {}
pub fn timer_getoverrun(timerid: *mut c_void) -> i32 {}
pub fn timer_gettime(timerid: *mut c_void, curr: *mut itimerspec) -> i32 {}
/// source: man 2 timer_settime
#[role(arms_timer)] pub fn timer_settime(timerid: *mut c_void, flags: i32, new: *const itimerspec, old: *mut itimerspec) -> i32 {}
pub fn times(buf: *mut tms) -> i64 {}
pub fn umask(mask: u32) -> u32 {}
pub fn uname(buf: *mut utsname) -> i32 {}
pub fn unlink(path: *const i8) -> i32 {}
pub fn unlinkat(dirfd: i32, path: *const i8, flags: i32) -> i32 {}
pub fn utime(file: *const i8, buf: *const utimbuf) -> i32 {}
pub fn utimensat(dirfd: i32, path: *const i8, times: *const timespec, flags: i32) -> i32 {}
pub fn utimes(filename: *const i8, times: *const timeval) -> i32 {}
pub fn wcpcpy(dst: *mut i32, src: *const i32) -> *mut i32 {}
pub fn wcpncpy(dst: *mut i32, src: *const i32, n: usize) -> *mut i32 {}
pub fn wcscat(dst: *mut i32, src: *const i32) -> *mut i32 {}
pub fn wcschr(s: *const i32, c: i32) -> *mut i32 {}
pub fn wcscmp(a: *const i32, b: *const i32) -> i32 {}
pub fn wcscpy(dst: *mut i32, src: *const i32) -> *mut i32 {}
pub fn wcscspn(s: *const i32, reject: *const i32) -> usize {}
pub fn wcslen(s: *const i32) -> usize {}
pub fn wcsncat(dst: *mut i32, src: *const i32, n: usize) -> *mut i32 {}
pub fn wcsncmp(a: *const i32, b: *const i32, n: usize) -> i32 {}
pub fn wcsncpy(dst: *mut i32, src: *const i32, n: usize) -> *mut i32 {}
pub fn wcsnlen(s: *const i32, n: usize) -> usize {}
pub fn wcspbrk(s: *const i32, accept: *const i32) -> *mut i32 {}
pub fn wcsrchr(s: *const i32, c: i32) -> *mut i32 {}
pub fn wcsspn(s: *const i32, accept: *const i32) -> usize {}
pub fn wcsstr(s: *const i32, needle: *const i32) -> *mut i32 {}
pub fn wcstok(s: *mut i32, delim: *const i32, save: *mut *mut i32) -> *mut i32 {}
pub fn wmemchr(s: *const i32, c: i32, n: usize) -> *mut i32 {}
pub fn wmemcmp(a: *const i32, b: *const i32, n: usize) -> i32 {}
pub fn wmemcpy(dst: *mut i32, src: *const i32, n: usize) -> *mut i32 {}
pub fn wmemmove(dst: *mut i32, src: *const i32, n: usize) -> *mut i32 {}
pub fn wmemset(dst: *mut i32, c: i32, n: usize) -> *mut i32 {}
pub fn write(fd: i32, buf: *const c_void, count: usize) -> isize {}
