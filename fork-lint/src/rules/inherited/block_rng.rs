//! Generators that hand out numbers from a buffer and look for a fork only when they refill it.

use std::collections::HashSet;

use super::rng_across_fork::RngAcrossFork;
use super::statics::{mentions, refers};
use crate::analysis::{CrateUnit, FnId, Program, Site, Target, calls};
use crate::facts::{Call, Event, Fn, FnKind, Sym, Val};
use crate::rules::child::{named, site_place};
use crate::rules::subject::{called_name, finding, place, step};
use crate::rules::{Finding, Level};

/// The trait whose method refills the buffer of `BlockRng`: numbers left in it are handed out without a call.
const REFILL: (&str, &str) = ("BlockRngCore", "generate");

/// How many calls deep the check for a fork is looked for.
const DEPTH: u32 = 4;

/// Reports implementations of the refill that read what a fork handler of the crate writes.
pub(super) fn late_checks(program: &Program, out: &mut Vec<Finding>) {
    for unit in program.crates.iter().filter(|u| u.member) {
        let Some((registration, counter)) = fork_counter(program, unit) else { continue };
        let reads: HashSet<FnId> = (0..program.fn_count())
            .filter(|&id| mentions(program.function(id), counter) && !writes(program.function(id), counter))
            .collect();
        for f in unit.facts.fns.iter().filter(|f| is_refill(f)) {
            let Some(&id) = program.by_path(f.path).first() else { continue };
            if let Some(path) = way(program, id, &reads, DEPTH)
                && !checked_on_every_draw(program, unit, &reads)
            {
                out.push(late(program, f, &path, registration));
            }
        }
    }
}

fn late(program: &Program, f: &Fn, path: &[Site], registration: &Call) -> Finding {
    let message = "a fork is noticed only when the generator's buffer is refilled".to_owned();
    let span = path.first().map_or(f.span, |site| site_place(program, *site));
    let mut found = finding(&RngAcrossFork, Level::Warning, f, span, message);
    found.label = "what is left in the buffer is handed out by parent and children alike".to_owned();
    found.steps =
        vec![step(place(registration), "a handler counts forks"), step(f.span, "called for a new buffer only")];
    found.steps.extend(path.iter().map(|site| {
        let to = program.graph().at(*site).iter().find_map(|e| match e.to {
            Target::Fn(f) => Some(named(program, f)),
            _ => None,
        });
        step(
            site_place(program, *site),
            format!("looks at the count through {}", to.unwrap_or_else(|| "a static".to_owned())),
        )
    }));
    // Where the answer is used tells the reader most.
    let tests = calls(&f.body).filter(|c| {
        called_name(c).contains("fork") && !path.iter().any(|s| program.call_at(*s).is_some_and(|p| p.id == c.id))
    });
    found.steps.extend(tests.map(|c| step(place(c), "compared here")));
    found.help = "look at the count on every draw, and drop the buffer when it has changed".to_owned();
    found.subject = REFILL.1.to_owned();
    found
}

fn is_refill(f: &Fn) -> bool {
    matches!(f.kind, FnKind::TraitImpl { trait_, .. } if trait_.last() == REFILL.0) && f.path.last() == REFILL.1
}

/// The registration of a fork handler, and the static that the handler writes.
fn fork_counter<'p>(program: &'p Program, unit: &'p CrateUnit) -> Option<(&'p Call, Sym)> {
    unit.facts.fns.iter().flat_map(|f| calls(&f.body)).filter(|c| called_name(c) == "pthread_atfork").find_map(|call| {
        let handlers = call.args.iter().filter_map(function_in);
        let bodies = handlers.flat_map(|path| program.by_path(path)).map(|&id| program.function(id));
        let written =
            bodies.into_iter().find_map(|f| unit.facts.statics.iter().map(|s| s.path).find(|path| writes(f, *path)));
        Some((call, written?))
    })
}

fn function_in(val: &Val) -> Option<Sym> {
    match val {
        Val::Fn(path) => Some(*path),
        Val::Ctor(_, vals) => vals.iter().find_map(function_in),
        Val::Inside(inner) => function_in(inner),
        _ => None,
    }
}

fn writes(f: &Fn, path: Sym) -> bool {
    let by_call = calls(&f.body).any(|c| {
        let atomically = called_name(c).starts_with("fetch_") || matches!(called_name(c), "store" | "swap" | "set");
        atomically && c.args.first().is_some_and(|a| refers(a, path))
    });
    by_call
        || f.body
            .blocks
            .iter()
            .flat_map(|b| &b.events)
            .any(|e| matches!(e, Event::Store { place, .. } if refers(place, path)))
}

/// Calls from a function to one of the readers.
fn way(program: &Program, from: FnId, to: &HashSet<FnId>, depth: u32) -> Option<Vec<Site>> {
    for edge in program.graph().from(from).iter().filter(|e| e.how.here()) {
        let Target::Fn(f) = edge.to else { continue };
        if to.contains(&f) {
            return Some(vec![edge.site]);
        }
        if depth > 0
            && f != from
            && let Some(mut path) = way(program, f, to, depth - 1)
        {
            path.insert(0, edge.site);
            return Some(path);
        }
    }
    None
}

/// Whether a method that hands out numbers looks at the count itself.
fn checked_on_every_draw(program: &Program, unit: &CrateUnit, reads: &HashSet<FnId>) -> bool {
    unit.facts.fns.iter().any(|f| {
        let draws = matches!(f.kind, FnKind::TraitImpl { trait_, .. } if trait_.last() == "RngCore")
            && f.path.last().starts_with("next_");
        draws
            && program.by_path(f.path).iter().any(|&id| {
                let direct =
                    program.graph().from(id).iter().any(|e| matches!(e.to, Target::Fn(g) if reads.contains(&g)));
                direct || reads.contains(&id)
            })
    })
}
