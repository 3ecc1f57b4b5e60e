//! Signal sets beside the parent's.

use super::{Page, gaps, title};
use crate::model::Snapshot;
use crate::render::signal_names;
use crate::render::table::wrap;

/// The sets of every process asked for.
pub fn signals(snapshot: &Snapshot, page: Page) -> String {
    let mut text = String::new();
    for process in snapshot.targets() {
        text += &page.paint.strong(&title(process));
        text.push('\n');
        let Some(own) = process.signals else {
            text += "  could not be read\n";
            continue;
        };
        let parent = snapshot.process(process.forked_from.unwrap_or(process.parent)).and_then(|p| p.signals);
        let parent = parent.unwrap_or_default();
        for (name, own, theirs) in [
            ("blocked", own.blocked, parent.blocked),
            ("ignored", own.ignored, parent.ignored),
            ("caught", own.caught, parent.caught),
            ("pending", own.pending | own.pending_process, 0),
        ] {
            let mut line = signal_names(own);
            if own & theirs != 0 {
                line += &format!("; as in the parent: {}", signal_names(own & theirs));
            }
            text += &wrap(&line, page.width, &format!("  {name:<8} "));
        }
    }
    text + &gaps(snapshot, page)
}
