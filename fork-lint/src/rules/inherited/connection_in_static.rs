//! Rule `connection-in-static`.

use super::statics::{Story, report};
use crate::analysis::Program;
use crate::catalogue::Class;
use crate::rules::{Finding, rule};

rule! {
    /// A connection, client or pool in a static is inherited by forked children
    ///
    /// ## What it does
    /// Reports statics and thread-locals that hold a connection, a client or a pool of them, in a program that forks
    /// children which execute no other program, and in libraries whose hosts do.
    ///
    /// ## Why is this bad
    /// Parent and child hold the same socket. Requests of one mix with those of the other, each reads answers meant for the
    /// other, a TLS session's counters run apart. Closing it in the child is no better: the goodbye that the destructor
    /// sends ends the parent's session too.
    ///
    /// ## Example
    /// ```rust
    /// static POOL: OnceLock<Pool<PostgresConnectionManager<NoTls>>> = OnceLock::new();
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// static POOL: Mutex<Option<(u32, Pool<PostgresConnectionManager<NoTls>>)>> = Mutex::new(None);
    /// // Look at the process id before each use; forget (never drop) the pool of another process.
    /// ```
    /// Or open it after the fork, in each child.
    ///
    /// ## Limits
    /// A crate that looks at the process id where it uses the static, or that registers a fork handler, is not reported.
    /// Whether the connection is open at the fork is not known.
    pub ConnectionInStatic = "connection-in-static", "H09", "inherited-state", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let story = Story {
        rule: &ConnectionInStatic,
        classes: &[Class::Connection, Class::Pool],
        what: "a connection",
        label: "parent and children share its socket",
        help: "open it after the fork, or keep the process id beside it and forget it when the id has changed",
        thread_locals: true,
        libraries: false,
    };
    report(program, &story, out);
}
