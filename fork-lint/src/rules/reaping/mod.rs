//! Family `reaping`: children nobody waits for, and forks that failed unnoticed.

use super::Rule;

/// The rules of this family.
pub const RULES: &[&Rule] = &[];
