//! Memory: in sum, and by mapping.

use super::{Page, gaps, title};
use crate::findings::milliseconds;
use crate::model::{Mapping, Process, Snapshot};
use crate::proc::text::harmless;
use crate::render::bytes;
use crate::render::table::table;

/// Sums, the cost of the next fork, and the mappings that were copied most.
pub fn mem(snapshot: &Snapshot, page: Page) -> String {
    let mut text = String::new();
    for process in snapshot.targets() {
        text += &page.paint.strong(&title(process));
        text.push('\n');
        text += &sums(process);
        let mut copied: Vec<&Mapping> =
            process.mappings.iter().flatten().filter(|m| m.diverged.or(m.exclusive).unwrap_or(0) > 0).collect();
        copied.sort_by_key(|m| std::cmp::Reverse(m.diverged.or(m.exclusive)));
        copied.truncate(12);
        if !copied.is_empty() {
            text += &rows(&copied, page);
        }
    }
    text + &gaps(snapshot, page)
}

fn sums(process: &Process) -> String {
    let Some(memory) = &process.memory else { return "  could not be read\n".into() };
    let mut text = format!("  resident      {}\n", bytes(memory.resident));
    for (name, value) in [
        ("anonymous", memory.anonymous),
        ("shared", memory.shared),
        ("private", memory.private),
        ("proportional", memory.proportional),
        ("swapped", memory.swapped.filter(|s| *s > 0)),
    ] {
        if let Some(value) = value {
            text += &format!("  {name:<13} {}\n", bytes(value));
        }
    }
    if let Some(tables) = memory.page_tables {
        let ms = milliseconds(tables);
        let cost = if ms == 0 { "less than 1 ms".into() } else { format!("about {ms} ms") };
        text += &format!("  next fork     {cost} ({} of page tables)\n", bytes(tables));
    }
    let sum = |of: fn(&Mapping) -> Option<u64>| -> Option<u64> {
        let values: Vec<u64> =
            process.mappings.iter().flatten().filter(|m| m.access.ends_with('p')).filter_map(of).collect();
        (!values.is_empty()).then(|| values.into_iter().fold(0, u64::saturating_add))
    };
    match (sum(|m| m.same_as_parent), sum(|m| m.diverged), sum(|m| m.exclusive)) {
        (Some(same), Some(diverged), _) => {
            text += &format!(
                "  since fork    {} shared with the parent, {} copied by either side\n",
                bytes(same),
                bytes(diverged)
            );
        }
        (_, _, Some(exclusive)) if process.forked_without_exec => {
            text += &format!(
                "  since fork    {} of its own (page numbers, to compare with the parent, need CAP_SYS_ADMIN)\n",
                bytes(exclusive)
            );
        }
        _ => {}
    }
    text
}

/// All mappings.
pub fn maps(snapshot: &Snapshot, page: Page) -> String {
    let mut text = String::new();
    for process in snapshot.targets() {
        text += &page.paint.strong(&title(process));
        text.push('\n');
        let all: Vec<&Mapping> = process.mappings.iter().flatten().collect();
        text += &rows(&all, page);
    }
    text + &gaps(snapshot, page)
}

fn rows(mappings: &[&Mapping], page: Page) -> String {
    let size = |value: Option<u64>| value.map_or("?".into(), |v| if v == 0 { "-".into() } else { bytes(v) });
    let rows: Vec<Vec<String>> = mappings
        .iter()
        .map(|m| {
            let mut what = if m.path.is_empty() { "anonymous".to_owned() } else { harmless(&m.path) };
            if m.deleted {
                what += ", deleted";
            }
            for flag in &m.flags {
                what += match flag.as_str() {
                    "dc" => ", not copied by fork",
                    "wf" => ", wiped by fork",
                    "ht" => ", huge pages",
                    _ => "",
                };
            }
            let copied = m.diverged.or(m.exclusive);
            vec![format!("{:x}", m.start), m.access.clone(), bytes(m.length()), size(m.present), size(copied), what]
        })
        .collect();
    table(&["START", "MODE", "SIZE", "PRESENT", "COPIED", "WHAT"], &rows, page.width)
}
