//! Family `reaping`: children nobody waits for, and forks that failed unnoticed.

mod child_not_reaped;
mod fate;
mod fork_error_as_pid;
mod sigchld;

use super::Rule;

/// The rules of this family.
pub const RULES: &[&Rule] = &[&child_not_reaped::ChildNotReaped, &fork_error_as_pid::ForkErrorAsPid];
