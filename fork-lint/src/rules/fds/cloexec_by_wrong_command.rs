//! Rule `cloexec-by-wrong-command`.

use super::op::{FdOp, fd_ops};
use crate::analysis::values::{Flag, Has, has_flag};
use crate::analysis::{FnId, Program, calls};
use crate::facts::{Body, Val};
use crate::rules::subject::{finding, functions, place};
use crate::rules::{Finding, Level, rule};

rule! {
    /// Close-on-exec is given to a command that ignores it
    ///
    /// ## What it does
    /// Reports `FD_CLOEXEC` or `O_CLOEXEC` given to `fcntl(F_SETFL)`, and `O_CLOEXEC` given to `fcntl(F_SETFD)`.
    ///
    /// ## Why is this bad
    /// The call succeeds and does nothing of the kind. `F_SETFL` sets status flags and ignores both constants;
    /// `F_SETFD` knows only `FD_CLOEXEC`, which is another bit than `O_CLOEXEC`. The descriptor leaks, and the code looks
    /// as if it could not.
    ///
    /// ## Example
    /// ```rust
    /// unsafe { libc::fcntl(fd, libc::F_SETFL, libc::O_NONBLOCK | libc::FD_CLOEXEC) };
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// unsafe { libc::fcntl(fd, libc::F_SETFD, libc::FD_CLOEXEC) };
    /// unsafe { libc::fcntl(fd, libc::F_SETFL, libc::O_NONBLOCK) };
    /// ```
    ///
    /// ## Limits
    /// A note where the same function also sets the flag correctly on that descriptor.
    pub CloexecByWrongCommand = "cloexec-by-wrong-command", "H04", "fds", Warning, check
}

const FD: Flag = Flag::Named { name: "FD_CLOEXEC", bit: 0 };
const OPEN: Flag = Flag::Named { name: "O_CLOEXEC", bit: 0o2_000_000 };

fn check(program: &Program, out: &mut Vec<Finding>) {
    for (id, f) in functions(program) {
        for call in calls(&f.body) {
            for op in fd_ops(program, id, call) {
                let has = |flags: &Val, flag| has_flag(program, id, flags, flag) == Has::Yes;
                let (constant, command) = match op {
                    FdOp::StatusFlags { flags } if has(flags, FD) => ("FD_CLOEXEC", "F_SETFL"),
                    FdOp::StatusFlags { flags } if has(flags, OPEN) => ("O_CLOEXEC", "F_SETFL"),
                    FdOp::DescriptorFlags { flags } if has(flags, OPEN) && !has(flags, FD) => ("O_CLOEXEC", "F_SETFD"),
                    _ => continue,
                };
                let sets = call.args.first().is_some_and(|fd| sets_correctly(program, id, &f.body, fd));
                let level = if sets { Level::Note } else { Level::Warning };
                let message = format!("`{constant}` has no effect with `{command}`");
                let mut found = finding(&CloexecByWrongCommand, level, f, place(call), message);
                found.label = "the descriptor is not closed on exec by this".to_owned();
                found.help = "call `fcntl(fd, F_SETFD, FD_CLOEXEC)`, or create the descriptor with the flag".to_owned();
                found.subject = command.to_owned();
                out.push(found);
            }
        }
    }
}

/// Whether the body has a call that does set close-on-exec on the same descriptor.
fn sets_correctly(program: &Program, id: FnId, body: &Body, of: &Val) -> bool {
    calls(body).flat_map(|call| fd_ops(program, id, call)).any(|op| match op {
        FdOp::Cloexec { fd, set: Has::Yes } => fd == of,
        _ => false,
    })
}
