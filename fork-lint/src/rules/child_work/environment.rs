//! Rule `environment-in-child`.

use crate::analysis::{Deed, Program};
use crate::catalogue::Effect;
use crate::rules::child::{Weight, report};
use crate::rules::{Finding, rule};

rule! {
    /// The child of a fork reads or changes the environment
    ///
    /// ## What it does
    /// Reports `std::env::var`, `set_var`, `vars`, `Command::exec` (which collects the environment), and C's `getenv`,
    /// `setenv`, `putenv`, time zone and locale functions in a forked child.
    ///
    /// ## Why is this bad
    /// std guards the environment with a lock, and libc has another. std holds its own over the fork of `Command::spawn`
    /// and does not release it in the child, so `set_var` in a `pre_exec` callable waits for itself. After any other
    /// fork the lock may belong to a thread that is gone.
    ///
    /// ## Example
    /// ```rust
    /// unsafe {
    ///     command.pre_exec(|| {
    ///         std::env::set_var("LISTEN_PID", std::process::id().to_string());
    ///         Ok(())
    ///     });
    /// }
    /// ```
    ///
    /// ## Use instead
    /// Set variables with `Command::env`; where only the child knows the value, format it into a buffer that was put into
    /// the environment before the fork, and exec with `execve`.
    ///
    /// ## Limits
    /// Reading `environ` itself is not reported.
    pub EnvironmentInChild = "environment-in-child", "H03", "child-work", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let help =
        "read or build the environment before the fork, and pass it to `execve`, or to `Command::env` in the parent";
    report(
        program,
        &EnvironmentInChild,
        Deed::Effect(Effect::Env),
        |_, _| Weight::Deadlocks,
        "uses the environment or other state behind a lock of libc",
        help,
        out,
    );
}
