//! Rule `buffered-writer-across-fork`.

use super::inherited::dropped_by_children;
use crate::analysis::Program;
use crate::catalogue::Class;
use crate::rules::{Finding, rule};

rule! {
    /// The child of a fork drops its parent's buffered writer
    ///
    /// ## What it does
    /// Reports a `BufWriter`, `LineWriter` or the like that is alive at a fork and is dropped on the child's side.
    ///
    /// ## Why is this bad
    /// The buffer is copied with the rest of the memory. Both processes flush their copy when the writer is dropped: the same
    /// bytes are written twice, and where the descriptor is shared they land in the middle of the other's output.
    ///
    /// ## Example
    /// ```rust
    /// let mut report = BufWriter::new(file);
    /// writeln!(report, "header")?;
    /// if unsafe { libc::fork() } == 0 {
    ///     return run_child();
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// writeln!(report, "header")?;
    /// report.flush()?;
    /// if unsafe { libc::fork() } == 0 {
    ///     run_child();
    ///     unsafe { libc::_exit(0) };
    /// }
    /// ```
    ///
    /// ## Limits
    /// A writer that was flushed before the fork is reported all the same when the child drops it. Buffers of standard output
    /// and of C's streams are the subject of `child-exits-with-exit`.
    pub BufferedWriterAcrossFork = "buffered-writer-across-fork", "H17", "child-exit", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for dropped in dropped_by_children(program, Class::BufferedWriter) {
        let message = "the child of this fork flushes the buffered output of its parent";
        let mut found = dropped.finding(program, &BufferedWriterAcrossFork, message);
        found.label = "dropped by the child: what the parent had buffered is written again".to_owned();
        found.help = "flush it before the fork; in the child, `std::mem::forget` it or leave by `_exit`".to_owned();
        out.push(found);
    }
}
