//! Metrics in the text format of Prometheus, for node_exporter's textfile collector or `serve`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::{Process, Relation, Snapshot};

type Gauge = (&'static str, &'static str, fn(&Snapshot, &Process) -> Option<u64>);

const GAUGES: &[Gauge] = &[
    ("forked_without_exec", "1 when the process was forked and has executed no program since.", |_, p| {
        Some(u64::from(p.forked_without_exec))
    }),
    ("descriptors", "Open descriptors.", |_, p| Some(p.descriptors.as_ref()?.len() as u64)),
    ("shared_descriptors", "Descriptors that are the parent's open file descriptions.", |_, p| {
        let shared = |r: Relation| matches!(r, Relation::Inherited | Relation::Duplicated);
        Some(p.descriptors.as_ref()?.iter().filter(|d| shared(d.relation)).count() as u64)
    }),
    ("deleted_file_bytes", "Bytes on disk held by descriptors of deleted files.", |s, p| {
        Some(p.descriptors.as_ref()?.iter().filter_map(|d| s.file(d)?.bytes).fold(0, u64::saturating_add))
    }),
    ("threads", "Threads.", |_, p| Some(p.threads_total)),
    ("resident_bytes", "Resident memory.", |_, p| Some(p.memory.as_ref()?.resident)),
    ("page_table_bytes", "Page tables, which a fork copies.", |_, p| p.memory.as_ref()?.page_tables),
    ("unreadable_sources", "Sources that this user could not read: other values may be too low.", |_, p| {
        Some(p.unreadable.len() as u64)
    }),
];

/// All metrics of the processes asked for.
pub fn metrics(snapshot: &Snapshot) -> String {
    let mut text = String::new();
    for (name, help, value) in GAUGES {
        head(&mut text, name, help);
        for process in snapshot.targets() {
            if let Some(value) = value(snapshot, process) {
                let _ = writeln!(text, "fork_inventory_{name}{{{}}} {value}", labels(process));
            }
        }
    }
    head(&mut text, "findings", "Findings by hazard and severity.");
    for process in snapshot.targets() {
        let mut counts: BTreeMap<(&str, &str, &str), u64> = BTreeMap::new();
        for finding in snapshot.findings.iter().filter(|f| f.pid == process.pid) {
            *counts.entry((&finding.hazard, &finding.name, finding.severity.word())).or_default() += 1;
        }
        for ((hazard, name, severity), count) in counts {
            let _ = writeln!(
                text,
                "fork_inventory_findings{{{},hazard=\"{}\",hazard_name=\"{}\",severity=\"{severity}\"}} {count}",
                labels(process),
                escape(hazard),
                escape(name),
            );
        }
    }
    head(&mut text, "left_out", "Parts that were left out of this answer.");
    let _ = writeln!(text, "fork_inventory_left_out {}", snapshot.cut.len());
    text
}

fn head(text: &mut String, name: &str, help: &str) {
    let _ = writeln!(text, "# HELP fork_inventory_{name} {help}\n# TYPE fork_inventory_{name} gauge");
}

fn labels(process: &Process) -> String {
    format!("pid=\"{}\",name=\"{}\"", process.pid, escape(&process.name))
}

/// As the exposition format asks for.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_label() {
        assert_eq!(escape("a\"} 1\nb\\"), "a\\\"} 1\\nb\\\\");
    }
}
