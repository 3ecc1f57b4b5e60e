//! Every `unsafe` block and every system call of the crate. Nothing in here knows a policy; the layers above decide.

pub(crate) mod chain;
pub(crate) mod handlers;
pub(crate) mod process;
pub(crate) mod raw_hooks;
pub(crate) mod reap;
pub(crate) mod shared_list;
#[cfg(feature = "testkit")]
pub(crate) mod ways;
pub(crate) mod wiped;
