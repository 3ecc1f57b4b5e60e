//! Rule `logging-in-child`.

use crate::analysis::{Deed, Program};
use crate::catalogue::Effect;
use crate::rules::child::{Weight, report};
use crate::rules::{Finding, rule};

rule! {
    /// The child of a fork writes to a logger
    ///
    /// ## What it does
    /// Reports `log` and `tracing` macros, `syslog` and similar calls in a forked child, directly, in helpers, and out of
    /// macros.
    ///
    /// ## Why is this bad
    /// A logger formats, allocates, and takes its own lock; many hand the line to a thread that does not exist in the child.
    /// Another thread may be in the middle of a log line at the fork: the child then waits for a lock that nobody releases.
    /// It works in every test and hangs once a week.
    ///
    /// ## Example
    /// ```rust
    /// unsafe {
    ///     command.pre_exec(|| {
    ///         if libc::setsid() < 0 {
    ///             log::error!("setsid failed");
    ///         }
    ///         Ok(())
    ///     });
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// unsafe {
    ///     command.pre_exec(|| match libc::setsid() {
    ///         -1 => Err(std::io::Error::last_os_error()),
    ///         _ => Ok(()),
    ///     });
    /// }
    /// ```
    /// `spawn` returns that error in the parent, which can log it.
    ///
    /// ## Limits
    /// Whether a logger is installed, and at which level, is not known; a macro that is compiled in counts.
    pub LoggingInChild = "logging-in-child", "H03", "child-work", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let help = "log in the parent: report the failure by the return value of the callable, an errno over a pipe, or the exit status";
    report(program, &LoggingInChild, Deed::Effect(Effect::Log), |_, _| Weight::Deadlocks, "logs", help, out);
}
