//! Processes on demand, made from a small and clean template, never by forking the program itself.
//!
//! See [`Zygote`].

mod audit;
mod builder;
mod context;
mod entry;
mod error;
mod frames;
mod handle;
mod job;
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
pub use worker::Worker;

/// Serves as a template if this process was executed to be one, and then never returns; otherwise does nothing.
///
/// The first statement of `main` in a program that uses [`Builder::exec`].
pub fn init() {
    if let Some(value) = std::env::var_os(handle::VARIABLE) {
        crate::sys::settings::environment(false, &[(handle::VARIABLE.into(), None)]);
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
