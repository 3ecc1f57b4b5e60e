//! Rule `thread-in-fork-safe`.

use crate::analysis::{Deed, Program};
use crate::catalogue::Effect;
use crate::rules::child::named;
use crate::rules::promise::report;
use crate::rules::subject::{finding, functions};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A function that carries `#[fork_safe]` starts a thread, or is async
    ///
    /// ## What it does
    /// `#[fork_safe]` promises that a function may run in the forked child of a process with threads. The promise is believed
    /// at its callers, and checked here: this rule reports functions that carry it and start a thread, however deep below, and
    /// async functions that carry it. What else breaks the promise is reported by the rule for it (`allocation-in-child`,
    /// `lock-in-child`, ..) at the function, as an error.
    ///
    /// ## Why is this bad
    /// Starting a thread takes the allocator's and libc's locks, which a thread that is gone may hold. And the next fork of a
    /// child that has threads again starts the trouble anew, in a function whose callers were told that it is harmless. An
    /// async function runs on a runtime, whose threads and epoll instance stay with the parent.
    ///
    /// ## Example
    /// ```rust
    /// #[fork_safe]
    /// pub fn after_fork() {
    ///     std::thread::spawn(flush_loop);
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// #[fork_safe]
    /// pub fn after_fork() {
    ///     FLUSHER.store(NOT_STARTED, Ordering::Relaxed); // the next log line starts it
    /// }
    /// ```
    ///
    /// ## Limits
    /// A promise on a trait's method without a body is believed, and its implementations are not checked unless they carry
    /// the attribute themselves.
    pub ThreadInForkSafe = "thread-in-fork-safe", "H02", "threads", Error, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let help = "start it at first use, or leave that to the caller, who knows whether this is a child";
    report(program, &ThreadInForkSafe, Deed::Effect(Effect::ThreadStart), "starts a thread", help, out);
    for (id, function) in functions(program).filter(|(_, f)| f.fork_safe && f.is_async) {
        let message = format!("{} is async and `#[fork_safe]`", named(program, id));
        let mut found = finding(&ThreadInForkSafe, Level::Error, function, function.span, message);
        found.label = "runs on a runtime, which does not survive a fork".to_owned();
        found.help = "put the part that must run in the child into a function that is not async".to_owned();
        found.subject = function.path.last().to_owned();
        out.push(found);
    }
}
