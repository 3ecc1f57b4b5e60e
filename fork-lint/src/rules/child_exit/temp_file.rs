//! Rule `temp-file-across-fork`.

use super::inherited::dropped_by_children;
use crate::analysis::Program;
use crate::catalogue::Class;
use crate::rules::{Finding, rule};

rule! {
    /// The child of a fork drops its parent's temporary file
    ///
    /// ## What it does
    /// Reports a temporary file or folder (`TempDir`, `NamedTempFile`, and types with such a field) that is alive at a fork and
    /// is dropped on the child's side.
    ///
    /// ## Why is this bad
    /// Its destructor deletes the file. The child has a copy of the handle, not of the file: when it is the first to leave the
    /// scope, the file is gone while the parent still works with it.
    ///
    /// ## Example
    /// ```rust
    /// let scratch = tempfile::tempdir()?;
    /// if unsafe { libc::fork() } == 0 {
    ///     work(scratch.path());
    ///     return Ok(());
    /// }
    /// wait()?;
    /// collect(scratch.path())
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// if unsafe { libc::fork() } == 0 {
    ///     work(scratch.path());
    ///     unsafe { libc::_exit(0) };
    /// }
    /// ```
    ///
    /// ## Limits
    /// Handles in statics and in fields of values that outlive the function are not followed.
    pub TempFileAcrossFork = "temp-file-across-fork", "H17", "child-exit", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for dropped in dropped_by_children(program, Class::TempFile) {
        let message = "the child of this fork deletes the temporary file of its parent";
        let mut found = dropped.finding(program, &TempFileAcrossFork, message);
        found.label = "dropped by the child: the file or folder is removed under the parent".to_owned();
        found.help =
            "`std::mem::forget` it in the child, or leave the child by `_exit` before it is dropped".to_owned();
        out.push(found);
    }
}
