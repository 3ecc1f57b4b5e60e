//! Rule `pre-exec-forks-large-process`.

use std::collections::HashSet;

use crate::analysis::{Program, RegionKind};
use crate::rules::child::site_place;
use crate::rules::subject::finding;
use crate::rules::{Finding, Level, rule};

rule! {
    /// A `pre_exec` callable makes std fork the whole process
    ///
    /// ## What it does
    /// Notes every place where a callable is given to `Command::pre_exec` or `before_exec`.
    ///
    /// ## Why is this bad
    /// Without such a callable std starts programs with `posix_spawn`, which costs the same for small and large processes. With
    /// one it forks: page tables are copied, which takes milliseconds for each gigabyte in use, and every thread that writes
    /// to memory afterwards takes a page fault. On a path that starts many programs this is what is slow.
    ///
    /// ## Example
    /// ```rust
    /// unsafe { command.pre_exec(|| { libc::setsid(); Ok(()) }) };
    /// ```
    ///
    /// ## Use instead
    /// What `Command` does itself (`process_group`, `current_dir`, redirections) needs no callable; `setsid` can be left to
    /// the `setsid` program or to a small helper that is spawned once.
    ///
    /// ## Limits
    /// Whether the process is large, or the path is hot, is not known: this is a note.
    pub PreExecForksLargeProcess = "pre-exec-forks-large-process", "H20", "threads", Note, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let mut seen = HashSet::new();
    for region in program.regions().iter().filter(|r| r.kind == RegionKind::PreExec) {
        let f = region.site.function;
        let function = program.function(f);
        if !program.unit_of(f).member || function.is_test || !seen.insert(region.site) {
            continue;
        }
        let message = "a `pre_exec` callable makes std fork this process instead of using `posix_spawn`".to_owned();
        let span = site_place(program, region.site);
        let mut found = finding(&PreExecForksLargeProcess, Level::Note, function, span, message);
        found.label = "the cost of starting the program grows with this process".to_owned();
        found.help = "let `Command` do it (`process_group`, `current_dir`, `stdin` …) where it can".to_owned();
        found.subject = "pre_exec".to_owned();
        out.push(found);
    }
}
