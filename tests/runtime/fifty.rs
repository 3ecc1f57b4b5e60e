//! A parent with busy connections makes fifty children, which hammer the server: what is damaged?
//!
//! The same trial runs over this toolkit's pools, which must come out without a scratch, and over plain pools and
//! clients, which must not: otherwise the trial could not fail.

use crate::common::Outcome;
use crate::support::{Trouble, descriptors, drop_copy, ensure, has_zombie, sockets, status, way};
use fork_runtime::pool::{Manager, Pool};
use fork_runtime::testkit::Way;
use fork_runtime::{Child, Exit};
use std::collections::BTreeSet;
use std::ops::DerefMut;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// A connection of whichever client.
pub(crate) trait Talk: Sized {
    /// The server's number for the session.
    fn session(&mut self) -> Result<u64, Trouble>;
    /// What the server makes of `text`: the same.
    fn ask(&mut self, text: &str) -> Result<String, Trouble>;
    /// Starts something that a stranger on the session would disturb ..
    fn begin(&mut self) -> Outcome;
    /// .. and ends it.
    fn finish(&mut self) -> Outcome;
    /// Sends a request whose answer nobody will read, as a child does that ends early.
    fn leave_unanswered(&mut self) -> Outcome;
    /// The sessions that the server has.
    fn sessions(&mut self) -> Result<BTreeSet<u64>, Trouble>;
    /// How often the server was told goodbye, as far as it counts that.
    fn goodbyes(&mut self) -> Result<usize, Trouble>;
}

/// Where connections come from.
pub(crate) trait Source {
    type Conn: Talk;
    type Guard<'a>: DerefMut<Target = Self::Conn>
    where
        Self: 'a;
    fn get(&self) -> Result<Self::Guard<'_>, Trouble>;
}

impl<M: Manager<Conn: Talk>> Source for Pool<M> {
    type Conn = M::Conn;
    type Guard<'a> = fork_runtime::pool::Pooled<'a, M>;

    fn get(&self) -> Result<Self::Guard<'_>, Trouble> {
        Pool::get(self).map_err(|error| error.to_string().into())
    }
}

impl<M: r2d2::ManageConnection<Connection: Talk>> Source for r2d2::Pool<M> {
    type Conn = M::Connection;
    type Guard<'a> = r2d2::PooledConnection<M>;

    fn get(&self) -> Result<Self::Guard<'_>, Trouble> {
        Ok(self.get_timeout(Duration::from_secs(5))?)
    }
}

/// Some clients, each used by one at a time.
pub(crate) struct Plain<C>(pub(crate) Vec<Mutex<C>>);

impl<C: Talk> Source for Plain<C> {
    type Conn = C;
    type Guard<'a>
        = MutexGuard<'a, C>
    where
        C: 'a;

    fn get(&self) -> Result<Self::Guard<'_>, Trouble> {
        self.0.iter().find_map(|client| client.try_lock().ok()).ok_or_else(|| "all clients are in use".into())
    }
}

/// What went wrong.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Damage {
    /// Children that got a wrong answer, or none.
    pub(crate) children: usize,
    /// Children that had to be killed.
    pub(crate) hung: usize,
    /// Children that have a socket of the parent open.
    pub(crate) shared: usize,
    /// Answers that the parent did not get, or that were not its own.
    pub(crate) answers: usize,
    /// Sessions that the parent lost.
    pub(crate) sessions: usize,
    /// Sessions that a child told goodbye although they were not its own.
    pub(crate) goodbyes: usize,
    /// Whether the parent's descriptors are others than before.
    pub(crate) descriptors: bool,
    /// Whether the server keeps a session of a child that has ended.
    pub(crate) left_over: bool,
    /// Whether a child was not waited for.
    pub(crate) zombie: bool,
}

const CHILDREN: usize = 50;
const WRONG: i32 = 1;
const SHARED: i32 = 2;

/// Asks and compares.
pub(crate) fn hammer<S: Source>(source: &S, times: usize) -> Outcome {
    for at in 0..times {
        let mine = format!("{}-{at}", std::process::id());
        let answer = source.get()?.ask(&mine)?;
        ensure(answer == mine, &format!("asked {mine}, got {answer}"))?;
    }
    Ok(())
}

/// Hammers, and leaves as rudely as a child can: an answer is on its way, and every destructor runs.
fn child_body<S: Source>(source: &S, held: [&S::Guard<'_>; 2], parents: &BTreeSet<String>) -> i32 {
    let asked = hammer(source, 10);
    let kept = sockets().is_ok_and(|mine| mine.intersection(parents).next().is_some());
    let left = source.get().and_then(|mut conn| conn.leave_unanswered());
    for guard in held {
        // SAFETY: this process ends below and does not touch the guard again.
        unsafe { drop_copy(guard) };
    }
    // SAFETY: as above; no guard is alive but the ones just dropped.
    unsafe { drop_copy(source) };
    let wrong = if asked.and(left).is_ok() { 0 } else { WRONG };
    wrong | if kept { SHARED } else { 0 }
}

/// The trial, over a source made once `watcher` is there, which is in no pool; nobody promises anything about it but that
/// it is left alone. `batch` children live at a time; those that still run after `patience` are killed.
pub(crate) fn fifty<S: Source>(
    make: impl FnOnce() -> Result<S, Trouble>,
    mut watcher: S::Conn,
    batch: usize,
    patience: Duration,
) -> Result<Damage, Trouble> {
    let outside = sockets()?;
    let source = &make()?;
    let mut damage = Damage::default();
    let (mut held, mut busy, mut idle) = (source.get()?, source.get()?, source.get()?);
    let mine = [held.session()?, busy.session()?, idle.session()?];
    drop(idle);
    busy.begin()?;
    let parents: BTreeSet<_> = sockets()?.difference(&outside).cloned().collect();
    ensure(!parents.is_empty(), "the parent has no sockets that a child could share")?;
    let (files, sessions, goodbyes) = (descriptors()?, watcher.sessions()?, watcher.goodbyes()?);
    for first in (0..CHILDREN).step_by(batch) {
        let start = |number| {
            // SAFETY: the threads there are, those of a plain pool, sleep; nobody is inside the allocator.
            unsafe { way(number).start_threaded(|| child_body(source, [&held, &busy], &parents)) }
        };
        let children = (first..CHILDREN.min(first + batch)).map(start).collect::<Result<Vec<_>, _>>()?;
        for at in 0..10 {
            let text = format!("parent-{at}");
            damage.answers += usize::from(!held.ask(&text).is_ok_and(|answer| answer == text));
        }
        settle(children, patience, &mut damage)?;
    }
    damage.answers += usize::from(busy.finish().is_err());
    drop((held, busy));
    damage.answers += usize::from(hammer(source, 10).is_err());
    damage.descriptors = descriptors()? != files;
    // The children's own sessions end with them, as fast as the server notices.
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut now = watcher.sessions()?;
    while now.difference(&sessions).next().is_some() && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(5));
        now = watcher.sessions()?;
    }
    damage.left_over = now.difference(&sessions).next().is_some();
    damage.sessions = mine.iter().filter(|session| !now.contains(session)).count();
    damage.goodbyes = watcher.goodbyes()? - goodbyes;
    damage.zombie = has_zombie();
    Ok(damage)
}

fn settle(children: Vec<Child>, patience: Duration, damage: &mut Damage) -> Outcome {
    let deadline = Instant::now() + patience;
    for mut child in children {
        match child.wait_timeout(deadline.saturating_duration_since(Instant::now()))? {
            Some(Exit::Status(bits)) if bits & !(WRONG | SHARED) == 0 => {
                damage.children += usize::from(bits & WRONG != 0);
                damage.shared += usize::from(bits & SHARED != 0);
            }
            Some(_) => damage.children += 1,
            None => {
                child.kill()?;
                child.wait()?;
                damage.hung += 1;
            }
        }
    }
    Ok(())
}

/// Not a scratch.
pub(crate) fn unharmed(damage: Damage) -> Outcome {
    ensure(damage == Damage::default(), &format!("{damage:?}"))
}

/// Enough damage to show that the trial can fail. It runs in a process of its own: a plain client whose answer, or whose
/// epoll registration, a child has taken waits for ever.
pub(crate) fn harmed(trial: impl FnOnce() -> Result<Damage, Trouble>) -> Outcome {
    let mut parent = Way::Fork.start(|| {
        // SAFETY: a new group for this process and its children; touches no memory.
        unsafe { libc::setpgid(0, 0) };
        status(trial().and_then(|damage| {
            let seen = damage.children + damage.hung + damage.answers + damage.sessions + damage.goodbyes;
            ensure(seen > 0, &format!("a plain client should suffer, or the tests prove nothing: {damage:?}"))
        }))
    })?;
    let end = parent.wait_timeout(Duration::from_secs(15))?;
    let group = i32::try_from(parent.id())?;
    if end.is_none() && group > 0 {
        // SAFETY: the group made above, whose leader has not been waited for: the number is nobody else's.
        unsafe { libc::kill(-group, libc::SIGKILL) };
        parent.wait()?;
    }
    ensure(matches!(end, None | Some(Exit::Status(0))), "the trial failed, see above")
}
