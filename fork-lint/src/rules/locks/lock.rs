//! Rule `lock-in-child`.

use crate::analysis::{Deed, Program};
use crate::catalogue::Effect;
use crate::rules::child::{Weight, report};
use crate::rules::{Finding, rule};

rule! {
    /// The child of a fork takes a lock
    ///
    /// ## What it does
    /// Reports `Mutex::lock`, `RwLock`, `Once`, `OnceLock`, channels and other calls in a forked child that take a lock,
    /// however deep below. Locks of loggers, streams, the environment and the name service have rules of their own.
    ///
    /// ## Why is this bad
    /// Another thread may hold the lock at the moment of the fork. The child has a copy of the lock in its taken state, and
    /// no thread that will release it. An uncontended lock is a lock all the same: it is free in a million runs and taken in
    /// one.
    ///
    /// ## Example
    /// ```rust
    /// match unsafe { fork() }? {
    ///     ForkResult::Child => {
    ///         let config = CONFIG.lock().unwrap();
    ///         run_child(&config)
    ///     }
    ///     ForkResult::Parent { child } => wait(child),
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let config = CONFIG.lock().unwrap().clone();
    /// match unsafe { fork() }? {
    ///     ForkResult::Child => run_child(&config),
    ///     ForkResult::Parent { child } => wait(child),
    /// }
    /// ```
    ///
    /// ## Limits
    /// A lock that only children ever take is reported, too: that no thread of the parent uses it is not proved.
    pub LockInChild = "lock-in-child", "H01", "locks", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let help =
        "take what the lock guards before the fork and move it into the child, or keep the child to plain system calls";
    report(program, &LockInChild, Deed::Effect(Effect::Lock), |_, _| Weight::Deadlocks, "takes a lock", help, out);
}
