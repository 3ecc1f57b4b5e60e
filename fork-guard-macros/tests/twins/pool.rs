//! A connection pool: parent and child speak on one session.

use crate::common::{Outcome, Scenario};
use crate::{ensure, status, succeeds};
use fork_runtime::testkit::Way;
use fork_runtime::{ForkCell, fork_safe};
use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("pool_shares_a_session_without", shares),
    ("pool_connects_anew_with", connects_anew),
    ("pool_keeps_no_session_open_with", keeps_none_open),
    ("pool_in_every_kind_of_child", every_way),
];

/// A pool as it is often written.
struct Plain {
    server: PathBuf,
    idle: Mutex<Vec<UnixStream>>,
}

#[fork_safe]
struct Pool {
    server: PathBuf,
    #[fork(per_process)]
    idle: ForkCell<Idle>,
}

#[fork_safe]
#[derive(Default)]
struct Idle {
    /// The peer must see the end when the parent closes; then the objects are dropped by `shrunk`.
    #[fork(close)]
    connections: Vec<UnixStream>,
    #[fork(reset)]
    made: usize,
    /// After the connections: by now they are closed.
    #[fork(reset = self.connections.len())]
    dead: usize,
}

trait Get {
    fn get(&self) -> std::io::Result<UnixStream>;
    fn put(&self, stream: UnixStream);
}

impl Get for Plain {
    fn get(&self) -> std::io::Result<UnixStream> {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        idle.map_or_else(|| UnixStream::connect(&self.server), Ok)
    }

    fn put(&self, stream: UnixStream) {
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(stream);
        }
    }
}

#[fork_safe(check = self.idle)]
impl Get for Pool {
    fn get(&self) -> std::io::Result<UnixStream> {
        let mut idle = self.idle.lock().map_err(std::io::Error::other)?;
        let dead = std::mem::take(&mut idle.dead);
        idle.connections.drain(..dead);
        match idle.connections.pop() {
            Some(stream) => Ok(stream),
            None => {
                idle.made += 1;
                UnixStream::connect(&self.server)
            }
        }
    }

    fn put(&self, stream: UnixStream) {
        if let Ok(mut idle) = self.idle.lock() {
            idle.connections.push(stream);
        }
    }
}

struct Server {
    listener: UnixListener,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

fn server() -> std::io::Result<Server> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("server");
    Ok(Server { listener: UnixListener::bind(&path)?, path, _folder: folder })
}

fn plain(server: &Path) -> Plain {
    Plain { server: server.to_owned(), idle: Mutex::default() }
}

fn annotated(server: &Path) -> Pool {
    Pool { server: server.to_owned(), idle: ForkCell::default() }
}

/// Puts a connection into the pool; gives the server's end of it.
fn warm(pool: &impl Get, server: &Server) -> Result<UnixStream, Box<dyn std::error::Error>> {
    let ours = pool.get()?;
    let (session, _) = server.listener.accept()?;
    session.set_nonblocking(true)?;
    pool.put(ours);
    Ok(session)
}

/// What a child says by the pool.
fn child_says(pool: &impl Get, way: Way) -> Outcome {
    succeeds(way.start(|| {
        let said = pool.get().and_then(|mut connection| connection.write_all(b"child"));
        status(said.map_err(Into::into))
    })?)
}

fn heard(session: &mut UnixStream) -> Vec<u8> {
    let mut heard = [0; 16];
    let count = session.read(&mut heard).unwrap_or(0);
    heard[..count].to_vec()
}

fn shares() -> Outcome {
    let server = server()?;
    let pool = plain(&server.path);
    let mut session = warm(&pool, &server)?;
    child_says(&pool, Way::Fork)?;
    ensure(heard(&mut session) == b"child", "the harm did not happen")
}

fn connects_anew() -> Outcome {
    let server = server()?;
    let pool = annotated(&server.path);
    let mut session = warm(&pool, &server)?;
    child_says(&pool, Way::Fork)?;
    ensure(heard(&mut session).is_empty(), "the child spoke on its parent's session")?;
    let (mut childs, _) = server.listener.accept()?;
    ensure(heard(&mut childs) == b"child", "the child's own session")?;
    pool.get()?.write_all(b"parent")?;
    ensure(heard(&mut session) == b"parent", "the parent's session goes on")
}

/// A child that lives on must not keep the parent's session from ending.
fn keeps_none_open() -> Outcome {
    let end_seen = |pool: &dyn Fn() -> Outcome, session: &mut UnixStream| -> Result<bool, Box<dyn std::error::Error>> {
        let (reader, writer) = std::io::pipe()?;
        let mut reader = reader;
        let child = Way::Fork.start(|| {
            // Lives until the parent lets it go: the writing end is closed with the parent's copy.
            status(reader.read(&mut [0]).map(drop).map_err(Into::into))
        })?;
        pool()?;
        session.set_nonblocking(false)?;
        session.set_read_timeout(Some(crate::GLANCE))?;
        let end = matches!(session.read(&mut [0]), Ok(0));
        let mut writer = writer;
        writer.write_all(b"x")?;
        succeeds(child)?;
        Ok(end)
    };
    let server = server()?;
    let pool = plain(&server.path);
    let mut session = warm(&pool, &server)?;
    let close = || pool.get().map(drop).map_err(Into::into);
    ensure(!end_seen(&close, &mut session)?, "the harm did not happen")?;
    let pool = annotated(&server.path);
    let mut session = warm(&pool, &server)?;
    let close = || pool.get().map(drop).map_err(Into::into);
    ensure(end_seen(&close, &mut session)?, "the child keeps the session open")
}

fn every_way() -> Outcome {
    let server = server()?;
    let pool = annotated(&server.path);
    let mut session = warm(&pool, &server)?;
    for way in [Way::UnderscoreFork, Way::Clone, Way::Clone3, Way::Grandchild, Way::RawGrandchild] {
        child_says(&pool, way)?;
        ensure(heard(&mut session).is_empty(), &format!("{way:?}: on the parent's session"))?;
        let (mut childs, _) = server.listener.accept()?;
        ensure(heard(&mut childs) == b"child", &format!("{way:?}: the child's own session"))?;
    }
    Ok(())
}
