//! The choices of whoever makes a pool.

use super::{Manager, Pool, PoolError};
use std::fmt;
use std::time::Duration;

/// What a pool from before a fork does in the child.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub enum AfterFork {
    /// Starts empty and connects anew when asked: as redis-py's pool.
    #[default]
    Reset,
    /// Every [`Pool::get`] is [`PoolError::Inherited`] until [`Pool::reset`] is called: for clients whose session
    /// carries more than a connection.
    Refuse,
    /// Calls the function once, then as `Reset`: as the drivers of document databases, that want it known.
    Warn(fn(&ForkWarning)),
}

impl fmt::Debug for AfterFork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AfterFork::Reset => "Reset",
            AfterFork::Refuse => "Refuse",
            AfterFork::Warn(_) => "Warn(..)",
        })
    }
}

/// What [`AfterFork::Warn`] is told.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct ForkWarning {
    /// How many idle connections of the parent were discarded.
    pub discarded: usize,
}

impl fmt::Display for ForkWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a pool opened before a fork is used after it; {} idle connections were discarded", self.discarded)
    }
}

/// Makes a [`Pool`].
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct Builder {
    pub(super) max_size: usize,
    pub(super) min_idle: usize,
    pub(super) timeout: Duration,
    pub(super) max_lifetime: Option<Duration>,
    pub(super) idle_timeout: Option<Duration>,
    pub(super) check_on_get: bool,
    pub(super) after_fork: AfterFork,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            max_size: 10,
            min_idle: 0,
            timeout: Duration::from_secs(30),
            max_lifetime: Some(Duration::from_secs(30 * 60)),
            idle_timeout: Some(Duration::from_secs(10 * 60)),
            check_on_get: true,
            after_fork: AfterFork::Reset,
        }
    }
}

impl Builder {
    /// How many connections there may be; 10.
    pub fn max_size(mut self, count: usize) -> Self {
        self.max_size = count.max(1);
        self
    }

    /// How many idle connections [`build`](Builder::build) and [`Pool::maintain`] make sure of; 0. A child starts with
    /// none: fifty children do not rush at the server.
    pub fn min_idle(mut self, count: usize) -> Self {
        self.min_idle = count;
        self
    }

    /// How long [`Pool::get`] waits for a connection to come back; 30 s.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = time;
        self
    }

    /// The age at which a connection is replaced; 30 min.
    pub fn max_lifetime(mut self, age: Option<Duration>) -> Self {
        self.max_lifetime = age;
        self
    }

    /// How long an idle connection is kept; 10 min.
    pub fn idle_timeout(mut self, time: Option<Duration>) -> Self {
        self.idle_timeout = time;
        self
    }

    /// Whether [`Manager::check`] is asked at every check-out; yes.
    pub fn check_on_get(mut self, check: bool) -> Self {
        self.check_on_get = check;
        self
    }

    /// What a client from before a fork does; [`AfterFork::Reset`].
    pub fn after_fork(mut self, policy: AfterFork) -> Self {
        self.after_fork = policy;
        self
    }

    /// Makes the pool and its `min_idle` connections.
    ///
    /// # Errors
    ///
    /// [`PoolError::Connect`] if one of those fails.
    pub fn build<M: Manager>(self, manager: M) -> Result<Pool<M>, PoolError<M::Error>> {
        let pool = Pool::new(manager, self);
        pool.maintain()?;
        Ok(pool)
    }
}
