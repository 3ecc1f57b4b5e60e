//! Family `locks`: locks that are held, or taken, across a fork.

mod guard;
mod lock;

use super::Rule;

/// The rules of this family.
pub const RULES: &[&Rule] = &[&guard::GuardAcrossFork, &lock::LockInChild];
