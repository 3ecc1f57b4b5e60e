//! Rule `child-returns`.

use crate::analysis::{Fork, Program, Region, RegionKind, reach, successors};
use crate::facts::{Block, BlockId, Body, Event, Span, Val};
use crate::rules::child::{Weight, judge, region_steps, site_place};
use crate::rules::subject::{finding, place, step};
use crate::rules::{Finding, Level, rule};

rule! {
    /// The child of a fork returns into the parent's code
    ///
    /// ## What it does
    /// Reports a fork whose child can leave the function that forked, by `return`, by `?`, or by running on past the
    /// branch, although the caller cannot tell it from the parent: it gets what the parent would get, or an error that looks
    /// like the parent's.
    ///
    /// ## Why is this bad
    /// From there on two processes run the same program. Both serve the same connections, both write the same files, both
    /// clean up at their end; the copy runs the parent's destructors and exit handlers. A failed exec that comes back as
    /// `Err` is the usual way: the caller reports an error and goes on, twice.
    ///
    /// ## Example
    /// ```rust
    /// match unsafe { fork()? } {
    ///     ForkResult::Child => {
    ///         setsid()?;
    ///         execv(&program, &args)?;
    ///     }
    ///     ForkResult::Parent { child } => wait(child)?,
    /// }
    /// Ok(())
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// ForkResult::Child => {
    ///     let _ = setsid().and_then(|_| execv(&program, &args));
    ///     unsafe { libc::_exit(127) }
    /// }
    /// ```
    /// Put the child's code into a function that returns `!`: then the compiler sees to it that no path comes back.
    ///
    /// ## Limits
    /// A function that returns in the child on purpose, and says so by its value (`ForkResult::Child`, `None`, `0`), is taken
    /// for a fork of its own; its callers are looked at instead.
    pub ChildReturns = "child-returns", "H17", "child-exit", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for (id, region) in program.regions().iter().enumerate() {
        let f = region.site.function;
        let concerns =
            matches!(region.kind, RegionKind::Fork(_)) && program.unit_of(f).member && !program.function(f).is_test;
        if let Some(fork) = program.forks().in_fn(f).iter().find(|fork| fork.site == region.site)
            && concerns
        {
            out.extend(returns(program, id, region, fork));
        }
    }
}

/// A place where a child leaves its own code.
struct Leave {
    span: Span,
    how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    QuestionMark,
    Return,
    /// It goes on in code that the parent runs, too.
    RunsOn,
}

fn returns(program: &Program, id: usize, region: &Region, fork: &Fork) -> Option<Finding> {
    let f = region.site.function;
    let function = program.function(f);
    let told_apart = program.forks().wrapper(f).is_some();
    let leaves = leaves(program, fork, told_apart);
    let first = leaves.iter().find(|leave| leave.how != How::RunsOn).or(leaves.first())?;
    let mut verdict = judge(program, id, Weight::Always)?;
    let message = match (told_apart, first.how) {
        (true, _) => "the child of a fork returns an error that its caller takes for the parent's",
        (false, How::RunsOn) => "the child of this fork runs on into the parent's code",
        (false, _) => "the child of a fork returns to its caller as a second copy of the program",
    };
    if function.entry.is_some() && first.how != How::RunsOn {
        verdict.level = Level::Note;
        verdict.notes.push("leaving `main` runs the exit handlers that the parent registered".to_owned());
    }
    let span = if first.how == How::RunsOn { site_place(program, region.site) } else { first.span };
    let mut found = finding(&ChildReturns, verdict.level, function, span, message.to_owned());
    found.label = label(first.how).to_owned();
    found.steps = region_steps(program, region);
    found.steps.extend(leaves.iter().map(|leave| step(leave.span, label(leave.how))));
    found.notes = verdict.notes;
    found.help = "end every path of the child with exec or `_exit`; a child function that returns `!` makes the compiler check it".to_owned();
    found.subject = "return".to_owned();
    Some(found)
}

/// Where the child leaves; for a function whose callers can tell it from the parent, only where they cannot.
fn leaves(program: &Program, fork: &Fork, told_apart: bool) -> Vec<Leave> {
    let body = &program.function(fork.site.function).body;
    let mut leaves: Vec<Leave> = Vec::new();
    for exit in fork.child.exits.iter().filter(|exit| !fork.parent.has_block(exit.block)) {
        let failure = exit.by_question_mark || exit.value.is_err();
        if !told_apart || failure {
            let how = if exit.by_question_mark { How::QuestionMark } else { How::Return };
            leaves.push(Leave { span: exit.span, how });
        }
    }
    for (b, block) in body.blocks.iter().enumerate() {
        let own = fork.child.ends(b as u32) && !fork.parent.has_block(b as u32);
        let Some(shared) =
            successors(block).find(|&next| own && fork.child.has_block(next) && fork.parent.has_block(next))
        else {
            continue;
        };
        let value = block.events.iter().rev().find_map(|event| match event {
            Event::Assign { value, span, .. } => Some((value, *span)),
            _ => None,
        });
        let failure = value.is_some_and(|(value, _)| matches!(value, Val::Ctor(name, _) if name.last() == "Err"));
        if told_apart && !failure {
            continue;
        }
        let span = value.map_or(fork_end(block, program.span_at(fork.site)), |(_, span)| span);
        let how = if only_returns(body, shared) { How::Return } else { How::RunsOn };
        leaves.push(Leave { span, how });
    }
    if leaves.is_empty() && !told_apart && fork.child.exits.iter().any(|exit| fork.parent.has_block(exit.block)) {
        leaves.push(Leave { span: program.span_at(fork.site), how: How::RunsOn });
    }
    leaves
}

/// The last place that a block names.
fn fork_end(block: &Block, otherwise: Span) -> Span {
    block
        .events
        .iter()
        .rev()
        .find_map(|event| match event {
            Event::Call(call) => Some(place(call)),
            _ => None,
        })
        .unwrap_or(otherwise)
}

/// Whether nothing but a return follows.
fn only_returns(body: &Body, from: BlockId) -> bool {
    let follows = reach(body, from, 0, |_, _, _| false);
    body.blocks.iter().enumerate().all(|(b, block)| {
        block
            .events
            .iter()
            .enumerate()
            .all(|(e, event)| !matches!(event, Event::Call(_)) || !follows.has(b as u32, e as u32))
    })
}

fn label(how: How) -> &'static str {
    match how {
        How::QuestionMark => "the child leaves by `?` here",
        How::Return => "the child returns here",
        How::RunsOn => "the child goes on like the parent from here",
    }
}
