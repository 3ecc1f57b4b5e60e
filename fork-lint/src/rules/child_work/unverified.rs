//! Rule `unverified-call-in-child`.

use crate::analysis::{Deed, Program, Site};
use crate::facts::Callee;
use crate::rules::child::{Weight, judge, region_steps, site_place, whereabouts};
use crate::rules::subject::{finding, shown, step};
use crate::rules::{Finding, rule};

rule! {
    /// The child of a fork calls something that cannot be seen
    ///
    /// ## What it does
    /// Lists calls in a forked child of which nothing is known: C functions that the catalogue does not have, functions whose
    /// source is not at hand, function pointers, callables in fields, methods that could not be resolved. It says that
    /// nothing was seen, not that something is wrong.
    ///
    /// ## Why is this bad
    /// Silence about these calls would look like approval.
    ///
    /// ## Example
    /// ```rust
    /// unsafe {
    ///     command.pre_exec(move || (hooks.before_exec)());
    /// }
    /// ```
    ///
    /// ## Use instead
    /// Look at what is called; if it is safe in a forked child, say so in a catalogue entry of the configuration.
    ///
    /// ## Limits
    /// One note for each function that has such calls, not one for each call.
    pub UnverifiedCallInChild = "unverified-call-in-child", "H03", "child-work", Note, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for event in program.child_events().iter().filter(|e| e.deed == Deed::Unverified) {
        let region = &program.regions()[event.region];
        let Some(verdict) = judge(program, event.region, Weight::Minor) else { continue };
        let sites: Vec<Site> = [event.site()].into_iter().chain(event.also.iter().copied()).collect();
        let names = names(program, &sites);
        let first = event.path[0];
        let message = format!("what {} does in {} cannot be verified", names, whereabouts(region.kind));
        let function = program.function(first.function);
        let mut found = finding(&UnverifiedCallInChild, verdict.level, function, site_place(program, first), message);
        found.label = "nothing is known of what is called here".to_owned();
        found.steps = region_steps(program, region);
        found
            .steps
            .extend(event.path[..event.path.len() - 1].iter().map(|&s| step(site_place(program, s), "calls on")));
        found.steps.extend(sites.iter().map(|&s| step(site_place(program, s), "cannot be seen")));
        found.help = "check it by hand; a catalogue entry in the configuration makes it known".to_owned();
        found.subject = names;
        out.push(found);
    }
}

/// The first few callees, in words.
fn names(program: &Program, sites: &[Site]) -> String {
    let mut names: Vec<String> = Vec::new();
    for call in sites.iter().filter_map(|&s| program.call_at(s)) {
        let name = match &call.callee {
            Callee::Path(path) | Callee::Unknown(path) | Callee::Indirect(path) => format!("`{}`", shown(*path)),
            Callee::Dispatch { trait_, method } => format!("`{}::{method}`", trait_.last()),
            Callee::Param(_) => "a parameter".to_owned(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len().saturating_sub(3);
    names.truncate(3);
    let listed = names.join(", ");
    if more > 0 { format!("{listed} and {more} more") } else { listed }
}
