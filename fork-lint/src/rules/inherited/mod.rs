//! Family `inherited-state`: state of the parent that is wrong in the child.

mod block_rng;
mod cached_pid;
mod connection_across_fork;
mod connection_in_static;
mod event_loop_across_fork;
mod file_lock_across_fork;
mod hosts;
mod ignored_signal_across_exec;
mod mapping_across_fork;
mod rng_across_fork;
mod runtime_in_static;
mod signal_handler_across_fork;
mod signal_mask_across_spawn;
mod statics;
mod thread_local_with_destructor;
mod timer_across_fork;

use super::Rule;

/// The rules of this family.
pub const RULES: &[&Rule] = &[
    &cached_pid::CachedPid,
    &connection_across_fork::ConnectionAcrossFork,
    &connection_in_static::ConnectionInStatic,
    &event_loop_across_fork::EventLoopAcrossFork,
    &file_lock_across_fork::FileLockAcrossFork,
    &ignored_signal_across_exec::IgnoredSignalAcrossExec,
    &mapping_across_fork::MappingAcrossFork,
    &rng_across_fork::RngAcrossFork,
    &runtime_in_static::RuntimeInStatic,
    &signal_handler_across_fork::SignalHandlerAcrossFork,
    &signal_mask_across_spawn::SignalMaskAcrossSpawn,
    &thread_local_with_destructor::ThreadLocalWithDestructor,
    &timer_across_fork::TimerAcrossFork,
];
