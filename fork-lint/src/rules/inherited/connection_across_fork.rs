//! Rule `connection-across-fork`.

use crate::analysis::Program;
use crate::catalogue::Class;
use crate::rules::subject::{shown, step};
use crate::rules::workers::{alive, at_fork, workers};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A connection or pool is alive at a fork whose child works on
    ///
    /// ## What it does
    /// Reports local connections, clients and pools that hold a value when the process forks, where the child executes no
    /// other program and the parent carries on.
    ///
    /// ## Why is this bad
    /// The socket is shared from then on. What either process sends or reads, the other misses or mixes up; and when the
    /// child leaves the scope, the destructor says goodbye to the server in the name of the parent.
    ///
    /// ## Example
    /// ```rust
    /// let db = Client::connect(&url, NoTls)?;
    /// for _ in 0..workers {
    ///     if let ForkResult::Child = unsafe { fork()? } { serve(&db) }
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// for _ in 0..workers {
    ///     if let ForkResult::Child = unsafe { fork()? } {
    ///         let db = Client::connect(&url, NoTls)?;
    ///         serve(&db)
    ///     }
    /// }
    /// ```
    ///
    /// ## Limits
    /// What other functions of the program hold at that time is not seen.
    pub ConnectionAcrossFork = "connection-across-fork", "H09", "inherited-state", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for region in workers(program) {
        for held in alive(program, region.site, &[Class::Connection, Class::Pool]) {
            let message = format!("`{}` is open at this fork, and shared with the child from then on", held.name);
            let mut found = at_fork(program, &ConnectionAcrossFork, Level::Warning, region, message);
            found.label = format!("`{}` holds a `{}`", held.name, shown(held.head));
            found.steps.insert(0, step(held.since, "opened by the parent here"));
            found.help = "open it after the fork, in the process that uses it".to_owned();
            found.subject = held.name.as_str().to_owned();
            out.push(found);
        }
    }
}
