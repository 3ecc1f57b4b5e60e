//! Every `unsafe` block and every system call of the crate. Nothing in here knows a policy; the layers above decide.

pub(crate) mod arena;
pub(crate) mod chain;
#[cfg(feature = "zygote")]
pub(crate) mod entries;
pub(crate) mod fds;
pub(crate) mod fork_mutex;
#[cfg(feature = "zygote")]
pub(crate) mod functions;
pub(crate) mod handlers;
pub(crate) mod leakable;
#[cfg(feature = "zygote")]
pub(crate) mod ledger;
#[cfg(feature = "macros")]
pub(crate) mod linked;
#[cfg(feature = "zygote")]
pub(crate) mod packets;
pub(crate) mod policy;
pub(crate) mod process;
pub(crate) mod raw_hooks;
#[cfg(feature = "tokio")]
pub(crate) mod reactor;
pub(crate) mod reap;
#[cfg(any(feature = "zygote", feature = "macros"))]
pub(crate) mod section;
#[cfg(feature = "zygote")]
pub(crate) mod settings;
pub(crate) mod shared_list;
pub(crate) mod slots;
pub(crate) mod spawn;
#[cfg(feature = "testkit")]
pub(crate) mod ways;
pub(crate) mod wiped;
#[cfg(feature = "zygote")]
pub(crate) mod workers;
