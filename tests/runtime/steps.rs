//! A thread is stopped at every step of the pool, and the process forked there: no child may hang.

use crate::common::{Outcome, Scenario};
use crate::support::{ensure, status, succeeds};
use fork_runtime::pool::steps::{self, Step};
use fork_runtime::pool::{FdSink, Manager, Pool};
use fork_runtime::testkit::Way;
use std::io;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub(crate) const SCENARIOS: &[Scenario] = &[("pool_fork_at_every_step", every_step)];

/// Connections whose check fails for those with an odd number, so that every step is reached.
struct Flaky {
    made: AtomicU32,
    ends: Mutex<Vec<UnixStream>>,
}

impl Manager for Flaky {
    type Conn = (u32, UnixStream);
    type Error = io::Error;

    fn connect(&self) -> io::Result<Self::Conn> {
        let (ours, theirs) = UnixStream::pair()?;
        // Kept so that nobody sees an end; never waited for, since a thread may be stopped anywhere.
        if let Ok(mut ends) = self.ends.try_lock() {
            ends.push(theirs);
        }
        Ok((self.made.fetch_add(1, Ordering::Relaxed), ours))
    }

    fn check(&self, conn: &mut Self::Conn) -> io::Result<()> {
        if conn.0 % 2 == 1 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }

    fn fds(&self, conn: &Self::Conn, sink: &mut FdSink<'_>) {
        sink.add(&conn.1);
    }
}

/// The step to stop at, and how far that is: 0 nobody there, 1 stopped, 2 go on.
static TARGET: Mutex<Option<Step>> = Mutex::new(None);
static STAGE: Mutex<u8> = Mutex::new(0);
static CHANGED: Condvar = Condvar::new();
static REACHED: AtomicU8 = AtomicU8::new(0);

fn stop_there(step: Step) {
    let wanted = *TARGET.lock().unwrap_or_else(PoisonError::into_inner) == Some(step);
    // Only the first thread that comes by.
    if !wanted || REACHED.swap(1, Ordering::SeqCst) == 1 {
        return;
    }
    let mut stage = STAGE.lock().unwrap_or_else(PoisonError::into_inner);
    *stage = 1;
    CHANGED.notify_all();
    while *stage == 1 {
        stage = CHANGED.wait(stage).unwrap_or_else(PoisonError::into_inner);
    }
}

fn set_stage(value: u8) {
    *STAGE.lock().unwrap_or_else(PoisonError::into_inner) = value;
    CHANGED.notify_all();
}

/// Also those past libc, which puts no allocator in order in the child.
const WAYS: [Way; 6] = [Way::Fork, Way::UnderscoreFork, Way::Clone, Way::Clone3, Way::Grandchild, Way::RawGrandchild];

/// Waits until every other thread has ended or sleeps in futex(2): stopped at the step, or behind the one that is.
/// Whoever held the allocator's lock would be awake, or be waited for by a circle of sleepers, which is no allocator's.
fn until_all_sleep() -> Outcome {
    let sleeping = format!("{} ", libc::SYS_futex);
    let me = std::fs::read_link("/proc/thread-self")?;
    let deadline = Instant::now() + Duration::from_secs(30);
    while Instant::now() < deadline {
        let awake = std::fs::read_dir("/proc/self/task")?.filter_map(Result::ok).any(|task| {
            let (name, path) = (task.file_name(), task.path().join("syscall"));
            // A thread that has ended has no such file any more.
            Some(&*name) != me.file_name()
                && std::fs::read_to_string(path).is_ok_and(|call| !call.starts_with(&sleeping))
        });
        if !awake {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Err("the other threads did not come to rest".into())
}

/// In the child: everything a pool can do, with a fresh state.
fn exercise(pool: &Pool<Flaky>) -> Outcome {
    steps::ignore();
    for _ in 0..6 {
        let one = pool.get_timeout(Duration::from_secs(20))?;
        let two = pool.get_timeout(Duration::from_secs(20))?;
        ensure(pool.try_get().is_err(), "more connections than allowed")?;
        drop((one, two));
    }
    pool.maintain()?;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| (0..20).all(|_| pool.get_timeout(Duration::from_secs(20)).is_ok())))
            .collect();
        threads.into_iter().try_for_each(|thread| ensure(thread.join().unwrap_or(false), "a thread got no connection"))
    })
}

fn every_step() -> Outcome {
    let mut missed = Vec::new();
    for step in Step::ALL {
        let manager = Flaky { made: AtomicU32::new(0), ends: Mutex::default() };
        let pool = Pool::<Flaky>::builder().max_size(2).timeout(Duration::from_secs(60)).build(manager)?;
        *TARGET.lock().map_err(|_| "poisoned")? = Some(step);
        set_stage(0);
        REACHED.store(0, Ordering::SeqCst);
        steps::watch(Some(stop_there));
        let done = AtomicU8::new(0);
        let outcome = std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    // Until the step was reached, or everybody had a fair share of tries.
                    for _ in 0..2000 {
                        if REACHED.load(Ordering::SeqCst) == 1 {
                            break;
                        }
                        let held = pool.get();
                        std::thread::yield_now();
                        drop(held);
                    }
                    done.fetch_add(1, Ordering::SeqCst);
                    CHANGED.notify_all();
                });
            }
            let mut stage = STAGE.lock().unwrap_or_else(PoisonError::into_inner);
            while *stage != 1 && done.load(Ordering::SeqCst) < 4 {
                stage =
                    CHANGED.wait_timeout(stage, Duration::from_millis(50)).unwrap_or_else(PoisonError::into_inner).0;
            }
            let stopped = *stage == 1;
            drop(stage);
            let forked = if stopped {
                until_all_sleep().and_then(|()| {
                    WAYS.into_iter().try_for_each(|way| {
                        // SAFETY: every other thread sleeps at a place where it does not hold the allocator's lock, see
                        // `until_all_sleep`; all else the child uses is the pool, whose locks are what is tested.
                        let child = unsafe { way.start_threaded(|| status(exercise(&pool))) };
                        succeeds(child?).map_err(|error| format!("{way:?}: {error}").into())
                    })
                })
            } else {
                missed.push(step);
                Ok(())
            };
            set_stage(2);
            forked
        });
        steps::watch(None);
        outcome.map_err(|error| format!("{step:?}: {error}"))?;
    }
    ensure(missed.is_empty(), &format!("steps that no thread reached: {missed:?}"))
}
