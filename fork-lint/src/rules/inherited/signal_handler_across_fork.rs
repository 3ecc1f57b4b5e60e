//! Rule `signal-handler-across-fork`.

use crate::analysis::{Program, Region, Site, call_by_id};
use crate::catalogue::{Effect, Role};
use crate::facts::{Body, Call, Event, Sym, Val};
use crate::rules::subject::path_of;
use crate::rules::workers::{before_fork, calls_before, calls_in, workers};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A signal handler of the parent stays installed in a child that works on
    ///
    /// ## What it does
    /// Reports signal handlers that are installed before a fork whose child executes no other program, when the child does
    /// not touch its dispositions.
    ///
    /// ## Why is this bad
    /// The handler runs in the child too, among state that was copied: it writes to the parent's self-pipe, wakes
    /// threads that do not exist, removes the parent's pid file, or sets a flag that nobody reads, so that the child
    /// cannot be stopped.
    ///
    /// ## Example
    /// ```rust
    /// unsafe { libc::signal(libc::SIGTERM, on_term as usize) };
    /// if unsafe { libc::fork() } == 0 { work() }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// unsafe { libc::signal(libc::SIGTERM, on_term as usize) };
    /// if unsafe { libc::fork() } == 0 {
    ///     unsafe { libc::signal(libc::SIGTERM, libc::SIG_DFL) };
    ///     work()
    /// }
    /// ```
    ///
    /// ## Limits
    /// A program executed by the child starts with default dispositions in place of handlers, so such children are not
    /// reported. Handlers installed elsewhere than on a way to the fork are not seen.
    pub SignalHandlerAcrossFork = "signal-handler-across-fork", "H13", "inherited-state", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for region in workers(program) {
        let before = calls_before(program, region.site);
        let Some(installed) = before.into_iter().find(|site| installs(program, *site)) else { continue };
        if !resets(program, region) {
            out.push(kept(program, region, installed));
        }
    }
}

fn kept(program: &Program, region: &Region, installed: Site) -> Finding {
    let at = (installed, "the handler is installed");
    let mut found = before_fork(program, &SignalHandlerAcrossFork, Level::Warning, at, region);
    found.message = "a signal handler stays installed in the child of the fork that follows".to_owned();
    found.label = "installed here, in the process that forks".to_owned();
    found.help = "set the dispositions back to default first thing in the child".to_owned();
    found
}

/// Whether a call makes a function a signal's handler.
fn installs(program: &Program, site: Site) -> bool {
    let Some(call) = program.call_at(site) else { return false };
    let body = &program.function(site.function).body;
    let roles = program.call_roles(&call.callee);
    let given = roles.iter().find_map(|role| match role {
        Role::Handler { param } => call.args.get(*param as usize),
        _ => None,
    });
    match given {
        Some(action) => !action_of(body, action).unwrap_or_else(|| is_disposition(action)),
        // Typed wrappers say in the value that it is a handler.
        None => {
            let sets = path_of(call)
                .and_then(|p| program.catalogue.entry(p))
                .is_some_and(|e| e.effects.contains(&Effect::SignalHandler));
            sets && call.args.iter().any(|a| is_handler(body, a, 4))
        }
    }
}

/// For a local `sigaction`: whether what is put into it is a disposition and no handler.
fn action_of(body: &Body, action: &Val) -> Option<bool> {
    let Val::Local(local) = action else { return None };
    let field = |name: &Sym| matches!(name.as_str(), "sa_sigaction" | "sa_handler");
    let values = body.blocks.iter().flat_map(|b| &b.events).filter_map(|event| match event {
        Event::Store { place: Val::Field(of, name), value, .. } if **of == *action && field(name) => Some(value),
        Event::Assign { local: l, value: Val::Struct(_, fields), .. } if l == local => {
            fields.iter().find(|(name, _)| field(name)).map(|(_, value)| value)
        }
        _ => None,
    });
    values.map(is_disposition).reduce(|a, b| a && b)
}

/// `SigHandler::Handler(f)`, also inside a `SigAction`.
fn is_handler(body: &Body, val: &Val, depth: u32) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match val {
        Val::Ctor(path, vals) => {
            matches!(path.last(), "Handler" | "SigAction") && !vals.is_empty()
                || vals.iter().any(|v| is_handler(body, v, depth))
        }
        Val::Inside(inner) => is_handler(body, inner, depth),
        Val::Result(id) => call_by_id(body, *id).is_some_and(|c| c.args.iter().any(|a| is_handler(body, a, depth))),
        Val::Local(local) => body.blocks.iter().flat_map(|b| &b.events).any(|event| match event {
            Event::Assign { local: l, value, .. } => l == local && is_handler(body, value, depth),
            _ => false,
        }),
        _ => false,
    }
}

/// `SIG_DFL`, `SIG_IGN`: no handler.
fn is_disposition(val: &Val) -> bool {
    match val {
        Val::Const(path) => matches!(path.last(), "SIG_DFL" | "SIG_IGN" | "SigDfl" | "SigIgn"),
        Val::Ctor(path, vals) => matches!(path.last(), "SigDfl" | "SigIgn") || vals.iter().any(is_disposition),
        Val::Int(0 | 1) => true,
        _ => false,
    }
}

/// Whether the child changes dispositions or its mask itself.
fn resets(program: &Program, region: &Region) -> bool {
    let effects = region.effects(program);
    let by_role = |call: &Call| program.call_roles(&call.callee).contains(&Role::ResetsSignals);
    effects.has(Effect::SignalHandler)
        || effects.has(Effect::SignalMask)
        || calls_in(program, region).into_iter().filter_map(|s| program.call_at(s)).any(by_role)
}
