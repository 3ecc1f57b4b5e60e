#![doc = include_str!("../GUIDE.md")]
#![forbid(unsafe_code)]

mod check;
mod diagnostic;
mod engine;
mod entry;
mod fate;
mod fields;
mod function;
mod hook;
mod kind;
mod names;
mod promise;
mod runtime;
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
///
/// On a **type** it implements `fork_runtime::ForkSafe` and `ForkReset`: each field has to be `ForkSafe`, or to say what
/// happens to it in a child.
///
/// | `#[fork(..)]` | in a child the field |
/// |---|---|
/// | `keep` | is used as it is; the author's word for it |
/// | `reset` | starts over by its own `ForkReset`: plain types become their default |
/// | `reset = value` | becomes the value; the old one is forgotten, without its destructor |
/// | `close` | has its descriptor replaced by `/dev/null` |
/// | `discard` | is forgotten, without its destructor; its `Default` stands in its place |
/// | `per_process` | does all that itself, as a `PerProcess` or a `Pool` |
///
/// On an **`impl`** with `check = self.guard` it is a test before the body of each public method: a `ForkGuard` resets a
/// value that is used by `&mut self`, a `ForkCell` its content, and a `Generation` panics. `#[fork(unchecked)]` leaves a
/// method out. Bodies are not scanned: they run in a child that goes on, not between `fork` and `exec`.
///
/// Types and checks use `::fork_runtime`; `crate = path` names another.
#[proc_macro_attribute]
pub fn fork_safe(args: TokenStream, item: TokenStream) -> TokenStream {
    engine::expand(|| promise::expand(args.into(), item.into()).into())
}

/// What `#[fork_safe]` puts on a type. Not for direct use.
#[doc(hidden)]
#[proc_macro_derive(ForkFields, attributes(fork))]
pub fn fork_fields(item: TokenStream) -> TokenStream {
    engine::expand(|| fields::expand(item.into()).into())
}

/// Calls the function before every fork of the program, in the thread that forks. No call sets it up: the linker does.
///
/// It takes nothing and returns nothing, or a `fork_runtime::atfork::Prepare`, by which it can ask for a retry. The words
/// are `phase = Rng` (`Locks`, `Io`, `Rng`, `Pools`, or `App`), `name = ".."` for messages (else the path of the function),
/// and `crate = path`. Within a phase hooks run in the order of their names; what one before the fork did, one after it
/// in the parent has to undo, also when the fork was given up.
///
/// It is unsafe code to put something into a section: a crate with `#![forbid(unsafe_code)]` cannot use this, and calls
/// `fork_runtime::atfork::register` instead.
#[proc_macro_attribute]
pub fn before_fork(args: TokenStream, item: TokenStream) -> TokenStream {
    engine::expand(|| hook::expand(hook::Moment::Before, args.into(), item.into()).into())
}

/// Calls the function after every fork, in the parent. It takes nothing, or a `&fork_runtime::atfork::Event`.
///
/// See [`before_fork`] for the rest.
#[proc_macro_attribute]
pub fn after_fork_in_parent(args: TokenStream, item: TokenStream) -> TokenStream {
    engine::expand(|| hook::expand(hook::Moment::Parent, args.into(), item.into()).into())
}

/// Calls the function once in every child. It takes nothing, or a `&fork_runtime::atfork::Event`.
///
/// It runs inside libc's `fork` if the process had one thread; else, as it may allocate and lock, at the first use of
/// fork-runtime in the child. See [`before_fork`] for the rest.
///
/// ```
/// use fork_runtime::after_fork_in_child;
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// static SEED: AtomicU64 = AtomicU64::new(7);
///
/// #[after_fork_in_child(phase = Rng)]
/// fn reseed() {
///     SEED.store(u64::from(std::process::id()), Ordering::Relaxed);
/// }
/// ```
#[proc_macro_attribute]
pub fn after_fork_in_child(args: TokenStream, item: TokenStream) -> TokenStream {
    engine::expand(|| hook::expand(hook::Moment::Child, args.into(), item.into()).into())
}

/// Makes a function one that workers of the zygote can be asked to run: the attribute form of `fork_runtime::entry!`.
///
/// It takes the argument, or `&mut fork_runtime::zygote::Context` and the argument. `crate = path` names another
/// `::fork_runtime`.
///
/// ```
/// use fork_runtime::zygote;
///
/// /// Adds one.
/// #[zygote::entry]
/// fn next(number: u32) -> u32 {
///     number + 1
/// }
/// assert!(next.name().ends_with("::next"));
/// ```
#[proc_macro_attribute]
pub fn entry(args: TokenStream, item: TokenStream) -> TokenStream {
    engine::expand(|| entry::expand(args.into(), item.into()).into())
}
