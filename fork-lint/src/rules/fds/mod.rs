//! Family `fds`: descriptors that reach processes they were not meant for.

use super::Rule;

/// The rules of this family.
pub const RULES: &[&Rule] = &[];
