//! The hazards, one a file, as programs have them. That `unsafe` is wrong here is the point: no block has a reason.

pub mod h01_lock_held_at_fork;
pub mod h02_threads_at_fork;
pub mod h03_unsafe_call_in_child;
pub mod h04_fd_leaked_on_exec;
pub mod h08_stdio_slot_reused;
pub mod h17_child_runs_parents_exit;
pub mod h19_child_not_reaped;
pub mod h23_exec_error_pipe_closed;
pub mod h24_fork_failure_unchecked;
