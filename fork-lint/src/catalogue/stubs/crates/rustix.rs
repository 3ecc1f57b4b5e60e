//! rustix: raw system calls; it takes no lock and allocates only for long paths.
//! source: rustix 1.1 src/{io,fs,net,pipe,event,runtime}
pub mod io {
    pub type Result<T> = std::result::Result<T, Errno>;
    #[derive(Clone, Copy)] pub struct Errno(u16);
    impl Errno { pub fn raw_os_error(self) -> i32 {} }
    #[role(opens, dup = true, instead = "rustix::io::fcntl_dupfd_cloexec")] pub fn dup<Fd>(fd: Fd) -> Result<std::os::fd::OwnedFd> {}
    pub fn dup2<Fd>(fd: Fd, new: &mut std::os::fd::OwnedFd) -> Result<()> {}
    #[role(opens, flags = 2, flag = "CLOEXEC", dup = true)] pub fn dup3<Fd>(fd: Fd, new: &mut std::os::fd::OwnedFd, flags: DupFlags) -> Result<()> {}
    #[role(opens, cloexec = true)] pub fn fcntl_dupfd_cloexec<Fd>(fd: Fd, min: i32) -> Result<std::os::fd::OwnedFd> {}
    pub fn fcntl_getfd<Fd>(fd: Fd) -> Result<FdFlags> {}
    pub struct DupFlags; pub struct FdFlags;
}
pub mod fd { pub use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd, RawFd}; }
pub mod fs {
    #[role(opens, flags = 1, flag = "CLOEXEC")] pub fn open<P>(path: P, flags: OFlags, mode: Mode) -> crate::io::Result<std::os::fd::OwnedFd> {}
    #[role(opens, flags = 2, flag = "CLOEXEC")] pub fn openat<P, Fd>(dirfd: Fd, path: P, flags: OFlags, mode: Mode) -> crate::io::Result<std::os::fd::OwnedFd> {}
    #[role(opens, flags = 1, flag = "CLOEXEC")] pub fn memfd_create<P>(name: P, flags: MemfdFlags) -> crate::io::Result<std::os::fd::OwnedFd> {}
    #[role(locks_file)] pub fn flock<Fd>(fd: Fd, op: FlockOperation) -> crate::io::Result<()> {}
    pub struct OFlags; pub struct Mode; pub struct MemfdFlags; pub enum FlockOperation { LockShared, LockExclusive, Unlock }
    pub mod inotify { #[role(opens, flags = 0, flag = "CLOEXEC")] pub fn init(flags: CreateFlags) -> crate::io::Result<std::os::fd::OwnedFd> {} pub struct CreateFlags; }
}
pub mod net {
    #[role(opens, instead = "rustix::net::socket_with(SocketFlags::CLOEXEC)")] pub fn socket<P>(domain: AddressFamily, type_: SocketType, protocol: P) -> crate::io::Result<std::os::fd::OwnedFd> {}
    #[role(opens, flags = 2, flag = "CLOEXEC")] pub fn socket_with<P>(domain: AddressFamily, type_: SocketType, flags: SocketFlags, protocol: P) -> crate::io::Result<std::os::fd::OwnedFd> {}
    #[role(opens, flags = 2, flag = "CLOEXEC")] pub fn socketpair<P>(domain: AddressFamily, type_: SocketType, flags: SocketFlags, protocol: P) -> crate::io::Result<(std::os::fd::OwnedFd, std::os::fd::OwnedFd)> {}
    #[role(opens, instead = "rustix::net::accept_with(SocketFlags::CLOEXEC)")] pub fn accept<Fd>(sockfd: Fd) -> crate::io::Result<std::os::fd::OwnedFd> {}
    #[role(opens, flags = 1, flag = "CLOEXEC")] pub fn accept_with<Fd>(sockfd: Fd, flags: SocketFlags) -> crate::io::Result<std::os::fd::OwnedFd> {}
    #[role(opens, flags = 3, flag = "CMSG_CLOEXEC")] pub fn recvmsg<Fd>(socket: Fd, iov: &mut [u8], control: &mut RecvAncillaryBuffer, flags: RecvFlags) -> crate::io::Result<usize> {}
    pub struct AddressFamily; pub struct SocketType; pub struct SocketFlags; pub struct RecvFlags; pub struct RecvAncillaryBuffer;
}
pub mod pipe {
    #[role(opens, instead = "rustix::pipe::pipe_with(PipeFlags::CLOEXEC)")] pub fn pipe() -> crate::io::Result<(std::os::fd::OwnedFd, std::os::fd::OwnedFd)> {}
    #[role(opens, flags = 0, flag = "CLOEXEC")] pub fn pipe_with(flags: PipeFlags) -> crate::io::Result<(std::os::fd::OwnedFd, std::os::fd::OwnedFd)> {}
    pub struct PipeFlags;
}
pub mod event {
    #[role(opens, flags = 1, flag = "CLOEXEC")] pub fn eventfd(initval: u32, flags: EventfdFlags) -> crate::io::Result<std::os::fd::OwnedFd> {}
    pub struct EventfdFlags;
    pub mod epoll { #[role(opens, flags = 0, flag = "CLOEXEC")] pub fn create(flags: CreateFlags) -> crate::io::Result<std::os::fd::OwnedFd> {} pub struct CreateFlags; }
}
pub mod runtime {
    pub enum Fork { Child(i32), ParentOf(i32) }
    /// source: rustix 1.1 src/runtime.rs
    #[fx(fork)] #[role(fork, child = "Child", kind = "raw")] pub fn kernel_fork() -> crate::io::Result<Fork> {}
    #[fx(fork)] #[role(fork, child = "Child", kind = "raw")] pub fn fork() -> crate::io::Result<Fork> {}
    #[fx(exec)] pub fn execve() -> crate::io::Errno {}
    #[fx(exit_now)] #[role(diverges)] pub fn exit_group(status: i32) -> ! {}
}
pub mod process {
    #[role(reads_pid)] pub fn getpid() -> i32 {}
    #[fx(wait)] #[role(reaps)] pub fn waitpid(pid: Option<i32>, options: WaitOptions) -> crate::io::Result<Option<i32>> {}
    #[fx(wait)] #[role(reaps)] pub fn wait(options: WaitOptions) -> crate::io::Result<Option<i32>> {}
    #[fx(wait)] #[role(reaps)] pub fn waitid<I>(id: I, options: WaitOptions) -> crate::io::Result<Option<i32>> {}
    #[role(opens, cloexec = true)] pub fn pidfd_open(pid: i32, flags: u32) -> crate::io::Result<std::os::fd::OwnedFd> {}
    pub struct WaitOptions;
    pub fn setsid() -> crate::io::Result<i32> {}
    pub fn chdir<P>(path: P) -> crate::io::Result<()> {}
}
pub mod thread { pub fn set_thread_uid(uid: u32) -> crate::io::Result<()> {} }
