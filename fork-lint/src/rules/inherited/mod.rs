//! Family `inherited-state`: state of the parent that is wrong in the child.

use super::Rule;

/// The rules of this family.
pub const RULES: &[&Rule] = &[];
