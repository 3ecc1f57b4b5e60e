//! Logging macros: they format, and hand the text to a logger that takes locks, allocates and writes.
//! source: log 0.4 and tracing 0.1 documentation; loggers in use (env_logger, fern, tracing-subscriber) take a lock
#[fx(log, lock, format, alloc)] macro_rules! error { () => { () } }
#[fx(log, lock, format, alloc)] macro_rules! warn { () => { () } }
#[fx(log, lock, format, alloc)] macro_rules! info { () => { () } }
#[fx(log, lock, format, alloc)] macro_rules! debug { () => { () } }
#[fx(log, lock, format, alloc)] macro_rules! trace { () => { () } }
#[fx(log, lock, format, alloc)] macro_rules! log { () => { () } }
#[fx(log, lock, format, alloc)] macro_rules! event { () => { () } }
macro_rules! log_enabled { () => { bool } }
