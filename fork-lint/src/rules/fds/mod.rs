//! Family `fds`: descriptors that reach processes they were not meant for.

mod cloexec_by_wrong_command;
mod cloexec_cleared_in_parent;
mod cloexec_lost_by_dup;
mod cloexec_set_late;
mod creation;
mod fd_without_cloexec;
mod late;
mod op;
mod stdio;

use super::Rule;

/// The rules of this family.
pub const RULES: &[&Rule] = &[
    &fd_without_cloexec::FdWithoutCloexec,
    &cloexec_set_late::CloexecSetLate,
    &cloexec_lost_by_dup::CloexecLostByDup,
    &cloexec_cleared_in_parent::CloexecClearedInParent,
    &cloexec_by_wrong_command::CloexecByWrongCommand,
];
