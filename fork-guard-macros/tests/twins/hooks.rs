//! Functions that the linker registers.

use crate::common::{Outcome, Scenario};
use crate::{ensure, status, succeeds};
use fork_runtime::atfork::{Event, Prepare};
use fork_runtime::testkit::Way;
use fork_runtime::zygote::{self, Entry};
use fork_runtime::{after_fork_in_child, after_fork_in_parent, before_fork};
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) const SCENARIOS: &[Scenario] = &[
    ("hooks_run_without_a_call", without_a_call),
    ("hooks_run_in_order", in_order),
    ("hooks_ask_for_a_retry", retry),
    ("hooks_entries_of_a_zygote", entries),
];

/// A decimal digit for each call, the latest last.
static LOG: AtomicU64 = AtomicU64::new(0);
static RETRIES: AtomicU64 = AtomicU64::new(0);

fn note(digit: u64) {
    let _ = LOG.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |log| Some(log * 10 + digit));
}

#[before_fork(phase = Pools)]
fn second() {
    note(2);
}

#[before_fork]
fn first() -> Prepare {
    if RETRIES.load(Ordering::SeqCst) > 0 {
        RETRIES.fetch_sub(1, Ordering::SeqCst);
        return Prepare::Retry;
    }
    note(1);
    Prepare::Ready
}

#[after_fork_in_parent(name = "tests: the parent")]
fn parent(event: &Event) {
    if event.forked() {
        note(3);
    }
}

#[after_fork_in_child(phase = Rng)]
fn early_in_child() {
    note(4);
}

#[after_fork_in_child]
fn late_in_child(event: &Event) {
    note(if event.prepared() { 5 } else { 6 });
}

/// Nothing of fork-runtime was called before the fork.
fn without_a_call() -> Outcome {
    // SAFETY: the process has one thread.
    let pid = unsafe { libc::fork() };
    if pid == 0 {
        let ran = LOG.load(Ordering::SeqCst) == 1245;
        // SAFETY: ends the child.
        unsafe { libc::_exit(i32::from(!ran)) };
    }
    ensure(pid > 0, "no fork")?;
    let mut status = 1;
    // SAFETY: a child of this process, and a place for its status.
    let waited = unsafe { libc::waitpid(pid, &raw mut status, 0) };
    ensure(waited == pid && status == 0, "the child's hooks have not run")?;
    ensure(LOG.load(Ordering::SeqCst) == 123, "the parent's hooks have not run")
}

fn in_order() -> Outcome {
    for (way, expected) in [(Way::Fork, 1245), (Way::Clone3, 46)] {
        LOG.store(0, Ordering::SeqCst);
        succeeds(way.start(|| {
            fork_runtime::atfork::run_child_now();
            let log = LOG.load(Ordering::SeqCst);
            status(ensure(log == expected, &format!("{way:?}: {log}")))
        })?)?;
    }
    Ok(())
}

fn retry() -> Outcome {
    RETRIES.store(3, Ordering::SeqCst);
    succeeds(Way::Fork.start(|| i32::from(LOG.load(Ordering::SeqCst) != 1245))?)?;
    ensure(RETRIES.load(Ordering::SeqCst) == 0, "not asked again")
}

/// Twice.
#[zygote::entry]
fn double(number: u32) -> u32 {
    number * 2
}

#[zygote::entry]
pub(crate) fn silent(_context: &mut zygote::Context, _pair: (u8, u8)) {}

fn entries() -> Outcome {
    let found: Entry<u32, u32> = Entry::named(double.name())?;
    ensure(found.name().ends_with("hooks::double"), found.name())?;
    ensure(Entry::<(u8, u8), ()>::named(silent.name()).is_ok(), "the entry without a result")
}
