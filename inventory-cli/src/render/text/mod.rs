//! Text for people: at most as wide as the terminal, 80 columns elsewhere, readable without colour.

mod diff;
mod fd_columns;
mod fds;
mod findings;
mod locks;
mod memory;
mod scan;
mod signals;
mod tree;

pub use diff::diff;
pub use fd_columns::{Column, Condition};
pub use fds::{fds, pick};
pub use findings::findings;
pub use locks::locks;
pub use memory::{maps, mem};
pub use scan::scan;
pub use signals::signals;
pub use tree::tree;

use super::Paint;
use crate::model::{Process, Snapshot};
use crate::proc::text::harmless;

/// How text is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Columns.
    pub width: usize,
    /// Colour.
    pub paint: Paint,
}

/// `worker, pid 7`
fn title(process: &Process) -> String {
    format!("{}, pid {}", harmless(&process.name), process.pid)
}

/// What could not be read of the processes asked for, and what was left out: never silent.
fn gaps(snapshot: &Snapshot, page: Page) -> String {
    let mut text = String::new();
    for process in snapshot.targets() {
        for gap in &process.unreadable {
            let line = format!("{} of {}: {}; needs {}", gap.source, process.pid, gap.error, gap.needs);
            text += &super::table::wrap(&harmless(&line), page.width, "  not read  ");
        }
    }
    for cut in snapshot.cut.iter().take(10) {
        text += &super::table::wrap(&harmless(cut), page.width, "  left out  ");
    }
    if snapshot.cut.len() > 10 {
        text += &format!("  left out  {} more\n", snapshot.cut.len() - 10);
    }
    text
}

/// The first words of a command line.
fn command(process: &Process) -> String {
    match process.command.as_deref() {
        Some([]) | None => format!("[{}]", harmless(&process.name)),
        Some(words) => harmless(words.join(" ").trim_end()),
    }
}
