//! PostgreSQL: the pool, and what plain clients do to their parent's session.

use crate::common::{Outcome, Scenario};
use crate::support::{descriptors, ensure, has_zombie, sockets, status, succeeds, way};
use fork_runtime::adapters::postgres::Postgres;
use fork_runtime::adapters::r2d2::R2d2;
use fork_runtime::pool::{Manager, PeerAddress, Pool};
use fork_runtime::testkit::Way;
use postgres::{Client, Config, NoTls};
use r2d2_postgres::PostgresConnectionManager;
use std::collections::BTreeSet;
use toolkit_tests::servers::{self, Server};

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("postgres_fifty_children", fifty_children),
    ("postgres_fifty_children_r2d2_manager", fifty_children_r2d2_manager),
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

fn hammer<M: Manager<Conn = Client>>(pool: &Pool<M>, times: i32) -> Outcome {
    let me = i32::try_from(std::process::id())?;
    for at in 0..times {
        let row = pool.get()?.query_one("SELECT $1::int4, $2::int4", &[&me, &at])?;
        let answer: (i32, i32) = (row.get(0), row.get(1));
        ensure(answer == (me, at), &format!("asked {:?}, got {answer:?}", (me, at)))?;
    }
    Ok(())
}

fn child_body<M: Manager<Conn = Client>>(pool: &Pool<M>, parents: &BTreeSet<String>) -> Outcome {
    hammer(pool, 5)?;
    let shared: Vec<_> = sockets()?.intersection(parents).cloned().collect();
    ensure(shared.is_empty(), &format!("sockets of the parent are open in the child: {shared:?}"))
}

/// The backends that the server has seen off so far.
fn ended(server: &Server) -> std::io::Result<BTreeSet<i32>> {
    let parse = |line: &str| line.strip_prefix('[')?.split(']').next()?.parse().ok();
    Ok(server.log()?.lines().filter(|line| line.contains("disconnection:")).filter_map(parse).collect())
}

fn fifty<M: Manager<Conn = Client>>(server: &Server, pool: &Pool<M>) -> Outcome {
    // A client that is in no pool keeps the server under watch; nobody promised anything about it.
    let mut watcher = config(server).connect(NoTls)?;
    let watching = backend(&mut watcher)?;
    let outside = sockets()?;
    let mut held = pool.get()?;
    let mut other = pool.get()?;
    let mine = [backend(&mut held)?, backend(&mut other)?];
    drop(other);
    let parents = sockets()?.difference(&outside).cloned().collect();
    let before = descriptors()?;
    let mut transaction = held.transaction()?;
    transaction.batch_execute("CREATE TABLE t (n int4)")?;
    for batch in 0..5 {
        let children: Vec<_> = (0..10)
            .map(|number| way(batch * 10 + number).start(|| status(child_body(pool, &parents))))
            .collect::<Result<_, _>>()?;
        for at in 0..10_i32 {
            transaction.execute("INSERT INTO t VALUES ($1)", &[&at])?;
        }
        for child in children {
            succeeds(child)?;
        }
    }
    let rows: i64 = transaction.query_one("SELECT count(*) FROM t", &[])?.get(0);
    ensure(rows == 50, "the parent's transaction was disturbed")?;
    transaction.commit()?;
    hammer(pool, 10)?;
    ensure(backend(&mut held)? == mine[0] && backend(&mut watcher)? == watching, "the parent lost a session")?;
    let gone = ended(server)?;
    ensure(!mine.iter().chain([&watching]).any(|pid| gone.contains(pid)), "a child ended a session of the parent")?;
    ensure(descriptors()? == before, "a descriptor is left")?;
    ensure(!has_zombie(), "a zombie is left")
}

fn fifty_children() -> Outcome {
    let server = servers::postgres()?;
    let pool = Pool::<Postgres<NoTls>>::builder().max_size(3).build(Postgres::new(config(&server), NoTls))?;
    fifty(&server, &pool)
}

fn fifty_children_r2d2_manager() -> Outcome {
    let server = servers::postgres()?;
    let address = PeerAddress::Unix(server.socket().to_owned());
    let manager = R2d2::new(PostgresConnectionManager::new(config(&server), NoTls)).connected_to(address);
    let pool = Pool::<R2d2<PostgresConnectionManager<NoTls>>>::builder().max_size(3).build(manager)?;
    fifty(&server, &pool)
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
