//! nix: paths are the same from 0.19 to 0.31; only what its source does not show by itself.
//! source: nix 0.31 src/unistd.rs, src/sched.rs, src/pty.rs, src/fcntl.rs, src/sys
pub mod unistd {
    #[derive(Clone, Copy)] pub struct Pid(i32);
    impl Pid { pub fn this() -> Pid {} pub fn parent() -> Pid {} pub fn from_raw(pid: i32) -> Pid {} pub fn as_raw(self) -> i32 {} }
    #[derive(Clone, Copy)] pub enum ForkResult { Parent { child: Pid }, Child }
    impl ForkResult { pub fn is_child(self) -> bool {} pub fn is_parent(self) -> bool {} }
    /// source: nix 0.31 src/unistd.rs
    #[fx(fork)] #[role(fork, child = "Child")] pub fn fork() -> crate::Result<ForkResult> {}
    /// source: nix 0.31 src/unistd.rs
    #[fx(fork)] #[role(daemon)] pub fn daemon(nochdir: bool, noclose: bool) -> crate::Result<()> {}
    /// Collects the argument pointers into a vector.
    /// source: nix 0.31 src/unistd.rs
    #[fx(exec, alloc)] pub fn execv<S: AsRef<std::ffi::CStr>>(path: &std::ffi::CStr, argv: &[S]) -> crate::Result<std::convert::Infallible> {}
    #[fx(exec, alloc)] pub fn execve<A, E>(path: &std::ffi::CStr, args: &[A], env: &[E]) -> crate::Result<std::convert::Infallible> {}
    #[fx(exec, alloc)] pub fn execvp<S>(filename: &std::ffi::CStr, args: &[S]) -> crate::Result<std::convert::Infallible> {}
    #[fx(exec, alloc)] pub fn execvpe<A, E>(filename: &std::ffi::CStr, args: &[A], env: &[E]) -> crate::Result<std::convert::Infallible> {}
    #[fx(exec, alloc)] pub fn fexecve<A, E>(fd: i32, args: &[A], env: &[E]) -> crate::Result<std::convert::Infallible> {}
    #[role(opens, dup = true, instead = "fcntl(F_DUPFD_CLOEXEC)")] pub fn dup(oldfd: i32) -> crate::Result<std::os::fd::OwnedFd> {}
    pub fn dup2(oldfd: i32, newfd: i32) -> crate::Result<i32> {}
    pub fn dup2_stdin(fd: i32) -> crate::Result<()> {}
    pub fn dup2_stdout(fd: i32) -> crate::Result<()> {}
    pub fn dup2_stderr(fd: i32) -> crate::Result<()> {}
    #[role(opens, flags = 2, flag = "O_CLOEXEC", dup = true)] pub fn dup3(oldfd: i32, newfd: i32, flags: crate::fcntl::OFlag) -> crate::Result<i32> {}
    #[role(opens, instead = "pipe2(O_CLOEXEC)")] pub fn pipe() -> crate::Result<(std::os::fd::OwnedFd, std::os::fd::OwnedFd)> {}
    #[role(opens, flags = 0, flag = "O_CLOEXEC")] pub fn pipe2(flags: crate::fcntl::OFlag) -> crate::Result<(std::os::fd::OwnedFd, std::os::fd::OwnedFd)> {}
    #[role(closes, param = 0)] pub fn close(fd: i32) -> crate::Result<()> {}
    pub fn setsid() -> crate::Result<Pid> {}
    pub fn setpgid(pid: Pid, pgid: Pid) -> crate::Result<()> {}
    #[role(reads_pid)] pub fn getpid() -> Pid {}
    pub fn getppid() -> Pid {}
    pub fn read(fd: i32, buf: &mut [u8]) -> crate::Result<usize> {}
    pub fn write(fd: i32, buf: &[u8]) -> crate::Result<usize> {}
    pub fn chdir<P>(path: &P) -> crate::Result<()> {}
    pub fn fchdir(dirfd: i32) -> crate::Result<()> {}
    #[fx(setxid)] pub fn setuid(uid: Uid) -> crate::Result<()> {}
    #[fx(setxid)] pub fn setgid(gid: Gid) -> crate::Result<()> {}
    #[fx(setxid, alloc)] pub fn setgroups(groups: &[Gid]) -> crate::Result<()> {}
    #[fx(setxid)] pub fn setresuid(r: Uid, e: Uid, s: Uid) -> crate::Result<()> {}
    #[fx(setxid)] pub fn setresgid(r: Gid, e: Gid, s: Gid) -> crate::Result<()> {}
    #[fx(nss, alloc, lock)] pub fn initgroups(user: &std::ffi::CStr, group: Gid) -> crate::Result<()> {}
    #[derive(Clone, Copy)] pub struct Uid(u32);
    #[derive(Clone, Copy)] pub struct Gid(u32);
    pub struct User { pub name: String, pub uid: Uid, pub gid: Gid, pub dir: std::path::PathBuf, pub shell: std::path::PathBuf }
    impl User { #[fx(nss, alloc, lock)] pub fn from_uid(uid: Uid) -> crate::Result<Option<User>> {} #[fx(nss, alloc, lock)] pub fn from_name(name: &str) -> crate::Result<Option<User>> {} }
    pub struct Group { pub name: String, pub gid: Gid }
    impl Group { #[fx(nss, alloc, lock)] pub fn from_gid(gid: Gid) -> crate::Result<Option<Group>> {} #[fx(nss, alloc, lock)] pub fn from_name(name: &str) -> crate::Result<Option<Group>> {} }
    #[role(opens, instead = "mkostemp")] pub fn mkstemp<P>(template: &P) -> crate::Result<(i32, std::path::PathBuf)> {}
}
pub mod sched {
    /// source: nix 0.31 src/sched.rs
    #[fx(fork)] #[role(clone_entry, param = 0)] pub fn clone(cb: Box<dyn FnMut() -> isize>, stack: &mut [u8], flags: CloneFlags, signal: Option<i32>) -> crate::Result<crate::unistd::Pid> {}
    pub struct CloneFlags;
    pub fn unshare(flags: CloneFlags) -> crate::Result<()> {}
    pub fn setns(fd: i32, nstype: CloneFlags) -> crate::Result<()> {}
}
pub mod pty {
    pub struct OpenptyResult { pub master: std::os::fd::OwnedFd, pub slave: std::os::fd::OwnedFd }
    pub enum ForkptyResult { Parent { child: crate::unistd::Pid, master: std::os::fd::OwnedFd }, Child }
    /// source: nix 0.31 src/pty.rs
    #[fx(fork)] #[role(fork, child = "Child")] pub fn forkpty<'a, 'b, T, U>(winsize: T, termios: U) -> crate::Result<ForkptyResult> {}
    #[role(opens, instead = "posix_openpt(O_CLOEXEC)")] pub fn openpty<T, U>(winsize: T, termios: U) -> crate::Result<OpenptyResult> {}
    #[role(opens, flags = 0, flag = "O_CLOEXEC")] pub fn posix_openpt(flags: crate::fcntl::OFlag) -> crate::Result<std::os::fd::OwnedFd> {}
}
pub mod fcntl {
    #[derive(Clone, Copy)] pub struct OFlag;
    pub enum FcntlArg { F_GETFD, F_SETFD(FdFlag), F_GETFL, F_SETFL(OFlag), F_DUPFD(i32), F_DUPFD_CLOEXEC(i32) }
    #[derive(Clone, Copy)] pub struct FdFlag;
    #[role(fcntl)] pub fn fcntl(fd: i32, arg: FcntlArg) -> crate::Result<i32> {}
    #[role(opens, flags = 1, flag = "O_CLOEXEC")] pub fn open<P>(path: &P, oflag: OFlag, mode: crate::sys::stat::Mode) -> crate::Result<std::os::fd::OwnedFd> {}
    #[role(opens, flags = 2, flag = "O_CLOEXEC")] pub fn openat<P>(dirfd: i32, path: &P, oflag: OFlag, mode: crate::sys::stat::Mode) -> crate::Result<std::os::fd::OwnedFd> {}
    #[role(locks_file)] pub fn flock(fd: i32, arg: FlockArg) -> crate::Result<()> {}
    pub enum FlockArg { LockShared, LockExclusive, Unlock, LockSharedNonblock, LockExclusiveNonblock, UnlockNonblock }
    #[role(class = "file_lock")] pub struct Flock<T>;
}
pub mod sys {
    pub mod stat { pub struct Mode; }
    pub mod socket {
        #[role(opens, flags = 2, flag = "SOCK_CLOEXEC")] pub fn socket<T>(domain: AddressFamily, ty: SockType, flags: SockFlag, protocol: T) -> crate::Result<std::os::fd::OwnedFd> {}
        #[role(opens, flags = 3, flag = "SOCK_CLOEXEC")] pub fn socketpair<T>(domain: AddressFamily, ty: SockType, protocol: T, flags: SockFlag) -> crate::Result<(std::os::fd::OwnedFd, std::os::fd::OwnedFd)> {}
        #[role(opens, instead = "accept4(SOCK_CLOEXEC)")] pub fn accept(sockfd: i32) -> crate::Result<i32> {}
        #[role(opens, flags = 1, flag = "SOCK_CLOEXEC")] pub fn accept4(sockfd: i32, flags: SockFlag) -> crate::Result<i32> {}
        #[role(opens, flags = 3, flag = "MSG_CMSG_CLOEXEC")] pub fn recvmsg<S>(fd: i32, iov: &mut [u8], cmsg_buffer: Option<&mut Vec<u8>>, flags: MsgFlags) -> crate::Result<RecvMsg<S>> {}
        pub struct RecvMsg<S>; pub enum AddressFamily {} pub enum SockType {} pub struct SockFlag; pub struct MsgFlags;
    }
    pub mod memfd { #[role(opens, flags = 1, flag = "MFD_CLOEXEC")] pub fn memfd_create<P>(name: &P, flags: MFdFlags) -> crate::Result<std::os::fd::OwnedFd> {} pub struct MFdFlags; pub struct MemFdCreateFlag; }
    pub mod eventfd {
        #[role(opens, flags = 1, flag = "EFD_CLOEXEC")] pub fn eventfd(initval: u32, flags: EfdFlags) -> crate::Result<std::os::fd::OwnedFd> {}
        pub struct EfdFlags; #[role(class = "fd")] pub struct EventFd;
        impl EventFd { #[role(opens, flags = 0, flag = "EFD_CLOEXEC")] pub fn from_flags(flags: EfdFlags) -> crate::Result<EventFd> {} #[role(opens, flags = 1, flag = "EFD_CLOEXEC")] pub fn from_value_and_flags(initval: u32, flags: EfdFlags) -> crate::Result<EventFd> {} }
    }
    pub mod epoll {
        #[role(opens, instead = "epoll_create1(EPOLL_CLOEXEC)")] pub fn epoll_create() -> crate::Result<i32> {}
        #[role(opens, flags = 0, flag = "EPOLL_CLOEXEC")] pub fn epoll_create1(flags: EpollCreateFlags) -> crate::Result<i32> {}
        pub struct EpollCreateFlags; #[role(class = "event_loop")] pub struct Epoll;
        impl Epoll { #[role(opens, flags = 0, flag = "EPOLL_CLOEXEC")] pub fn new(flags: EpollCreateFlags) -> crate::Result<Epoll> {} }
    }
    pub mod inotify { #[role(class = "event_loop")] pub struct Inotify; pub struct InitFlags; impl Inotify { #[role(opens, flags = 0, flag = "IN_CLOEXEC")] pub fn init(flags: InitFlags) -> crate::Result<Inotify> {} } }
    pub mod timerfd { #[role(class = "fd")] pub struct TimerFd; pub struct TimerFlags; pub enum ClockId {} impl TimerFd { #[role(opens, flags = 1, flag = "TFD_CLOEXEC")] pub fn new(clockid: ClockId, flags: TimerFlags) -> crate::Result<TimerFd> {} } }
    pub mod signalfd { #[role(class = "fd")] pub struct SignalFd; pub struct SfdFlags; impl SignalFd { #[role(opens, flags = 1, flag = "SFD_CLOEXEC")] pub fn with_flags(mask: &crate::sys::signal::SigSet, flags: SfdFlags) -> crate::Result<SignalFd> {} #[role(opens, instead = "SignalFd::with_flags(SFD_CLOEXEC)")] pub fn new(mask: &crate::sys::signal::SigSet) -> crate::Result<SignalFd> {} } }
    pub mod signal {
        pub struct SigSet; impl SigSet { #[fx(signal_mask)] pub fn thread_block(&self) -> crate::Result<()> {} #[fx(signal_mask)] pub fn thread_set_mask(&self) -> crate::Result<()> {} #[fx(signal_mask)] #[role(resets_signals)] pub fn thread_unblock(&self) -> crate::Result<()> {} }
        #[fx(signal_handler)] pub fn sigaction(signal: Signal, sigaction: &SigAction) -> crate::Result<SigAction> {}
        #[fx(signal_handler)] pub fn signal(signal: Signal, handler: SigHandler) -> crate::Result<SigHandler> {}
        #[fx(signal_mask)] pub fn sigprocmask(how: SigmaskHow, set: Option<&SigSet>, oldset: Option<&mut SigSet>) -> crate::Result<()> {}
        #[fx(signal_mask)] pub fn pthread_sigmask(how: SigmaskHow, set: Option<&SigSet>, oldset: Option<&mut SigSet>) -> crate::Result<()> {}
        pub enum Signal {} pub struct SigAction; pub enum SigHandler { SigDfl, SigIgn } pub enum SigmaskHow { SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK }
        pub fn kill<T>(pid: crate::unistd::Pid, signal: T) -> crate::Result<()> {}
    }
    pub mod wait {
        pub enum WaitStatus { Exited(crate::unistd::Pid, i32), StillAlive }
        #[fx(wait)] #[role(reaps)] pub fn waitpid<P>(pid: P, options: Option<WaitPidFlag>) -> crate::Result<WaitStatus> {}
        #[fx(wait)] #[role(reaps)] pub fn wait() -> crate::Result<WaitStatus> {}
        #[fx(wait)] #[role(reaps)] pub fn waitid(id: Id, flags: WaitPidFlag) -> crate::Result<WaitStatus> {}
        pub struct WaitPidFlag; pub enum Id {}
    }
    pub mod mman { #[role(maps_memory)] pub fn mmap<F>(addr: usize, length: usize, prot: u32, flags: u32, f: F, offset: i64) -> crate::Result<usize> {} }
}
pub type Result<T> = std::result::Result<T, errno::Errno>;
pub mod errno { #[derive(Clone, Copy)] pub enum Errno { UnknownErrno } }
pub use errno::Errno;
