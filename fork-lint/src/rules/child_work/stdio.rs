//! Rule `stdio-in-child`.

use crate::analysis::{Deed, Program};
use crate::catalogue::Effect;
use crate::rules::child::{Weight, report};
use crate::rules::{Finding, rule};

rule! {
    /// The child of a fork prints or reads through a locked stream
    ///
    /// ## What it does
    /// Reports `println!`, `eprintln!`, `dbg!`, `io::stdout()`, `io::stdin()` and C's `printf` family in a forked child.
    ///
    /// ## Why is this bad
    /// The streams are behind a lock that another thread may hold at the fork, and their first use sets up a buffer under a
    /// one-time lock. The child waits for ever. What the parent had buffered is in the child's copy too, and comes out twice.
    ///
    /// ## Example
    /// ```rust
    /// match unsafe { fork() }? {
    ///     ForkResult::Child => {
    ///         eprintln!("starting worker");
    ///         exec_worker();
    ///     }
    ///     ForkResult::Parent { child } => wait(child),
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// ForkResult::Child => {
    ///     let text = b"starting worker\n";
    ///     unsafe { libc::write(2, text.as_ptr().cast(), text.len()) };
    ///     exec_worker();
    /// }
    /// ```
    ///
    /// ## Limits
    /// Writing to a descriptor without a buffer (`File`, `write(2)`) is fine and not reported.
    pub StdioInChild = "stdio-in-child", "H03", "child-work", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let help =
        "write to the descriptor itself: `libc::write(2, ..)`, or a `File` made with `ManuallyDrop` and `from_raw_fd`";
    report(
        program,
        &StdioInChild,
        Deed::Effect(Effect::Stdio),
        |_, _| Weight::Deadlocks,
        "uses standard streams behind a lock",
        help,
        out,
    );
}
