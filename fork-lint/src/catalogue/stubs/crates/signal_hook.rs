//! signal-hook: handlers that stay installed in the child; the iterator's thread does not.
//! source: signal-hook 0.3 documentation
pub mod flag { #[fx(signal_handler, lock, alloc)] pub fn register(signal: i32, flag: std::sync::Arc<std::sync::atomic::AtomicBool>) -> std::io::Result<usize> {} }
pub mod low_level { #[fx(signal_handler, lock, alloc)] #[role(handler, param = 1)] pub unsafe fn register<F: Fn()>(signal: i32, action: F) -> std::io::Result<usize> {} }
pub mod iterator { pub struct Signals; impl Signals { #[fx(signal_handler, lock, alloc)] pub fn new<I>(signals: I) -> std::io::Result<Signals> {} } }
