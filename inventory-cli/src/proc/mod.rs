//! The kernel's files about one process, read through one open directory so that a reused pid cannot mix two processes.

pub mod btf;
mod dir;
pub mod elf;
pub mod fdinfo;
#[cfg(test)]
mod fuzz;
pub mod handlers;
pub mod latent;
pub mod maps;
pub mod memory;
pub mod sockets;
pub mod stack;
pub mod stdio;
pub mod text;
pub mod waiting;

pub(crate) use dir::number;
pub use dir::{ProcDir, Root, parse_stat, parse_status};
