//! Who holds a port, a path, a pipe or an inode.

use std::process::ExitCode;
use std::str::FromStr;

use super::args::Options;
use super::failure::Failure;
use super::run;
use crate::model::{Kind, OpenFile, Snapshot};
use crate::proc::text::harmless;
use crate::render::text::Page;

/// What is held.
pub(super) enum What {
    Port(u16),
    Path(String),
    Pipe(u64),
    Inode(u64),
}

impl FromStr for What {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        let bad =
            || Failure::usage(format!("`{text}` names nothing: write port:8080, path:/a/b, pipe:4711 or inode:4711"));
        let (kind, value) = text.split_once(':').ok_or_else(bad)?;
        let number = || value.trim_matches(['[', ']']).parse::<u64>().map_err(|_| bad());
        match kind {
            "port" => value.parse().map(Self::Port).map_err(|_| bad()),
            "path" if !value.is_empty() => Ok(Self::Path(value.to_owned())),
            "pipe" => number().map(Self::Pipe),
            "inode" | "socket" => number().map(Self::Inode),
            _ => Err(bad()),
        }
    }
}

impl What {
    fn is(&self, file: &OpenFile) -> bool {
        let socket = file.socket.as_deref();
        match self {
            Self::Port(port) => socket.is_some_and(|s| {
                s.protocol != "unix" && s.local.rsplit(':').next().and_then(|p| p.parse().ok()) == Some(*port)
            }),
            Self::Path(path) => {
                file.target == *path || socket.is_some_and(|s| s.protocol == "unix" && s.local == *path)
            }
            Self::Pipe(inode) => file.kind == Kind::Pipe && file.inode == Some(*inode),
            Self::Inode(inode) => file.inode == Some(*inode) && !file.target.starts_with("anon_inode:"),
        }
    }
}

/// Lists the holders.
pub(super) fn answer(options: &Options, snapshot: &Snapshot, what: &What, page: Page) -> Result<ExitCode, Failure> {
    let holders = snapshot.holders();
    let mut rows = Vec::new();
    let mut kept = snapshot.clone();
    kept.processes.clear();
    for (file, holders) in snapshot.files.iter().zip(&holders).filter(|(f, _)| what.is(f)) {
        for (place, fd) in holders {
            let Some(process) = snapshot.processes.get(*place) else { continue };
            rows.push((process.pid, *fd, process, file));
            if kept.process(process.pid).is_none() {
                kept.processes.push(process.clone());
            }
        }
    }
    rows.sort_by_key(|(pid, fd, ..)| (*pid, *fd));
    let unread =
        snapshot.processes.iter().filter(|p| p.descriptors.is_none() && !p.kernel_thread && p.state != 'Z').count();
    let text = || {
        let mut text = String::new();
        let cells: Vec<Vec<String>> = rows
            .iter()
            .map(|(pid, fd, process, file)| {
                let origin = if process.forked_without_exec { "fork" } else { "exec" };
                let mode = if file.kind != Kind::Pipe {
                    ""
                } else if file.writes() {
                    "write"
                } else {
                    "read"
                };
                let what = file
                    .socket
                    .as_ref()
                    .map_or_else(|| file.target.clone(), |s| format!("{} {} {}", s.protocol, s.state, s.local));
                let cells = [
                    pid.to_string(),
                    fd.to_string(),
                    origin.into(),
                    process.parent.to_string(),
                    harmless(&process.name),
                ];
                cells.into_iter().chain([format!("{mode} {}", harmless(&what)).trim().to_owned()]).collect()
            })
            .collect();
        if cells.is_empty() {
            text += "nobody holds it, among the processes that could be read\n";
        } else {
            text += &crate::render::columns(&["PID", "FD", "BY", "PARENT", "NAME", "WHAT"], &cells, page.width);
        }
        if unread > 0 {
            text += &format!("  not read  descriptors of {unread} processes: needs their user, or root\n");
        }
        text
    };
    run::answer(options, &kept, text)?;
    Ok(if rows.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
