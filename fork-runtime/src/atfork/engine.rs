//! The passes over the hooks.

use super::hooks::{Entry, Event, Prepare};
use crate::detect::generation;
use crate::lockfree::once_pass::{self, Claim};
use crate::process::token;
use crate::sys;
use crate::sys::shared_list::{SharedList, lock, unlock};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// Sorted by phase, then by registration.
static HOOKS: SharedList<Entry> = SharedList::new();

thread_local! {
    /// How many `prepare` calls of libc lack their `parent`: more than one inside a hook's own fork.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    /// Whether the kernel said "one thread" at the fork in progress.
    static ALONE: Cell<bool> = const { Cell::new(false) };
    /// The generation whose child pass this thread is running.
    static IN_CHILD_PASS: Cell<u64> = const { Cell::new(0) };
}

/// Why a fork was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) hook: String,
    pub(crate) panicked: bool,
}

pub(super) fn add(entry: &Arc<Entry>) {
    sys::wiped::words();
    sys::handlers::install();
    run_child_now();
    HOOKS.replace(|hooks| {
        let at = hooks.partition_point(|other| other.hooks.phase <= entry.hooks.phase);
        hooks.insert(at, Arc::clone(entry));
    });
}

pub(super) fn remove(entry: &Arc<Entry>) {
    entry.live.store(false, Ordering::Release);
    // Inside a hook the gate is this thread's already.
    let inside = DEPTH.get() > 0 || IN_CHILD_PASS.get() == generation().number();
    let _gate = (!inside).then(|| lock(|words| &words.gate));
    HOOKS.replace(|hooks| hooks.retain(|other| !Arc::ptr_eq(other, entry)));
}

/// libc's handler before a fork: runs what it can; nothing can stop this fork.
pub(crate) fn before_libc_fork() {
    if enter() {
        // Refusals were marked on their hooks; `patient` false never returns one.
        let _ = prepare_all(false);
        sys::raw_hooks::prepare();
        ALONE.set(sys::process::alone() == sys::process::Alone::Yes);
    }
}

/// [`crate::fork()`] before it calls libc: as above, and gives up if a hook is not ready in time.
pub(crate) fn before_own_fork() -> Result<(), Refused> {
    if !enter() {
        return Ok(());
    }
    if let Err(refused) = prepare_all(true) {
        leave();
        return Err(refused);
    }
    sys::raw_hooks::prepare();
    Ok(())
}

/// Undoes [`before_own_fork`] when there was no fork after all.
pub(crate) fn cancel() {
    if DEPTH.get() == 1 {
        sys::raw_hooks::parent();
        undo(false);
    }
    leave();
}

/// The parent's side, called by libc's handler and by [`crate::fork()`].
pub(crate) fn in_parent() {
    if DEPTH.get() == 1 {
        sys::raw_hooks::parent();
        undo(true);
    }
    leave();
}

/// The child's side in libc's handler. Async-signal-safe unless the process had one thread.
pub(crate) fn in_child() {
    sys::wiped::child_of_libc_fork();
    // Publishes the generation and notes this thread as the one that lives on.
    generation();
    DEPTH.set(0);
    signal_safe_pass();
    if ALONE.replace(false) {
        run_child_now();
    }
}

/// Runs the `child` hooks that are due in this process; does nothing otherwise.
///
/// For the child of a process with threads, or of a raw `clone`, as soon as it may allocate and lock. The types of this
/// crate call it themselves.
pub fn run_child_now() {
    let generation = generation().number();
    let words = sys::wiped::words();
    let mut round = 0;
    loop {
        match once_pass::claim(&words.pass) {
            Claim::Done => return,
            Claim::Running if IN_CHILD_PASS.get() == generation => return,
            Claim::Running => {
                sys::process::pause(round);
                round += 1;
            }
            Claim::Mine => break,
        }
    }
    IN_CHILD_PASS.set(generation);
    signal_safe_pass();
    if !HOOKS.never_used() {
        for entry in HOOKS.snapshot().iter() {
            run_child_hook(entry);
        }
    }
    IN_CHILD_PASS.set(0);
    // A hook that forked and came back here in its child has run another process' pass.
    if crate::detect::generation().number() == generation {
        once_pass::finish(&words.pass);
    }
}

/// The part that may run anywhere: descriptors and signal-safe hooks, once per process.
fn signal_safe_pass() {
    let words = sys::wiped::words();
    if once_pass::claim(&words.raw_pass) == Claim::Mine {
        sys::fds::settle_inherited();
        sys::raw_hooks::child();
        once_pass::finish(&words.raw_pass);
    }
}

fn run_child_hook(entry: &Entry) {
    let prepared_by = entry.prepared_by.swap(0, Ordering::AcqRel);
    let survivor = sys::wiped::words().survivor.load(Ordering::Acquire);
    let event = Event { prepared: prepared_by != 0 && prepared_by == survivor, forked: true };
    let Some(hook) = entry.hooks.child.as_ref().filter(|_| entry.live.load(Ordering::Acquire)) else {
        return;
    };
    if catch_unwind(AssertUnwindSafe(|| hook(&event))).is_err() {
        sys::process::complain(&[
            "fork-runtime: the child hook \"",
            &entry.hooks.name,
            "\" panicked; the child ends\n",
        ]);
        std::process::abort();
    }
}

/// Counts the call; true if it is the outermost and the gate was taken.
fn enter() -> bool {
    let depth = DEPTH.get();
    DEPTH.set(depth + 1);
    // Inside a child hook the pass is this thread's: its fork is a nested one as well.
    if depth > 0 || IN_CHILD_PASS.get() == generation().number() {
        return false;
    }
    lock(|words| &words.gate).keep();
    true
}

fn leave() {
    let depth = DEPTH.get();
    if depth == 1 && IN_CHILD_PASS.get() != generation().number() {
        unlock(|words| &words.gate);
    }
    DEPTH.set(depth.saturating_sub(1));
}

/// Asks every hook, the last first, again from the start when one says retry.
fn prepare_all(patient: bool) -> Result<(), Refused> {
    if HOOKS.never_used() {
        return Ok(());
    }
    let hooks = HOOKS.snapshot();
    // Per hook: since when it asks to retry, and whether it was given up.
    let mut asked: Vec<(Option<Instant>, bool)> = vec![(None, false); hooks.len()];
    let me = token::mine();
    let mut round = 0;
    'again: loop {
        for (entry, (since, given_up)) in hooks.iter().zip(asked.iter_mut()).rev() {
            if *given_up || !entry.live.load(Ordering::Acquire) {
                continue;
            }
            let answer = match &entry.hooks.prepare {
                Some(prepare) => catch_unwind(AssertUnwindSafe(prepare)),
                None => Ok(Prepare::Ready),
            };
            if matches!(answer, Ok(Prepare::Ready)) {
                entry.prepared_by.store(me, Ordering::Release);
                continue;
            }
            let panicked = answer.is_err();
            let late = since.get_or_insert_with(Instant::now).elapsed() >= entry.hooks.deadline;
            if panicked || late {
                if patient {
                    undo_hooks(&hooks, false);
                    return Err(Refused { hook: entry.hooks.name.to_string(), panicked });
                }
                *given_up = true;
                continue;
            }
            undo_hooks(&hooks, false);
            sys::process::pause(round);
            round += 1;
            continue 'again;
        }
        return Ok(());
    }
}

fn undo(forked: bool) {
    if !HOOKS.never_used() {
        undo_hooks(&HOOKS.snapshot(), forked);
    }
}

/// Runs `parent` of every hook that this thread prepared, the first registered first.
fn undo_hooks(hooks: &[Arc<Entry>], forked: bool) {
    let me = token::mine();
    for entry in hooks {
        if entry.prepared_by.compare_exchange(me, 0, Ordering::AcqRel, Ordering::Acquire).is_err() {
            continue;
        }
        if let Some(parent) = entry.hooks.parent.as_ref().filter(|_| entry.live.load(Ordering::Acquire)) {
            // The panic hook has printed the message; the other hooks hold locks that must be given back.
            let _ = catch_unwind(AssertUnwindSafe(|| parent(&Event { prepared: true, forked })));
        }
    }
}
