//! A suppression that does not say why.

use crate::rules::rule;

rule! {
    /// A suppression without a reason
    ///
    /// ## What it does
    /// Reports a `fork-lint: allow(..)` comment that gives no reason. Such a comment has no effect.
    ///
    /// ## Why is this bad
    /// Whether work in a forked child is safe depends on facts that are not on that line: which threads exist, which
    /// libc it is, who calls the function. Without the reason the next reader cannot tell whether it still holds.
    ///
    /// ## Example
    /// ```rust
    /// // fork-lint: allow(allocation-in-child)
    /// let name = format!("worker-{n}");
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// // fork-lint: allow(allocation-in-child) -- forked at the top of main, before any thread
    /// let name = format!("worker-{n}");
    /// ```
    ///
    /// ## Limits
    /// That the reason is true is not checked.
    pub SuppressionWithoutReason = "suppression-without-reason", "", "suppressions", Warning, super::later
}
