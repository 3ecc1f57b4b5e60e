//! Rule `fd-across-fork`.

use crate::analysis::values::Flow;
use crate::analysis::{Program, Region, call_sites, reach};
use crate::catalogue::{Class, Role};
use crate::facts::{Event, LocalId, Val};
use crate::rules::subject::{called_name, shown, step};
use crate::rules::workers::{at_fork, class_in, workers};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A child keeps a socket or pipe of its parent open without using it
    ///
    /// ## What it does
    /// Notes sockets, listeners and ends of pipes that a local holds when the process forks, and that the child, which
    /// executes no other program, neither uses nor closes.
    ///
    /// ## Why is this bad
    /// There is no close-on-fork. As long as the child lives, the peer of the connection sees no end of it though the parent
    /// has closed it, the port of the listener stays busy after the parent has gone, and who reads the pipe waits.
    ///
    /// ## Example
    /// ```rust
    /// let listener = TcpListener::bind("0.0.0.0:80")?;
    /// if unsafe { libc::fork() } == 0 { watch(); unsafe { libc::_exit(0) } }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let listener = TcpListener::bind("0.0.0.0:80")?;
    /// if unsafe { libc::fork() } == 0 { drop(listener); watch(); unsafe { libc::_exit(0) } }
    /// ```
    ///
    /// ## Limits
    /// Always a note: how long the child lives is not known, nor what other functions hold at the fork.
    pub FdAcrossFork = "fd-across-fork", "H05", "fds", Note, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for region in workers(program).into_iter().filter(|r| r.walk.exits.is_empty()) {
        let f = program.function(region.site.function);
        for alive in program.alive_at(region.site) {
            let Some(local) = f.body.locals.get(alive.local as usize) else { continue };
            let param = f.params.iter().any(|p| p.local == alive.local);
            let Some(head) = class_in(program, &local.heads, &[Class::Fd, Class::PipeEnd]) else { continue };
            let speaks =
                ["Stream", "Listener", "Socket", "Datagram", "Pipe", "Udp"].iter().any(|w| head.last().contains(w));
            if param || !speaks || touched(program, region, alive.local) {
                continue;
            }
            let message = format!("the child of this fork keeps `{}` open and does not use it", local.name);
            let mut found = at_fork(program, &FdAcrossFork, Level::Note, region, message);
            found.label = format!("`{}` holds a `{}`", local.name, shown(head));
            found.steps.insert(0, step(alive.since, "opened by the parent here"));
            found.help = format!("`drop({})` first thing in the child", local.name);
            found.subject = local.name.as_str().to_owned();
            out.push(found);
        }
    }
}

/// Whether the child does anything with the local: uses, drops, moves or closes it.
fn touched(program: &Program, region: &Region, local: LocalId) -> bool {
    let f = program.function(region.function);
    let flow = Flow::of_local(program, region.function, local);
    let by_call = call_sites(region.function, &f.body).any(|(site, call)| {
        let sweeps = program.call_roles(&call.callee).contains(&Role::ClosesRange) || called_name(call) == "exit";
        region.has(site) && (sweeps || flow.argument_of(call).is_some())
    });
    let names = f.body.locals.get(local as usize).map(|l| l.name);
    let captured = program.values().closures_in(f.path).iter().any(|&closure| {
        crate::analysis::calls(&program.function(closure).body)
            .any(|c| c.args.iter().any(|a| matches!(a, Val::Captured(name, _) if Some(*name) == names)))
    });
    let reached = reach(&f.body, region.site.block, region.site.event + 1, |_, _, _| false);
    let ended = region.walk.spans().any(|(block, from, to)| {
        (from..to).any(|event| {
            reached.has(block, event)
                && matches!(crate::analysis::event_at(&f.body, block, event), Some(Event::Drop { local: l, .. } | Event::Move { local: l, .. }) if *l == local)
        })
    });
    by_call || captured || ended
}
