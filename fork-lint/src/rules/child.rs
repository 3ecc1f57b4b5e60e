//! What the rules about children share: how bad a deed is, the path from the fork to it, and words for both.

use super::subject::{finding, place, shown, step};
use super::{Finding, Level, Rule, Step};
use crate::analysis::{
    ChildEvent, Deed, Evidence, FnId, Order, Program, Region, RegionId, RegionKind, Seen, Site, Target, Witness,
};
use crate::catalogue::ForkKind;
use crate::facts::{FnKind, Span, Sym};
use crate::rules::threads::in_async;

/// How much a deed matters in a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// Waits for ever when another thread was in the middle of it.
    Deadlocks,
    /// As that, but glibc (not musl) repairs it after `fork`; nobody does after a raw clone.
    Repaired,
    /// Wrong in any child, threads or not.
    Always,
    /// Worth knowing, whatever else holds.
    Minor,
}

/// A level and the sentence that says what it rests on.
pub(super) struct Verdict {
    pub(super) level: Level,
    pub(super) notes: Vec<String>,
}

/// How bad a deed of that weight is in a region; none if it is fine there.
pub(super) fn judge(program: &Program, id: RegionId, weight: Weight) -> Option<Verdict> {
    let region = &program.regions()[id];
    let order = program.region_order(id);
    if region.parent_gone {
        // The child carries on as the program: with one thread it is an ordinary process. That there were more is one
        // finding of its own, at the fork, not one at everything that the program does from there.
        return None;
    }
    let mut notes = Vec::new();
    let libc = region.kind.fork_kind() == ForkKind::Libc;
    let level = match (order, weight) {
        (_, Weight::Minor) => return Some(Verdict { level: Level::Note, notes }),
        (Order::Live(evidence), _) if matches!(evidence.what, Seen::Async(_)) => {
            notes.push(evidence_note(program, evidence));
            in_async::level(program, evidence)
        }
        (Order::Live(evidence), weight) => {
            notes.push(evidence_note(program, evidence));
            match weight {
                Weight::Repaired if libc => Level::Warning,
                _ => Level::Error,
            }
        }
        (Order::Unknown { public, .. }, _) => {
            notes.push(callers_note(program, *public));
            Level::Warning
        }
        (_, Weight::Always) => Level::Warning,
        (Order::Checked, _) => return None,
        (Order::Latent | Order::Child, _) if region.kind == RegionKind::PreExec => {
            notes.push(
                "no thread start was seen before it, but `Command` requires this of every such callable".to_owned(),
            );
            Level::Warning
        }
        (Order::Latent | Order::Child, _) => {
            notes
                .push("latent: no thread start was seen on a way to this fork; it breaks when one is added".to_owned());
            Level::Note
        }
    };
    if weight == Weight::Repaired {
        notes.push(repair_note(region.kind.fork_kind()).to_owned());
    }
    Some(Verdict { level, notes })
}

fn repair_note(kind: ForkKind) -> &'static str {
    match kind {
        ForkKind::Libc => "glibc repairs its allocator in the child of `fork`; musl and other allocators do not",
        ForkKind::Raw => "nothing repairs the allocator after a raw clone: glibc does so in `fork` alone",
        ForkKind::Vfork => {
            "the child of `vfork` works in the parent's own memory: what it leaves behind, the parent finds"
        }
    }
}

/// The sentence that shows the evidence of running threads.
pub(super) fn evidence_note(program: &Program, evidence: &Evidence) -> String {
    let seen = match &evidence.what {
        Seen::Start(way) => format!("`{}` starts a thread before this", shown(way.leaf)),
        Seen::RuntimeMain(_) => "`main` runs on a runtime with threads".to_owned(),
        Seen::Async(f) => format!("{} is async: it runs on a runtime", named(program, *f)),
        Seen::InThread(_) => "this runs in a thread of its own".to_owned(),
    };
    format!("threads are running: {seen}")
}

/// The step that shows it.
pub(super) fn evidence_steps(program: &Program, evidence: &Evidence) -> Vec<Step> {
    match &evidence.what {
        Seen::Start(way) => way
            .calls
            .iter()
            .map(|edge| {
                let text = match edge.to {
                    Target::Leaf(leaf) => format!("`{}` starts a thread", shown(leaf)),
                    Target::Fn(f) => format!("calls {}, which starts a thread", named(program, f)),
                    Target::Unknown => "starts a thread".to_owned(),
                };
                step(site_place(program, edge.site), text)
            })
            .collect(),
        Seen::RuntimeMain(f) => vec![step(program.function(*f).span, "runs on a runtime with threads")],
        Seen::Async(f) => vec![step(program.function(*f).span, "async: runs on a runtime")],
        Seen::InThread(site) => vec![step(site_place(program, *site), "starts the thread that runs this")],
    }
}

/// The sentence that says why nothing is known.
pub(super) fn callers_note(program: &Program, public: Option<FnId>) -> String {
    match public {
        Some(f) => format!("callers of {} may have threads: that cannot be known from here", named(program, f)),
        None => "whether threads are running here cannot be known: its callers were not seen".to_owned(),
    }
}

/// Reports the events of one deed.
pub(super) fn report(
    program: &Program,
    rule: &Rule,
    deed: Deed,
    weight: impl Fn(&Region, Sym) -> Weight,
    does: &str,
    help: &str,
    out: &mut Vec<Finding>,
) {
    super::promise::report(program, rule, deed, does, help, out);
    for event in program.child_events().iter().filter(|e| e.deed == deed) {
        let region = &program.regions()[event.region];
        let Some((leaf, mut steps)) = story(program, event, does) else { continue };
        let Some(verdict) = judge(program, event.region, weight(region, leaf)) else { continue };
        let first = event.path[0];
        let function = program.function(first.function);
        let message = format!("{} {does} in {}", subject(program, event, leaf), whereabouts(region.kind));
        let mut found = finding(rule, verdict.level, function, site_place(program, first), message);
        found.label =
            if event.path.len() == 1 { does.to_owned() } else { format!("leads to `{}`, which {does}", shown(leaf)) };
        steps.extend(event.also.iter().map(|&also| step(site_place(program, also), format!("{does} as well"))));
        found.steps = steps;
        found.notes = verdict.notes;
        if event.more > 0 {
            found.notes.push(format!("{} more places below this child do the same", event.more));
        }
        found.help = help.to_owned();
        found.subject = shown(leaf);
        out.push(found);
    }
}

/// The steps from the fork to a deed, and the catalogued function or macro at the end.
fn story(program: &Program, event: &ChildEvent, does: &str) -> Option<(Sym, Vec<Step>)> {
    let region = &program.regions()[event.region];
    let mut steps = region_steps(program, region);
    for &site in &event.path[..event.path.len() - 1] {
        steps.extend(call_steps(program, site, calls_text(program, site)));
    }
    let site = event.site();
    let Deed::Effect(effect) = event.deed else { return None };
    let way = if region.has(site) || site != region.site {
        program.witness_at(site, effect)?
    } else {
        program.summaries().witness(program.graph(), region.function, effect)?
    };
    steps.extend(witness_steps(program, &way, does));
    Some((way.leaf, steps))
}

/// Where the child begins.
pub(super) fn region_steps(program: &Program, region: &Region) -> Vec<Step> {
    let begins = match region.kind {
        RegionKind::Fork(_) => "the child begins here",
        RegionKind::PreExec => "runs its callable in the forked child, before exec",
        RegionKind::CloneEntry(_) => "runs its callable in a cloned child",
        RegionKind::ForkEntry => "runs its callable in a forked child",
    };
    let mut steps = call_steps(program, region.site, begins.to_owned());
    for &site in &region.through {
        steps.extend(call_steps(program, site, calls_text(program, site)));
    }
    steps
}

/// The calls of a witness, the last with what it does.
pub(super) fn witness_steps(program: &Program, way: &Witness, does: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for edge in &way.calls {
        let text = match edge.to {
            Target::Leaf(leaf) => format!("`{}` {does}", shown(leaf)),
            Target::Fn(f) if edge.how == crate::analysis::How::Candidate => {
                format!("may call {}, one of the implementations", named(program, f))
            }
            Target::Fn(f) => format!("calls {}", named(program, f)),
            Target::Unknown => "calls what cannot be seen".to_owned(),
        };
        steps.extend(call_steps(program, edge.site, text));
    }
    steps
}

/// A call's step; for a call out of a macro, the invocation first.
fn call_steps(program: &Program, site: Site, text: String) -> Vec<Step> {
    let Some(call) = program.call_at(site) else { return Vec::new() };
    match call.expanded_at {
        Some(at) if at != call.span => vec![step(at, "in this macro"), step(call.span, text)],
        _ => vec![step(call.span, text)],
    }
}

fn calls_text(program: &Program, site: Site) -> String {
    let callee = program.graph().at(site).iter().filter(|e| e.how.here()).find_map(|edge| match edge.to {
        Target::Fn(f) => Some(named(program, f)),
        Target::Leaf(leaf) => Some(format!("`{}`", shown(leaf))),
        Target::Unknown => None,
    });
    callee.map_or_else(|| "calls on".to_owned(), |name| format!("calls {name}"))
}

fn subject(program: &Program, event: &ChildEvent, leaf: Sym) -> String {
    let first = event.path[0];
    let region = &program.regions()[event.region];
    let direct = program.graph().at(event.site()).iter().any(|e| e.to == Target::Leaf(leaf));
    if event.path.len() == 1 && direct {
        return format!("`{}`", shown(leaf));
    }
    let called = if first == region.site && !region.has(first) {
        Some(region.function)
    } else {
        program.graph().at(first).iter().filter(|e| e.how.here()).find_map(|edge| match edge.to {
            Target::Fn(f) => Some(f),
            _ => None,
        })
    };
    called.map_or_else(|| format!("`{}`", shown(leaf)), |f| named(program, f))
}

/// Words for the place of a region.
pub(super) fn whereabouts(kind: RegionKind) -> &'static str {
    match kind {
        RegionKind::Fork(ForkKind::Libc) => "the child of a fork",
        RegionKind::Fork(ForkKind::Raw) => "the child of a raw clone",
        RegionKind::Fork(ForkKind::Vfork) => "the child of a vfork",
        RegionKind::PreExec => "a callable that runs between fork and exec",
        RegionKind::CloneEntry(_) => "the entry function of a clone",
        RegionKind::ForkEntry => "a callable that runs in a forked child",
    }
}

/// Where a reader should look for the call at a site.
pub(super) fn site_place(program: &Program, site: Site) -> Span {
    program.call_at(site).map_or_else(|| program.span_at(site), place)
}

/// A function's name in the middle of a sentence.
pub(super) fn named(program: &Program, f: FnId) -> String {
    let function = program.function(f);
    match function.kind {
        FnKind::Closure { parent } => format!("a closure of `{}`", shown(parent)),
        _ => format!("`{}`", shown(function.path)),
    }
}
