//! std's macros. The arm names the type of the macro's value.
//! source: std 1.95 library/std/src/macros.rs, library/core/src/macros/mod.rs

/// A panic takes the hook's and the output's locks, formats, and writes to standard error.
/// source: std 1.95 library/std/src/panicking.rs
#[fx(panic, format, alloc, stdio, lock)] #[role(diverges)] macro_rules! panic { () => { ! } }
/// source: std 1.95 library/core/src/macros/mod.rs
#[fx(panic, format, alloc, stdio, lock)] #[role(diverges)] macro_rules! unreachable { () => { ! } }
/// source: std 1.95 library/core/src/macros/mod.rs
#[fx(panic, format, alloc, stdio, lock)] #[role(diverges)] macro_rules! todo { () => { ! } }
/// source: std 1.95 library/core/src/macros/mod.rs
#[fx(panic, format, alloc, stdio, lock)] #[role(diverges)] macro_rules! unimplemented { () => { ! } }
/// The macros below panic on a condition: what a panic does then is not counted as done.
/// source: std 1.95 library/core/src/macros/mod.rs
#[fx(panic)] macro_rules! assert { () => { () } }
/// source: std 1.95 library/core/src/macros/mod.rs
#[fx(panic)] macro_rules! assert_eq { () => { () } }
/// source: std 1.95 library/core/src/macros/mod.rs
#[fx(panic)] macro_rules! assert_ne { () => { () } }
/// source: std 1.95 library/core/src/macros/mod.rs
#[fx(panic)] macro_rules! assert_matches { () => { () } }
/// Absent from a build without debug assertions.
/// source: std 1.95 library/core/src/macros/mod.rs
#[fx(panic)] macro_rules! debug_assert { () => { () } }
/// source: std 1.95 library/core/src/macros/mod.rs
#[fx(panic)] macro_rules! debug_assert_eq { () => { () } }
/// source: std 1.95 library/core/src/macros/mod.rs
#[fx(panic)] macro_rules! debug_assert_ne { () => { () } }

/// Takes the reentrant lock of `stdout()` and writes to its line buffer.
/// source: std 1.95 library/std/src/io/stdio.rs
#[fx(stdio, lock, format)] macro_rules! print { () => { () } }
/// source: std 1.95 library/std/src/io/stdio.rs
#[fx(stdio, lock, format)] macro_rules! println { () => { () } }
/// source: std 1.95 library/std/src/io/stdio.rs
#[fx(stdio, lock, format)] macro_rules! eprint { () => { () } }
/// source: std 1.95 library/std/src/io/stdio.rs
#[fx(stdio, lock, format)] macro_rules! eprintln { () => { () } }
/// source: std 1.95 library/std/src/macros.rs
#[fx(stdio, lock, format)] macro_rules! dbg { () => {} }

/// source: std 1.95 library/alloc/src/macros.rs
#[fx(alloc, format)] macro_rules! format { () => { String } }
/// source: std 1.95 library/alloc/src/macros.rs
#[fx(alloc)] macro_rules! vec { () => { Vec<_> } }
macro_rules! format_args { () => { fmt::Arguments<'_> } }
/// Calls `write_fmt` on its first argument.
/// source: std 1.95 library/core/src/macros/mod.rs
#[fx(format)] macro_rules! write { () => {} }
/// source: std 1.95 library/core/src/macros/mod.rs
#[fx(format)] macro_rules! writeln { () => {} }

macro_rules! matches { () => { bool } }
macro_rules! cfg { () => { bool } }
macro_rules! concat { () => { &'static str } }
macro_rules! stringify { () => { &'static str } }
macro_rules! env { () => { &'static str } }
macro_rules! option_env { () => { Option<&'static str> } }
macro_rules! file { () => { &'static str } }
macro_rules! line { () => { u32 } }
macro_rules! column { () => { u32 } }
macro_rules! module_path { () => { &'static str } }
macro_rules! include { () => {} }
macro_rules! include_str { () => { &'static str } }
macro_rules! include_bytes { () => { &'static [u8] } }
macro_rules! compile_error { () => { ! } }
macro_rules! r#try { () => {} }
macro_rules! thread_local { () => {} }
macro_rules! is_x86_feature_detected { () => { bool } }
macro_rules! is_aarch64_feature_detected { () => { bool } }
macro_rules! global_asm { () => {} }
