//! Rule `child-exits-with-exit`.

use crate::analysis::{Deed, Program};
use crate::catalogue::Effect;
use crate::rules::child::{Weight, report};
use crate::rules::{Finding, rule};

rule! {
    /// The child of a fork leaves by `exit`
    ///
    /// ## What it does
    /// Reports `std::process::exit` and C's `exit` in a forked child, directly, in helpers, and out of macros.
    ///
    /// ## Why is this bad
    /// `exit` runs what the parent registered for its own end: `atexit` handlers, destructors of statics in C libraries, the
    /// flush of C's and std's streams. Output that the parent had buffered is written twice, temporary files of the parent
    /// are removed under it, and with other threads in the parent the handlers may wait for locks that nobody releases.
    ///
    /// ## Example
    /// ```rust
    /// if unsafe { libc::fork() } == 0 {
    ///     let error = exec(&program);
    ///     std::process::exit(127);
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// if unsafe { libc::fork() } == 0 {
    ///     let error = exec(&program);
    ///     unsafe { libc::_exit(127) };
    /// }
    /// ```
    /// A child that has output of its own flushes it, and then leaves by `_exit`.
    ///
    /// ## Limits
    /// A child that carries on as the program, because the parent is gone (a daemon), may use `exit` and is not reported.
    pub ChildExitsWithExit = "child-exits-with-exit", "H17", "child-exit", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let help = "leave by `libc::_exit`, after flushing what the child itself has written";
    let does = "runs the parent's exit handlers";
    report(program, &ChildExitsWithExit, Deed::Effect(Effect::Exit), |_, _| Weight::Always, does, help, out);
}
