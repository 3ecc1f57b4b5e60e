//! The hazards, one a file, as programs have them. That `unsafe` is wrong here is the point: no block has a reason.

pub mod h01_lock_held_at_fork;
pub mod h02_threads_at_fork;
pub mod h03_unsafe_call_in_child;
pub mod h04_fd_leaked_on_exec;
pub mod h05_fd_leaked_on_fork;
pub mod h06_deleted_file_held;
pub mod h07_shared_file_offset;
pub mod h08_stdio_slot_reused;
pub mod h09_inherited_connection;
pub mod h10_event_loop_inherited;
pub mod h11_cached_pid;
pub mod h12_inherited_randomness;
pub mod h13_signal_handler_inherited;
pub mod h14_thread_local_lost;
pub mod h15_memory_doubles;
pub mod h16_mapping_holds_file;
pub mod h17_child_runs_parents_exit;
pub mod h18_file_lock_lost;
pub mod h19_child_not_reaped;
pub mod h20_fork_cost;
pub mod h21_identity_inherited;
pub mod h22_timers_lost;
pub mod h23_exec_error_pipe_closed;
pub mod h24_fork_failure_unchecked;
