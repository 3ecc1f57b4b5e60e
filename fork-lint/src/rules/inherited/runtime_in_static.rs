//! Rule `runtime-in-static`.

use super::statics::{Story, report};
use crate::analysis::Program;
use crate::catalogue::Class;
use crate::rules::{Finding, rule};

rule! {
    /// A runtime or event loop in a static is inherited by forked children
    ///
    /// ## What it does
    /// Reports statics that hold an async runtime, an executor or an event loop, in a program that forks children which
    /// execute no other program, and in libraries whose hosts do (extensions of Python, Ruby, PHP and PostgreSQL).
    ///
    /// ## Why is this bad
    /// The child sees a runtime that has been started, and none of its threads exists there: what is spawned on it never
    /// runs, and whoever waits for it waits for ever. Its epoll instance is shared with the parent, so that what the
    /// child registers wakes the parent.
    ///
    /// ## Example
    /// ```rust
    /// static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// static RUNTIME: Mutex<Option<(u32, Arc<Runtime>)>> = Mutex::new(None);
    ///
    /// fn runtime() -> Arc<Runtime> {
    ///     let mut held = RUNTIME.lock().unwrap();
    ///     match &*held {
    ///         Some((pid, runtime)) if *pid == process::id() => runtime.clone(),
    ///         _ => {
    ///             let runtime = Arc::new(Runtime::new().unwrap());
    ///             // Another process's runtime is forgotten: its threads cannot be joined here.
    ///             mem::forget(held.replace((process::id(), runtime.clone())));
    ///             runtime
    ///         }
    ///     }
    /// }
    /// ```
    ///
    /// ## Limits
    /// A crate that looks at the process id where it uses the static, or that registers a fork handler, is not reported.
    pub RuntimeInStatic = "runtime-in-static", "H10", "inherited-state", Warning, check
}

fn check(program: &Program, out: &mut Vec<Finding>) {
    let story = Story {
        rule: &RuntimeInStatic,
        classes: &[Class::Runtime, Class::EventLoop],
        what: "a runtime",
        label: "its threads do not exist in a forked child, its event queue is shared with it",
        help: "keep the process id beside it, and make a new one when the id has changed",
        thread_locals: false,
        libraries: false,
    };
    report(program, &story, out);
}
