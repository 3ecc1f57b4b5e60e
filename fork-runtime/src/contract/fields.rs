//! For the expansion of `#[fork_safe]` on a type. `Name` is a type that is called as the type and the field are.

use super::ForkReset;
pub use super::safe::Declared;
use super::safe::ForkSafe;
use crate::pool::{Manager, Pool};
use crate::{CloseOnFork, ForkCell, ForkExcluded, PerProcess, TrackedLocal};

/// [`ForkSafe`] with something to name.
pub trait Survives: ForkSafe {
    /// Asked for by the macro.
    const HELD: () = ();
}

impl<T: ForkSafe + ?Sized> Survives for T {}

macro_rules! kinds {
    ($($(#[$meta:meta])* $Trait:ident: $message:literal, $fix:literal;)*) => { $(
        $(#[$meta])*
        #[diagnostic::on_unimplemented(
            message = $message,
            label = "not `ForkSafe`",
            note = $fix,
            note = "if it survives a fork for a reason that the compiler cannot see: `#[fork(keep, reason = \"..\")]`"
        )]
        pub trait $Trait<Name> {
            /// Asked for by the macro.
            const HELD: () = ();
        }

        #[diagnostic::do_not_recommend]
        impl<T: ForkSafe + ?Sized, Name> $Trait<Name> for T {}
    )* };
}

// Each holds for what is `ForkSafe`. The macro chooses one by the names in the field's type, for what its error says.
kinds! {
    /// No name is known in it.
    Field:
        "the field `{Name}` is a `{Self}`, which is not known to survive a fork",
        "plain data: put `#[fork_safe]` on its definition; else say what happens to it: `#[fork(reset)]`, `#[fork(reset = ..)]`, `#[fork(close)]`, `#[fork(discard)]` or `#[fork(per_process)]`";
    /// The guard of a lock.
    Guard:
        "the field `{Name}` is the guard of a lock, `{Self}`: parent and child would both think that they hold it",
        "take the lock for each use: a guard in a value lives over forks";
    /// A lock.
    Lock:
        "the field `{Name}` is a lock, `{Self}`: if another thread holds it at the fork, the child waits for ever",
        "keep what it guards in a `fork_runtime::ForkCell`, which starts over, or in a `ForkMutex`, which reports a lost holder";
    /// The handle of a thread.
    Thread:
        "the field `{Name}` is the handle of a thread, `{Self}`: a child does not have it, and joining fails or waits for ever",
        "`#[fork(discard)]` on an `Option` of it forgets the parent's thread; start another at the first use in the child";
    /// An end of a channel.
    Channel:
        "the field `{Name}` is an end of a channel, `{Self}`: the thread at the other end does not exist in a child",
        "`#[fork(discard)]` on an `Option` of it, or `#[fork(reset = ..)]` with a new channel";
    /// An event loop.
    EventLoop:
        "the field `{Name}` is an event loop, `{Self}`: a child shares its epoll instance, and lacks its threads",
        "keep it in a `fork_runtime::PerProcess`: a child makes its own";
    /// A random generator.
    Random:
        "the field `{Name}` is a random generator, `{Self}`: parent and children draw the same numbers",
        "`#[fork(reset = ..)]` with a newly seeded one";
    /// A temporary file.
    Temporary:
        "the field `{Name}` is a temporary file, `{Self}`: a child that drops it deletes it under the parent",
        "`#[fork(discard)]` on an `Option` of it: the child forgets it, and the parent deletes it";
    /// A connection.
    Connection:
        "the field `{Name}` is a connection, `{Self}`: parent and child would speak on one session",
        "`#[fork(close)]`, `#[fork(reset = ..)]`, or `#[fork(discard)]` on an `Option` of it; or keep it in a `fork_runtime::pool::Pool` or a `PerProcess`";
    /// An open file.
    File:
        "the field `{Name}` is an open file, `{Self}`: parent and child move one offset, and the child keeps it open",
        "`#[fork(close)]`, or `#[fork(reset = ..)]` that opens it again; `#[fork(keep)]` if it is only appended to (`O_APPEND`)";
}

/// Whose values are of one process by themselves.
#[diagnostic::on_unimplemented(
    message = "the field `{Name}` is a `{Self}`, which is one value for parent and children",
    label = "not per process",
    note = "make it a `fork_runtime::PerProcess<{Self}>`: the child's own is made at its first use",
    note = "`Pool`, `ForkCell`, `TrackedLocal`, `CloseOnFork` and `ForkExcluded` are per process, too"
)]
pub trait OfOneProcess<Name> {
    /// Asked for by the macro.
    const HELD: () = ();
}

impl<T, F, Name> OfOneProcess<Name> for PerProcess<T, F> {}
impl<T: Send + 'static, Name> OfOneProcess<Name> for TrackedLocal<T> {}
impl<T: ForkReset + Send + 'static, Name> OfOneProcess<Name> for ForkCell<T> {}
impl<M: Manager, Name> OfOneProcess<Name> for Pool<M> {}
impl<Name> OfOneProcess<Name> for CloseOnFork {}
impl<Name> OfOneProcess<Name> for ForkExcluded {}

/// What can be discarded: something has to stand in its place.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be discarded: nothing could stand in its place",
    label = "no `Default`",
    note = "make it an `Option<{Self}>`, which is `None` in the child, or name a value: `#[fork(reset = ..)]`"
)]
pub trait Discard: Sized {
    /// Forgets the parent's value, without its destructor.
    fn discard(&mut self);
}

#[diagnostic::do_not_recommend]
impl<T: Default> Discard for T {
    fn discard(&mut self) {
        replace(self, T::default());
    }
}

/// Puts the child's value in place of the parent's, whose destructor does not run: it would act for the parent.
pub fn replace<T>(place: &mut T, fresh: T) {
    std::mem::forget(std::mem::replace(place, fresh));
}
