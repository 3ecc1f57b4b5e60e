//! num_threads: how many threads the kernel says there are.
//! source: num_threads 0.1 documentation
#[role(checks_threads)] pub fn is_single_threaded() -> Option<bool> {}
#[role(checks_threads)] pub fn num_threads() -> Option<std::num::NonZeroUsize> {}
