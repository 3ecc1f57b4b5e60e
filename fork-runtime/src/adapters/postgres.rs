//! The synchronous clients of the `postgres` crate.

use crate::pool::{FdSink, Manager, PeerAddress};
use ::postgres::config::Host;
use ::postgres::tls::{MakeTlsConnect, TlsConnect};
use ::postgres::{Client, Config, Error, Socket};
use std::time::Duration;

/// Connects a [`postgres::Config`].
///
/// A client holds a Tokio runtime, whose epoll instance a child shares with its parent: one more reason why a child
/// never runs its destructor.
///
/// ```no_run
/// use fork_runtime::adapters::postgres::Postgres;
/// use fork_runtime::pool::Pool;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let config = "host=/run/postgresql user=app".parse()?;
/// let pool = Pool::<Postgres<postgres::NoTls>>::builder().build(Postgres::new(config, postgres::NoTls))?;
/// let row = pool.get()?.query_one("SELECT 1", &[])?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Postgres<T> {
    config: Config,
    tls: T,
    server: Option<PeerAddress>,
}

/// How long a server may take to answer a health check.
const PATIENCE: Duration = Duration::from_secs(5);

/// The port when none is given, as libpq has it.
const PORT: u16 = 5432;

impl<T> Postgres<T> {
    /// Looks the addresses of the hosts up, once. Of several unix socket folders the first is recognised.
    pub fn new(config: Config, tls: T) -> Self {
        let port = |at: usize| {
            let ports = config.get_ports();
            ports.get(at).or(ports.first()).copied().unwrap_or(PORT)
        };
        let folder = config.get_hosts().iter().enumerate().find_map(|(at, host)| match host {
            Host::Unix(folder) => Some(folder.join(format!(".s.PGSQL.{}", port(at)))),
            Host::Tcp(_) => None,
        });
        let server = folder.map(PeerAddress::Unix).or_else(|| {
            let named = config.get_hosts().iter().enumerate().filter_map(|(at, host)| match host {
                Host::Tcp(name) => Some((name.clone(), port(at))),
                Host::Unix(_) => None,
            });
            let given = config.get_hostaddrs().iter().enumerate().map(|(at, ip)| (ip.to_string(), port(at)));
            super::lookup(named.chain(given))
        });
        Self { config, tls, server }
    }
}

impl<T> Manager for Postgres<T>
where
    T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
    T::TlsConnect: Send,
    T::Stream: Send,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
{
    type Conn = Client;
    type Error = Error;

    fn connect(&self) -> Result<Client, Error> {
        self.config.connect(self.tls.clone())
    }

    fn check(&self, conn: &mut Client) -> Result<(), Error> {
        conn.is_valid(PATIENCE)
    }

    fn is_broken(&self, conn: &mut Client) -> bool {
        conn.is_closed()
    }

    fn fds(&self, _: &Client, sink: &mut FdSink<'_>) {
        if let Some(server) = &self.server {
            sink.add_connected_to(server);
        }
    }

    fn server(&self) -> Option<&PeerAddress> {
        self.server.as_ref()
    }
}
