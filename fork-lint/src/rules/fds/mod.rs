//! Family `fds`: descriptors that reach processes they were not meant for.

mod cloexec_by_wrong_command;
mod cloexec_cleared_in_parent;
mod cloexec_lost_by_dup;
mod cloexec_set_late;
mod close_all_in_pre_exec;
mod creation;
mod execs;
mod fd_across_fork;
mod fd_without_cloexec;
mod file_shared_across_fork;
mod inherited_fd_not_marked;
mod late;
mod op;
mod pipe_end_left_open;
mod recvmsg_without_cloexec;
mod stdio;
mod stdio_slot_closed;
mod sweep;

use super::Rule;

/// The rules of this family.
pub const RULES: &[&Rule] = &[
    &fd_without_cloexec::FdWithoutCloexec,
    &cloexec_set_late::CloexecSetLate,
    &cloexec_lost_by_dup::CloexecLostByDup,
    &cloexec_cleared_in_parent::CloexecClearedInParent,
    &cloexec_by_wrong_command::CloexecByWrongCommand,
    &recvmsg_without_cloexec::RecvmsgWithoutCloexec,
    &inherited_fd_not_marked::InheritedFdNotMarked,
    &close_all_in_pre_exec::CloseAllInPreExec,
    &stdio_slot_closed::StdioSlotClosed,
    &pipe_end_left_open::PipeEndLeftOpen,
    &file_shared_across_fork::FileSharedAcrossFork,
    &fd_across_fork::FdAcrossFork,
];
