//! Rule `allocation-in-child`.

use crate::analysis::{Deed, Program};
use crate::catalogue::Effect;
use crate::rules::child::{Weight, report};
use crate::rules::{Finding, rule};

rule! {
    /// The child of a fork takes memory from the allocator
    ///
    /// ## What it does
    /// Reports calls between a fork and the exec or `_exit` that ends the child, and in callables given to `pre_exec`,
    /// that allocate: collections and strings, `CString::new`, `Box`, `io::Error::other`, `Command`, and functions that
    /// allocate inside, however deep. Calls that also log, print, lock or format are left to the rules for those.
    ///
    /// ## Why is this bad
    /// At the moment of the fork another thread may hold the allocator's lock, or be half-way through changing its lists.
    /// The child gets that state and not the thread, and waits for ever at its first allocation. glibc repairs its own
    /// allocator in the child of `fork`; musl, jemalloc with some settings, and every allocator after a raw `clone` or
    /// `vfork` do not. POSIX allows none of it in the child of a process with threads.
    ///
    /// ## Example
    /// ```rust
    /// unsafe {
    ///     command.pre_exec(|| {
    ///         rustix::process::setsid().map_err(std::io::Error::other)?;
    ///         Ok(())
    ///     });
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// unsafe {
    ///     command.pre_exec(|| {
    ///         rustix::process::setsid().map_err(std::io::Error::from)?;
    ///         Ok(())
    ///     });
    /// }
    /// ```
    /// Paths, arguments and environments are made into C strings before the fork; the child only passes pointers.
    ///
    /// ## Limits
    /// A value that grows within capacity reserved before the fork is reported all the same. Memory that is only freed in
    /// the child is not.
    pub AllocationInChild = "allocation-in-child", "H03", "child-work", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let help = "build it before the fork and only use it in the child; for errors, return the bare errno (`io::Error::last_os_error`, `io::Error::from_raw_os_error`)";
    report(program, &AllocationInChild, Deed::Effect(Effect::Alloc), |_, _| Weight::Repaired, "allocates", help, out);
}
