//! The tool as its users start it: a process in a folder, its exit status and what it writes.
//!
//! Expected texts are files under `tests/data/cli`; `UPDATE=1` writes them anew.

mod baseline;
mod config;
mod fix;
mod formats;
mod project;
mod robust;
mod suppress;
mod usage;
