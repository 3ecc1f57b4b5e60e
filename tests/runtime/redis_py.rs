//! What redis-py tests of its pool over forks (`tests/test_multiprocessing.py` there), one by one, for every way to make a
//! process; its names are in the comments. Where it lets a child use its parent's connection, this pool refuses.

use crate::common::{Outcome, Scenario};
use crate::support::{ensure, status, succeeds};
use fork_runtime::Child;
use fork_runtime::adapters::redis::Redis;
use fork_runtime::pool::{Builder, Pool, PoolError, Pooled};
use fork_runtime::testkit::Way;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;
use toolkit_tests::servers;

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("redis_py_close_connection_in_child", close_in_child),
    ("redis_py_close_connection_in_parent", close_in_parent),
    ("redis_py_release_parent_connection_in_child", release_in_child),
    ("redis_py_pool", pool_in_child),
    ("redis_py_close_pool_in_main", close_pool_in_main),
    ("redis_py_client", client_in_child),
];

/// redis-py's `max_connections`: 1, 2 and its default.
fn sizes() -> [Builder; 3] {
    let builder = Pool::<Redis>::builder;
    [builder().max_size(1), builder().max_size(2), builder()]
}

fn each(builders: &[Builder], test: impl Fn(Pool<Redis>, Way) -> Outcome) -> Outcome {
    let server = servers::redis()?;
    for builder in builders {
        for way in [Way::Fork, Way::UnderscoreFork, Way::Clone, Way::Clone3, Way::Grandchild, Way::RawGrandchild] {
            let client = redis::Client::open(format!("redis+unix://{}", server.socket().display()))?;
            test(builder.build(Redis::new(client))?, way).map_err(|error| format!("{way:?}, {builder:?}: {error}"))?;
        }
    }
    Ok(())
}

fn ping(conn: &mut Pooled<'_, Redis>) -> Outcome {
    let answer: String = redis::cmd("PING").query(conn.try_get()?)?;
    ensure(answer == "PONG", &answer)
}

fn session(pool: &Pool<Redis>) -> Result<u64, Box<dyn std::error::Error>> {
    Ok(redis::cmd("CLIENT").arg("ID").query(&mut *pool.get()?)?)
}

/// `test_close_connection_in_child`: a connection that a child closes still works in the parent.
fn close_in_child() -> Outcome {
    each(&sizes()[2..], |pool, way| {
        let mut conn = Some(pool.get()?);
        ping(conn.as_mut().ok_or("held")?)?;
        succeeds(way.start(|| {
            drop(conn.take());
            0
        })?)?;
        ping(conn.as_mut().ok_or("held")?)
    })
}

/// `test_close_connection_in_parent`: a child cannot use a connection that its parent has closed (nor before that).
fn close_in_parent() -> Outcome {
    each(&sizes()[2..], |pool, way| {
        let mut conn = Some(pool.get()?);
        ping(conn.as_mut().ok_or("held")?)?;
        let (child, mut word) = after_word(way, || {
            let refused = matches!(conn.as_mut().map(Pooled::try_get), Some(Err(PoolError::Inherited)));
            ensure(refused, "the child could use the connection")
        })?;
        drop(conn);
        drop(pool);
        word.write_all(b"!")?;
        succeeds(child)
    })
}

/// `test_release_parent_connection_from_pool_in_child_process`: releasing the parent's connection does not put it into
/// the child's pool, and the parent's is as it was.
fn release_in_child() -> Outcome {
    each(&sizes(), |pool, way| {
        let mut conn = Some(pool.get()?);
        let parents: u64 = redis::cmd("CLIENT").arg("ID").query(conn.as_mut().ok_or("held")?.try_get()?)?;
        succeeds(way.start(|| {
            drop(conn.take());
            status(session(&pool).and_then(|mine| ensure(mine != parents, "the parent's connection came back")))
        })?)?;
        ping(conn.as_mut().ok_or("held")?)?;
        drop(conn);
        ensure(session(&pool)? == parents, "the parent lost its connection")
    })
}

/// `test_pool`: a child makes connections of its own, and its end leaves the parent's alone.
fn pool_in_child() -> Outcome {
    each(&sizes(), |pool, way| {
        let parents = session(&pool)?;
        let copy = pool.clone();
        succeeds(way.start(move || {
            let ended = session(&copy).and_then(|mine| ensure(mine != parents, "the parent's connection"));
            drop(copy);
            status(ended)
        })?)?;
        ensure(session(&pool)? == parents, "the parent lost its connection")
    })
}

/// `test_close_pool_in_main`: a child goes on when the parent closes its pool.
fn close_pool_in_main() -> Outcome {
    each(&sizes(), |pool, way| {
        session(&pool)?;
        let copy = pool.clone();
        let (child, mut word) = after_word(way, move || {
            let first = session(&copy)?;
            ensure(session(&copy)? == first, "the child's connection was lost")
        })?;
        drop(pool);
        word.write_all(b"!")?;
        succeeds(child)
    })
}

/// `test_redis_client`: a client made in the parent works in both.
fn client_in_child() -> Outcome {
    each(&sizes()[2..], |pool, way| {
        ping(&mut pool.get()?)?;
        let mut copy = Some(pool.clone());
        succeeds(way.start(|| {
            let pinged = copy.as_ref().is_some_and(|pool| pool.get().is_ok_and(|mut conn| ping(&mut conn).is_ok()));
            drop(copy.take());
            i32::from(!pinged)
        })?)?;
        ping(&mut pool.get()?)
    })
}

/// Starts a child that runs `body` once a byte has come over the stream.
fn after_word(way: Way, body: impl FnOnce() -> Outcome) -> std::io::Result<(Child, UnixStream)> {
    let (ours, mut theirs) = UnixStream::pair()?;
    theirs.set_read_timeout(Some(Duration::from_secs(60)))?;
    let child = way.start(|| status(theirs.read_exact(&mut [0]).map_err(Into::into).and_then(|()| body())))?;
    Ok((child, ours))
}
