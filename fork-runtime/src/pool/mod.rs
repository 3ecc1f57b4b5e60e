//! A connection pool that a fork cannot hurt.
//!
//! Any blocking client becomes poolable by implementing [`Manager`]; the features `r2d2`, `redis` and
//! `postgres` have some ready.
//!
//! ```
//! use fork_runtime::pool::{FdSink, Manager, Pool};
//! use std::io::{self, Read, Write};
//! use std::os::unix::net::UnixStream;
//!
//! /// Connects to an echo server.
//! struct Echo;
//!
//! impl Manager for Echo {
//!     type Conn = UnixStream;
//!     type Error = io::Error;
//!
//!     fn connect(&self) -> io::Result<UnixStream> {
//!         let (ours, mut theirs) = UnixStream::pair()?;
//!         std::thread::spawn(move || io::copy(&mut theirs.try_clone()?, &mut theirs));
//!         Ok(ours)
//!     }
//!
//!     fn check(&self, _: &mut UnixStream) -> io::Result<()> {
//!         Ok(())
//!     }
//!
//!     fn fds(&self, conn: &UnixStream, sink: &mut FdSink<'_>) {
//!         sink.add(conn); // made harmless in a forked child
//!     }
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let pool = Pool::<Echo>::builder().max_size(4).build(Echo)?;
//! let mut conn = pool.get()?;
//! conn.write_all(b"hello")?;
//! let mut answer = [0; 5];
//! conn.read_exact(&mut answer)?;
//! assert_eq!(&answer, b"hello");
//! # Ok(())
//! # }
//! ```
//!
//! # What happens at a fork
//!
//! - The pool's whole state belongs to one generation: connections, counters and the lock that waiting threads use. A child
//!   starts with an empty state of its own, found by one comparison per call. A lock that a thread of the parent held is
//!   in a state nobody looks at any more. So there is no lock to check twice under.
//! - The descriptors that [`Manager::fds`] named are replaced by `/dev/null`: inside libc's `fork`, or at the first use of
//!   this crate after a raw `clone`. No byte can reach the parent's session, and its server sees an end when the parent
//!   closes it.
//! - The objects are never dropped (a client's destructor says goodbye, on its parent's session) but given to
//!   [`Manager::discard`], which forgets them.
//! - A connection that was checked out at the fork is the parent's: using the guard in the child panics
//!   ([`Pooled::try_get`] says it politely), dropping it does nothing.
//! - What the client does next is its [`AfterFork`] choice.
//!
//! # What it does not do
//!
//! No thread works in the background, since it would not exist in a child. Life times are looked at when a connection
//! is checked out or comes back; [`Pool::maintain`] does it, and refills to `min_idle`, when called.

mod config;
mod core;
mod guard;
mod manager;
mod state;
#[cfg(feature = "test-steps")]
pub mod steps;

pub use self::core::Pool;
pub use config::{AfterFork, Builder, ForkWarning};
pub use guard::Pooled;
pub use manager::{FdSink, Manager, PeerAddress};
pub use state::{Metrics, PoolError};

/// Marks a place where a test may stop a thread and fork.
macro_rules! step {
    ($step:ident) => {
        #[cfg(feature = "test-steps")]
        $crate::pool::steps::reached($crate::pool::steps::Step::$step);
    };
}
pub(crate) use step;
