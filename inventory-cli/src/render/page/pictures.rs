//! The pictures, as SVG within the page.

use std::fmt::Write as _;

use super::escape;
use crate::model::{Mapping, Process, Role, Snapshot};
use crate::render::bytes;

/// More than this is not drawn; the page says so.
const MOST: usize = 60;

/// Parents on the left, children on the right; a dashed line is a fork whose forebear has ended.
pub(super) fn lineage(snapshot: &Snapshot) -> String {
    let mut rows: Vec<(usize, &Process)> = Vec::new();
    let mut roots: Vec<&Process> = snapshot.processes.iter().filter(|p| snapshot.process(p.parent).is_none()).collect();
    roots.sort_by_key(|p| (p.start_ticks, p.pid));
    roots.iter().for_each(|root| descend(snapshot, root, 0, &mut rows));
    let place = |pid: i32| rows.iter().position(|(_, p)| p.pid == pid);
    let mut svg = open(900, rows.len() * 26 + 10);
    for (row, (depth, process)) in rows.iter().enumerate() {
        let (x, y) = (depth * 40 + 12, row * 26 + 18);
        if let Some(parent) = place(process.parent).filter(|_| *depth > 0) {
            let (px, py) = ((depth - 1) * 40 + 12, parent * 26 + 18);
            let _ = write!(svg, "<path d=\"M{px} {py}V{y}H{x}\" fill=\"none\" stroke=\"#888\"/>");
        }
        let fill = if process.forked_without_exec { "#b26a00" } else { "#3b6ea5" };
        let ring = if process.role == Role::Target { " stroke=\"#b3261e\" stroke-width=\"3\"" } else { "" };
        let gone = process.forked_without_exec && process.forked_from.is_none();
        let dash = if gone { " stroke=\"#b26a00\" stroke-width=\"2\" stroke-dasharray=\"3 2\"" } else { ring };
        let what = if process.forked_without_exec { "fork" } else { "exec" };
        let gone = if gone { ", the process it was forked from is gone" } else { "" };
        let label = format!("{} {} ({what}{gone})", process.pid, process.name);
        let _ = write!(
            svg,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"6\" fill=\"{fill}\"{dash}/><text x=\"{}\" y=\"{}\">{}</text>",
            x + 12,
            y + 4,
            escape(&label)
        );
    }
    svg += "</svg>\n";
    svg + &more(snapshot.processes.len())
}

fn descend<'a>(snapshot: &'a Snapshot, process: &'a Process, depth: usize, rows: &mut Vec<(usize, &'a Process)>) {
    if rows.len() >= MOST || depth > 20 || rows.iter().any(|(_, p)| p.pid == process.pid) {
        return;
    }
    rows.push((depth, process));
    snapshot.processes.iter().filter(|p| p.parent == process.pid).for_each(|p| descend(snapshot, p, depth + 1, rows));
}

/// A column a process, a row an open file that several of them have.
pub(super) fn sharing(snapshot: &Snapshot) -> String {
    let holders = snapshot.holders();
    let columns: Vec<&Process> = snapshot.processes.iter().filter(|p| p.descriptors.is_some()).take(16).collect();
    let several = |list: &[(usize, i32)]| list.iter().any(|(p, _)| Some(p) != list.first().map(|(p, _)| p));
    let shared = snapshot.files.iter().zip(&holders).filter(|(_, h)| several(h));
    let all = shared.clone().count();
    if all == 0 {
        return "<p>No open file is shared among them.</p>\n".into();
    }
    let mut html = String::from("<table><tr><th>open file");
    for process in &columns {
        let _ = write!(html, "<th>{} {}", process.pid, escape(&process.name));
    }
    html += "</tr>\n";
    for (file, holders) in shared.take(MOST) {
        let what = file
            .socket
            .as_ref()
            .map_or_else(|| file.target.clone(), |s| format!("{} {} {}", s.protocol, s.state, s.local));
        let _ = write!(html, "<tr><td>{}", escape(&what));
        for process in &columns {
            let numbers: Vec<String> = holders
                .iter()
                .filter(|(place, _)| snapshot.processes.get(*place).is_some_and(|p| p.pid == process.pid))
                .map(|(_, fd)| fd.to_string())
                .collect();
            let _ = write!(html, "<td>{}", numbers.join(", "));
        }
        html += "</tr>\n";
    }
    html += "</table>\n";
    html + &more(all)
}

/// For each process asked for: what is still the parent's, what was copied, what is its own.
pub(super) fn memory(snapshot: &Snapshot) -> String {
    let mut html = String::new();
    for process in snapshot.targets().take(MOST) {
        let sum = |of: fn(&Mapping) -> Option<u64>| -> Option<u64> {
            let values: Vec<u64> =
                process.mappings.iter().flatten().filter(|m| m.access.ends_with('p')).filter_map(of).collect();
            (!values.is_empty()).then(|| values.into_iter().fold(0, u64::saturating_add))
        };
        let (Some(present), exclusive) = (sum(|m| m.present), sum(|m| m.exclusive).unwrap_or(0)) else { continue };
        let width = |part: u64| u128::from(part) * 600 / u128::from(present.max(1));
        let alone = width(exclusive.min(present));
        let _ = write!(html, "<p class=\"t\">{} {}</p>", process.pid, escape(&process.name));
        html += &open(600, 24);
        let _ = writeln!(
            html,
            "<rect width=\"600\" height=\"22\" fill=\"#3b6ea5\"/><rect width=\"{alone}\" height=\"22\" fill=\"#b26a00\"/></svg>\
             <p>{} of private mappings are present: {} its own (orange), {} in common with other processes (blue).</p>",
            bytes(present),
            bytes(exclusive),
            bytes(present.saturating_sub(exclusive)),
        );
    }
    if html.is_empty() { "<p>Pages were not looked at.</p>\n".into() } else { html }
}

pub(super) fn open(width: usize, height: usize) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" role=\"img\">"
    )
}

fn more(all: usize) -> String {
    if all > MOST { format!("<p>{} more are not drawn.</p>\n", all - MOST) } else { String::new() }
}
