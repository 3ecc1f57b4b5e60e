//! Rule `close-all-in-pre-exec`.

use super::sweep::closes_all;
use crate::analysis::{Program, RegionKind};
use crate::rules::subject::{finding, place, shown, step};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A `pre_exec` closure closes all descriptors, the one that reports a failed exec included
    ///
    /// ## What it does
    /// Reports `close_range` without `CLOSE_RANGE_CLOEXEC`, `closefrom`, and loops that close every descriptor of a
    /// range or of `/proc/self/fd`, in what `Command` runs between fork and exec, through helper functions too.
    ///
    /// ## Why is this bad
    /// `Command::spawn` holds a pipe with close-on-exec between parent and child: its end without data means that the exec
    /// succeeded, an error number in it that it failed. A child that closes this pipe looks to `spawn` like one that has
    /// executed the program. A program that does not exist is reported as started; std's own code in the child then fails
    /// to write to the pipe and aborts.
    ///
    /// ## Example
    /// ```rust
    /// command.pre_exec(|| {
    ///     for fd in 3..1024 { libc::close(fd); }
    ///     Ok(())
    /// });
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// command.pre_exec(|| match libc::close_range(3, u32::MAX, libc::CLOSE_RANGE_CLOEXEC as i32) {
    ///     -1 => Err(io::Error::last_os_error()),
    ///     _ => Ok(()),
    /// });
    /// ```
    /// Marked instead of closed, all of them are closed by the exec itself, and the pipe does its work until then. On
    /// kernels before 5.11 loop over the numbers with `fcntl(fd, F_SETFD, FD_CLOEXEC)`.
    ///
    /// ## Limits
    /// Loops over a list of descriptors that was made before the fork are not reported.
    pub CloseAllInPreExec = "close-all-in-pre-exec", "H23", "fds", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for region in program.regions().iter().filter(|r| r.kind == RegionKind::PreExec) {
        let f = program.function(region.function);
        if !program.unit_of(region.function).member || f.is_test {
            continue;
        }
        let Some(path) = closes_all(program, region.function, &|site| region.has(site)) else { continue };
        let calls: Vec<_> = path.iter().filter_map(|site| program.call_at(*site)).collect();
        let (Some(first), Some(last)) = (calls.first(), calls.last()) else { continue };
        let message = "a `pre_exec` closure closes the descriptor that reports a failed exec".to_owned();
        let mut found = finding(&CloseAllInPreExec, Level::Warning, f, place(first), message);
        found.label = "closes every descriptor of the child, std's error pipe too".to_owned();
        found.steps.push(step(program.span_at(region.site), "run between fork and exec"));
        found.steps.extend(path.iter().zip(&calls).map(|(site, call)| {
            let inside = program.function(site.function);
            let text = if call.id == last.id { "closes all descriptors" } else { "calls a helper" };
            step(place(call), format!("{text} in `{}`", shown(inside.path)))
        }));
        found.help = "mark them close-on-exec instead: `close_range(3, u32::MAX, CLOSE_RANGE_CLOEXEC)`".to_owned();
        found.subject = crate::rules::subject::called_name(last).to_owned();
        out.push(found);
    }
}
