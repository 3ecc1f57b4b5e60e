//! State per process.

use crate::common::{Outcome, Scenario};
use crate::{ensure, status, succeeds, ways};
use fork_runtime::testkit::Way;
use fork_runtime::{
    CloseOnFork, Decision, DescriptorPolicy, ForkExcluded, ForkMutex, LockError, NotHere, PerProcess, TrackedLocal,
};
use std::io::{Read, Seek, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("per_process_every_way", every_way),
    ("per_process_init_held_at_the_fork", init_held),
    ("per_process_on_inherit_once", on_inherit),
    ("per_process_drop_leaves_the_parents_value", dropped),
    ("mutex_reports_a_lost_holder", lost_holder),
    ("mutex_held_by_the_forking_thread", carried_guard),
    ("mutex_between_threads", mutex_between_threads),
    ("close_on_fork_every_way", close_on_fork),
    ("close_on_fork_spares_a_reused_number", reused_number),
    ("close_on_fork_end_of_file", end_of_file),
    ("close_on_fork_many", many_descriptors),
    ("tracked_locals_of_vanished_threads", tracked_locals),
    ("excluded_memory", excluded_memory),
    ("descriptor_policy", descriptor_policy),
];

fn every_way() -> Outcome {
    static MADE: AtomicU32 = AtomicU32::new(0);
    static VALUE: PerProcess<u32> = PerProcess::new(|| MADE.fetch_add(1, Ordering::Relaxed) + 1);
    let first = VALUE.get();
    for way in ways() {
        succeeds(way.start(|| {
            let values: Vec<u32> = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| *VALUE.get())).collect();
                threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
            });
            // The reference from before the fork stays good.
            status(ensure(values == [2, 2, 2, 2] && *first == 1, &format!("{values:?}")))
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
        let first = channel.try_lock().ok().and_then(|mut channel| channel.take());
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
        let child = unsafe { Way::Fork.start_threaded(|| i32::from(*value.get() != std::process::id())) };
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
    ensure(DROPS.load(Ordering::Relaxed) == 1, "the parent's own copy is dropped")?;
    let value = PerProcess::new(|| Counts);
    value.get();
    succeeds(Way::Clone3.start(|| {
        value.get();
        drop(value);
        i32::from(DROPS.load(Ordering::Relaxed) != 2)
    })?)
}

/// Runs `body` while another thread is inside `hold`, which must call its argument once it holds what it holds.
fn while_held(hold: impl FnOnce(&dyn Fn()) + Send, body: impl FnOnce() -> Outcome) -> Outcome {
    let (inside, entered) = mpsc::channel();
    let (go, wait) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            hold(&|| {
                let _ = inside.send(());
                let _ = wait.recv();
            });
        });
        entered.recv()?;
        let outcome = body();
        go.send(())?;
        outcome
    })
}

fn lost_holder() -> Outcome {
    static LOCK: ForkMutex<u32> = ForkMutex::new(0);
    while_held(
        |stop| {
            if let Ok(_guard) = LOCK.lock() {
                stop();
            }
        },
        || {
            ensure(LOCK.try_lock().is_ok_and(|guard| guard.is_none()), "held by a living thread")?;
            for way in [Way::Fork, Way::Clone3, Way::Grandchild] {
                // SAFETY: the other thread waits in a channel.
                succeeds(unsafe {
                    way.start_threaded(|| {
                        let here = matches!(LOCK.lock(), Err(LockError::HolderGone));
                        let there = std::thread::spawn(|| matches!(LOCK.lock(), Err(LockError::HolderGone))).join();
                        i32::from(!(here && there.unwrap_or(false)))
                    })
                }?)?;
            }
            Ok(())
        },
    )?;
    *LOCK.lock()? += 1;
    Ok(())
}

fn carried_guard() -> Outcome {
    static LOCK: ForkMutex<u32> = ForkMutex::new(1);
    let mut guard = LOCK.lock()?;
    ensure(matches!(LOCK.lock(), Err(LockError::HeldByThisThread)), "would wait for itself")?;
    for way in [Way::Fork, Way::Clone3] {
        succeeds(way.start(|| {
            *guard += 1;
            let own = matches!(LOCK.lock(), Err(LockError::HeldByThisThread));
            let other = std::thread::spawn(|| matches!(LOCK.try_lock(), Ok(None))).join().unwrap_or(false);
            let waiter = std::thread::spawn(|| LOCK.lock().map(|value| *value).unwrap_or_default());
            drop(std::mem::replace(&mut guard, Box::leak(Box::new(ForkMutex::new(0))).lock().expect("fresh")));
            i32::from(!(own && other && waiter.join().unwrap_or_default() == 2))
        })?)?;
        ensure(*guard == 1, "the child changed its parent's value")?;
    }
    Ok(())
}

fn mutex_between_threads() -> Outcome {
    static LOCK: ForkMutex<u64> = ForkMutex::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..5000).for_each(|_| *LOCK.lock().expect("nobody forks") += 1));
        }
    });
    ensure(*LOCK.lock()? == 20_000, "an addition was lost")
}

fn is_open(number: i32) -> bool {
    std::fs::read_link(format!("/proc/self/fd/{number}")).is_ok()
}

fn close_on_fork() -> Outcome {
    for way in ways() {
        let file = CloseOnFork::new(std::fs::File::open("/dev/zero")?.into())?;
        let number = file.get().ok_or("open")?.as_raw_fd();
        succeeds(way.start(|| {
            fork_runtime::atfork::run_child_now();
            let gone = !is_open(number) && file.get().is_none();
            drop(file);
            i32::from(!gone)
        })?)
        .map_err(|error| format!("{way:?}: {error}"))?;
    }
    let file = CloseOnFork::new(std::fs::File::open("/dev/zero")?.into())?;
    let kept = file.into_inner().ok_or("open")?;
    succeeds(Way::Fork.start(|| i32::from(!is_open(kept.as_raw_fd())))?)
}

/// A child that puts something else under the number before this crate gets to run keeps it.
fn reused_number() -> Outcome {
    let file = CloseOnFork::new(std::fs::File::open("/dev/zero")?.into())?;
    let number = file.get().ok_or("open")?.as_raw_fd();
    succeeds(Way::Clone3.start(|| {
        let Ok(other) = std::fs::File::open("/dev/full") else {
            return 2;
        };
        // SAFETY: the number is that of `file`, which is inherited and used no more.
        if unsafe { libc::dup2(other.as_raw_fd(), number) } < 0 {
            return 3;
        }
        fork_runtime::atfork::run_child_now();
        i32::from(!is_open(number))
    })?)
}

fn end_of_file() -> Outcome {
    let (mut reader, writer) = std::io::pipe()?;
    let writer = CloseOnFork::new(OwnedFd::from(writer))?;
    let sleeper = Way::Fork.start(|| {
        std::thread::sleep(std::time::Duration::from_secs(600));
        0
    })?;
    drop(writer);
    ensure(reader.read(&mut [0])? == 0, "no end of file")?;
    sleeper.kill()?;
    Ok(())
}

fn many_descriptors() -> Outcome {
    let files: Vec<_> =
        (0..500).map(|_| CloseOnFork::new(std::fs::File::open("/dev/zero")?.into())).collect::<Result<_, _>>()?;
    let numbers: Vec<_> = files.iter().filter_map(CloseOnFork::get).map(|fd| fd.as_raw_fd()).collect();
    succeeds(Way::Fork.start(|| i32::from(numbers.iter().any(|number| is_open(*number))))?)?;
    ensure(numbers.iter().all(|number| is_open(*number)), "closed in the parent")
}

static DROPS: AtomicU32 = AtomicU32::new(0);

#[derive(Default)]
struct Counted(u32);

impl Drop for Counted {
    fn drop(&mut self) {
        DROPS.fetch_add(1, Ordering::Relaxed);
    }
}

fn tracked_locals() -> Outcome {
    static LOCAL: TrackedLocal<Counted> = TrackedLocal::new(Counted::default);
    std::thread::spawn(|| LOCAL.with(|value| value.0 += 1)).join().map_err(|_| "panicked")?;
    ensure(DROPS.load(Ordering::Relaxed) == 1, "an ended thread's value is dropped")?;
    LOCAL.with(|value| value.0 = 7);
    while_held(
        |stop| {
            // Not in use, but alive, at the fork.
            LOCAL.with(|value| value.0 = 8);
            stop();
        },
        || {
            while_held(
                |stop| LOCAL.with(|_| stop()),
                || {
                    for way in [Way::Fork, Way::Clone3] {
                        // SAFETY: the other threads wait in channels.
                        succeeds(unsafe {
                            way.start_threaded(|| {
                                let before = DROPS.load(Ordering::Relaxed);
                                let disposed = LOCAL.dispose_inherited();
                                let dropped = DROPS.load(Ordering::Relaxed) - before;
                                let mine = LOCAL.with(|value| value.0);
                                let again = LOCAL.dispose_inherited();
                                status(ensure(
                                    (disposed, dropped, mine, again) == (1, 1, 7, 0),
                                    &format!("{disposed} disposed of, {dropped} dropped, mine {mine}, again {again}"),
                                ))
                            })
                        }?)?;
                    }
                    Ok(())
                },
            )
        },
    )
}

fn excluded_memory() -> Outcome {
    let mut region = ForkExcluded::new(32 << 20)?;
    region.write(5, b"here")?;
    ensure(region.write(region.len() - 1, b"xx") == Err(NotHere::OutOfBounds), "bounds")?;
    ensure(region.read(usize::MAX, &mut [0]) == Err(NotHere::OutOfBounds), "bounds")?;
    // SAFETY: only its address is used in the children.
    let address = unsafe { region.as_slice() }?.as_ptr().addr();
    for way in ways() {
        succeeds(way.start(|| {
            let refused = region.read(5, &mut [0; 4]) == Err(NotHere::Inherited);
            let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
            let mapped = maps.lines().filter_map(|line| line.split(' ').next()?.split_once('-')).any(|(from, to)| {
                let number = |text| usize::from_str_radix(text, 16).unwrap_or_default();
                (number(from)..number(to)).contains(&address)
            });
            drop(region);
            i32::from(!refused || mapped)
        })?)
        .map_err(|error| format!("{way:?}: {error}"))?;
        region = ForkExcluded::new(32 << 20)?;
        region.write(5, b"here")?;
    }
    let mut copy = [0; 4];
    region.read(5, &mut copy)?;
    ensure(&copy == b"here", "the parent lost its memory")
}

fn descriptor_policy() -> Outcome {
    let mut file = tempfile::tempfile()?;
    file.write_all(b"0123456789")?;
    file.seek(std::io::SeekFrom::Start(4))?;
    let null = std::fs::File::open("/dev/zero")?;
    let closed = std::fs::File::open("/dev/zero")?;
    let (kept, _other) = std::io::pipe()?;
    let numbers = [file.as_raw_fd(), null.as_raw_fd(), closed.as_raw_fd(), kept.as_raw_fd()];
    let policy = DescriptorPolicy::new()
        .number(numbers[0], Decision::Reopen)
        .number(numbers[1], Decision::Null)
        .number(numbers[2], Decision::Close)
        .stdio(Decision::Keep);
    let audit = policy.audit()?;
    ensure(audit.undecided.iter().any(|descriptor| descriptor.number == numbers[3]), &format!("{audit:?}"))?;
    ensure(!audit.undecided.iter().any(|descriptor| numbers[..3].contains(&descriptor.number)), &format!("{audit:?}"))?;
    let mut closed = Some(closed);
    succeeds(Way::Fork.start(|| {
        std::mem::forget(closed.take());
        // SAFETY: the file to be closed was forgotten.
        if unsafe { policy.apply() }.is_err() {
            return 2;
        }
        let mut rest = String::new();
        let read = file.read_to_string(&mut rest).is_ok() && rest == "456789";
        let nulled = null
            .as_fd()
            .try_clone_to_owned()
            .is_ok_and(|null| std::fs::File::from(null).read(&mut [0]).ok() == Some(0));
        i32::from(!(read && nulled && !is_open(numbers[2]) && is_open(numbers[3])))
    })?)?;
    ensure(file.stream_position()? == 4, "the child moved its parent's position")
}
