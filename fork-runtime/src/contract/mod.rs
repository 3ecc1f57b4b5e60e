//! What a type says about forks, and what is done about it in a child.
//!
//! `#[fork_safe]` on a type (feature `macros`) implements the two traits of this module: [`ForkSafe`], which says that a
//! child may go on using a value, and [`ForkReset`], which says what has to be done to it first.
//!
//! Who calls [`ForkReset::fork_reset`] in the child:
//!
//! | the value is | called |
//! |---|---|
//! | in a [`ForkCell`] | by the runtime, in its pass over the hooks, or at the first lock, whichever is earlier |
//! | used by `&mut self`, with a [`ForkGuard`] in it | by the first method of an `impl` with `#[fork_safe(check = self.guard)]` |
//! | a field with `#[fork(reset)]` | by the `fork_reset` of what it is in |
//!
//! Each of these has `&mut` to the value for certain. Nothing resets a value behind a `&` that the forking thread holds.

mod cell;
mod check;
#[doc(hidden)]
pub mod fields;
mod plain;
mod reset;
#[expect(unsafe_code, reason = "the marker is an unsafe trait; nothing here runs")]
mod safe;

pub use cell::{ForkCell, ForkCellGuard};
pub use check::{ForkCheck, ForkCheckMut, ForkGuard};
pub use reset::{ForkClose, ForkReset};
pub use safe::ForkSafe;
