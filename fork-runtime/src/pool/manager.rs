//! What the pool has to know about a client.

use crate::Inherited;
use crate::sys::fds::{self, Fate, Tracked};
use std::net::SocketAddr;
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};

/// Makes, checks and discards the connections of a pool.
pub trait Manager: Send + Sync + 'static {
    /// A connection.
    type Conn: Send + 'static;
    /// Why there is none.
    type Error: std::error::Error + 'static;

    /// Makes a connection. Its own time-out is the manager's to set.
    ///
    /// # Errors
    ///
    /// The client's.
    fn connect(&self) -> Result<Self::Conn, Self::Error>;

    /// Whether the connection still works; asked at check-out unless
    /// [`check_on_get(false)`](super::Builder::check_on_get).
    ///
    /// # Errors
    ///
    /// Any: the connection is dropped, and another one taken or made.
    fn check(&self, conn: &mut Self::Conn) -> Result<(), Self::Error>;

    /// Whether it is known to be broken, without asking the server; asked at check-in.
    fn is_broken(&self, _conn: &mut Self::Conn) -> bool {
        false
    }

    /// Names the descriptors of a fresh connection, which are made harmless in a child.
    fn fds(&self, conn: &Self::Conn, sink: &mut FdSink<'_>);

    /// The server, for a manager that uses [`FdSink::add_connected_to`]: what is connected to it already belongs to
    /// others.
    fn server(&self) -> Option<&PeerAddress> {
        None
    }

    /// Gets, in a child, an idle connection that its parent opened, its descriptors being harmless already.
    ///
    /// The default forgets it: memory of one connection, against a destructor that nobody has checked.
    fn discard(&self, conn: Inherited<Self::Conn>) {
        conn.forget();
    }
}

/// Collects the descriptors of a connection. See [`Manager::fds`].
pub struct FdSink<'a> {
    pub(super) tracked: &'a mut Vec<Tracked>,
    /// The sockets that existed before `connect`, where it was asked to find out.
    pub(super) before: &'a [(u64, u64)],
}

impl FdSink<'_> {
    /// A descriptor of the connection.
    pub fn add(&mut self, fd: impl AsFd) {
        // A descriptor that cannot be looked at is not open: there is nothing to make harmless.
        if let Ok(tracked) = fds::track(fd.as_fd(), Fate::Null) {
            self.tracked.push(tracked);
        }
    }

    /// For clients that do not show their descriptors: every socket of this process that is connected to `server` and
    /// was not before [`Manager::connect`]. The manager has to name the server in [`Manager::server`] too.
    ///
    /// A socket to the same server that some other client of this process opened at the same moment may be among them.
    /// It is as unusable in a child, so making it harmless there is right as well.
    pub fn add_connected_to(&mut self, server: &PeerAddress) {
        let mut found = Vec::new();
        // Without /proc nothing is found: the connection is only forgotten in a child, its descriptor stays open.
        let _ = fds::each_socket(|fd| {
            if server.is_peer_of(fd)
                && fds::identity(std::os::fd::AsRawFd::as_raw_fd(&fd)).is_ok_and(|id| !self.before.contains(&id))
                && let Ok(tracked) = fds::track(fd, Fate::Null)
            {
                found.push(tracked);
            }
        });
        self.tracked.append(&mut found);
    }
}

impl std::fmt::Debug for FdSink<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FdSink").field("descriptors", &self.tracked.len()).finish()
    }
}

/// The address of a server, to recognise sockets connected to it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PeerAddress {
    /// A unix socket.
    Unix(PathBuf),
    /// Any of these: a host name may have several addresses.
    Ip(Vec<SocketAddr>),
}

impl PeerAddress {
    fn is_peer_of(&self, fd: std::os::fd::BorrowedFd<'_>) -> bool {
        let Ok(bytes) = fds::peer(fd) else {
            return false;
        };
        let (family, rest) = match bytes.split_at_checked(2) {
            Some((family, rest)) => (i32::from(u16::from_ne_bytes([family[0], family[1]])), rest),
            None => return false,
        };
        match self {
            PeerAddress::Unix(path) => {
                let end = rest.iter().position(|byte| *byte == 0).unwrap_or(rest.len());
                family == libc::AF_UNIX && unix_path(path).as_slice() == &rest[..end]
            }
            PeerAddress::Ip(addresses) => addresses.iter().any(|address| same_ip(address, family, rest)),
        }
    }
}

fn unix_path(path: &Path) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec()
}

/// `sockaddr_in` is port, address; `sockaddr_in6` is port, flow, address; both big-endian (ip(7), ipv6(7)).
fn same_ip(address: &SocketAddr, family: i32, rest: &[u8]) -> bool {
    let port = address.port().to_be_bytes();
    match address {
        SocketAddr::V4(v4) => {
            family == libc::AF_INET && rest.get(..2) == Some(&port) && rest.get(2..6) == Some(&v4.ip().octets())
        }
        SocketAddr::V6(v6) => {
            family == libc::AF_INET6 && rest.get(..2) == Some(&port) && rest.get(6..22) == Some(&v6.ip().octets())
        }
    }
}

/// The identities of all sockets now connected to `server`.
pub(super) fn sockets_to(server: Option<&PeerAddress>) -> Vec<(u64, u64)> {
    let mut found = Vec::new();
    if let Some(server) = server {
        let _ = fds::each_socket(|fd| {
            if server.is_peer_of(fd) {
                found.extend(fds::identity(std::os::fd::AsRawFd::as_raw_fd(&fd)));
            }
        });
    }
    found
}
