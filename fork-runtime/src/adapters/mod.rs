//! [`Manager`](crate::pool::Manager)s for the clients of other crates, each behind the feature of its name.
//!
//! None of these clients shows its descriptors, so their sockets are found by the address of their server, see
//! [`FdSink::add_connected_to`](crate::pool::FdSink::add_connected_to). Where no address is known a child's copies are
//! forgotten but stay open until the child ends.

#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(feature = "r2d2")]
pub mod r2d2;
#[cfg(feature = "redis")]
pub mod redis;

/// All addresses of a host name; `None` if it cannot be looked up.
#[cfg(any(feature = "redis", feature = "postgres"))]
fn lookup(hosts: impl IntoIterator<Item = (String, u16)>) -> Option<crate::pool::PeerAddress> {
    let found: Vec<_> =
        hosts.into_iter().filter_map(|host| std::net::ToSocketAddrs::to_socket_addrs(&host).ok()).flatten().collect();
    (!found.is_empty()).then_some(crate::pool::PeerAddress::Ip(found))
}
