//! Forks that matter to the rules about threads.

use crate::analysis::{Effects, Evidence, Order, Program, Region, RegionKind, Seen, states_condition};
use crate::catalogue::Effect;
use crate::rules::child::{evidence_steps, region_steps, site_place};
use crate::rules::subject::{finding, step};
use crate::rules::{Finding, Level, Rule};

/// A fork whose child does more than plain system calls before exec or `_exit`.
pub(in crate::rules) struct DangerousFork<'a> {
    /// Its child region.
    pub(in crate::rules) region: &'a Region,
    /// What is known of the threads there.
    pub(super) order: &'a Order,
}

/// Which rule tells of a fork with threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Story {
    /// The parent exits: the threads stay behind.
    Daemon,
    /// Async code forks.
    Async,
    /// Any other fork.
    Threads,
}

/// The forks, of the user's own packages, whose child goes on as more than plain system calls.
pub(in crate::rules) fn dangerous_forks(program: &Program) -> impl Iterator<Item = DangerousFork<'_>> {
    told_forks(program).filter(move |fork| {
        let region = fork.region;
        region.parent_gone || region.goes_on(program) || works(region.effects(program))
    })
}

/// The forks of the user's own packages, each told once: those of a wrapper where it is called.
pub(in crate::rules) fn told_forks(program: &Program) -> impl Iterator<Item = DangerousFork<'_>> {
    program.regions().iter().enumerate().filter_map(|(id, region)| {
        let f = region.site.function;
        let concerns = matches!(region.kind, RegionKind::Fork(_)) && !region.nested && program.is_own(f);
        if !concerns {
            return None;
        }
        let order = program.region_order(id);
        // What a wrapper of fork leads to is told where it is called; threads that it starts itself are told here.
        let own_threads = order.live().is_some_and(|evidence| evidence.calls.is_empty());
        let fork = DangerousFork { region, order };
        let told_by_callers = !matches!(order, Order::Unknown { .. }) && !own_threads && fork.wraps(program);
        (!told_by_callers).then_some(fork)
    })
}

/// Whether a child with these effects relies on what threads may have left behind.
pub(in crate::rules) fn works(effects: Effects) -> bool {
    let plain = [
        Effect::Exec,
        Effect::ExitNow,
        Effect::SignalHandler,
        Effect::SignalMask,
        Effect::Wait,
        Effect::Fork,
        Effect::Setxid,
    ];
    Effect::ALL.into_iter().any(|e| effects.has(e) && !plain.contains(&e))
}

impl DangerousFork<'_> {
    /// Whether its function is a fork for its callers, and has some.
    pub(super) fn wraps(&self, program: &Program) -> bool {
        let f = self.region.site.function;
        program.forks().wrapper(f).is_some() && program.graph().callers(f).next().is_some()
    }

    /// Whether other crates can call its function.
    pub(super) fn is_public(&self, program: &Program) -> bool {
        program.is_exported(self.region.site.function)
    }

    /// Whether its function puts the condition on its callers.
    pub(super) fn is_stated(&self, program: &Program) -> bool {
        states_condition(program, self.region.site.function)
    }

    /// Which rule tells of it, if threads are running.
    pub(super) fn story(&self) -> Story {
        match self.order {
            _ if self.region.parent_gone => Story::Daemon,
            Order::Live(Evidence { what: Seen::Async(_), .. }) => Story::Async,
            Order::Live(Evidence { what: Seen::RuntimeMain(_), .. }) => Story::Async,
            _ => Story::Threads,
        }
    }

    /// A finding at the fork, with the way from the evidence to it.
    pub(super) fn finding(&self, program: &Program, rule: &Rule, level: Level, message: &str) -> Finding {
        let site = self.region.site;
        let function = program.function(site.function);
        let mut found = finding(rule, level, function, site_place(program, site), message.to_owned());
        if let Order::Live(evidence) = self.order {
            found.steps = evidence_steps(program, evidence);
            found.steps.extend(evidence.calls.iter().map(|&call| step(site_place(program, call), "leads to the fork")));
        }
        found.steps.extend(region_steps(program, self.region));
        found.subject = "fork".to_owned();
        found
    }
}
