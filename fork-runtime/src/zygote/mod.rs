//! Processes on demand, made from a small and clean template, never by forking the program itself.
//!
//! A *template* is a process with one thread that does nothing but make *workers*, copies of itself, each for one job. The
//! program that asks for them, the *owner*, may have threads, and any size: neither matters to a worker.
//!
//! ```no_run
//! use fork_runtime::zygote::{self, Zygote};
//!
//! fork_runtime::entry! {
//!     /// Runs in a worker, a process of its own.
//!     fn word_count(_context, text: String) -> usize {
//!         text.split_whitespace().count()
//!     }
//! }
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     zygote::init(); // first: this may be a template that was executed
//!     let zygote = Zygote::builder().exec()?;
//!     let worker = zygote.spawn(word_count, &"to be or not".to_owned())?;
//!     assert_eq!(worker.join()?, 4);
//!     Ok(())
//! }
//! ```
//!
//! Ten servers that accept on one listening socket, which end with their owner:
//!
//! ```no_run
//! use fork_runtime::zygote::{self, Zygote};
//! use std::io::Write;
//! use std::net::TcpListener;
//! use std::os::fd::OwnedFd;
//!
//! fork_runtime::entry! {
//!     fn serve(context, greeting: String) -> Result<(), String> {
//!         let listener = context.take_fds().pop().map(TcpListener::from).ok_or("no listener")?;
//!         for client in listener.incoming() {
//!             let _ = client.and_then(|mut client| client.write_all(greeting.as_bytes()));
//!         }
//!         Ok(())
//!     }
//! }
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     zygote::init();
//!     let zygote = Zygote::builder().early()?; // while there is one thread
//!     let listener: OwnedFd = TcpListener::bind("127.0.0.1:4711")?.into();
//!     let servers = (0..10)
//!         .map(|_| {
//!             let job = zygote.job(serve).fd(listener.try_clone()?).title("server").kill_on_drop();
//!             Ok(job.start(&"hello".to_owned())?)
//!         })
//!         .collect::<Result<Vec<_>, Box<dyn std::error::Error>>>()?;
//!     servers.into_iter().try_for_each(|server| server.join()?.map_err(Into::into))
//! }
//! ```
//!
//! # The template
//!
//! | how | when |
//! |---|---|
//! | [`Builder::exec`] | at any time, from any thread; the same image even if the file was replaced on disk; needs [`init`] |
//! | [`Builder::early`] | at the start of `main`; refuses, naming the threads, if there are others |
//! | [`Zygote::derive`] | a copy of a template, with what it has loaded |
//! | [`Worker::into_template`] | a worker that has warmed up becomes one |
//! | [`Builder::warm`] | processes that are made already and wait for a job |
//!
//! What [`Builder::preload`] loads, every worker has. Afterwards the template runs no code of yours; the kernel is asked
//! whether it has one thread, there and before each worker, and an [audit](Zygote::report) lists what workers would share.
//! It keeps all signals blocked and ends when its owner is gone. If it is killed it is executed again, or its
//! [spare](Builder::spare) takes over; workers go on in any case.
//!
//! # The worker
//!
//! It is a child of the *owner* (`CLONE_PARENT`, clone(2)): its status and pidfd cannot be lost with the template. It costs
//! the owner a `SIGCHLD`; if something in the owner collects every child, as `waitpid(-1)` does, a status may be
//! [lost](JoinError::Lost), and says so. In it, only the standard streams and the descriptors that were
//! [passed](Job::fd) are open, signal handlers are at their defaults, no signal is blocked, the [`atfork`](crate::atfork)
//! hooks of this crate have run, libc's cached thread id and list of robust mutexes are right; those handlers that C
//! libraries gave to `pthread_atfork` do not run. An object that a preload left in a static and that owns a descriptor has
//! lost it. The function is called with nothing of the template's below it on the stack; when it returns, the result goes
//! back, output is flushed, and the process leaves by `_exit`: no destructor of anything inherited runs, no `atexit`
//! handler. It may start threads and runtimes. std's hash keys are the template's; reseed what must differ in a hook.
//!
//! A [`Worker`] is waited for with or without an end of patience, in tasks of Tokio (feature `tokio`: `join_async`), or
//! by polling its [pidfd](Worker::pidfd); [`Worker::usage`] has the kernel's account of it. `SIGKILL` of a worker, a
//! template or both, at whatever moment, leaves no process, no zombie and no descriptor behind, and loses no status: the
//! kernel itself writes the pid of a newborn into a page that the owner shares, before it runs.
//!
//! # For users of AnyEvent::Fork
//!
//! | there | here |
//! |---|---|
//! | `AnyEvent::Fork->new` | [`Builder::exec`] or [`Builder::early`], once; then one worker a job |
//! | `->new_exec` | [`Builder::exec`]: each call is a template of its own |
//! | `->fork` | [`Zygote::derive`]; what was queued goes along |
//! | `->eval`, `->require` | [`Builder::preload`], of compiled entries, with their errors |
//! | `->send_fh` | [`Job::fd`]; for all workers of a template [`Queue::fd`] |
//! | `->send_arg` | the typed argument of [`Job::start`]; for all workers [`Queue::argument`] |
//! | `->run` | [`Zygote::spawn`]; with choices [`Zygote::job`] |
//! | the callback's socket | [`Job::channel`], [`Worker::channel`]; its end of file is the end of the process |
//! | `->pid` | [`Worker::id`], [`Worker::pidfd`], of every worker |
//! | `->to_fh`, `new_from_fh` | none: only the owner can talk to a template; a worker's channel is a descriptor like others |
//! | an object is dropped before `run` | nothing: there is no process before [`Job::start`] |
//! | `AnyEvent::Fork::Early` | [`Builder::early`] as the first thing in `main` |
//! | `AnyEvent::Fork::Template` | [`Builder::early`] after the program has loaded what it needs |
//! | RPC: `run`, a call and its result | a worker a call: [`Worker::join`], `join_async`; many calls of one process: the channel |
//! | RPC: `on_error` | [`JoinError`], with the panic's message and place, or the status |
//! | RPC: `on_event`, `send_event` | the channel |
//! | RPC: `on_destroy` | [`Worker::wait`], `wait_async`; the channel's end of file |
//! | RPC: `init` | [`Builder::preload`] |
//! | RPC: `async` | a worker may have threads and runtimes |
//! | RPC: `serialiser` | serde |
//! | Pool: `idle` | [`Builder::warm`] |
//! | Pool: `max` | yours to count: as many workers as you start |
//! | Pool: `load`, `start`, `stop` | none: a process does one job, and none is kept |
//! | Pool: `on_destroy` | the last [`Worker`] has been joined |
//!
//! # Limits
//!
//! Linux 5.5, a kernel with `CONFIG_CHECKPOINT_RESTORE` and a libc that keeps its thread id where
//! `PR_GET_TID_ADDRESS` says (glibc does, musl does not): elsewhere a spawn is an error. A spawn blocks until the process
//! exists, for a tenth of a millisecond; with a template that is stuck, until the [time-out](Builder::timeout). An owner
//! that is pid 1 gets the orphans of its workers, as any init; they are not collected here. Children of a worker whose
//! owner has gone belong to the machine's init: whether that collects them is not this crate's.

mod audit;
mod builder;
mod context;
mod control;
mod entry;
mod error;
mod frames;
mod handle;
mod job;
mod queue;
mod server;
mod work;
mod worker;

pub use audit::{Finding, Report};
pub use builder::Builder;
pub use context::Context;
pub use entry::{Entry, NoSuchEntry};
pub use error::{BuildError, JoinError, SpawnError};
pub use handle::Zygote;
pub use job::Job;
pub use queue::Queue;
pub use worker::Worker;

#[cfg(feature = "macros")]
pub use fork_guard_macros::entry;

/// Serves as a template if this process was executed to be one, and then never returns; otherwise does nothing.
///
/// The first statement of `main` in a program that uses [`Builder::exec`].
pub fn init() {
    if let Some(value) = std::env::var_os(control::VARIABLE) {
        crate::sys::settings::environment(false, &[(control::VARIABLE.into(), None)]);
        if let Some(socket) = server::is_template(&value) {
            server::live(socket);
        }
    }
}

/// For the expansion of [`entry!`](crate::entry).
#[doc(hidden)]
pub mod private {
    pub use super::entry::{call, signature};
    pub use crate::sys::entries::Registered;
}
