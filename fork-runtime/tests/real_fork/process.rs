//! State per process.

use crate::common::{Outcome, Scenario};
use crate::{ensure, status, succeeds, ways};
use fork_runtime::PerProcess;
use fork_runtime::testkit::Way;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;

pub const SCENARIOS: &[Scenario] = &[
    ("per_process_every_way", every_way),
    ("per_process_init_held_at_the_fork", init_held),
    ("per_process_on_inherit_once", on_inherit),
    ("per_process_drop_leaves_the_parents_value", dropped),
];

fn every_way() -> Outcome {
    static MADE: AtomicU32 = AtomicU32::new(0);
    static VALUE: PerProcess<u32> = PerProcess::new(|| MADE.fetch_add(1, Ordering::Relaxed) + 1);
    let first = VALUE.get();
    for way in ways() {
        succeeds(way.start(|| {
            let values: Vec<u32> = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| *VALUE.get())).collect();
                threads
                    .into_iter()
                    .filter_map(|thread| thread.join().ok())
                    .collect()
            });
            // The reference from before the fork stays good.
            status(ensure(
                values == [2, 2, 2, 2] && *first == 1,
                &format!("{values:?}"),
            ))
        })?)
        .map_err(|error| format!("{way:?}: {error}"))?;
    }
    ensure(*VALUE.get() == 1, "the parent's value changed")
}

/// A thread is inside `init` when another forks: the child must not wait for it.
fn init_held() -> Outcome {
    let (inside, entered) = mpsc::channel();
    let (go, wait) = mpsc::channel::<()>();
    let channel = std::sync::Mutex::new(Some((inside, wait)));
    let value = PerProcess::new(move || {
        let first = channel
            .try_lock()
            .ok()
            .and_then(|mut channel| channel.take());
        if let Some((inside, wait)) = first {
            let _ = inside.send(());
            let _ = wait.recv();
        }
        std::process::id()
    });
    std::thread::scope(|scope| {
        scope.spawn(|| value.get());
        entered.recv()?;
        // SAFETY: the other thread waits in a channel and holds neither the allocator nor anything the child uses.
        let child =
            unsafe { Way::Fork.start_threaded(|| i32::from(*value.get() != std::process::id())) };
        go.send(())?;
        succeeds(child?)
    })
}

fn on_inherit() -> Outcome {
    static SEEN: AtomicU32 = AtomicU32::new(0);
    let value: PerProcess<u32> = PerProcess::new((|| 5) as fn() -> u32).on_inherit(|old| {
        SEEN.fetch_add(*old.into_inner(), Ordering::Relaxed);
    });
    succeeds(Way::Fork.start(|| {
        // Never made in the parent: nothing to look at.
        value.get();
        i32::from(SEEN.load(Ordering::Relaxed) != 0)
    })?)?;
    value.get();
    succeeds(Way::Fork.start(|| {
        value.get();
        value.get();
        i32::from(SEEN.load(Ordering::Relaxed) != 5)
    })?)
}

fn dropped() -> Outcome {
    static DROPS: AtomicU32 = AtomicU32::new(0);
    struct Counts;
    impl Drop for Counts {
        fn drop(&mut self) {
            DROPS.fetch_add(1, Ordering::Relaxed);
        }
    }
    let value = PerProcess::new(|| Counts);
    value.get();
    succeeds(Way::Clone3.start(|| {
        drop(value);
        i32::from(DROPS.load(Ordering::Relaxed) != 0)
    })?)?;
    ensure(
        DROPS.load(Ordering::Relaxed) == 1,
        "the parent's own copy is dropped",
    )?;
    let value = PerProcess::new(|| Counts);
    value.get();
    succeeds(Way::Clone3.start(|| {
        value.get();
        drop(value);
        i32::from(DROPS.load(Ordering::Relaxed) != 2)
    })?)
}
