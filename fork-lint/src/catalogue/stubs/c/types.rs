//! C's types, and the functions that stand for its macros. A struct that has a function's name keeps out of its way.

pub type c_char = i8;
pub type c_schar = i8;
pub type c_uchar = u8;
pub type c_short = i16;
pub type c_ushort = u16;
pub type c_int = i32;
pub type c_uint = u32;
pub type c_long = i64;
pub type c_ulong = u64;
pub type c_longlong = i64;
pub type c_ulonglong = u64;
pub type c_float = f32;
pub type c_double = f64;
pub type int8_t = i8;
pub type int16_t = i16;
pub type int32_t = i32;
pub type int64_t = i64;
pub type uint8_t = u8;
pub type uint16_t = u16;
pub type uint32_t = u32;
pub type uint64_t = u64;
pub type size_t = usize;
pub type ssize_t = isize;
pub type intptr_t = isize;
pub type uintptr_t = usize;
pub type ptrdiff_t = isize;
pub type pid_t = i32;
pub type uid_t = u32;
pub type gid_t = u32;
pub type id_t = u32;
pub type mode_t = u32;
pub type off_t = i64;
pub type off64_t = i64;
pub type loff_t = i64;
pub type dev_t = u64;
pub type ino_t = u64;
pub type nlink_t = u64;
pub type blksize_t = i64;
pub type blkcnt_t = i64;
pub type time_t = i64;
pub type suseconds_t = i64;
pub type useconds_t = u32;
pub type clock_t = i64;
pub type clockid_t = i32;
pub type timer_t = *mut c_void;
pub type key_t = i32;
pub type socklen_t = u32;
pub type sa_family_t = u16;
pub type in_addr_t = u32;
pub type in_port_t = u16;
pub type nfds_t = u64;
pub type rlim_t = u64;
pub type tcflag_t = u32;
pub type speed_t = u32;
pub type cc_t = u8;
pub type wchar_t = i32;
pub type wint_t = u32;
pub type pthread_t = u64;
pub type pthread_key_t = u32;
pub type mqd_t = i32;
pub type idtype_t = u32;
pub type sighandler_t = usize;
pub type greg_t = i64;
pub type rlimit_resource_t = u32;

pub enum c_void {}
pub enum FILE {}
pub enum DIR {}
pub struct stat {}
pub struct stat64 {}
pub struct statx {}
pub struct statfs {}
pub struct statvfs {}
pub struct dirent {}
pub struct timespec { pub tv_sec: i64, pub tv_nsec: i64 }
pub struct timeval { pub tv_sec: i64, pub tv_usec: i64 }
pub struct itimerval {}
pub struct itimerspec {}
pub struct tm {}
pub struct tms {}
pub struct utimbuf {}
pub struct utsname {}
pub struct sysinfo {}
pub struct rusage {}
pub struct rlimit { pub rlim_cur: u64, pub rlim_max: u64 }
pub struct rlimit64 { pub rlim_cur: u64, pub rlim_max: u64 }
pub struct passwd { pub pw_name: *mut i8, pub pw_uid: u32, pub pw_gid: u32, pub pw_dir: *mut i8, pub pw_shell: *mut i8 }
pub struct group { pub gr_name: *mut i8, pub gr_gid: u32, pub gr_mem: *mut *mut i8 }
pub struct spwd {}
pub struct termios {}
pub struct winsize { pub ws_row: u16, pub ws_col: u16, pub ws_xpixel: u16, pub ws_ypixel: u16 }
pub struct sockaddr {}
pub struct sockaddr_in {}
pub struct sockaddr_in6 {}
pub struct sockaddr_un {}
pub struct sockaddr_storage {}
pub struct sockaddr_nl {}
pub struct in_addr {}
pub struct in6_addr {}
pub struct addrinfo {}
pub struct ifaddrs {}
pub struct hostent {}
pub struct iovec { pub iov_base: *mut c_void, pub iov_len: usize }
pub struct msghdr {}
pub struct mmsghdr {}
pub struct cmsghdr {}
pub struct ucred { pub pid: i32, pub uid: u32, pub gid: u32 }
pub struct linger {}
pub struct pollfd { pub fd: i32, pub events: i16, pub revents: i16 }
pub struct epoll_event { pub events: u32, pub u64: u64 }
pub struct fd_set {}
pub struct flock {}
pub struct sigset_t {}
pub struct sigaction { pub sa_sigaction: usize, pub sa_mask: sigset_t, pub sa_flags: i32 }
pub struct siginfo_t {}
pub struct sigevent {}
pub struct sigval {}
pub struct stack_t {}
pub struct ucontext_t {}
pub struct signalfd_siginfo {}
pub struct inotify_event {}
pub struct sem_t {}
pub struct sched_param {}
pub struct cpu_set_t {}
pub struct pthread_attr_t {}
pub struct pthread_mutex_t {}
pub struct pthread_mutexattr_t {}
pub struct pthread_rwlock_t {}
pub struct pthread_rwlockattr_t {}
pub struct pthread_cond_t {}
pub struct pthread_condattr_t {}
pub struct pthread_once_t {}
pub struct pthread_barrier_t {}
pub struct pthread_spinlock_t {}
pub struct posix_spawn_file_actions_t {}
pub struct posix_spawnattr_t {}
pub struct Dl_info {}
pub struct clone_args {}
pub struct open_how {}
pub struct user_regs_struct {}
pub struct glob_t {}
pub struct option {}
pub struct lconv {}
pub struct div_t {}

pub fn WIFEXITED(status: i32) -> bool {}
pub fn WEXITSTATUS(status: i32) -> i32 {}
pub fn WIFSIGNALED(status: i32) -> bool {}
pub fn WTERMSIG(status: i32) -> i32 {}
pub fn WCOREDUMP(status: i32) -> bool {}
pub fn WIFSTOPPED(status: i32) -> bool {}
pub fn WSTOPSIG(status: i32) -> i32 {}
pub fn WIFCONTINUED(status: i32) -> bool {}
pub fn W_EXITCODE(ret: i32, sig: i32) -> i32 {}
pub fn FD_SET(fd: i32, set: *mut fd_set) {}
pub fn FD_CLR(fd: i32, set: *mut fd_set) {}
pub fn FD_ISSET(fd: i32, set: *const fd_set) -> bool {}
pub fn FD_ZERO(set: *mut fd_set) {}
pub fn CPU_SET(cpu: usize, set: &mut cpu_set_t) {}
pub fn CPU_CLR(cpu: usize, set: &mut cpu_set_t) {}
pub fn CPU_ISSET(cpu: usize, set: &cpu_set_t) -> bool {}
pub fn CPU_ZERO(set: &mut cpu_set_t) {}
pub fn CPU_COUNT(set: &cpu_set_t) -> i32 {}
pub fn CMSG_FIRSTHDR(mhdr: *const msghdr) -> *mut cmsghdr {}
pub fn CMSG_NXTHDR(mhdr: *const msghdr, cmsg: *const cmsghdr) -> *mut cmsghdr {}
pub fn CMSG_DATA(cmsg: *const cmsghdr) -> *mut u8 {}
pub fn CMSG_SPACE(length: u32) -> u32 {}
pub fn CMSG_LEN(length: u32) -> u32 {}
pub fn CMSG_ALIGN(len: usize) -> usize {}
pub fn SIGRTMIN() -> i32 {}
pub fn SIGRTMAX() -> i32 {}
pub fn major(dev: u64) -> u32 {}
pub fn minor(dev: u64) -> u32 {}
pub fn makedev(major: u32, minor: u32) -> u64 {}
