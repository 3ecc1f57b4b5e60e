//! A suppression that suppresses nothing.

use crate::rules::rule;

rule! {
    /// A suppression that no finding needs
    ///
    /// ## What it does
    /// Reports a `fork-lint: allow(..)` comment, or a `#[fork_safe(allow(..))]`, where the rule it names finds nothing.
    ///
    /// ## Why is this bad
    /// The code has changed, or the comment stands on the wrong line. Left in place it would hide the next, real
    /// finding there, with a reason that was given for another one.
    ///
    /// ## Example
    /// ```rust
    /// // fork-lint: allow(allocation-in-child) -- the child has one thread
    /// let pid = unsafe { libc::getpid() };
    /// ```
    ///
    /// ## Use instead
    /// Remove the comment, or the one rule of its list that is not needed.
    ///
    /// ## Limits
    /// Suppressions in dependencies are not reported; nor are those of rules that `--allow` switches off.
    pub UnusedSuppression = "unused-suppression", "", "suppressions", Warning, super::later
}
