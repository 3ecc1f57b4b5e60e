//! Rule `unsafe-c-call-in-child`.

use crate::analysis::{Deed, Program};
use crate::catalogue::Effect;
use crate::rules::child::{Weight, report};
use crate::rules::{Finding, rule};

rule! {
    /// The child of a fork calls a C function that is not async-signal-safe
    ///
    /// ## What it does
    /// Reports calls in a forked child to functions that POSIX does not list as safe there, for another reason than those
    /// that have rules of their own: `opendir`, `pthread_*`, `dlopen`, `system`, and after a raw clone also glibc's
    /// `setuid`, `setgid` and their relatives.
    ///
    /// ## Why is this bad
    /// Such functions rely on state inside libc that another thread may have been changing at the fork. `setuid` and
    /// `setgid` of glibc signal every thread they know of and wait for the answers: after `fork` glibc forgets the
    /// threads, after a raw `clone` it does not, and the child waits for threads that do not exist.
    ///
    /// ## Example
    /// ```rust
    /// extern "C" fn child(_: *mut c_void) -> c_int {
    ///     unsafe { libc::setuid(1000) };
    ///     exec()
    /// }
    /// unsafe { libc::clone(child, stack, libc::CLONE_NEWUSER, ptr::null_mut()) };
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// unsafe { libc::syscall(libc::SYS_setuid, 1000) };
    /// ```
    /// Directories are read before the fork; `close_range` replaces a walk through `/proc/self/fd`.
    ///
    /// ## Limits
    /// Based on the list in signal-safety(7) and on the safety notes of glibc's manual. A C function that the catalogue does
    /// not know is left to `unverified-call-in-child`.
    pub UnsafeCCallInChild = "unsafe-c-call-in-child", "H03", "child-work", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let help = "call it before the fork, or make the system call itself";
    for effect in [Effect::UnsafeCall, Effect::Setxid] {
        let does = match effect {
            Effect::Setxid => "signals and waits for every thread that glibc knows",
            _ => "is not async-signal-safe",
        };
        report(program, &UnsafeCCallInChild, Deed::Effect(effect), |_, _| Weight::Deadlocks, does, help, out);
    }
}
