//! Check-out and check-in.

use super::config::{AfterFork, Builder, ForkWarning};
use super::manager::{FdSink, Manager, sockets_to};
use super::state::{Entry, Metrics, PoolError, State};
use super::{Pooled, step};
use crate::Inherited;
use crate::atfork::run_child_now;
use crate::detect::{Generation, generation};
use crate::process::token;
use crate::sys::chain::Chain;
use crate::sys::fds::coarse_millis;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A pool of connections. Clones share it. See the [module](super).
pub struct Pool<M: Manager> {
    shared: Arc<Shared<M>>,
}

struct Shared<M: Manager> {
    manager: M,
    config: Builder,
    states: Chain<Held<M::Conn>>,
}

/// A state and whether this process has dealt with its parent's.
struct Held<C> {
    state: State<C>,
    ready: AtomicBool,
}

impl<M: Manager> Clone for Pool<M> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl<M: Manager> fmt::Debug for Pool<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("config", &self.shared.config).finish_non_exhaustive()
    }
}

/// Where this thread looks for a connection first: its own slot, if there are enough.
#[inline]
fn hint() -> usize {
    usize::try_from(token::mine() & u64::from(u32::MAX)).unwrap_or_default()
}

impl<M: Manager> Pool<M> {
    /// The choices, at their defaults.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(super) fn new(manager: M, config: Builder) -> Self {
        run_child_now();
        let states = Chain::new();
        states.insert(generation(), Held { state: State::new(config.max_size), ready: AtomicBool::new(true) });
        Self { shared: Arc::new(Shared { manager, config, states }) }
    }

    /// Checks a connection out; waits for the configured time if all are in use.
    ///
    /// # Errors
    ///
    /// See [`PoolError`].
    pub fn get(&self) -> Result<Pooled<'_, M>, PoolError<M::Error>> {
        self.get_timeout(self.shared.config.timeout)
    }

    /// As [`get`](Pool::get), waiting at most so long for a connection to come back. Making one takes as long as
    /// [`Manager::connect`] takes.
    ///
    /// # Errors
    ///
    /// See [`PoolError`].
    pub fn get_timeout(&self, time: Duration) -> Result<Pooled<'_, M>, PoolError<M::Error>> {
        step!(GetEntered);
        let state = self.state()?;
        step!(StateFound);
        if let Some(entry) = state.idle.take(hint()) {
            step!(Taken);
            if let Some(entry) = self.vetted(state, entry) {
                return Ok(Pooled::new(self, state, entry));
            }
        }
        self.get_slow(state, time)
    }

    /// A connection if one is idle or may be made, without waiting for another thread.
    ///
    /// # Errors
    ///
    /// See [`PoolError`].
    pub fn try_get(&self) -> Result<Pooled<'_, M>, PoolError<M::Error>> {
        self.get_timeout(Duration::ZERO)
    }

    #[cold]
    fn get_slow<'a>(&'a self, state: &'a State<M::Conn>, time: Duration) -> Result<Pooled<'a, M>, PoolError<M::Error>> {
        let max_size = self.shared.config.max_size;
        let look = || match state.idle.take(hint()) {
            Some(entry) => Some(Some(entry)),
            None => state.permit(max_size).then_some(None),
        };
        let start = Instant::now();
        // Too far to be a time: waits for ever, in steps of a year.
        let deadline = start.checked_add(time).unwrap_or(start + Duration::from_secs(31_536_000));
        loop {
            let Some(found) = look().or_else(|| state.wait_for(deadline, look)) else {
                state.counts.timeouts.fetch_add(1, Ordering::Relaxed);
                return Err(PoolError::Timeout);
            };
            let entry = match found {
                Some(idle) => self.vetted(state, idle),
                None => {
                    state.counts.first.fetch_add(1, Ordering::Relaxed);
                    Some(self.connect(state)?)
                }
            };
            if let Some(entry) = entry {
                return Ok(Pooled::new(self, state, entry));
            }
        }
    }

    /// Makes a connection under a permit, which is given back on failure, also by panic.
    fn connect(&self, state: &State<M::Conn>) -> Result<Box<Entry<M::Conn>>, PoolError<M::Error>> {
        let permit = Permit(Some(state));
        let manager = &self.shared.manager;
        let before = sockets_to(manager.server());
        step!(BeforeConnect);
        let conn = manager.connect().map_err(|error| {
            state.counts.failed.fetch_add(1, Ordering::Relaxed);
            PoolError::Connect(error)
        })?;
        step!(Connected);
        let mut tracked = Vec::new();
        manager.fds(&conn, &mut FdSink { tracked: &mut tracked, before: &before });
        step!(FdsTracked);
        state.counts.made.fetch_add(1, Ordering::Relaxed);
        let now = coarse_millis();
        permit.used();
        Ok(Box::new(Entry { tracked, conn, made: now, used: now }))
    }

    /// The entry if it may be used; otherwise it is dropped.
    fn vetted(&self, state: &State<M::Conn>, mut entry: Box<Entry<M::Conn>>) -> Option<Box<Entry<M::Conn>>> {
        // Before the entry in the order of drops: a check that panics loses its connection, not the permit.
        let permit = Permit(Some(state));
        let mut good = !self.expired(&entry, true);
        if good && self.shared.config.check_on_get {
            step!(BeforeCheck);
            good = self.shared.manager.check(&mut entry.conn).is_ok();
            step!(Checked);
        }
        permit.used();
        if good {
            return Some(entry);
        }
        destroy(state, entry);
        None
    }

    fn expired(&self, entry: &Entry<M::Conn>, idle: bool) -> bool {
        let config = &self.shared.config;
        if config.max_lifetime.is_none() && config.idle_timeout.is_none() {
            return false;
        }
        let now = coarse_millis();
        let past = |since: u64, limit: Option<Duration>| {
            limit.is_some_and(|limit| u128::from(now.saturating_sub(since)) >= limit.as_millis())
        };
        past(entry.made, config.max_lifetime) || (idle && past(entry.used, config.idle_timeout))
    }

    /// Takes a connection back, if it is of this process.
    pub(super) fn release(&self, state: &State<M::Conn>, mut entry: Box<Entry<M::Conn>>) {
        step!(ReleaseEntered);
        let permit = Permit(Some(state));
        let broken = self.shared.manager.is_broken(&mut entry.conn);
        permit.used();
        if broken || self.expired(&entry, false) {
            destroy(state, entry);
            return;
        }
        if self.shared.config.idle_timeout.is_some() {
            entry.used = coarse_millis();
        }
        step!(BeforePut);
        match state.idle.put(hint(), entry) {
            Ok(()) => {
                step!(Put);
                state.notify();
            }
            // There are as many slots as connections; a slot is free for each that is out.
            Err(entry) => destroy(state, entry),
        }
    }

    /// Drops idle connections that are too old and refills to `min_idle`.
    ///
    /// # Errors
    ///
    /// [`PoolError::Connect`] when a refill fails, [`PoolError::Inherited`] as [`get`](Pool::get).
    pub fn maintain(&self) -> Result<(), PoolError<M::Error>> {
        let state = self.state()?;
        let mut kept = Vec::new();
        while let Some(entry) = state.idle.take(hint()) {
            if self.expired(&entry, true) { destroy(state, entry) } else { kept.push(entry) }
        }
        for entry in kept {
            if let Err(entry) = state.idle.put(hint(), entry) {
                destroy(state, entry);
            }
        }
        state.notify();
        let config = &self.shared.config;
        while state.idle.count() < config.min_idle.min(config.max_size) && state.permit(config.max_size) {
            let entry = self.connect(state)?;
            if let Err(entry) = state.idle.put(hint(), entry) {
                destroy(state, entry);
            }
            state.notify();
        }
        Ok(())
    }

    /// Under [`AfterFork::Refuse`], makes an inherited pool usable in this process: it starts empty.
    pub fn reset(&self) {
        let held = self.held();
        held.state.refuses.store(false, Ordering::Release);
    }

    /// Numbers of this process; all zero in a child that has not used the pool.
    pub fn metrics(&self) -> Metrics {
        self.shared.states.get(generation()).map(|held| held.state.metrics()).unwrap_or_default()
    }

    /// The manager.
    pub fn manager(&self) -> &M {
        &self.shared.manager
    }

    #[inline]
    fn state(&self) -> Result<&State<M::Conn>, PoolError<M::Error>> {
        let state = match self.shared.states.get(generation()) {
            Some(held) if held.ready.load(Ordering::Acquire) => &held.state,
            _ => &self.held().state,
        };
        if state.refuses.load(Ordering::Relaxed) { Err(PoolError::Inherited) } else { Ok(state) }
    }

    /// The state of this process, made now if it is a child's first use.
    #[cold]
    fn held(&self) -> &Held<M::Conn> {
        // Makes the inherited descriptors harmless, if libc's handler has not.
        run_child_now();
        let now = generation();
        if let Some(held) = self.shared.states.get(now) {
            self.until_ready(held);
            return held;
        }
        let fresh = Held { state: State::new(self.shared.config.max_size), ready: AtomicBool::new(false) };
        let (held, first) = self.shared.states.insert(now, fresh);
        if first {
            self.take_over(held, now)
        } else {
            self.until_ready(held)
        }
        held
    }

    /// Another thread is in [`take_over`](Self::take_over), which neither blocks nor connects.
    fn until_ready(&self, held: &Held<M::Conn>) {
        let mut round = 0;
        while !held.ready.load(Ordering::Acquire) {
            crate::sys::process::pause(round);
            round += 1;
        }
    }

    fn take_over(&self, held: &Held<M::Conn>, now: Generation) {
        // Also if the manager or the warning panics: other threads wait for it.
        let _ready = Ready(&held.ready);
        let mut discarded = 0;
        if let Some(old) = self.shared.states.inherited(now) {
            // What a vanished thread had taken out is leaked with it.
            while let Some(entry) = old.state.idle.take(0) {
                let entry = *entry;
                self.shared.manager.discard(Inherited::new(entry.conn));
                discarded += 1;
            }
        }
        held.state.counts.discarded.store(u64::try_from(discarded).unwrap_or_default(), Ordering::Relaxed);
        match self.shared.config.after_fork {
            AfterFork::Reset => {}
            AfterFork::Refuse => held.state.refuses.store(true, Ordering::Release),
            AfterFork::Warn(warn) => warn(&ForkWarning { discarded }),
        }
    }
}

struct Ready<'a>(&'a AtomicBool);

impl Drop for Ready<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Drops a connection of this process and gives its permit back.
pub(super) fn destroy<C>(state: &State<C>, entry: Box<Entry<C>>) {
    step!(BeforeDestroy);
    let _permit = Permit(Some(state));
    state.counts.dropped.fetch_add(1, Ordering::Relaxed);
    drop(entry);
    step!(Destroyed);
}

/// Gives a permit back unless it was used for a connection.
struct Permit<'a, C>(Option<&'a State<C>>);

impl<C> Permit<'_, C> {
    fn used(mut self) {
        self.0 = None;
    }
}

impl<C> Drop for Permit<'_, C> {
    fn drop(&mut self) {
        if let Some(state) = self.0.filter(|state| state.generation.is_current()) {
            state.give_permit_back();
        }
    }
}
