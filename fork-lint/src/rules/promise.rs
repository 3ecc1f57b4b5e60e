//! What the rules about children say of a `#[fork_safe]` function that breaks its promise.

use super::child::{named, site_place, witness_steps};
use super::subject::{finding, shown};
use super::{Finding, Level, Rule};
use crate::analysis::{Breach, Deed, Program, Target};

/// Reports the calls that break a promise with this deed.
pub(super) fn report(program: &Program, rule: &Rule, deed: Deed, does: &str, help: &str, out: &mut Vec<Finding>) {
    let Deed::Effect(effect) = deed else { return };
    for breach in program.breaches().iter().filter(|b| b.deed == deed) {
        let Some(way) = program.witness_at(breach.site, effect) else { continue };
        let function = program.function(breach.promises);
        let called = callee(program, breach).unwrap_or_else(|| format!("`{}`", shown(way.leaf)));
        let message = format!("{called} {does}, and {} is `#[fork_safe]`", named(program, breach.promises));
        let mut found = finding(rule, Level::Error, function, site_place(program, breach.site), message);
        found.label = if way.calls.len() == 1 {
            does.to_owned()
        } else {
            format!("leads to `{}`, which {does}", shown(way.leaf))
        };
        if way.calls.len() > 1 {
            found.steps = witness_steps(program, &way, does);
        }
        found.notes =
            vec!["`#[fork_safe]` promises that it may run in the forked child of a process with threads".to_owned()];
        found.help = help.to_owned();
        found.subject = shown(way.leaf);
        out.push(found);
    }
}

fn callee(program: &Program, breach: &Breach) -> Option<String> {
    program.graph().at(breach.site).iter().filter(|e| e.how.here()).find_map(|edge| match edge.to {
        Target::Fn(f) => Some(named(program, f)),
        Target::Leaf(leaf) => Some(format!("`{}`", shown(leaf))),
        Target::Unknown => None,
    })
}
