//! Rule `fork-with-threads`.

use super::site::{Story, dangerous_forks};
use crate::analysis::{Order, Program};
use crate::rules::child::{callers_note, evidence_note};
use crate::rules::{Finding, Level, rule};

rule! {
    /// The process forks while it has threads, or where its callers may have some
    ///
    /// ## What it does
    /// Reports a fork, in program order after a thread start that has not ended, whose child goes on as more than a few plain
    /// system calls: it returns to its caller, or allocates, locks, logs. In a library it reports a safe public way to a
    /// fork whose child goes on. The path from the thread start, or from the public function, is shown.
    ///
    /// ## Why is this bad
    /// Only the forking thread exists in the child. The others are gone in the middle of whatever they were doing: their locks
    /// stay taken, the work they were given is never done, the data they were changing stays half changed. Everything the
    /// child does afterwards stands on that.
    ///
    /// ## Example
    /// ```rust
    /// fn start() {
    ///     let metrics = std::thread::spawn(send_metrics);
    ///     match unsafe { nix::unistd::fork() } {
    ///         Ok(ForkResult::Child) => worker_main(),
    ///         Ok(ForkResult::Parent { .. }) => serve(),
    ///         Err(e) => panic!("{e}"),
    ///     }
    /// }
    /// ```
    ///
    /// ## Use instead
    /// Fork first, start threads afterwards; or spawn the worker as a program of its own (`Command` of
    /// `/proc/self/exe`); or fork from a helper process that was made before the first thread. A library states the
    /// condition: an `unsafe fn` with a `# Safety` section, or a check of the thread count that refuses.
    ///
    /// ## Limits
    /// A thread start inside a dependency is seen when its source or a catalogue entry is at hand. A child that only makes
    /// plain system calls before exec or `_exit` is fine and not reported. Forks that no seen thread start can reach are not
    /// reported in a whole program.
    pub ForkWithThreads = "fork-with-threads", "H02", "threads", Error, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for fork in dangerous_forks(program) {
        let (level, note) = match fork.order {
            Order::Live(_) if !matches!(fork.story(), Story::Threads) => continue,
            Order::Live(evidence) => (Level::Error, evidence_note(program, evidence)),
            // What the child does there, and that it returns by mistake, has findings of its own.
            Order::Unknown { .. } if !fork.region.goes_on_by_design(program) => continue,
            // The program's own calls of a wrapper are judged where they stand; left are those from outside.
            Order::Unknown { .. } if fork.wraps(program) && !fork.is_public(program) => continue,
            Order::Unknown { stated, .. } if *stated || fork.wraps(program) && fork.is_stated(program) => {
                (Level::Note, "the condition is stated: callers must make sure that no other thread runs".to_owned())
            }
            Order::Unknown { public, .. } => (Level::Warning, callers_note(program, *public)),
            Order::Latent | Order::Child | Order::Checked => continue,
        };
        let message = match fork.order {
            Order::Live(_) => "the process has threads when it forks here",
            _ => "callers with threads can reach this fork, whose child goes on",
        };
        let mut found = fork.finding(program, &ForkWithThreads, level, message);
        found.label = "only this thread goes on in the child".to_owned();
        found.notes.push(note);
        found.help = match fork.order {
            Order::Live(_) => "fork before the first thread starts, or start the child as a program of its own with exec",
            _ => "make the function `unsafe` with a `# Safety` section on threads, or refuse when the process has more than one",
        }
        .to_owned();
        out.push(found);
    }
}
