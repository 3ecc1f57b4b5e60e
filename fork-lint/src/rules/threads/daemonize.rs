//! Rule `daemonize-after-runtime`.

use super::in_async::level;
use super::site::{Story, dangerous_forks};
use crate::analysis::{Order, Program};
use crate::rules::child::evidence_note;
use crate::rules::{Finding, rule};

rule! {
    /// The process daemonizes after threads or a runtime were started
    ///
    /// ## What it does
    /// Reports a fork whose parent exits and whose child carries on as the program (`daemon(3)`, the daemonize crates, and
    /// functions of one's own that do it) when a thread or runtime was started before it and has not ended.
    ///
    /// ## Why is this bad
    /// The threads stay behind in the parent and die with it. The daemon that is left accepts no connections, writes no log
    /// lines and fires no timers: the runtime is there, its workers are not.
    ///
    /// ## Example
    /// ```rust
    /// #[tokio::main]
    /// async fn main() -> Result<()> {
    ///     tokio::spawn(serve());
    ///     daemonize::Daemonize::new().start()?;
    ///     std::future::pending().await
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// fn main() -> Result<()> {
    ///     daemonize::Daemonize::new().start()?;
    ///     tokio::runtime::Runtime::new()?.block_on(serve())
    /// }
    /// ```
    /// Loggers with a writer thread are set up after daemonizing, too.
    ///
    /// ## Limits
    /// A thread that is started by a dependency without source and without catalogue entry is not seen.
    pub DaemonizeAfterRuntime = "daemonize-after-runtime", "H02", "threads", Error, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    for fork in dangerous_forks(program) {
        let (Story::Daemon, Order::Live(evidence)) = (fork.story(), fork.order) else { continue };
        let message = "the process daemonizes here after threads were started";
        let mut found = fork.finding(program, &DaemonizeAfterRuntime, level(program, evidence), message);
        found.label = "the daemon is left without them".to_owned();
        found.notes.push(evidence_note(program, evidence));
        found.help = "daemonize first, and start threads, runtimes and loggers after it".to_owned();
        out.push(found);
    }
}
