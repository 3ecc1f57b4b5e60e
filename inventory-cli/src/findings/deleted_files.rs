//! H06 and H16: deleted files whose space a forked or executed child keeps.

use super::Draft;
use super::view::{View, fd_source, named};
use crate::model::{Confidence, Finding, Kind, Mapping, Relation, Severity};
use crate::render::bytes;

/// From this size on it is a warning.
const MUCH: u64 = 1 << 20;

pub(super) fn judge(view: &View<'_>, findings: &mut Vec<Finding>) {
    for process in view.subjects() {
        let Some(parent) = view.parent(process) else { continue };
        for (descriptor, file) in view.files(process).filter(|(_, f)| f.deleted && f.kind == Kind::File) {
            let parents = view.others(process, descriptor.file).iter().any(|(p, _)| p.pid == parent.pid);
            let inherited = process.forked_without_exec || descriptor.relation == Relation::Inherited;
            if !inherited {
                continue;
            }
            let size = file.bytes.unwrap_or(0);
            let severity = if size >= MUCH && !parents { Severity::Warning } else { Severity::Info };
            let alone = if parents { "as its parent does" } else { "and its parent does not" };
            let draft = Draft {
                hazard: "H06",
                severity,
                confidence: Confidence::Proven,
                pid: process.pid,
                message: format!(
                    "{} holds {} of the deleted file {} as fd {}, {alone}",
                    named(process),
                    bytes(size),
                    file.target,
                    descriptor.fd
                ),
                next: format!("fork-inventory who-holds inode:{}", file.inode.unwrap_or(0)),
            };
            findings.push(draft.because([(
                fd_source(process.pid, descriptor.fd),
                format!("{} (deleted), no name left, {size} bytes on disk", file.target),
            )]));
        }
        mapped(view, process, findings);
    }
}

fn mapped(view: &View<'_>, process: &crate::model::Process, findings: &mut Vec<Finding>) {
    let parent = view.parent(process);
    let parents = |path: &str| parent.is_some_and(|p| p.mappings.iter().flatten().any(|m| m.deleted && m.path == path));
    let mut told: Vec<&str> = Vec::new();
    for mapping in process.mappings.iter().flatten().filter(|m| m.deleted && process.forked_without_exec) {
        // Shared anonymous memory, System V segments and memfds look like deleted files; they hold no disk space.
        let anonymous = ["/dev/zero", "/SYSV", "/memfd:", "/dev/shm/", "/[aio]", "/anon_hugepage", "/i915", "/drm"];
        let path = mapping.path.as_str();
        if anonymous.iter().any(|a| path.starts_with(a)) || told.contains(&path) {
            continue;
        }
        told.push(path);
        let size: u64 = process
            .mappings
            .iter()
            .flatten()
            .filter(|m| m.deleted && m.path == path)
            .map(Mapping::length)
            .fold(0, u64::saturating_add);
        let code = mapping.access.contains('x') || path.contains(".so");
        let severity = if size >= MUCH && !code && !parents(path) { Severity::Warning } else { Severity::Info };
        let draft = Draft {
            hazard: "H16",
            severity,
            confidence: Confidence::Proven,
            pid: process.pid,
            message: format!("{} maps {} of the deleted file {path}", named(process), bytes(size)),
            next: format!("fork-inventory maps {}", process.pid),
        };
        let value = format!("{:x}-{:x} {} {path} (deleted)", mapping.start, mapping.end, mapping.access);
        findings.push(draft.because([(format!("/proc/{}/maps", process.pid), value)]));
    }
}
