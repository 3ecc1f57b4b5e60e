//! What a hook is, and its registration.

use super::engine;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::time::Duration;

/// Where a hook stands: the lower phases are prepared last and run first afterwards, so that a hook finds the layers
/// below it in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Locks that everything else may take: allocators, loggers.
    Locks,
    /// Buffers and descriptors.
    Io,
    /// Random number generators.
    Rng,
    /// Connections.
    Pools,
    /// Everything above: the default.
    App,
}

impl Phase {
    pub(crate) fn rank(self) -> u8 {
        match self {
            Phase::Locks => 0,
            Phase::Io => 1,
            Phase::Rng => 2,
            Phase::Pools => 3,
            Phase::App => 4,
        }
    }
}

/// The answer of a `prepare` hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prepare {
    /// The fork may happen.
    Ready,
    /// Not now: undo what was prepared and ask again.
    Retry,
}

/// What a `parent` or `child` hook is told.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    pub(super) prepared: bool,
    pub(super) forked: bool,
}

impl Event {
    /// Whether this hook's `prepare` ran and said [`Prepare::Ready`] for this fork, in the thread that lives on. False
    /// after a raw `clone`, and after a deadline that passed.
    pub fn prepared(&self) -> bool {
        self.prepared
    }

    /// False when `parent` runs only to undo `prepare`, for a retry or because the fork was given up.
    pub fn forked(&self) -> bool {
        self.forked
    }
}

type PrepareFn = Box<dyn Fn() -> Prepare + Send + Sync>;
type EventFn = Box<dyn Fn(&Event) + Send + Sync>;

/// A named set of closures to [`register`].
///
/// The closures are `Fn` and not `FnMut`: a raw `clone` may copy the process while another thread is inside one of them.
pub struct Hooks {
    pub(super) name: Cow<'static, str>,
    pub(super) phase: Phase,
    pub(super) deadline: Duration,
    pub(super) prepare: Option<PrepareFn>,
    pub(super) parent: Option<EventFn>,
    pub(super) child: Option<EventFn>,
}

impl Hooks {
    /// No closures yet, [`Phase::App`], a deadline of one second.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            phase: Phase::App,
            deadline: Duration::from_secs(1),
            prepare: None,
            parent: None,
            child: None,
        }
    }

    /// Where the hook stands among the others.
    pub fn phase(mut self, phase: Phase) -> Self {
        self.phase = phase;
        self
    }

    /// How long `prepare` may answer [`Prepare::Retry`], from its first such answer in a fork.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Runs before the fork.
    pub fn prepare(mut self, hook: impl Fn() -> Prepare + Send + Sync + 'static) -> Self {
        self.prepare = Some(Box::new(hook));
        self
    }

    /// Runs after the fork in the parent, if `prepare` was ready: it undoes what `prepare` did.
    pub fn parent(mut self, hook: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.parent = Some(Box::new(hook));
        self
    }

    /// Runs in the child, once per process.
    pub fn child(mut self, hook: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.child = Some(Box::new(hook));
        self
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hooks").field("name", &self.name).field("phase", &self.phase).finish_non_exhaustive()
    }
}

/// A registered hook with what the engine knows about it.
pub(super) struct Entry {
    pub(super) hooks: Hooks,
    /// The thread that prepared it for a fork in progress, 0 if none.
    pub(super) prepared_by: AtomicU64,
    /// Cleared first when it is unregistered, so that a pass in progress in the same thread leaves it out.
    pub(super) live: AtomicBool,
}

/// Keeps a hook registered; dropping it unregisters. In a child, it unregisters the child's copy only.
#[must_use = "dropping the registration unregisters the hook"]
pub struct Registration {
    entry: Arc<Entry>,
}

impl Registration {
    /// Keeps the hook for the life of the process.
    pub fn forget(self) {
        std::mem::forget(self);
    }

    /// The name given to [`Hooks::new`].
    pub fn name(&self) -> &str {
        &self.entry.hooks.name
    }
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration").field("hooks", &self.entry.hooks).finish()
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        engine::remove(&self.entry);
    }
}

/// Adds hooks to every fork from now on.
pub fn register(hooks: Hooks) -> Registration {
    let entry = Arc::new(Entry { hooks, prepared_by: AtomicU64::new(0), live: AtomicBool::new(true) });
    engine::add(&entry);
    Registration { entry }
}
