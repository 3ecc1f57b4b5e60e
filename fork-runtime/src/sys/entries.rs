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

/// So that the section exists in a program without entries.
#[used]
#[unsafe(link_section = "fork_runtime_entries")]
static FIRST: Registered = Registered::new("", || 0, |_, _| Err(String::new()));

unsafe extern "C" {
    // Made by the linker for a section whose name is a C identifier.
    static __start_fork_runtime_entries: u8;
    static __stop_fork_runtime_entries: u8;
}

/// All entries of this program.
pub(crate) fn all() -> &'static [Registered] {
    let start = (&raw const __start_fork_runtime_entries).cast::<Registered>();
    let end = &raw const __stop_fork_runtime_entries;
    let count = (end.addr() - start.addr()) / size_of::<Registered>();
    // SAFETY: the section holds values of this one type only (its name is private to this crate's macro), one after the
    // other, as its size is a multiple of its alignment; they are constants.
    unsafe { std::slice::from_raw_parts(start, count) }
}
