//! Rule `timer-across-fork`.

use crate::analysis::{Program, Region, Site};
use crate::catalogue::Role;
use crate::facts::Val;
use crate::rules::subject::called_name;
use crate::rules::workers::{before_fork, calls_before, calls_in, daemons, workers};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A timer is armed before a fork and does not exist after it
    ///
    /// ## What it does
    /// Reports `alarm`, `setitimer` and POSIX timers that are armed before the process becomes a daemon, and notes those
    /// armed before a fork whose child works on, when the child does not arm them again.
    ///
    /// ## Why is this bad
    /// These timers are not inherited. A watchdog that is armed and then daemonized watches over nothing; a child that
    /// relies on its parent's time-out waits for ever.
    ///
    /// ## Example
    /// ```rust
    /// unsafe { libc::alarm(30) };
    /// unsafe { libc::daemon(0, 0) };
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// unsafe { libc::daemon(0, 0) };
    /// unsafe { libc::alarm(30) };
    /// ```
    ///
    /// ## Limits
    /// Whether a child relies on the timer is not known: beside a parent that carries on this is a note. Timers of
    /// `timerfd_create` are descriptors, and shared.
    pub TimerAcrossFork = "timer-across-fork", "H22", "inherited-state", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let lost = daemons(program).into_iter().map(|r| (r, Level::Warning));
    let missing = workers(program).into_iter().map(|r| (r, Level::Note));
    for (region, level) in lost.chain(missing) {
        let Some(armed) = calls_before(program, region.site).into_iter().find(|site| arms(program, *site)) else {
            continue;
        };
        if calls_in(program, region).into_iter().any(|site| arms(program, site)) {
            continue;
        }
        out.push(lost_timer(program, region, armed, level));
    }
}

fn lost_timer(program: &Program, region: &Region, armed: Site, level: Level) -> Finding {
    let mut found = before_fork(program, &TimerAcrossFork, level, (armed, "armed here"), region);
    found.message = format!("the timer of `{}` is not there after the fork that follows", found.subject);
    found.label = "armed here, in the process that forks".to_owned();
    found.help = "arm it in the child, after the fork".to_owned();
    found
}

/// Whether a call arms a timer; `alarm(0)` stops one.
fn arms(program: &Program, site: Site) -> bool {
    program.call_at(site).is_some_and(|call| {
        program.call_roles(&call.callee).contains(&Role::ArmsTimer) && call.args.first() != Some(&Val::Int(0))
            || called_name(call) == "setitimer" && program.call_roles(&call.callee).contains(&Role::ArmsTimer)
    })
}
