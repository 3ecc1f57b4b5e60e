//! State that knows which process it belongs to.

mod per_process;
pub(crate) mod token;

pub use per_process::PerProcess;
