//! Rule `rng-across-fork`.

use super::block_rng::late_checks;
use super::statics::{Story, report};
use crate::analysis::Program;
use crate::catalogue::Class;
use crate::rules::subject::{shown, step};
use crate::rules::workers::{alive, at_fork, workers};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A random generator goes on in both processes of a fork
    ///
    /// ## What it does
    /// Reports generators that keep their state in the process: in statics and thread-locals of programs that fork children
    /// which execute no other program and of libraries, in locals that are alive at such a fork, and in libraries that notice
    /// a fork only when their buffer is refilled.
    ///
    /// ## Why is this bad
    /// The state is copied. Parent and all children draw the same numbers from then on: the same session ids, the same
    /// nonces, the same temporary names. A generator that hands out numbers from a buffer, and looks for a fork only when
    /// it fills the buffer again, has the same fault until then.
    ///
    /// ## Example
    /// ```rust
    /// let mut rng = StdRng::from_entropy();
    /// if unsafe { libc::fork() } == 0 { serve(&mut rng) }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// if unsafe { libc::fork() } == 0 { serve(&mut StdRng::from_entropy()) }
    /// ```
    /// Or draw from the kernel (`OsRng`, `getrandom`) what must not repeat.
    ///
    /// ## Limits
    /// Generators that a dependency keeps in a thread-local of its own are seen only in that dependency.
    pub RngAcrossFork = "rng-across-fork", "H12", "inherited-state", Warning, check
}

const HELP: &str = "make or reseed the generator after the fork, or draw from the kernel";

fn check(program: &Program, out: &mut Vec<Finding>) {
    let story = Story {
        rule: &RngAcrossFork,
        classes: &[Class::Rng],
        what: "a random generator",
        label: "parent and children draw the same numbers",
        help: HELP,
        thread_locals: true,
        libraries: true,
    };
    report(program, &story, out);
    for region in workers(program) {
        for held in alive(program, region.site, &[Class::Rng]) {
            let message = format!("random generator `{}` goes on in parent and child of this fork alike", held.name);
            let mut found = at_fork(program, &RngAcrossFork, Level::Warning, region, message);
            found.label = format!("`{}` holds a `{}`", held.name, shown(held.head));
            found.steps.insert(0, step(held.since, "seeded by the parent here"));
            found.help = HELP.to_owned();
            found.subject = held.name.as_str().to_owned();
            out.push(found);
        }
    }
    late_checks(program, out);
}
