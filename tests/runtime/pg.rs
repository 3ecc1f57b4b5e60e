//! PostgreSQL: the pool, and what plain clients do to their parent's session.

use crate::common::{Outcome, Scenario};
use crate::fifty::{Damage, Plain, Source, Talk, fifty, harmed, unharmed};
use crate::support::{Trouble, ensure, succeeds};
use fork_runtime::adapters::postgres::Postgres;
use fork_runtime::adapters::r2d2::R2d2;
use fork_runtime::pool::{PeerAddress, Pool};
use fork_runtime::testkit::Way;
use postgres::{Client, Config, NoTls};
use r2d2_postgres::PostgresConnectionManager;
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::Duration;
use toolkit_tests::servers::{self, Server};

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("postgres_fifty_children", fifty_children),
    ("postgres_fifty_children_r2d2_manager", fifty_children_r2d2_manager),
    ("postgres_fifty_children_plain_client_is_harmed", fifty_children_plain_client),
    ("postgres_fifty_children_plain_r2d2_is_harmed", fifty_children_plain_r2d2),
    ("postgres_plain_client_ends_the_parents_session", plain_client),
    ("postgres_plain_r2d2_ends_the_parents_session", plain_r2d2),
];

fn config(server: &Server) -> Config {
    let mut config = Config::new();
    config.host_path(server.folder()).user("postgres").dbname("postgres");
    config
}

fn backend(client: &mut Client) -> Result<i32, postgres::Error> {
    Ok(client.query_one("SELECT pg_backend_pid()", &[])?.get(0))
}

impl Talk for Client {
    fn session(&mut self) -> Result<u64, Trouble> {
        Ok(u64::try_from(backend(self)?)?)
    }

    fn ask(&mut self, text: &str) -> Result<String, Trouble> {
        Ok(self.query_one("SELECT $1::text", &[&text])?.get(0))
    }

    fn begin(&mut self) -> Outcome {
        Ok(self.batch_execute("BEGIN; CREATE TABLE t (n int4); INSERT INTO t VALUES (7)")?)
    }

    fn finish(&mut self) -> Outcome {
        let row: i32 = self.query_one("SELECT n FROM t", &[])?.get(0);
        self.batch_execute("COMMIT")?;
        ensure(row == 7, "the transaction was disturbed")
    }

    /// The client waits for its answers; the goodbye of its destructor is rude enough.
    fn leave_unanswered(&mut self) -> Outcome {
        Ok(())
    }

    fn sessions(&mut self) -> Result<BTreeSet<u64>, Trouble> {
        let query = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'";
        self.query(query, &[])?.iter().map(|row| Ok(u64::try_from(row.get::<_, i32>(0))?)).collect()
    }

    /// Those of the parent's sessions are in [`Damage::sessions`]; a child may end its own politely.
    fn goodbyes(&mut self) -> Result<usize, Trouble> {
        Ok(0)
    }
}

/// The trial, with as many backends at a time as a small machine starts in good time.
fn trial<S: Source<Conn = Client>>(
    server: &Server,
    plain: bool,
    make: impl FnOnce(Config) -> Result<S, Trouble>,
) -> Result<Damage, Trouble> {
    let config = config(server);
    let watcher = config.connect(NoTls)?;
    let seconds = if plain { 1 } else { 60 };
    fifty(|| make(config), watcher, 10, Duration::from_secs(seconds))
}

fn fifty_children() -> Outcome {
    unharmed(trial(&servers::postgres()?, false, |config| {
        Ok(Pool::<Postgres<NoTls>>::builder().max_size(3).build(Postgres::new(config, NoTls))?)
    })?)
}

fn fifty_children_r2d2_manager() -> Outcome {
    let server = servers::postgres()?;
    let address = PeerAddress::Unix(server.socket().to_owned());
    unharmed(trial(&server, false, |config| {
        let manager = R2d2::new(PostgresConnectionManager::new(config, NoTls)).connected_to(address);
        Ok(Pool::<R2d2<PostgresConnectionManager<NoTls>>>::builder().max_size(3).build(manager)?)
    })?)
}

fn fifty_children_plain_client() -> Outcome {
    let server = servers::postgres()?;
    harmed(|| {
        trial(&server, true, |config| {
            let connect = |_| Ok::<_, Trouble>(Mutex::new(config.connect(NoTls)?));
            Ok(Plain((0..3).map(connect).collect::<Result<_, _>>()?))
        })
    })
}

fn fifty_children_plain_r2d2() -> Outcome {
    let server = servers::postgres()?;
    harmed(|| {
        trial(&server, true, |config| {
            let manager = PostgresConnectionManager::new(config, NoTls);
            Ok(r2d2::Pool::builder().max_size(3).test_on_check_out(false).build(manager)?)
        })
    })
}

/// The damage: a child that only drops its copy says `Terminate` on its parent's session.
fn plain_client() -> Outcome {
    let server = servers::postgres()?;
    let mut client = config(&server).connect(NoTls)?;
    backend(&mut client)?;
    let mut copy = Some(client);
    succeeds(Way::Fork.start(|| {
        drop(copy.take());
        0
    })?)?;
    let lost = copy.as_mut().is_none_or(|client| backend(client).is_err());
    ensure(lost, "dropping a plain client in a child should end its parent's session; if not, the tests prove nothing")
}

fn plain_r2d2() -> Outcome {
    let server = servers::postgres()?;
    let manager = PostgresConnectionManager::new(config(&server), NoTls);
    let pool = r2d2::Pool::builder().max_size(1).build(manager)?;
    let mut held = Some(pool.get()?);
    // SAFETY: r2d2's workers are asleep; by libc's fork, so the allocator works in the child.
    let child = unsafe {
        Way::Fork.start_threaded(|| {
            // A connection that a child got from the pool's copy and found wanting.
            let Some(mut conn) = held.take() else {
                return 2;
            };
            i32::from(backend(&mut conn).is_err())
        })
    };
    let first = succeeds(child?);
    let answer = held.as_mut().ok_or("no connection")?.query_one("SELECT 1", &[]);
    // Either the child could not ask at all (the reactor is its parent's), or the parent cannot any more.
    ensure(first.is_err() || answer.is_err(), "a shared session should break one of the two; the tests prove nothing")
}
