//! Rule `fork-in-async`.

use super::site::{Story, dangerous_forks};
use crate::analysis::{Evidence, Order, Program, Seen};
use crate::rules::child::evidence_note;
use crate::rules::{Finding, Level, rule};

rule! {
    /// Async code forks
    ///
    /// ## What it does
    /// Reports a fork in an `async fn`, block or closure, or in a function that async code calls, whose child does more
    /// than a few plain system calls. It is an error when `main` is seen to run on a runtime with threads.
    ///
    /// ## Why is this bad
    /// Async code runs on a runtime, and a runtime has worker threads, timers and an event queue shared with the kernel. The
    /// child has none of the threads but a copy of everything they held; the first `.await`, timer or drop of the runtime
    /// in the child hangs, or takes events from the parent.
    ///
    /// ## Example
    /// ```rust
    /// async fn add(name: &str) -> Result<(), Error> {
    ///     match unsafe { nix::unistd::fork()? } {
    ///         ForkResult::Child => mount_namespace(name)?,
    ///         ForkResult::Parent { child } => wait(child).await?,
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// ## Use instead
    /// `tokio::process::Command` for another program; for code of one's own, a program that is spawned, or a helper
    /// process forked before the runtime starts.
    ///
    /// ## Limits
    /// A runtime with one thread has no workers, but its event queue is shared all the same; a `main` on such a runtime keeps
    /// this rule quiet. In a program that starts no thread at all, dependencies included, it is a note.
    pub ForkInAsync = "fork-in-async", "H02", "threads", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for fork in dangerous_forks(program) {
        let (Story::Async, Order::Live(evidence)) = (fork.story(), fork.order) else { continue };
        let level = level(program, evidence);
        let mut found = fork.finding(program, &ForkInAsync, level, "async code forks here");
        found.label = "the runtime's threads do not exist in the child".to_owned();
        found.notes.push(evidence_note(program, evidence));
        found.help =
            "spawn a program with the runtime's `Command`, or use a helper process forked before the runtime starts"
                .to_owned();
        out.push(found);
    }
}

/// Async code alone says nothing of threads: a program that starts none has an executor of its own.
pub(in crate::rules) fn level(program: &Program, evidence: &Evidence) -> Level {
    match evidence.what {
        Seen::Async(_) if program.starts_threads() => Level::Warning,
        Seen::Async(_) => Level::Note,
        _ => Level::Error,
    }
}
