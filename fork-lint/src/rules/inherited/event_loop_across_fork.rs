//! Rule `event-loop-across-fork`.

use crate::analysis::Program;
use crate::catalogue::Class;
use crate::rules::subject::{shown, step};
use crate::rules::workers::{alive, at_fork, workers};
use crate::rules::{Finding, Level, rule};

rule! {
    /// An event loop is alive at a fork whose child works on
    ///
    /// ## What it does
    /// Reports local runtimes, epoll and io_uring instances and the like that hold a value when the process forks, where
    /// the child executes no other program and the parent carries on.
    ///
    /// ## Why is this bad
    /// The kernel's side of an event loop belongs to the descriptor, which both processes have after the fork. The child's
    /// registrations wake the parent, its closing of a descriptor does not remove it from the set, and events are delivered
    /// to whichever process asks first. A ring's memory is written by both.
    ///
    /// ## Example
    /// ```rust
    /// let poll = mio::Poll::new()?;
    /// if unsafe { libc::fork() } == 0 { work() }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// if unsafe { libc::fork() } == 0 { work() }
    /// let poll = mio::Poll::new()?;
    /// ```
    ///
    /// ## Limits
    /// Event loops held by other functions at that time are not seen; those in statics are `runtime-in-static`'s.
    pub EventLoopAcrossFork = "event-loop-across-fork", "H10", "inherited-state", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for region in workers(program) {
        for held in alive(program, region.site, &[Class::EventLoop, Class::Runtime]) {
            let message = format!("event loop `{}` is shared with the child of this fork", held.name);
            let mut found = at_fork(program, &EventLoopAcrossFork, Level::Warning, region, message);
            found.label = format!("`{}` holds a `{}`", held.name, shown(held.head));
            found.steps.insert(0, step(held.since, "made by the parent here"));
            found.help = "make it after the fork, in the process that uses it".to_owned();
            found.subject = held.name.as_str().to_owned();
            out.push(found);
        }
    }
}
