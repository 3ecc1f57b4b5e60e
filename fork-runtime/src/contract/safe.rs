//! The marker.

/// A child of a fork may go on using a value of this type: it stands for nothing outside the process' memory, and no
/// thread but the one that forked was needed to make it whole.
///
/// Not `ForkSafe`, as each of them is shared with the parent or waits for threads that the child does not have: locks and
/// their guards, thread handles, channels, runtimes and event loops, files, sockets and other descriptors, clients that
/// keep one, random generators, temporary files.
///
/// Put `#[fork_safe]` on a type (feature `macros`) to have it implemented: every field has to be `ForkSafe`, or to say by
/// `#[fork(..)]` what happens to it.
///
/// # Safety
///
/// A value that was inherited by a child of a process with threads can be read, changed and dropped there without waiting
/// for a thread that is gone and without an effect on the parent or on a peer of the parent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known to survive a fork",
    label = "a child inherits this as the fork left it",
    note = "if it is plain data, put `#[fork_safe]` on its definition; if that is in another crate, `#[fork(keep)]` trusts it",
    note = "else say what happens at the fork: `#[fork(reset)]`, `#[fork(reset = ..)]`, `#[fork(close)]`, `#[fork(discard)]`, or `#[fork(per_process)]`"
)]
pub unsafe trait ForkSafe {}

/// What `#[fork_safe]` implements: a safe trait, so that it can be used where unsafe code is forbidden. The macro checks
/// the fields, which is what the word `unsafe` would ask of a person.
#[doc(hidden)]
pub trait Declared {}

// SAFETY: `Declared` is implemented in `plain`, each line with its argument, and by the macro for types whose fields are
// `ForkSafe` or have a decision.
#[diagnostic::do_not_recommend]
unsafe impl<T: Declared + ?Sized> ForkSafe for T {}
