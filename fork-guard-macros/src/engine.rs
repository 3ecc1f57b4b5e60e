//! The linter's engine inside the compiler.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use fork_lint::analysis::{CrateUnit, Program};
use fork_lint::catalogue::Catalogue;
use fork_lint::frontend::FrontEnd;

/// What a compilation needs once: reading the catalogue takes longer than any function.
struct Engine {
    front: FrontEnd,
    /// Handed from program to program.
    catalogue: Catalogue,
}

static ENGINE: Mutex<Option<Engine>> = Mutex::new(None);
static EXPANDING: Mutex<()> = Mutex::new(());

/// One expansion at a time: [`with_program`] switches the whole process' kind of tokens.
pub(crate) fn expand<T>(expansion: impl FnOnce() -> T) -> T {
    let _turn = EXPANDING.lock().unwrap_or_else(PoisonError::into_inner);
    expansion()
}

/// Reads a text as a crate of its own and looks at it. `None` when the engine gave up on it: then it is the linter's.
///
/// Inside, tokens are the parser's own: those of the compiler must be left outside.
pub(crate) fn with_program<T>(text: &str, look: impl FnOnce(&Program) -> T) -> Option<T> {
    let _tokens = OwnTokens::switch_on();
    let mut engine = ENGINE.lock().unwrap_or_else(PoisonError::into_inner);
    let looked = catch_unwind(AssertUnwindSafe(|| {
        let Engine { front, catalogue } = engine.get_or_insert_with(|| {
            let front = FrontEnd::new(&NAMED.iter().map(|&name| name.to_owned()).collect());
            let catalogue = front.catalogue.clone();
            Engine { front, catalogue }
        });
        let facts = front.read_text("crate", text, true);
        let unit = CrateUnit { facts, member: true, library: true };
        let program = Program::link(vec![unit], std::mem::take(catalogue));
        let seen = look(&program);
        *catalogue = program.catalogue;
        seen
    }));
    if looked.is_err() {
        *engine = None;
    }
    looked.ok()
}

/// Crates whose functions are known by their full paths. `std` and C always are.
const NAMED: [&str; 2] = ["log", "tracing"];

/// While it lives, tokens are made without the compiler, whose tokens have other places and are slower to make.
struct OwnTokens;

impl OwnTokens {
    fn switch_on() -> OwnTokens {
        proc_macro2::fallback::force();
        OwnTokens
    }
}

impl Drop for OwnTokens {
    fn drop(&mut self) {
        proc_macro2::fallback::unforce();
    }
}
