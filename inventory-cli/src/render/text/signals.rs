//! Signal sets beside the parent's.

use super::{Page, gaps, title};
use crate::model::{Process, Snapshot};
use crate::proc::text::harmless;
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
        text += &handlers(process, page);
    }
    text + &gaps(snapshot, page)
}

/// Which function runs on which signal; of those that share one, the signals stand in one line.
fn handlers(process: &Process, page: Page) -> String {
    let caught: Vec<_> = process.handlers.iter().flatten().filter(|h| h.address.is_some()).collect();
    let mut text = String::new();
    for (n, handler) in caught.iter().enumerate() {
        if caught.iter().take(n).any(|h| h.address == handler.address) {
            continue;
        }
        let bit = |signal: u32| 1u64.checked_shl(signal.wrapping_sub(1)).unwrap_or(0);
        let set = caught.iter().filter(|h| h.address == handler.address).fold(0, |set, h| set | bit(h.signal));
        let line = format!("{} runs {}", signal_names(set), harmless(handler.place.as_deref().unwrap_or("?")));
        text += &wrap(&line, page.width, "  handler  ");
    }
    text
}
