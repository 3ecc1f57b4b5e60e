//! Family `fds`: descriptors that reach processes they were not meant for.

mod creation;
mod fd_without_cloexec;
mod late;
mod op;

use super::Rule;

/// The rules of this family.
pub const RULES: &[&Rule] = &[&fd_without_cloexec::FdWithoutCloexec];
