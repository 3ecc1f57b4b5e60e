//! Check-out and check-in, against r2d2. Bar: at most 1.2 times uncontended, and faster with 8 threads.

mod common;

use common::{compare, per_call};
use fork_runtime::pool::{FdSink, Manager, Pool};
use std::convert::Infallible;
use std::sync::Barrier;
use std::time::Instant;

/// Connections that cost nothing: what is left is the pool.
struct Nothing;

impl Manager for Nothing {
    type Conn = u64;
    type Error = Infallible;

    fn connect(&self) -> Result<u64, Infallible> {
        Ok(0)
    }

    fn check(&self, _: &mut u64) -> Result<(), Infallible> {
        Ok(())
    }

    fn fds(&self, _: &u64, _: &mut FdSink<'_>) {}
}

impl r2d2::ManageConnection for Nothing {
    type Connection = u64;
    type Error = Infallible;

    fn connect(&self) -> Result<u64, Infallible> {
        Ok(0)
    }

    fn is_valid(&self, _: &mut u64) -> Result<(), Infallible> {
        Ok(())
    }

    fn has_broken(&self, _: &mut u64) -> bool {
        false
    }
}

/// Nanoseconds per check-out, all threads together.
fn threads(count: u32, body: impl Fn() + Sync) -> f64 {
    const EACH: u32 = 5_000;
    let gate = Barrier::new(count as usize + 1);
    let start = std::thread::scope(|scope| {
        for _ in 0..count {
            scope.spawn(|| {
                gate.wait();
                (0..EACH).for_each(|_| body());
            });
        }
        // Before the gate opens: afterwards this thread may not get to run until the others are done.
        let start = Instant::now();
        gate.wait();
        start
    });
    start.elapsed().as_nanos() as f64 / f64::from(EACH * count)
}

fn main() {
    for size in [8, 4] {
        let theirs = r2d2::Pool::builder().max_size(size).build(Nothing).expect("r2d2");
        let ours =
            Pool::<Nothing>::builder().max_size(size as usize).min_idle(size as usize).build(Nothing).expect("pool");
        let r2d2 = || drop(theirs.get().expect("a connection"));
        let pool = || drop(ours.get().expect("a connection"));
        compare(
            &format!("{size} connections, 1 thread"),
            31,
            vec![
                ("r2d2", Box::new(|| per_call(20_000, r2d2))),
                ("fork_runtime::pool", Box::new(|| per_call(20_000, pool))),
            ],
        );
        compare(
            &format!("{size} connections, 8 threads"),
            15,
            vec![("r2d2", Box::new(|| threads(8, r2d2))), ("fork_runtime::pool", Box::new(|| threads(8, pool)))],
        );
    }
}
