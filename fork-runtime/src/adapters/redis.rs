//! The synchronous connections of the `redis` crate.

use crate::pool::{FdSink, Manager, PeerAddress};
use ::redis::{Client, Connection, ConnectionAddr, ConnectionLike, RedisError};
use std::time::Duration;

/// Connects a [`redis::Client`].
///
/// ```no_run
/// use fork_runtime::adapters::redis::Redis;
/// use fork_runtime::pool::Pool;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = redis::Client::open("redis://127.0.0.1/")?;
/// let pool = Pool::<Redis>::builder().max_size(8).build(Redis::new(client))?;
/// let answer: String = redis::cmd("PING").query(&mut *pool.get()?)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Redis {
    client: Client,
    server: Option<PeerAddress>,
    timeout: Option<Duration>,
}

impl Redis {
    /// Looks the server's address up, once.
    pub fn new(client: Client) -> Self {
        let server = match client.get_connection_info().addr() {
            ConnectionAddr::Unix(path) => Some(PeerAddress::Unix(path.clone())),
            ConnectionAddr::Tcp(host, port) | ConnectionAddr::TcpTls { host, port, .. } => {
                super::lookup([(host.clone(), *port)])
            }
            _ => None,
        };
        Self { client, server, timeout: None }
    }

    /// Limits the time of a connect.
    #[must_use]
    pub fn connect_timeout(mut self, time: Duration) -> Self {
        self.timeout = Some(time);
        self
    }
}

impl Manager for Redis {
    type Conn = Connection;
    type Error = RedisError;

    fn connect(&self) -> Result<Connection, RedisError> {
        match self.timeout {
            Some(time) => self.client.get_connection_with_timeout(time),
            None => self.client.get_connection(),
        }
    }

    fn check(&self, conn: &mut Connection) -> Result<(), RedisError> {
        ::redis::cmd("PING").exec(conn)
    }

    fn is_broken(&self, conn: &mut Connection) -> bool {
        !conn.is_open()
    }

    fn fds(&self, _: &Connection, sink: &mut FdSink<'_>) {
        if let Some(server) = &self.server {
            sink.add_connected_to(server);
        }
    }

    fn server(&self) -> Option<&PeerAddress> {
        self.server.as_ref()
    }
}
