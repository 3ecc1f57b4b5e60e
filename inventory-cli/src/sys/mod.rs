//! System calls without a safe wrapper elsewhere. All `unsafe` code of the crate is below this module.

pub mod bpf;
pub mod connector;
mod files;
pub mod hazards;
mod kcmp;
pub mod netlink;

pub use files::{Name, list, open, open_at, read_at, read_link_at, size_at};
pub use kcmp::{same_address_space, same_file, same_watched_file};
