//! Any manager written for r2d2, as it is.

use crate::pool::{FdSink, Manager, PeerAddress};
use ::r2d2::ManageConnection;

/// Uses an [`r2d2::ManageConnection`] in a [`Pool`](crate::pool::Pool).
///
/// r2d2's own pool keeps worker threads and connections that a child finds dead and shared; this one keeps neither.
#[derive(Debug, Clone)]
pub struct R2d2<M> {
    manager: M,
    server: Option<PeerAddress>,
}

impl<M: ManageConnection> R2d2<M> {
    /// Wraps a manager. Its connections are forgotten in a child; name the [server](R2d2::connected_to) to have their
    /// descriptors made harmless too.
    pub fn new(manager: M) -> Self {
        Self { manager, server: None }
    }

    /// The server that the manager connects to.
    #[must_use]
    pub fn connected_to(mut self, server: PeerAddress) -> Self {
        self.server = Some(server);
        self
    }

    /// The manager.
    pub fn get_ref(&self) -> &M {
        &self.manager
    }
}

impl<M: ManageConnection> Manager for R2d2<M> {
    type Conn = M::Connection;
    type Error = M::Error;

    fn connect(&self) -> Result<M::Connection, M::Error> {
        self.manager.connect()
    }

    fn check(&self, conn: &mut M::Connection) -> Result<(), M::Error> {
        self.manager.is_valid(conn)
    }

    fn is_broken(&self, conn: &mut M::Connection) -> bool {
        self.manager.has_broken(conn)
    }

    fn fds(&self, _: &M::Connection, sink: &mut FdSink<'_>) {
        if let Some(server) = &self.server {
            sink.add_connected_to(server);
        }
    }

    fn server(&self) -> Option<&PeerAddress> {
        self.server.as_ref()
    }
}
