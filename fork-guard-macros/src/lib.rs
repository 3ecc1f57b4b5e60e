#![doc = include_str!("../GUIDE.md")]
#![forbid(unsafe_code)]

mod diagnostic;
mod engine;
mod function;
mod kind;
mod promise;
mod scan;
mod text;

use proc_macro::TokenStream;

/// States that a function, a type or everything in an `impl` or `mod` survives fork, and holds it to that.
///
/// On a **function**: it may run in the forked child of a process with threads. The body is scanned with the linter's
/// rules; a breach is an error at its place. What the macro cannot see (other functions, methods of types that are not
/// in the function) is left to `cargo fork-lint`, which follows calls, and believes the promise at the callers.
///
/// ```
/// use fork_guard_macros::fork_safe;
///
/// #[fork_safe]
/// fn report(fd: i32, message: &[u8]) -> isize {
///     // SAFETY: the pointer and the length are those of a slice.
///     unsafe { libc::write(fd, message.as_ptr().cast(), message.len()) }
/// }
/// # report(2, b"");
/// ```
///
/// ```compile_fail
/// #[fork_guard_macros::fork_safe]
/// fn report(message: &str) {
///     eprintln!("{message}"); // error: takes the lock of a standard stream
/// }
/// ```
///
/// `allow(rule, reason = "..")` excepts a rule; the names are those of `cargo fork-lint --list`.
///
/// On an **`impl`**, **`trait`** or **`mod`** it stands for the attribute on each function inside.
#[proc_macro_attribute]
pub fn fork_safe(args: TokenStream, item: TokenStream) -> TokenStream {
    engine::expand(|| promise::expand(args.into(), item.into()).into())
}
