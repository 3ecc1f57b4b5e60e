//! The functions that `#[before_fork]` and its siblings stand on: found in a section, registered before `main`.

use crate::atfork::{Event, Hooks, Phase, Prepare, register};

/// A function in the section.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(8))]
pub struct LinkedHook {
    /// `module::function`.
    pub name: &'static str,
    /// Where it stands among the others.
    pub phase: Phase,
    /// What is called, and when.
    pub moment: Moment,
}

/// When a function is called.
#[derive(Debug, Clone, Copy)]
pub enum Moment {
    /// Before the fork.
    Before(fn() -> Prepare),
    /// After it, in the parent.
    Parent(fn(&Event)),
    /// After it, in the child.
    Child(fn(&Event)),
}

super::section::section!(
    "fork_runtime_hooks",
    __start_fork_runtime_hooks,
    __stop_fork_runtime_hooks,
    LinkedHook,
    LinkedHook { name: "", phase: Phase::App, moment: Moment::Child(|_| ()) }
);

/// Called by the loader before `main`, or by `dlopen` (ELF: `DT_INIT_ARRAY`).
#[cfg(not(miri))]
#[used]
#[unsafe(link_section = ".init_array")]
static AT_START: extern "C" fn() = at_start;

#[cfg(not(miri))]
extern "C" fn at_start() {
    // The nameless one only keeps the section alive. By name, as the linker's order means nothing.
    let mut hooks: Vec<&LinkedHook> = all().iter().filter(|hook| !hook.name.is_empty()).collect();
    hooks.sort_by_key(|hook| hook.name);
    for hook in hooks {
        let named = Hooks::new(hook.name).phase(hook.phase);
        let hooks = match hook.moment {
            Moment::Before(run) => named.prepare(run),
            Moment::Parent(run) => named.parent(run),
            Moment::Child(run) => named.child(run),
        };
        register(hooks).forget();
    }
}
