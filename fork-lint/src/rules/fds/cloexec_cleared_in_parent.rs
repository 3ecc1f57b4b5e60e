//! Rule `cloexec-cleared-in-parent`.

use super::op::{FdOp, fd_ops};
use crate::analysis::values::Has;
use crate::analysis::{Program, Site, call_sites};
use crate::catalogue::Effect;
use crate::facts::{Body, Val};
use crate::rules::subject::{finding, functions, place};
use crate::rules::{Finding, Level, rule};

rule! {
    /// Close-on-exec is cleared in the parent
    ///
    /// ## What it does
    /// Reports `fcntl(F_SETFD)` without `FD_CLOEXEC`, `ioctl(FIONCLEX)` and the like where they are not run in a forked
    /// child.
    ///
    /// ## Why is this bad
    /// The descriptor is cleared so that one child inherits it, but from that moment every child does, also those that
    /// other threads start. When the flag is not set again afterwards they do so for the life of the process.
    ///
    /// ## Example
    /// ```rust
    /// unsafe { libc::fcntl(socket.as_raw_fd(), libc::F_SETFD, 0) };
    /// Command::new("helper").env("FD", socket.as_raw_fd().to_string()).spawn()?;
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let fd = socket.as_raw_fd();
    /// let mut helper = Command::new("helper");
    /// helper.env("FD", fd.to_string());
    /// // SAFETY: fcntl is async-signal-safe.
    /// unsafe {
    ///     helper.pre_exec(move || match libc::fcntl(fd, libc::F_SETFD, 0) {
    ///         -1 => Err(io::Error::last_os_error()),
    ///         _ => Ok(()),
    ///     })
    /// };
    /// helper.spawn()?;
    /// ```
    ///
    /// ## Limits
    /// A function that itself executes another program in place of this one is not reported. A public function that
    /// clears the flag of a descriptor given to it is a note: its caller decides where it runs.
    pub CloexecClearedInParent = "cloexec-cleared-in-parent", "H04", "fds", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for (id, f) in functions(program) {
        for (site, call) in call_sites(id, &f.body) {
            let cleared = fd_ops(program, id, call).into_iter().find_map(|op| match op {
                FdOp::Cloexec { fd, set: Has::No } => Some(fd),
                _ => None,
            });
            let Some(fd) = cleared else { continue };
            if program.is_before_exec(site) || execs_after(program, &f.body, site) {
                continue;
            }
            let given = f.public && f.params.iter().any(|p| *fd == Val::Local(p.local));
            let level = if given { Level::Note } else { Level::Warning };
            let message = "close-on-exec is cleared in the parent process".to_owned();
            let mut found = finding(&CloexecClearedInParent, level, f, place(call), message);
            found.label = "from here on every child inherits the descriptor, whichever thread starts it".to_owned();
            found.help = "clear the flag in the child: in a `pre_exec` closure, or after the fork and before the exec"
                .to_owned();
            found.subject = "F_SETFD".to_owned();
            out.push(found);
        }
    }
}

/// Whether the body goes on to replace the program itself.
fn execs_after(program: &Program, body: &Body, after: Site) -> bool {
    let following = call_sites(after.function, body).map(|(site, _)| site).filter(|site| *site > after);
    following.into_iter().any(|site| !program.forks().child_only(site) && program.effects_at(site).has(Effect::Exec))
}
