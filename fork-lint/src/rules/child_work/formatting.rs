//! Rule `formatting-in-child`.

use crate::analysis::{Deed, Program};
use crate::catalogue::Effect;
use crate::rules::child::{Weight, report};
use crate::rules::{Finding, rule};

rule! {
    /// The child of a fork formats text
    ///
    /// ## What it does
    /// Reports calls in a forked child that go through `std::fmt`: `format!`, `write!`, `to_string`. Calls that print or log
    /// are left to `stdio-in-child` and `logging-in-child`.
    ///
    /// ## Why is this bad
    /// Formatting allocates for most targets, runs `Display` implementations that nobody wrote for a forked child, and may
    /// take locks in them. In the child of a process with threads only async-signal-safe functions may be called.
    ///
    /// ## Example
    /// ```rust
    /// if unsafe { libc::fork() } == 0 {
    ///     let name = format!("/proc/{pid}/ns/mnt");
    ///     enter(&name);
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let name = CString::new(format!("/proc/{pid}/ns/mnt"))?;
    /// if unsafe { libc::fork() } == 0 {
    ///     enter(&name);
    /// }
    /// ```
    ///
    /// ## Limits
    /// Formatting into a buffer on the stack does not allocate; it is reported all the same, because what the arguments'
    /// `Display` does is not judged.
    pub FormattingInChild = "formatting-in-child", "H03", "child-work", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let help = "write a fixed message with `libc::write`, or format into a buffer before the fork";
    report(
        program,
        &FormattingInChild,
        Deed::Effect(Effect::Format),
        |_, _| Weight::Repaired,
        "formats text",
        help,
        out,
    );
}
