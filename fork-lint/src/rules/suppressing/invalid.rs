//! A suppression that means nothing.

use crate::rules::rule;

rule! {
    /// A suppression that cannot be understood, or that names no rule
    ///
    /// ## What it does
    /// Reports a comment that starts with `fork-lint:` and is not of the form `allow(rule, rule) -- reason`, and names
    /// in its list that are no rule. A family or a hazard is no rule: a suppression is about one thing.
    ///
    /// ## Why is this bad
    /// Its author believes that something is suppressed, and on the day the finding appears it is not.
    ///
    /// ## Example
    /// ```rust
    /// // fork-lint: allow(alocation-in-child) -- forked before any thread
    /// let name = format!("worker-{n}");
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// // fork-lint: allow(allocation-in-child) -- forked before any thread
    /// let name = format!("worker-{n}");
    /// ```
    ///
    /// ## Limits
    /// Documentation comments are not read, other than `//!` at the top of a file.
    pub InvalidSuppression = "invalid-suppression", "", "suppressions", Warning, super::later
}
