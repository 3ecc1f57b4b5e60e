//! Values of the parent that a child drops.

use crate::analysis::{Held, Program, Region, RegionKind, dropped_in_child};
use crate::catalogue::Class;
use crate::facts::Span;
use crate::rules::child::{region_steps, site_place};
use crate::rules::subject::{finding, step};
use crate::rules::{Finding, Level, Rule};

/// A value that is alive at a fork and dropped on the child's side.
pub(super) struct Dropped<'a> {
    region: &'a Region,
    alive: Held,
    at: Span,
}

/// Every value of a class that a child drops although its parent goes on with it.
pub(super) fn dropped_by_children(program: &Program, class: Class) -> Vec<Dropped<'_>> {
    let mut all = Vec::new();
    for region in program.regions() {
        let f = region.site.function;
        let concerns = matches!(region.kind, RegionKind::Fork(_))
            && !region.parent_gone
            && program.unit_of(f).member
            && !program.function(f).is_test;
        if !concerns {
            continue;
        }
        for alive in program.held_at(region.site, class) {
            let dropped = alive.local.and_then(|local| dropped_in_child(program, f, region.site, &region.walk, local));
            if let Some(at) = dropped {
                all.push(Dropped { region, alive, at });
            }
        }
    }
    all
}

impl Dropped<'_> {
    /// A finding at the fork.
    pub(super) fn finding(&self, program: &Program, rule: &Rule, message: &str) -> Finding {
        let site = self.region.site;
        let function = program.function(site.function);
        let mut found = finding(rule, Level::Warning, function, site_place(program, site), message.to_owned());
        found.steps = vec![step(self.alive.since, "made by the parent here")];
        found.steps.extend(region_steps(program, self.region));
        found.steps.push(step(self.at, "dropped by the child here"));
        let name = self.alive.local.and_then(|l| function.body.locals.get(l as usize)).map(|l| l.name);
        found.subject = name.unwrap_or(self.alive.head).as_str().to_owned();
        found
    }
}
