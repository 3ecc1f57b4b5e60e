//! Every `unsafe` block and every system call of the crate. Nothing in here knows a policy; the layers above decide.

pub(crate) mod arena;
pub(crate) mod chain;
pub(crate) mod fds;
pub(crate) mod fork_mutex;
pub(crate) mod handlers;
pub(crate) mod policy;
pub(crate) mod process;
pub(crate) mod raw_hooks;
pub(crate) mod reap;
pub(crate) mod shared_list;
pub(crate) mod slots;
pub(crate) mod spawn;
#[cfg(feature = "testkit")]
pub(crate) mod ways;
pub(crate) mod wiped;
