//! Statics of the user's crates that hold something of a class, and whether a fork can inherit them.

use super::hosts::host_of;
use crate::analysis::values::Flow;
use crate::analysis::{CrateUnit, FnId, Program, calls};
use crate::catalogue::{Class, Role};
use crate::facts::{Call, Event, Fn, StaticDef, Sym, Term, Val};
use crate::rules::child::region_steps;
use crate::rules::subject::{called_name, shown, step};
use crate::rules::workers::{class_in, workers};
use crate::rules::{Finding, Level, Rule};

/// Said where nothing in the program forks.
pub(super) const NO_FORK_SEEN: &str = "no fork was seen: it is wrong in programs that fork after it is first used";

/// What a rule says about a static.
pub(super) struct Story<'a> {
    /// The rule.
    pub(super) rule: &'a Rule,
    /// Classes of types.
    pub(super) classes: &'a [Class],
    /// What the static holds, in a sentence.
    pub(super) what: &'a str,
    /// What goes wrong.
    pub(super) label: &'a str,
    /// What to do.
    pub(super) help: &'a str,
    /// Thread-locals count too.
    pub(super) thread_locals: bool,
    /// Libraries that fork nothing count too: their users may.
    pub(super) libraries: bool,
}

/// Reports statics of these classes in programs that fork without executing another, and in libraries for hosts that do.
pub(super) fn report(program: &Program, story: &Story<'_>, out: &mut Vec<Finding>) {
    let forks = workers(program);
    for unit in program.crates.iter().filter(|u| u.member) {
        let host = if unit.library { host_of(unit) } else { None };
        if forks.is_empty() && host.is_none() && !(story.libraries && unit.library) {
            continue;
        }
        for held in unit.facts.statics.iter().filter(|s| story.thread_locals || !s.thread_local) {
            let Some(head) = class_in(program, &held.heads, story.classes) else { continue };
            if knows_forks(program, unit, held) {
                continue;
            }
            let mut found = about(story, held, head);
            match (forks.first(), host) {
                (Some(region), _) => found.steps.extend(region_steps(program, region)),
                (None, Some(host)) => found.notes.push(host.note.to_owned()),
                (None, None) => found.notes.push(NO_FORK_SEEN.to_owned()),
            }
            out.push(found);
        }
    }
}

fn about(story: &Story<'_>, held: &StaticDef, head: Sym) -> Finding {
    let kind = if held.thread_local { "thread-local" } else { "static" };
    Finding {
        rule: story.rule.name,
        level: Level::Warning,
        message: format!("{kind} `{}` holds {} that forked children inherit", held.path.last(), story.what),
        span: held.span,
        label: story.label.to_owned(),
        steps: vec![step(held.span, format!("holds `{}` for the life of the process", shown(head)))],
        notes: Vec::new(),
        help: story.help.to_owned(),
        fix: None,
        function: held.path,
        subject: held.path.last().to_owned(),
    }
}

/// Whether the crate compares the process id where it uses the static or in what the static is made of, or is told of
/// forks by a handler.
pub(super) fn knows_forks(program: &Program, unit: &CrateUnit, held: &StaticDef) -> bool {
    unit.facts.fns.iter().any(|f| {
        let told = calls(&f.body).any(|call| called_name(call) == "pthread_atfork");
        told || (mentions(f, held.path) || is_method_of(f, &held.heads))
            && program.by_path(f.path).iter().any(|&id| {
                compares_pid(program, id)
                    || program.values().closures_in(f.path).iter().any(|&closure| compares_pid(program, closure))
            })
    })
}

fn is_method_of(f: &Fn, types: &[Sym]) -> bool {
    f.path.as_str().rsplit_once("::").is_some_and(|(owner, _)| types.iter().any(|ty| ty.as_str() == owner))
}

/// Whether a function compares the current process id with something.
fn compares_pid(program: &Program, id: FnId) -> bool {
    let body = &program.function(id).body;
    let reads = |call: &&Call| program.call_roles(&call.callee).contains(&Role::ReadsPid);
    calls(body).filter(reads).any(|read| {
        let flow = Flow::of_result(program, id, read.id);
        let compares =
            |val: &Val| matches!(val, Val::Computed(vals) if vals.len() > 1 && vals.iter().any(|v| flow.carries(v)));
        body.blocks.iter().any(|block| {
            let tested = match &block.term {
                Term::Switch { on, .. } => compares(on),
                Term::Return { value, .. } => compares(value),
                _ => false,
            };
            tested
                || block.events.iter().any(|event| match event {
                    Event::Assign { value, .. } => compares(value),
                    Event::Call(call) => {
                        matches!(called_name(call), "eq" | "ne" | "compare_exchange")
                            && flow.argument_of(call).is_some()
                    }
                    _ => false,
                })
        })
    })
}

/// Whether a function refers to a static.
pub(super) fn mentions(f: &Fn, path: Sym) -> bool {
    calls(&f.body).any(|call| call.args.iter().any(|a| refers(a, path)))
        || f.body.blocks.iter().any(|b| match &b.term {
            Term::Switch { on, .. } => refers(on, path),
            Term::Return { value, .. } => refers(value, path),
            _ => false,
        })
}

/// Whether a value is made from a static.
pub(super) fn refers(val: &Val, path: Sym) -> bool {
    match val {
        Val::Static(p) => *p == path,
        Val::Field(inner, _) | Val::Inside(inner) => refers(inner, path),
        Val::Ctor(_, vals) | Val::Computed(vals) | Val::Or(vals) | Val::Phi(vals) => {
            vals.iter().any(|v| refers(v, path))
        }
        _ => false,
    }
}
