//! Family `threads`: forks of processes with threads, and what a fork costs.

mod daemonize;
pub(in crate::rules) mod in_async;
mod in_fork_safe;
mod pre_exec;
pub(in crate::rules) mod site;
mod with_threads;

use super::Rule;

/// The rules of this family.
pub const RULES: &[&Rule] = &[
    &daemonize::DaemonizeAfterRuntime,
    &in_async::ForkInAsync,
    &in_fork_safe::ThreadInForkSafe,
    &pre_exec::PreExecForksLargeProcess,
    &with_threads::ForkWithThreads,
];
