//! Sockets, all close-on-exec. A host name goes to the resolver; a socket address does not.
//! source: std 1.95 library/std/src/net, library/std/src/sys/net/connection/socket/mod.rs, library/std/src/os/unix/net

pub mod net {
    use crate::io;
    use crate::iter::It;
    use crate::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd, RawFd};
    use crate::time::Duration;

    pub enum IpAddr { V4(Ipv4Addr), V6(Ipv6Addr) }
    pub struct Ipv4Addr;
    pub struct Ipv6Addr;
    pub enum SocketAddr { V4(SocketAddrV4), V6(SocketAddrV6) }
    pub struct SocketAddrV4;
    pub struct SocketAddrV6;
    pub struct AddrParseError;
    pub enum Shutdown { Read, Write, Both }
    #[role(class = "fd")] pub struct TcpStream;
    #[role(class = "fd")] pub struct TcpListener;
    #[role(class = "fd")] pub struct UdpSocket;
    pub type Incoming<'a> = It<io::Result<TcpStream>>;

    pub trait ToSocketAddrs {
        type Iter;
        #[fx(nss, lock, alloc)] fn to_socket_addrs(&self) -> io::Result<Self::Iter>;
    }
    impl ToSocketAddrs for SocketAddr { type Iter = It<SocketAddr>; #[fx()] fn to_socket_addrs(&self) -> io::Result<It<SocketAddr>> {} }
    impl ToSocketAddrs for str { type Iter = It<SocketAddr>; #[fx(nss, lock, alloc)] fn to_socket_addrs(&self) -> io::Result<It<SocketAddr>> {} }
    impl ToSocketAddrs for String { type Iter = It<SocketAddr>; #[fx(nss, lock, alloc)] fn to_socket_addrs(&self) -> io::Result<It<SocketAddr>> {} }

    impl IpAddr {
        fn is_unspecified(&self) -> bool {}
        fn is_loopback(&self) -> bool {}
        fn is_multicast(&self) -> bool {}
        fn is_ipv4(&self) -> bool {}
        fn is_ipv6(&self) -> bool {}
    }
    impl Ipv4Addr {
        const LOCALHOST: Ipv4Addr = loop {};
        const UNSPECIFIED: Ipv4Addr = loop {};
        const BROADCAST: Ipv4Addr = loop {};
        fn new(a: u8, b: u8, c: u8, d: u8) -> Ipv4Addr {}
        fn octets(&self) -> [u8; 4] {}
        fn to_bits(self) -> u32 {}
        fn is_loopback(&self) -> bool {}
        fn is_unspecified(&self) -> bool {}
        fn is_private(&self) -> bool {}
        fn is_link_local(&self) -> bool {}
        fn is_broadcast(&self) -> bool {}
        fn is_multicast(&self) -> bool {}
        fn to_ipv6_mapped(&self) -> Ipv6Addr {}
    }
    impl Ipv6Addr {
        const LOCALHOST: Ipv6Addr = loop {};
        const UNSPECIFIED: Ipv6Addr = loop {};
        fn new(a: u16, b: u16, c: u16, d: u16, e: u16, f: u16, g: u16, h: u16) -> Ipv6Addr {}
        fn octets(&self) -> [u8; 16] {}
        fn segments(&self) -> [u16; 8] {}
        fn is_loopback(&self) -> bool {}
        fn is_unspecified(&self) -> bool {}
        fn to_ipv4(&self) -> Option<Ipv4Addr> {}
        fn to_ipv4_mapped(&self) -> Option<Ipv4Addr> {}
        fn to_canonical(&self) -> IpAddr {}
    }
    impl SocketAddr {
        fn new(ip: IpAddr, port: u16) -> SocketAddr {}
        fn ip(&self) -> IpAddr {}
        fn set_ip(&mut self, new_ip: IpAddr) {}
        fn port(&self) -> u16 {}
        fn set_port(&mut self, new_port: u16) {}
        fn is_ipv4(&self) -> bool {}
        fn is_ipv6(&self) -> bool {}
    }
    impl SocketAddrV4 {
        fn new(ip: Ipv4Addr, port: u16) -> SocketAddrV4 {}
        fn ip(&self) -> &Ipv4Addr {}
        fn port(&self) -> u16 {}
    }
    impl SocketAddrV6 {
        fn new(ip: Ipv6Addr, port: u16, flowinfo: u32, scope_id: u32) -> SocketAddrV6 {}
        fn ip(&self) -> &Ipv6Addr {}
        fn port(&self) -> u16 {}
        fn scope_id(&self) -> u32 {}
    }
    impl<S> From<S> for IpAddr { fn from(s: S) -> IpAddr {} }
    impl<S> From<S> for SocketAddr { fn from(s: S) -> SocketAddr {} }
    impl<S> From<S> for Ipv4Addr { fn from(s: S) -> Ipv4Addr {} }
    impl<S> From<S> for Ipv6Addr { fn from(s: S) -> Ipv6Addr {} }
    impl crate::str::FromStr for IpAddr { type Err = AddrParseError; fn from_str(s: &str) -> Result<IpAddr, AddrParseError> {} }
    impl crate::str::FromStr for Ipv4Addr { type Err = AddrParseError; fn from_str(s: &str) -> Result<Ipv4Addr, AddrParseError> {} }
    impl crate::str::FromStr for Ipv6Addr { type Err = AddrParseError; fn from_str(s: &str) -> Result<Ipv6Addr, AddrParseError> {} }
    impl crate::str::FromStr for SocketAddr { type Err = AddrParseError; fn from_str(s: &str) -> Result<SocketAddr, AddrParseError> {} }

    impl TcpStream {
        #[fx(nss, lock, alloc)] #[role(opens, cloexec = true)] fn connect<A: ToSocketAddrs>(addr: A) -> io::Result<TcpStream> {}
        #[role(opens, cloexec = true)] fn connect_timeout(addr: &SocketAddr, timeout: Duration) -> io::Result<TcpStream> {}
        fn peer_addr(&self) -> io::Result<SocketAddr> {}
        fn local_addr(&self) -> io::Result<SocketAddr> {}
        fn shutdown(&self, how: Shutdown) -> io::Result<()> {}
        #[role(opens, cloexec = true, dup = true)] fn try_clone(&self) -> io::Result<TcpStream> {}
        fn set_read_timeout(&self, dur: Option<Duration>) -> io::Result<()> {}
        fn set_write_timeout(&self, dur: Option<Duration>) -> io::Result<()> {}
        fn read_timeout(&self) -> io::Result<Option<Duration>> {}
        fn peek(&self, buf: &mut [u8]) -> io::Result<usize> {}
        fn set_nodelay(&self, nodelay: bool) -> io::Result<()> {}
        fn nodelay(&self) -> io::Result<bool> {}
        fn set_ttl(&self, ttl: u32) -> io::Result<()> {}
        fn take_error(&self) -> io::Result<Option<io::Error>> {}
        fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {}
    }
    impl TcpListener {
        #[role(opens, cloexec = true)] fn bind<A: ToSocketAddrs>(addr: A) -> io::Result<TcpListener> {}
        fn local_addr(&self) -> io::Result<SocketAddr> {}
        #[role(opens, cloexec = true, dup = true)] fn try_clone(&self) -> io::Result<TcpListener> {}
        #[role(opens, cloexec = true)] fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {}
        #[role(opens, cloexec = true)] fn incoming(&self) -> It<io::Result<TcpStream>> {}
        fn set_ttl(&self, ttl: u32) -> io::Result<()> {}
        fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {}
        fn take_error(&self) -> io::Result<Option<io::Error>> {}
    }
    impl UdpSocket {
        #[role(opens, cloexec = true)] fn bind<A: ToSocketAddrs>(addr: A) -> io::Result<UdpSocket> {}
        fn recv_from(&self, buf: &mut [u8]) -> io::Result<(usize, SocketAddr)> {}
        fn peek_from(&self, buf: &mut [u8]) -> io::Result<(usize, SocketAddr)> {}
        fn send_to<A: ToSocketAddrs>(&self, buf: &[u8], addr: A) -> io::Result<usize> {}
        fn peer_addr(&self) -> io::Result<SocketAddr> {}
        fn local_addr(&self) -> io::Result<SocketAddr> {}
        #[role(opens, cloexec = true, dup = true)] fn try_clone(&self) -> io::Result<UdpSocket> {}
        fn set_read_timeout(&self, dur: Option<Duration>) -> io::Result<()> {}
        fn set_write_timeout(&self, dur: Option<Duration>) -> io::Result<()> {}
        fn set_broadcast(&self, broadcast: bool) -> io::Result<()> {}
        fn set_ttl(&self, ttl: u32) -> io::Result<()> {}
        fn join_multicast_v4(&self, multiaddr: &Ipv4Addr, interface: &Ipv4Addr) -> io::Result<()> {}
        #[fx(nss, lock, alloc)] fn connect<A: ToSocketAddrs>(&self, addr: A) -> io::Result<()> {}
        fn send(&self, buf: &[u8]) -> io::Result<usize> {}
        fn recv(&self, buf: &mut [u8]) -> io::Result<usize> {}
        fn peek(&self, buf: &mut [u8]) -> io::Result<usize> {}
        fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {}
        fn take_error(&self) -> io::Result<Option<io::Error>> {}
    }
    impl io::Read for TcpStream {}
    impl io::Write for TcpStream {}
    impl io::Read for &TcpStream {}
    impl io::Write for &TcpStream {}
    impl AsRawFd for TcpStream { #[role(transparent)] fn as_raw_fd(&self) -> RawFd {} }
    impl AsRawFd for TcpListener { #[role(transparent)] fn as_raw_fd(&self) -> RawFd {} }
    impl AsRawFd for UdpSocket { #[role(transparent)] fn as_raw_fd(&self) -> RawFd {} }
    impl AsFd for TcpStream { #[role(transparent)] fn as_fd(&self) -> BorrowedFd<'_> {} }
    impl AsFd for TcpListener { #[role(transparent)] fn as_fd(&self) -> BorrowedFd<'_> {} }
    impl AsFd for UdpSocket { #[role(transparent)] fn as_fd(&self) -> BorrowedFd<'_> {} }
    impl FromRawFd for TcpStream { #[role(transparent)] fn from_raw_fd(fd: RawFd) -> TcpStream {} }
    impl FromRawFd for TcpListener { #[role(transparent)] fn from_raw_fd(fd: RawFd) -> TcpListener {} }
    impl FromRawFd for UdpSocket { #[role(transparent)] fn from_raw_fd(fd: RawFd) -> UdpSocket {} }
    impl IntoRawFd for TcpStream { #[role(transparent)] fn into_raw_fd(self) -> RawFd {} }
    impl IntoRawFd for TcpListener { #[role(transparent)] fn into_raw_fd(self) -> RawFd {} }
    impl IntoRawFd for UdpSocket { #[role(transparent)] fn into_raw_fd(self) -> RawFd {} }
    impl From<OwnedFd> for TcpStream { #[role(transparent)] fn from(fd: OwnedFd) -> TcpStream {} }
    impl From<OwnedFd> for TcpListener { #[role(transparent)] fn from(fd: OwnedFd) -> TcpListener {} }
    impl From<OwnedFd> for UdpSocket { #[role(transparent)] fn from(fd: OwnedFd) -> UdpSocket {} }
}

/// source: std 1.95 library/std/src/os/unix/net
pub mod os {
    pub mod unix {
        pub mod net {
            use crate::io;
            use crate::iter::It;
            use crate::net::Shutdown;
            use crate::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, IntoRawFd, OwnedFd, RawFd};
            use crate::path::Path;
            use crate::time::Duration;

            pub struct SocketAddr;
            #[role(class = "fd")] pub struct UnixStream;
            #[role(class = "fd")] pub struct UnixListener;
            #[role(class = "fd")] pub struct UnixDatagram;
            pub type Incoming<'a> = It<io::Result<UnixStream>>;
            impl SocketAddr {
                fn from_pathname<P: AsRef<Path>>(path: P) -> io::Result<SocketAddr> {}
                fn is_unnamed(&self) -> bool {}
                fn as_pathname(&self) -> Option<&Path> {}
            }
            impl UnixStream {
                #[role(opens, cloexec = true)] fn connect<P: AsRef<Path>>(path: P) -> io::Result<UnixStream> {}
                #[role(opens, cloexec = true)] fn connect_addr(addr: &SocketAddr) -> io::Result<UnixStream> {}
                #[role(opens, cloexec = true)] fn pair() -> io::Result<(UnixStream, UnixStream)> {}
                #[role(opens, cloexec = true, dup = true)] fn try_clone(&self) -> io::Result<UnixStream> {}
                fn local_addr(&self) -> io::Result<SocketAddr> {}
                fn peer_addr(&self) -> io::Result<SocketAddr> {}
                fn set_read_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {}
                fn set_write_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {}
                fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {}
                fn take_error(&self) -> io::Result<Option<io::Error>> {}
                fn shutdown(&self, how: Shutdown) -> io::Result<()> {}
            }
            impl UnixListener {
                #[role(opens, cloexec = true)] fn bind<P: AsRef<Path>>(path: P) -> io::Result<UnixListener> {}
                #[role(opens, cloexec = true)] fn bind_addr(addr: &SocketAddr) -> io::Result<UnixListener> {}
                #[role(opens, cloexec = true)] fn accept(&self) -> io::Result<(UnixStream, SocketAddr)> {}
                #[role(opens, cloexec = true, dup = true)] fn try_clone(&self) -> io::Result<UnixListener> {}
                fn local_addr(&self) -> io::Result<SocketAddr> {}
                fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {}
                #[role(opens, cloexec = true)] fn incoming(&self) -> It<io::Result<UnixStream>> {}
            }
            impl UnixDatagram {
                #[role(opens, cloexec = true)] fn bind<P: AsRef<Path>>(path: P) -> io::Result<UnixDatagram> {}
                #[role(opens, cloexec = true)] fn unbound() -> io::Result<UnixDatagram> {}
                #[role(opens, cloexec = true)] fn pair() -> io::Result<(UnixDatagram, UnixDatagram)> {}
                #[role(opens, cloexec = true, dup = true)] fn try_clone(&self) -> io::Result<UnixDatagram> {}
                fn connect<P: AsRef<Path>>(&self, path: P) -> io::Result<()> {}
                fn recv_from(&self, buf: &mut [u8]) -> io::Result<(usize, SocketAddr)> {}
                fn recv(&self, buf: &mut [u8]) -> io::Result<usize> {}
                fn send_to<P: AsRef<Path>>(&self, buf: &[u8], path: P) -> io::Result<usize> {}
                fn send(&self, buf: &[u8]) -> io::Result<usize> {}
                fn set_read_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {}
                fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {}
            }
            impl io::Read for UnixStream {}
            impl io::Write for UnixStream {}
            impl io::Read for &UnixStream {}
            impl io::Write for &UnixStream {}
            impl AsRawFd for UnixStream { #[role(transparent)] fn as_raw_fd(&self) -> RawFd {} }
            impl AsRawFd for UnixListener { #[role(transparent)] fn as_raw_fd(&self) -> RawFd {} }
            impl AsRawFd for UnixDatagram { #[role(transparent)] fn as_raw_fd(&self) -> RawFd {} }
            impl AsFd for UnixStream { #[role(transparent)] fn as_fd(&self) -> BorrowedFd<'_> {} }
            impl AsFd for UnixListener { #[role(transparent)] fn as_fd(&self) -> BorrowedFd<'_> {} }
            impl AsFd for UnixDatagram { #[role(transparent)] fn as_fd(&self) -> BorrowedFd<'_> {} }
            impl FromRawFd for UnixStream { #[role(transparent)] fn from_raw_fd(fd: RawFd) -> UnixStream {} }
            impl FromRawFd for UnixListener { #[role(transparent)] fn from_raw_fd(fd: RawFd) -> UnixListener {} }
            impl FromRawFd for UnixDatagram { #[role(transparent)] fn from_raw_fd(fd: RawFd) -> UnixDatagram {} }
            impl IntoRawFd for UnixStream { #[role(transparent)] fn into_raw_fd(self) -> RawFd {} }
            impl IntoRawFd for UnixListener { #[role(transparent)] fn into_raw_fd(self) -> RawFd {} }
            impl IntoRawFd for UnixDatagram { #[role(transparent)] fn into_raw_fd(self) -> RawFd {} }
            impl From<OwnedFd> for UnixStream { #[role(transparent)] fn from(fd: OwnedFd) -> UnixStream {} }
            impl From<OwnedFd> for UnixListener { #[role(transparent)] fn from(fd: OwnedFd) -> UnixListener {} }
        }
    }
    pub mod linux {
        pub mod net {
            pub trait SocketAddrExt {
                fn from_abstract_name<N: AsRef<[u8]>>(name: N) -> crate::io::Result<crate::os::unix::net::SocketAddr>;
                fn as_abstract_name(&self) -> Option<&[u8]>;
            }
            impl SocketAddrExt for crate::os::unix::net::SocketAddr {}
        }
    }
}
