//! Which code is run only by a child that will execute another program: what is done there is done for that program.

use std::collections::HashSet;

use super::{FnId, How, Program, Region, RegionKind, Site};
use crate::catalogue::Effect;

/// Functions that run only in such children, and the children's sides of forks.
#[derive(Debug, Default)]
pub struct BeforeExec {
    fns: Vec<bool>,
    /// Bodies that have a fork whose child executes a program.
    forking: HashSet<FnId>,
}

impl BeforeExec {
    pub(super) fn build(program: &Program) -> BeforeExec {
        let mut before = BeforeExec { fns: vec![false; program.fn_count()], forking: HashSet::new() };
        let mut callables = HashSet::new();
        let mut todo = Vec::new();
        for region in program.regions().iter().filter(|r| execs(program, r)) {
            match region.kind {
                RegionKind::Fork(_) => {
                    before.forking.insert(region.function);
                    todo.extend(called(program, region.function));
                }
                _ => {
                    callables.insert(region.function);
                    todo.push(region.function);
                }
            }
        }
        while let Some(f) = todo.pop() {
            if before.fns[f] || program.function(f).entry.is_some() {
                continue;
            }
            let mut callers = program.graph().callers(f).peekable();
            let only = callers.peek().is_some()
                && callers.all(|edge| match edge.how {
                    How::Child => callables.contains(&f),
                    _ => before.has(program, edge.site),
                });
            if only {
                before.fns[f] = true;
                todo.extend(called(program, f));
            }
        }
        before
    }

    fn has(&self, program: &Program, site: Site) -> bool {
        self.fns[site.function] || self.forking.contains(&site.function) && program.forks().child_only(site)
    }
}

fn called(program: &Program, f: FnId) -> impl Iterator<Item = FnId> {
    program.graph().from(f).iter().filter_map(|edge| match edge.to {
        super::Target::Fn(to) => Some(to),
        _ => None,
    })
}

/// Whether the child executes a program: `Command` does so after its closures.
fn execs(program: &Program, region: &Region) -> bool {
    region.kind == RegionKind::PreExec
        || region.walk.spans().any(|(block, from, to)| {
            (from..to)
                .any(|event| program.effects_at(Site { function: region.function, block, event }).has(Effect::Exec))
        })
}

impl Program {
    /// Whether a place is run only by a forked child that executes another program afterwards.
    pub fn is_before_exec(&self, site: Site) -> bool {
        self.before_exec.get_or_init(|| BeforeExec::build(self)).has(self, site)
    }
}
