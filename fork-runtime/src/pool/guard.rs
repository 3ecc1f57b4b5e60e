//! A checked-out connection.

use super::core::Pool;
use super::manager::Manager;
use super::state::{Entry, PoolError, State};
use std::fmt;
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};

/// A connection that goes back to its pool when dropped.
///
/// In a forked child it is its parent's: dereferencing panics, dropping does nothing.
pub struct Pooled<'a, M: Manager> {
    pool: &'a Pool<M>,
    state: &'a State<M::Conn>,
    /// Never dropped in place: it goes back, or it is its parent's.
    entry: ManuallyDrop<Option<Box<Entry<M::Conn>>>>,
}

impl<'a, M: Manager> Pooled<'a, M> {
    pub(super) fn new(pool: &'a Pool<M>, state: &'a State<M::Conn>, entry: Box<Entry<M::Conn>>) -> Self {
        Self { pool, state, entry: ManuallyDrop::new(Some(entry)) }
    }

    /// Whether this is the process that checked it out.
    #[inline]
    pub fn is_current(&self) -> bool {
        self.state.generation.is_current()
    }

    /// The connection, or [`PoolError::Inherited`] in a child.
    ///
    /// # Errors
    ///
    /// [`PoolError::Inherited`].
    pub fn try_get(&mut self) -> Result<&mut M::Conn, PoolError<M::Error>> {
        let current = self.is_current();
        match self.entry.as_mut() {
            Some(entry) if current => Ok(&mut entry.conn),
            _ => Err(PoolError::Inherited),
        }
    }

    fn take(&mut self) -> Option<Box<Entry<M::Conn>>> {
        let entry = self.entry.take()?;
        if self.is_current() {
            return Some(entry);
        }
        std::mem::forget(entry);
        None
    }
}

const INHERITED: &str = "this connection was checked out before a fork and belongs to the parent process; \
    get another one from the pool";

impl<M: Manager> Deref for Pooled<'_, M> {
    type Target = M::Conn;

    #[inline]
    fn deref(&self) -> &M::Conn {
        match self.entry.as_ref() {
            Some(entry) if self.is_current() => &entry.conn,
            _ => inherited(),
        }
    }
}

impl<M: Manager> DerefMut for Pooled<'_, M> {
    #[inline]
    fn deref_mut(&mut self) -> &mut M::Conn {
        let current = self.is_current();
        match self.entry.as_mut() {
            Some(entry) if current => &mut entry.conn,
            _ => inherited(),
        }
    }
}

#[cold]
#[expect(clippy::panic, reason = "using the parent's connection is a bug of the caller, and has no other answer")]
fn inherited() -> ! {
    panic!("{INHERITED}")
}

impl<M: Manager> Drop for Pooled<'_, M> {
    fn drop(&mut self) {
        if let Some(entry) = self.take() {
            self.pool.release(self.state, entry);
        }
    }
}

impl<M: Manager<Conn: fmt::Debug>> fmt::Debug for Pooled<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pooled").field(&self.entry.as_ref().map(|entry| &entry.conn)).finish()
    }
}
