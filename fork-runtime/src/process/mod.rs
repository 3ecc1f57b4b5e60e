//! State that knows which process it belongs to.

mod close_on_fork;
mod descriptors;
mod per_process;
pub(crate) mod token;
mod tracked_local;

pub use close_on_fork::CloseOnFork;
pub use descriptors::{Audit, Decision, Descriptor, DescriptorPolicy, Kind};
pub use per_process::PerProcess;
pub use tracked_local::TrackedLocal;
