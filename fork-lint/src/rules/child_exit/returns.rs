//! Rule `child-returns`.

use crate::analysis::{Exit, Fork, Program, Region, RegionKind};
use crate::rules::child::{Weight, judge, region_steps, site_place};
use crate::rules::subject::{finding, step};
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
        let concerns = matches!(region.kind, RegionKind::Fork(_)) && program.unit_of(f).member && !program.function(f).is_test;
        if let Some(fork) = program.forks().in_fn(f).iter().find(|fork| fork.site == region.site)
            && concerns
        {
            out.extend(returns(program, id, region, fork));
        }
    }
}

fn returns(program: &Program, id: usize, region: &Region, fork: &Fork) -> Option<Finding> {
    let f = region.site.function;
    let function = program.function(f);
    let told_apart = program.forks().wrapper(f).is_some();
    let shared = |exit: &Exit| fork.parent.has_block(exit.block);
    let failure = |exit: &Exit| exit.by_question_mark || exit.value.is_err();
    let exits: Vec<&Exit> =
        fork.child.exits.iter().filter(|exit| !told_apart || failure(exit) && !shared(exit)).collect();
    let first = exits.iter().find(|exit| !shared(exit)).or(exits.first())?;
    let mut verdict = judge(program, id, Weight::Always)?;
    let (span, message) = if shared(first) {
        (site_place(program, region.site), "the child of this fork runs on into the parent's code".to_owned())
    } else if told_apart {
        (first.span, "the child of a fork returns an error that its caller takes for the parent's".to_owned())
    } else {
        (first.span, "the child of a fork returns to its caller as a second copy of the program".to_owned())
    };
    if function.entry.is_some() && exits.iter().all(|exit| !shared(exit)) {
        verdict.level = Level::Note;
        verdict.notes.push("leaving `main` runs the exit handlers that the parent registered".to_owned());
    }
    let mut found = finding(&ChildReturns, verdict.level, function, span, message);
    found.label = label(first, shared(first)).to_owned();
    found.steps = region_steps(program, region);
    found.steps.extend(exits.iter().map(|exit| step(exit.span, label(exit, shared(exit)))));
    found.notes = verdict.notes;
    found.help = "end every path of the child with exec or `_exit`; a child function that returns `!` makes the compiler check it".to_owned();
    found.subject = "return".to_owned();
    Some(found)
}

fn label(exit: &Exit, shared: bool) -> &'static str {
    match (exit.by_question_mark, shared) {
        (true, _) => "the child leaves by `?` here",
        (false, true) => "the child leaves like the parent here",
        (false, false) => "the child returns here",
    }
}
