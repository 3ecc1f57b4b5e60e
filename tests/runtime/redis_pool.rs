//! Redis: the pool, and what plain clients do to each other.

use crate::common::{Outcome, Scenario};
use crate::fifty::{Damage, Plain, Source, Talk, fifty, hammer, harmed, unharmed};
use crate::support::{Trouble, ensure, status, succeeds, way};
use fork_runtime::adapters::r2d2::R2d2;
use fork_runtime::adapters::redis::Redis;
use fork_runtime::pool::{AfterFork, PeerAddress, Pool, PoolError};
use fork_runtime::testkit::Way;
use redis::{Connection, ConnectionLike};
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use toolkit_tests::servers::{self, Server};

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("redis_fifty_children", fifty_children),
    ("redis_fifty_children_r2d2_manager", fifty_children_r2d2_manager),
    ("redis_fifty_children_plain_client_is_harmed", fifty_children_plain_client),
    ("redis_fifty_children_plain_r2d2_is_harmed", fifty_children_plain_r2d2),
    ("redis_threads_hammer_while_others_fork", threaded),
    ("redis_inherited_guard", inherited_guard),
    ("redis_child_uses_nothing", unused_in_child),
    ("redis_refuse", refuse),
    ("redis_warn", warn),
    ("redis_plain_client_mixes_replies", plain_client),
    ("redis_plain_r2d2_mixes_replies", plain_r2d2),
];

fn client(server: &Server) -> redis::RedisResult<redis::Client> {
    redis::Client::open(format!("redis+unix://{}", server.socket().display()))
}

fn echo(conn: &mut Connection, text: &str) -> redis::RedisResult<String> {
    redis::cmd("ECHO").arg(text).query(conn)
}

fn client_id(conn: &mut Connection) -> redis::RedisResult<u64> {
    redis::cmd("CLIENT").arg("ID").query(conn)
}

impl Talk for Connection {
    fn session(&mut self) -> Result<u64, Trouble> {
        Ok(client_id(self)?)
    }

    fn ask(&mut self, text: &str) -> Result<String, Trouble> {
        Ok(echo(self, text)?)
    }

    fn begin(&mut self) -> Outcome {
        Ok(self.send_packed_command(&redis::cmd("ECHO").arg("for the parent").get_packed_command())?)
    }

    fn finish(&mut self) -> Outcome {
        let answer: String = redis::from_redis_value(self.recv_response()?)?;
        ensure(answer == "for the parent", &answer)
    }

    fn leave_unanswered(&mut self) -> Outcome {
        Ok(self.send_packed_command(&redis::cmd("ECHO").arg("for a child").get_packed_command())?)
    }

    fn sessions(&mut self) -> Result<BTreeSet<u64>, Trouble> {
        let list: String = redis::cmd("CLIENT").arg("LIST").query(self)?;
        Ok(list.lines().filter_map(|line| line.strip_prefix("id=")?.split(' ').next()?.parse().ok()).collect())
    }

    fn goodbyes(&mut self) -> Result<usize, Trouble> {
        Ok(usize::from(quits(self)?))
    }
}

/// Whether a client said goodbye.
fn quits(conn: &mut Connection) -> redis::RedisResult<bool> {
    let stats: String = redis::cmd("INFO").arg("commandstats").query(conn)?;
    Ok(stats.contains("cmdstat_quit:"))
}

/// The trial with all children at once; plain clients wait for each other's answers, so their patience is short.
fn trial<S: Source<Conn = Connection>>(
    server: &Server,
    plain: bool,
    make: impl FnOnce(redis::Client) -> Result<S, Trouble>,
) -> Result<Damage, Trouble> {
    let client = client(server)?;
    let watcher = client.get_connection()?;
    let seconds = if plain { 5 } else { 60 };
    fifty(|| make(client), watcher, 50, Duration::from_secs(seconds))
}

fn fifty_children() -> Outcome {
    unharmed(trial(&servers::redis()?, false, |client| {
        Ok(Pool::<Redis>::builder().max_size(4).build(Redis::new(client))?)
    })?)
}

fn fifty_children_r2d2_manager() -> Outcome {
    let server = servers::redis()?;
    let address = PeerAddress::Unix(server.socket().to_owned());
    unharmed(trial(&server, false, |client| {
        let manager = R2d2::new(client).connected_to(address);
        Ok(Pool::<R2d2<redis::Client>>::builder().max_size(4).build(manager)?)
    })?)
}

fn fifty_children_plain_client() -> Outcome {
    let server = servers::redis()?;
    harmed(|| {
        trial(&server, true, |client| {
            let connect = |_| Ok::<_, Trouble>(Mutex::new(client.get_connection()?));
            Ok(Plain((0..3).map(connect).collect::<Result<_, _>>()?))
        })
    })
}

fn fifty_children_plain_r2d2() -> Outcome {
    let server = servers::redis()?;
    harmed(|| {
        trial(&server, true, |client| Ok(r2d2::Pool::builder().max_size(3).test_on_check_out(false).build(client)?))
    })
}

/// glibc's fork from a process whose threads are busy in the pool: its allocator is usable in the child.
fn threaded() -> Outcome {
    let server = servers::redis()?;
    let pool = Pool::<Redis>::builder().max_size(3).build(Redis::new(client(&server)?))?;
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| -> Result<(), String> {
                    while !stop.load(Ordering::Relaxed) {
                        hammer(&pool, 10).map_err(|error| error.to_string())?;
                    }
                    Ok(())
                })
            })
            .collect();
        let forks = (0..50).try_for_each(|_| {
            // SAFETY: by libc's fork, after which glibc's allocator works; the pool's state is the child's own.
            succeeds(unsafe { Way::Fork.start_threaded(|| status(hammer(&pool, 5))) }?)
        });
        stop.store(true, Ordering::Relaxed);
        for worker in workers {
            worker.join().map_err(|_| "a worker panicked")??;
        }
        forks
    })?;
    let mut watcher = client(&server)?.get_connection()?;
    ensure(!quits(&mut watcher)?, "somebody said QUIT")
}

fn inherited_guard() -> Outcome {
    let server = servers::redis()?;
    let pool = Pool::<Redis>::builder().build(Redis::new(client(&server)?))?;
    let mut guard = pool.get()?;
    let id = client_id(&mut guard)?;
    succeeds(Way::Fork.start(|| {
        let refused = matches!(guard.try_get(), Err(PoolError::Inherited)) && !guard.is_current();
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| guard.is_open())).is_err();
        // Not returned to the child's pool: a discarded connection is no idle one.
        let fresh = match pool.get() {
            Ok(other) => std::mem::replace(&mut guard, other),
            Err(_) => return 2,
        };
        drop(fresh);
        let state = pool.metrics();
        i32::from(!(refused && panicked && state.connections == 1 && state.idle == 0))
    })?)?;
    ensure(client_id(&mut guard)? == id, "the child ended its parent's session")
}

/// A child that ends without having touched the pool, also by running destructors.
fn unused_in_child() -> Outcome {
    let server = servers::redis()?;
    let pool = Pool::<Redis>::builder().min_idle(3).build(Redis::new(client(&server)?))?;
    let held = pool.get()?;
    drop(held);
    for number in 0..10 {
        let copy = pool.clone();
        succeeds(way(number).start(move || {
            drop(copy);
            0
        })?)?;
    }
    ensure(pool.metrics().idle == 3, "the parent's state changed")?;
    hammer(&pool, 10)?;
    ensure(pool.metrics().made == 3, "a session of the parent was ended")
}

fn refuse() -> Outcome {
    let server = servers::redis()?;
    let pool = Pool::<Redis>::builder().after_fork(AfterFork::Refuse).build(Redis::new(client(&server)?))?;
    hammer(&pool, 1)?;
    succeeds(Way::Clone3.start(|| {
        let refused = matches!(pool.get(), Err(PoolError::Inherited)) && pool.maintain().is_err();
        pool.reset();
        i32::from(!refused || hammer(&pool, 3).is_err())
    })?)?;
    hammer(&pool, 1)
}

fn warn() -> Outcome {
    static WARNED: AtomicU32 = AtomicU32::new(0);
    let server = servers::redis()?;
    let policy = AfterFork::Warn(|warning| {
        let count = u32::try_from(warning.discarded).unwrap_or(99);
        WARNED.fetch_add(1 + 10 * count, Ordering::Relaxed);
    });
    let pool = Pool::<Redis>::builder().after_fork(policy).build(Redis::new(client(&server)?))?;
    hammer(&pool, 1)?;
    succeeds(Way::Fork.start(|| {
        let worked = hammer(&pool, 3).is_ok();
        i32::from(!worked || WARNED.load(Ordering::Relaxed) != 11)
    })?)?;
    ensure(WARNED.load(Ordering::Relaxed) == 0, "the parent was warned")
}

/// The damage: a child that asks on the inherited connection and goes away leaves the answer to its parent.
fn plain_client() -> Outcome {
    let server = servers::redis()?;
    let mut conn = client(&server)?.get_connection()?;
    succeeds(Way::Fork.start(|| {
        let request = redis::cmd("ECHO").arg("of the child").get_packed_command();
        i32::from(conn.send_packed_command(&request).is_err())
    })?)?;
    let answer = echo(&mut conn, "of the parent")?;
    ensure(answer == "of the child", "a plain client should mix up answers; if not, the other tests prove nothing")
}

fn plain_r2d2() -> Outcome {
    let server = servers::redis()?;
    let pool = r2d2::Pool::builder().max_size(1).test_on_check_out(false).build(client(&server)?)?;
    drop(pool.get()?);
    // SAFETY: r2d2's workers are asleep; by libc's fork, so the allocator works in the child.
    let child = unsafe {
        Way::Fork.start_threaded(|| {
            let Ok(mut conn) = pool.get_timeout(Duration::from_secs(10)) else {
                return 2;
            };
            let request = redis::cmd("ECHO").arg("of the child").get_packed_command();
            i32::from(conn.send_packed_command(&request).is_err())
        })
    };
    succeeds(child?)?;
    let answer = echo(&mut *pool.get()?, "of the parent")?;
    ensure(answer == "of the child", "r2d2 should mix up answers; if not, the other tests prove nothing")
}
