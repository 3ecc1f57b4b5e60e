//! The functions POSIX requires to be async-signal-safe, apart from those that open descriptors (`fds.rs`), make or
//! end processes (`process.rs`), or change a thread's or the process's identity (`ids.rs`).
//! source: man 7 signal-safety (man-pages 6.03); POSIX.1-2017 2.4.3

pub fn access() -> i32 {}
pub fn aio_error() -> i32 {}
pub fn aio_return() -> isize {}
/// glibc's takes a mutex, against the standard.
/// source: man 7 signal-safety, deviations in the GNU C library
#[fx(lock)] pub fn aio_suspend() -> i32 {}
/// source: man 2 alarm
#[role(arms_timer)] pub fn alarm() -> u32 {}
pub fn bind() -> i32 {}
pub fn cfgetispeed() -> u32 {}
pub fn cfgetospeed() -> u32 {}
pub fn cfsetispeed() -> i32 {}
pub fn cfsetospeed() -> i32 {}
pub fn chdir() -> i32 {}
pub fn chmod() -> i32 {}
pub fn chown() -> i32 {}
pub fn clock_gettime() -> i32 {}
pub fn connect() -> i32 {}
pub fn faccessat() -> i32 {}
pub fn fchdir() -> i32 {}
pub fn fchmod() -> i32 {}
pub fn fchmodat() -> i32 {}
pub fn fchown() -> i32 {}
pub fn fchownat() -> i32 {}
pub fn fdatasync() -> i32 {}
pub fn ffs() -> i32 {}
pub fn fstat() -> i32 {}
pub fn fstatat() -> i32 {}
pub fn fsync() -> i32 {}
pub fn ftruncate() -> i32 {}
pub fn futimens() -> i32 {}
pub fn getegid() -> u32 {}
pub fn geteuid() -> u32 {}
pub fn getgid() -> u32 {}
pub fn getgroups() -> i32 {}
pub fn getpeername() -> i32 {}
pub fn getpgrp() -> i32 {}
/// source: man 2 getpid
#[role(reads_pid)] pub fn getpid() -> i32 {}
pub fn getppid() -> i32 {}
pub fn getsockname() -> i32 {}
pub fn getsockopt() -> i32 {}
pub fn getuid() -> u32 {}
pub fn htonl() -> u32 {}
pub fn htons() -> u16 {}
pub fn kill() -> i32 {}
pub fn link() -> i32 {}
pub fn linkat() -> i32 {}
pub fn listen() -> i32 {}
pub fn longjmp() -> ! {}
pub fn lseek() -> i64 {}
pub fn lstat() -> i32 {}
pub fn memccpy() -> *mut c_void {}
pub fn memchr() -> *mut c_void {}
pub fn memcmp() -> i32 {}
pub fn memcpy() -> *mut c_void {}
pub fn memmove() -> *mut c_void {}
pub fn memset() -> *mut c_void {}
pub fn mkdir() -> i32 {}
pub fn mkdirat() -> i32 {}
pub fn mkfifo() -> i32 {}
pub fn mkfifoat() -> i32 {}
pub fn mknod() -> i32 {}
pub fn mknodat() -> i32 {}
pub fn ntohl() -> u32 {}
pub fn ntohs() -> u16 {}
pub fn pause() -> i32 {}
pub fn poll() -> i32 {}
pub fn posix_trace_event() {}
pub fn pselect() -> i32 {}
pub fn pthread_kill() -> i32 {}
pub fn pthread_self() -> u64 {}
pub fn raise() -> i32 {}
pub fn read() -> isize {}
pub fn readlink() -> isize {}
pub fn readlinkat() -> isize {}
pub fn recv() -> isize {}
pub fn recvfrom() -> isize {}
pub fn rename() -> i32 {}
pub fn renameat() -> i32 {}
pub fn rmdir() -> i32 {}
pub fn select() -> i32 {}
pub fn sem_post() -> i32 {}
pub fn send() -> isize {}
pub fn sendmsg() -> isize {}
pub fn sendto() -> isize {}
pub fn setpgid() -> i32 {}
pub fn setsid() -> i32 {}
pub fn setsockopt() -> i32 {}
pub fn shutdown() -> i32 {}
/// source: man 2 sigaction
#[fx(signal_handler)] #[role(handler, param = 1)]
pub fn sigaction(signum: i32, act: *const sigaction, oldact: *mut sigaction) -> i32 {}
pub fn sigaddset() -> i32 {}
pub fn sigdelset() -> i32 {}
pub fn sigemptyset() -> i32 {}
pub fn sigfillset() -> i32 {}
pub fn sigismember() -> i32 {}
pub fn siglongjmp() -> ! {}
/// source: man 2 signal
#[fx(signal_handler)] #[role(handler, param = 1)] pub fn signal(signum: i32, handler: usize) -> usize {}
pub fn sigpause(sig: i32) -> i32 {}
pub fn sigpending() -> i32 {}
/// source: man 2 sigprocmask
#[fx(signal_mask)] pub fn sigprocmask() -> i32 {}
/// source: man 3 pthread_sigmask
#[fx(signal_mask)] pub fn pthread_sigmask() -> i32 {}
pub fn sigqueue() -> i32 {}
/// source: man 3 sigset
#[fx(signal_handler)] #[role(handler, param = 1)] pub fn sigset(sig: i32, disp: usize) -> usize {}
pub fn sigsuspend(mask: *const sigset_t) -> i32 {}
pub fn sleep() -> u32 {}
pub fn sockatmark() -> i32 {}
pub fn stat() -> i32 {}
pub fn stpcpy() -> *mut i8 {}
pub fn stpncpy() -> *mut i8 {}
pub fn strcat() -> *mut i8 {}
pub fn strchr() -> *mut i8 {}
pub fn strcmp() -> i32 {}
pub fn strcpy() -> *mut i8 {}
pub fn strcspn() -> usize {}
pub fn strlen() -> usize {}
pub fn strncat() -> *mut i8 {}
pub fn strncmp() -> i32 {}
pub fn strncpy() -> *mut i8 {}
pub fn strnlen() -> usize {}
pub fn strpbrk() -> *mut i8 {}
pub fn strrchr() -> *mut i8 {}
pub fn strspn() -> usize {}
pub fn strstr() -> *mut i8 {}
pub fn strtok_r() -> *mut i8 {}
pub fn symlink() -> i32 {}
pub fn symlinkat() -> i32 {}
pub fn tcdrain() -> i32 {}
pub fn tcflow() -> i32 {}
pub fn tcflush() -> i32 {}
pub fn tcgetattr() -> i32 {}
pub fn tcgetpgrp() -> i32 {}
pub fn tcsendbreak() -> i32 {}
pub fn tcsetattr() -> i32 {}
pub fn tcsetpgrp() -> i32 {}
pub fn time() -> i64 {}
pub fn timer_getoverrun() -> i32 {}
pub fn timer_gettime() -> i32 {}
/// source: man 2 timer_settime
#[role(arms_timer)] pub fn timer_settime() -> i32 {}
pub fn times() -> i64 {}
pub fn umask() -> u32 {}
pub fn uname() -> i32 {}
pub fn unlink() -> i32 {}
pub fn unlinkat() -> i32 {}
pub fn utime() -> i32 {}
pub fn utimensat() -> i32 {}
pub fn utimes() -> i32 {}
pub fn wcpcpy() -> *mut i32 {}
pub fn wcpncpy() -> *mut i32 {}
pub fn wcscat() -> *mut i32 {}
pub fn wcschr() -> *mut i32 {}
pub fn wcscmp() -> i32 {}
pub fn wcscpy() -> *mut i32 {}
pub fn wcscspn() -> usize {}
pub fn wcslen() -> usize {}
pub fn wcsncat() -> *mut i32 {}
pub fn wcsncmp() -> i32 {}
pub fn wcsncpy() -> *mut i32 {}
pub fn wcsnlen() -> usize {}
pub fn wcspbrk() -> *mut i32 {}
pub fn wcsrchr() -> *mut i32 {}
pub fn wcsspn() -> usize {}
pub fn wcsstr() -> *mut i32 {}
pub fn wcstok() -> *mut i32 {}
pub fn wmemchr() -> *mut i32 {}
pub fn wmemcmp() -> i32 {}
pub fn wmemcpy() -> *mut i32 {}
pub fn wmemmove() -> *mut i32 {}
pub fn wmemset() -> *mut i32 {}
pub fn write() -> isize {}
