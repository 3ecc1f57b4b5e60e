//! The functions that can be called by name: a section of the executable that the linker gathers.

use crate::zygote::Context;

/// A function in the section; made by [`entry!`](crate::entry).
#[derive(Debug, Clone, Copy)]
#[repr(C, align(8))]
pub struct Registered {
    pub(crate) name: &'static str,
    pub(crate) signature: fn() -> u64,
    pub(crate) run: Run,
}

/// Decodes the argument, runs the function, encodes the result.
pub(crate) type Run = fn(&mut Context, &[u8]) -> Result<Vec<u8>, String>;

impl Registered {
    /// For [`entry!`](crate::entry).
    pub const fn new(
        name: &'static str,
        signature: fn() -> u64,
        run: fn(&mut Context, &[u8]) -> Result<Vec<u8>, String>,
    ) -> Self {
        Self { name, signature, run }
    }
}

super::section::section!(
    "fork_runtime_entries",
    __start_fork_runtime_entries,
    __stop_fork_runtime_entries,
    Registered,
    Registered::new("", || 0, |_, _| Err(String::new()))
);
