//! Detection: a superset of what wipe-on-fork detectors test.

use crate::common::{Outcome, Scenario};
use crate::{ensure, status, succeeds, ways};
use fork_runtime::testkit::{Way, in_vfork_child};
use fork_runtime::{cached_pid, detect, generation};
use std::sync::Barrier;
use std::thread;

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("detect_every_way", every_way),
    ("detect_in_a_line_of_descendants", descendants),
    ("detect_unused_in_the_middle_generations", unused_in_between),
    ("detect_not_after_vfork", not_after_vfork),
    ("detect_pid_repeats_in_namespaces", pid_repeats),
    ("detect_from_threads", from_threads),
    ("detect_concurrent_first_use_in_the_child", concurrent_first_use),
    ("detect_fork_during_first_use", fork_during_first_use),
    ("detect_first_used_in_the_child", first_used_in_child),
    ("detect_cached_pid", pid),
    ("detect_fallback", fallback),
    ("detect_fallback_loses_repeated_pids", fallback_loss),
    ("detect_method_is_decided_once", decided_once),
];

fn every_way() -> Outcome {
    for way in ways() {
        let mine = generation();
        succeeds(way.start(|| {
            let theirs = generation();
            status(ensure(
                theirs != mine && !mine.is_current() && theirs.is_current() && generation() == theirs,
                "same",
            ))
        })?)
        .map_err(|error| format!("{way:?}: {error}"))?;
        ensure(mine.is_current(), "the parent changed")?;
    }
    Ok(())
}

fn descend(depth: u32, seen: &mut Vec<detect::Generation>) -> i32 {
    let now = generation();
    if seen.contains(&now) {
        return 1;
    }
    seen.push(now);
    if depth == 0 {
        return 0;
    }
    let way = if depth.is_multiple_of(2) { Way::Clone3 } else { Way::Fork };
    match way.run(|| descend(depth - 1, seen)) {
        Ok(fork_runtime::Exit::Status(status)) => status,
        _ => 2,
    }
}

fn descendants() -> Outcome {
    ensure(descend(12, &mut Vec::new()) == 0, "a generation came twice in one line")
}

fn unused_in_between() -> Outcome {
    let mine = generation();
    succeeds(Way::Clone.start(|| match Way::RawGrandchild.run(|| i32::from(generation() == mine)) {
        Ok(exit) if exit.success() => 0,
        _ => 1,
    })?)
}

fn not_after_vfork() -> Outcome {
    fn number() -> u64 {
        u64::from(generation().is_current()) + 2 * u64::from(cached_pid())
    }
    let (mine, here) = (generation(), number());
    ensure(in_vfork_child(number)? == here, "a vfork child has its parent's memory and generation")?;
    ensure(mine == generation(), "the vfork child changed its parent's generation")
}

fn pid_repeats() -> Outcome {
    if !ways().contains(&Way::NewPidNamespace) {
        return Ok(());
    }
    // pid 1 of a namespace makes pid 1 of a nested one: the number is the same, the process is not.
    succeeds(Way::NewPidNamespace.start(|| {
        let (mine, pid) = (generation(), std::process::id());
        let nested = Way::NewPidNamespace.run(|| {
            status(
                ensure(std::process::id() == pid && pid == 1, "the pid should repeat")
                    .and_then(|()| ensure(generation() != mine && cached_pid() == 1, "the repeated pid hid the fork")),
            )
        });
        i32::from(!nested.is_ok_and(fork_runtime::Exit::success))
    })?)
}

fn from_threads() -> Outcome {
    let mine = generation();
    for way in [Way::Fork, Way::UnderscoreFork, Way::Clone3] {
        let child = thread::scope(|scope| {
            let idle = scope.spawn(thread::park);
            let forker = scope.spawn(|| {
                // SAFETY: the child reads words and ends; the parked thread holds no lock.
                unsafe { way.start_threaded(|| i32::from(generation() == mine)) }
            });
            let child = forker.join();
            idle.thread().unpark();
            child
        });
        succeeds(child.map_err(|_| "the forking thread panicked")??)?;
        ensure(mine.is_current(), "the parent changed")?;
    }
    Ok(())
}

fn concurrent_first_use() -> Outcome {
    let mine = generation();
    for _ in 0..20 {
        succeeds(Way::Clone3.start(|| {
            let gate = Barrier::new(8);
            let seen: Vec<_> = thread::scope(|scope| {
                let asks = || {
                    gate.wait();
                    generation()
                };
                let threads: Vec<_> = (0..8).map(|_| scope.spawn(asks)).collect();
                threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
            });
            let agreed = seen.len() == 8 && seen.iter().all(|one| *one == seen[0] && *one != mine);
            i32::from(!agreed)
        })?)?;
    }
    Ok(())
}

/// Other threads ask for the generation in a child while it forks: their drawn numbers must not be given out twice.
fn fork_during_first_use() -> Outcome {
    for _ in 0..20 {
        succeeds(Way::Clone3.start(|| {
            let gate = Barrier::new(4);
            let child = thread::scope(|scope| {
                for _ in 0..3 {
                    scope.spawn(|| {
                        gate.wait();
                        generation()
                    });
                }
                gate.wait();
                // SAFETY: the child reads words and ends.
                unsafe {
                    Way::Clone3.start_threaded(|| {
                        let first = generation();
                        i32::from(first != generation())
                    })
                }
            });
            i32::from(child.map_err(Into::into).and_then(succeeds).is_err())
        })?)?;
    }
    Ok(())
}

fn first_used_in_child() -> Outcome {
    succeeds(Way::Clone3.start(|| i32::from(generation() != generation() || cached_pid() != std::process::id()))?)
}

fn pid() -> Outcome {
    for way in ways() {
        ensure(cached_pid() == std::process::id(), "the cached pid is wrong")?;
        succeeds(way.start(|| i32::from(cached_pid() != std::process::id() || cached_pid() != std::process::id()))?)?;
    }
    Ok(())
}

fn fallback() -> Outcome {
    detect::use_fallback()?;
    ensure(detect::method() == detect::Method::AtForkAndPid, "the fallback was not used")?;
    for way in ways().into_iter().filter(|way| *way != Way::NewPidNamespace) {
        let mine = generation();
        succeeds(way.start(|| {
            let theirs = generation();
            i32::from(theirs == mine || theirs != generation() || cached_pid() != std::process::id())
        })?)
        .map_err(|error| format!("{way:?}: {error}"))?;
        ensure(mine.is_current(), "the parent changed")?;
    }
    Ok(())
}

/// The documented loss: without the wiped page a raw clone that keeps the pid number goes unnoticed; libc's `fork` does
/// not.
fn fallback_loss() -> Outcome {
    if !ways().contains(&Way::NewPidNamespace) {
        return Ok(());
    }
    detect::use_fallback()?;
    succeeds(Way::NewPidNamespace.start(|| {
        let mine = generation();
        let nested = Way::NewPidNamespace.run(|| i32::from(generation() != mine));
        let forked = Way::Fork.run(|| i32::from(generation() == mine));
        i32::from(!(nested.is_ok_and(fork_runtime::Exit::success) && forked.is_ok_and(fork_runtime::Exit::success)))
    })?)
}

fn decided_once() -> Outcome {
    generation();
    ensure(detect::use_fallback().is_err(), "the method changed after its first use")?;
    ensure(detect::method() == detect::Method::WipeOnFork, "this kernel should wipe pages")
}
