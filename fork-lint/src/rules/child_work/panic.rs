//! Rule `panic-in-child`.

use crate::analysis::{Deed, Program, Region, RegionKind};
use crate::catalogue::Effect;
use crate::rules::child::{Weight, report};
use crate::rules::{Finding, rule};

rule! {
    /// The child of a fork may panic
    ///
    /// ## What it does
    /// Reports explicit panics in a forked child: `panic!`, `unwrap`, `expect`, assertions, in the child's own code and in the
    /// functions of the same packages that it calls. In a callable given to `pre_exec` they are a note.
    ///
    /// ## Why is this bad
    /// A panic takes the lock of the panic hook and of standard error, formats and allocates. Then it unwinds: out of the
    /// child's code into a copy of the parent's frames, running the parent's destructors a second time, or into a
    /// `catch_unwind` that goes on as a second parent. std switches panics to a plain abort for `pre_exec`.
    ///
    /// ## Example
    /// ```rust
    /// if unsafe { libc::fork() } == 0 {
    ///     let error = execv(&program, &args).unwrap_err();
    ///     panic!("exec failed: {error}");
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// if unsafe { libc::fork() } == 0 {
    ///     let _ = execv(&program, &args);
    ///     unsafe { libc::_exit(127) };
    /// }
    /// ```
    ///
    /// ## Limits
    /// Panics inside dependencies, index and arithmetic panics are not counted. A `catch_unwind` around the child's code is
    /// not taken into account.
    pub PanicInChild = "panic-in-child", "H03", "child-work", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let help = "handle the failure: leave by `_exit` with a status, or send the errno to the parent through a pipe";
    let weight = |region: &Region, _| match region.kind {
        RegionKind::PreExec => Weight::Minor,
        _ => Weight::Deadlocks,
    };
    report(program, &PanicInChild, Deed::Effect(Effect::Panic), weight, "may panic", help, out);
}
