//! Rule `mapping-across-fork`.

use crate::analysis::Program;
use crate::catalogue::Class;
use crate::rules::subject::{shown, step};
use crate::rules::workers::{alive, at_fork, workers};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A memory map is held over a fork whose child works on
    ///
    /// ## What it does
    /// Notes memory maps that a local holds when the process forks, where the child executes no other program and the
    /// parent carries on.
    ///
    /// ## Why is this bad
    /// The child holds the mapped file too: deleted or truncated, it keeps its disk space until the last child has ended.
    /// Of a private map, each page that either process writes is copied, so that a table built before the fork may come
    /// to cost its size again in every child.
    ///
    /// ## Example
    /// ```rust
    /// let index = unsafe { Mmap::map(&file)? };
    /// if unsafe { libc::fork() } == 0 { serve() }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// let index = unsafe { Mmap::map(&file)? };
    /// unsafe { index.unchecked_advise(UncheckedAdvice::DontFork)? };
    /// if unsafe { libc::fork() } == 0 { serve() }
    /// ```
    ///
    /// ## Limits
    /// Sharing a map with children may be what it is for: this is always a note. Maps that are advised `DONTFORK` are left
    /// alone.
    pub MappingAcrossFork = "mapping-across-fork", "H16", "inherited-state", Note, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for region in workers(program) {
        let f = program.function(region.site.function);
        let advised = crate::analysis::calls(&f.body).any(|c| {
            c.args.iter().any(|a| {
                matches!(a, crate::facts::Val::Const(p) | crate::facts::Val::Ctor(p, _)
                if matches!(p.last(), "DontFork" | "MADV_DONTFORK"))
            })
        });
        if advised {
            continue;
        }
        for held in alive(program, region.site, &[Class::Mapping]) {
            let message = format!("memory map `{}` is held by the child of this fork too", held.name);
            let mut found = at_fork(program, &MappingAcrossFork, Level::Note, region, message);
            found.label = format!("`{}` holds a `{}`", held.name, shown(held.head));
            found.steps.insert(0, step(held.since, "mapped by the parent here"));
            found.help = "unmap it in the child, or advise `MADV_DONTFORK`".to_owned();
            found.subject = held.name.as_str().to_owned();
            out.push(found);
        }
    }
}
