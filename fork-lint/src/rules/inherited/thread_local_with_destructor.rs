//! Rule `thread-local-with-destructor`.

use crate::analysis::{Program, Target};
use crate::catalogue::{Class, Effect};
use crate::rules::child::region_steps;
use crate::rules::subject::{shown, step};
use crate::rules::workers::{class_in, workers};
use crate::rules::{Finding, Level, rule};

rule! {
    /// A thread-local owns a resource in a program that forks beside its threads
    ///
    /// ## What it does
    /// Reports thread-locals that own a descriptor, a connection, a temporary file, a child process or a memory map, in a
    /// program that starts threads and forks children which execute no other program.
    ///
    /// ## Why is this bad
    /// The threads are not there in the child, but their thread-locals are: nobody can reach them, and their destructors
    /// never run. Descriptors stay open in every child, peers see no end of their connections, memory is never freed.
    ///
    /// ## Example
    /// ```rust
    /// thread_local! {
    ///     static CACHE: RefCell<Option<File>> = const { RefCell::new(None) };
    /// }
    /// ```
    ///
    /// ## Use instead
    /// ```rust
    /// // Keep what owns descriptors in a list that the child can walk after the fork, one entry a thread.
    /// static CACHES: Mutex<Vec<(ThreadId, File)>> = Mutex::new(Vec::new());
    /// ```
    /// Or fork before the threads are started.
    ///
    /// ## Limits
    /// Which threads had used the thread-local at the fork is not known.
    pub ThreadLocalWithDestructor = "thread-local-with-destructor", "H14", "inherited-state", Warning, check
}

const OWNING: &[Class] = &[
    Class::Fd,
    Class::Connection,
    Class::Pool,
    Class::TempFile,
    Class::Child,
    Class::Mapping,
    Class::PipeEnd,
    Class::EventLoop,
    Class::Runtime,
];

fn check(program: &Program, out: &mut Vec<Finding>) {
    let forks = workers(program);
    let Some(fork) = forks.first() else { return };
    let threads = program.graph().edges().iter().any(|edge| match edge.to {
        Target::Leaf(path) => {
            program.unit_of(edge.site.function).member
                && program
                    .catalogue
                    .entry(path)
                    .is_some_and(|e| crate::analysis::entry_effects(e).has(Effect::ThreadStart))
        }
        _ => false,
    });
    if !threads {
        return;
    }
    for held in program.crates.iter().filter(|u| u.member).flat_map(|u| &u.facts.statics).filter(|s| s.thread_local) {
        let Some(head) = class_in(program, &held.heads, OWNING) else { continue };
        let mut steps = vec![step(held.span, format!("each thread's own `{}`", shown(head)))];
        steps.extend(region_steps(program, fork));
        out.push(Finding {
            rule: ThreadLocalWithDestructor.name,
            level: Level::Warning,
            message: format!(
                "thread-local `{}` of the parent's other threads is lost in forked children",
                held.path.last()
            ),
            span: held.span,
            label: "never dropped in a child: its threads do not exist there".to_owned(),
            steps,
            notes: Vec::new(),
            help: "fork before threads use it, or keep it where the child can find and dispose of it".to_owned(),
            fix: None,
            function: held.path,
            subject: held.path.last().to_owned(),
        });
    }
}
