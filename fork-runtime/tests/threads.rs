//! What needs threads but no fork: also run by Miri,
//! `MIRIFLAGS=-Zmiri-disable-isolation cargo +nightly miri test -p fork-runtime --test threads`.

use fork_runtime::pool::{FdSink, Manager, Pool, PoolError};
use fork_runtime::{ForkMutex, PerProcess, TrackedLocal, atfork, cached_pid, generation};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

#[test]
fn threads_agree_on_the_generation() {
    let seen: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(generation)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(seen.iter().all(|one| *one == generation() && one.is_current()));
    assert_eq!(cached_pid(), std::process::id());
}

#[test]
fn a_value_is_made_once() {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let value = PerProcess::new(|| MADE.fetch_add(1, Ordering::Relaxed));
    assert!(value.get_if_made().is_none());
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| assert_eq!(*value.get(), 0));
        }
    });
    assert_eq!(MADE.load(Ordering::Relaxed), 1);
}

#[test]
fn a_value_whose_making_panicked_is_tried_again() {
    let tries = AtomicU32::new(0);
    let value = PerProcess::new(|| assert!(tries.fetch_add(1, Ordering::Relaxed) > 0, "the first time"));
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| value.get())).is_err());
    value.get();
}

#[test]
fn the_mutex_excludes() {
    static LOCK: ForkMutex<u32> = ForkMutex::new(0);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| (0..20).for_each(|_| *LOCK.lock().expect("nobody forks") += 1));
        }
    });
    assert_eq!(*LOCK.lock().expect("nobody forks"), 60);
}

#[test]
fn a_tracked_local_ends_with_its_thread() {
    static DROPS: AtomicU32 = AtomicU32::new(0);
    struct Counts;
    impl Drop for Counts {
        fn drop(&mut self) {
            DROPS.fetch_add(1, Ordering::Relaxed);
        }
    }
    static LOCAL: TrackedLocal<Counts> = TrackedLocal::new(|| Counts);
    for _ in 0..2 {
        thread::spawn(|| LOCAL.with(|_| ())).join().expect("no panic");
    }
    assert_eq!(DROPS.load(Ordering::Relaxed), 2);
}

#[test]
fn hooks_come_and_go() {
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..5 {
                    drop(atfork::register(atfork::Hooks::new("nothing")));
                }
            });
        }
    });
}

/// Counts its connections; those it is told to are bad.
#[derive(Default)]
struct Counting {
    made: AtomicU32,
    bad: AtomicU32,
}

impl Manager for Counting {
    type Conn = Box<u32>;
    type Error = std::fmt::Error;

    fn connect(&self) -> Result<Box<u32>, std::fmt::Error> {
        Ok(Box::new(self.made.fetch_add(1, Ordering::Relaxed)))
    }

    fn check(&self, conn: &mut Box<u32>) -> Result<(), std::fmt::Error> {
        if **conn < self.bad.load(Ordering::Relaxed) { Err(std::fmt::Error) } else { Ok(()) }
    }

    fn fds(&self, _: &Box<u32>, _: &mut FdSink<'_>) {}
}

#[test]
fn a_pool_never_exceeds_its_size_and_serves_all() {
    let pool = Pool::<Counting>::builder().max_size(2).build(Counting::default()).expect("built");
    let out = AtomicU32::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..15 {
                    let conn = pool.get().expect("in time");
                    assert!(out.fetch_add(1, Ordering::SeqCst) < 2);
                    out.fetch_sub(1, Ordering::SeqCst);
                    drop(conn);
                }
            });
        }
    });
    let metrics = pool.metrics();
    assert!(metrics.made <= 2 && metrics.connections <= 2, "{metrics:?}");
    assert_eq!((metrics.checkouts, metrics.idle), (60, metrics.connections), "{metrics:?}");
}

#[test]
fn a_pool_in_use_times_out_and_then_serves() {
    let pool = Pool::<Counting>::builder().max_size(1).build(Counting::default()).expect("built");
    let held = pool.get().expect("free");
    assert!(matches!(pool.try_get(), Err(PoolError::Timeout)));
    assert!(matches!(pool.get_timeout(Duration::from_millis(2)), Err(PoolError::Timeout)));
    drop(held);
    assert!(pool.try_get().is_ok());
    assert_eq!(pool.metrics().timeouts, 2);
}

#[test]
fn a_bad_connection_is_replaced_and_idle_ones_are_kept_up() {
    let pool = Pool::<Counting>::builder().max_size(3).min_idle(2).build(Counting::default()).expect("built");
    assert_eq!(pool.metrics().idle, 2);
    pool.manager().bad.store(2, Ordering::Relaxed);
    assert_eq!(**pool.get().expect("replaced"), 2);
    pool.maintain().expect("refilled");
    let metrics = pool.metrics();
    assert_eq!((metrics.made, metrics.dropped, metrics.connections), (4, 2, 2), "{metrics:?}");
}

#[test]
fn a_connection_past_its_life_time_is_dropped() {
    let pool = Pool::<Counting>::builder().max_lifetime(Some(Duration::ZERO)).build(Counting::default());
    let pool = pool.expect("built");
    drop(pool.get().expect("made"));
    let metrics = pool.metrics();
    assert_eq!((metrics.made, metrics.dropped, metrics.connections), (1, 1, 0), "{metrics:?}");
}

/// A failing manager, and one that panics, cost no place in the pool.
#[test]
fn failures_give_their_place_back() {
    struct Failing(AtomicU32);
    impl Manager for Failing {
        type Conn = ();
        type Error = std::fmt::Error;

        fn connect(&self) -> Result<(), std::fmt::Error> {
            match self.0.fetch_add(1, Ordering::Relaxed) {
                0 => Err(std::fmt::Error),
                1 => panic!("on purpose"),
                _ => Ok(()),
            }
        }

        fn check(&self, (): &mut ()) -> Result<(), std::fmt::Error> {
            Ok(())
        }

        fn fds(&self, (): &(), _: &mut FdSink<'_>) {}
    }
    let pool = Pool::<Failing>::builder().max_size(1).build(Failing(AtomicU32::new(0))).expect("built");
    assert!(matches!(pool.try_get(), Err(PoolError::Connect(_))));
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| pool.try_get().is_ok())).is_err());
    assert!(pool.try_get().is_ok());
}
