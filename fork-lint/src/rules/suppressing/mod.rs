//! Rules about suppressions themselves. The command line applies them once all other rules have run.

mod invalid;
mod unreasoned;
mod unused;

use super::{Finding, Rule};
use crate::analysis::Program;

/// A suppression that means nothing.
pub const INVALID: &Rule = &invalid::InvalidSuppression;
/// One that gives no reason.
pub const UNREASONED: &Rule = &unreasoned::SuppressionWithoutReason;
/// One that nothing needs.
pub const UNUSED: &Rule = &unused::UnusedSuppression;

/// The rules of this family.
pub const RULES: &[&Rule] = &[INVALID, UNREASONED, UNUSED];

/// What they find needs the findings of all others, which a rule does not see.
fn later(_: &Program, _: &mut Vec<Finding>) {}
