//! Who was forked from whom; forks whose parent has ended stay with their program run.

use super::{Page, command};
use crate::model::{Process, Role, Snapshot};
use crate::render::table::shorten;

/// The family of the processes asked for.
pub fn tree(snapshot: &Snapshot, page: Page) -> String {
    let known = |pid: i32| snapshot.process(pid).is_some();
    let mut roots: Vec<&Process> =
        snapshot.processes.iter().filter(|p| !known(p.parent) || p.parent == p.pid).collect();
    roots.sort_by_key(|p| (p.start_ticks, p.pid));
    let mut text = String::new();
    for root in roots {
        branch(snapshot, root, 0, page, &mut text);
    }
    text + "\nfork: forked without exec; run: same value, same program run (forks of one exec)\n"
}

fn branch(snapshot: &Snapshot, process: &Process, depth: usize, page: Page, text: &mut String) {
    // Pids are unique and the table is one instant's; a bound still ends any cycle a racing table could show.
    if depth > 64 {
        return;
    }
    let kind = match (process.forked_without_exec, process.state) {
        (_, 'Z') => "zombie",
        (true, _) => "fork",
        (false, _) => "exec",
    };
    let run = process.image.as_deref().map_or("?", |image| image.get(..6).unwrap_or(image));
    let mark = if process.role == Role::Target { "*" } else { " " };
    let orphan = process.forked_without_exec && process.forked_from.is_none() && process.layout.is_some();
    let orphan = if orphan { " (the process it was forked from is gone)" } else { "" };
    let line = format!("{mark}{}{} {kind} run {run}{orphan} {}", "  ".repeat(depth), process.pid, command(process));
    text.push_str(&shorten(&line, page.width));
    text.push('\n');
    let mut children: Vec<&Process> =
        snapshot.processes.iter().filter(|p| p.parent == process.pid && p.pid != process.pid).collect();
    children.sort_by_key(|p| (p.start_ticks, p.pid));
    for child in children {
        branch(snapshot, child, depth + 1, page, text);
    }
}
